"""API of evaluators: blind pairs, scores, agreement, CSV. No answer to an evaluator names a run or a model."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from service.domain.agreement import krippendorff_alpha
from service.storage.pairs import BlindPair, NewPair, PairScore, ScoredPair
from service.web.shapes import Answer, Asked, LongText
from service.web.signed_in import Administrator, Evaluator, Rooms
from service.web.words import iso_time

router = APIRouter(prefix="/pairs", tags=["evaluation"])
SetName = Annotated[str, Path(max_length=100)]
# PostgreSQL's text refuses U+0000, and a spreadsheet a line break in a name.
RunName = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]
Score = Annotated[int, Field(ge=1, le=5)]
Tag = Literal["facts", "missing", "structure", "register", "length", "repetition", "copied", "other"]
TAGS: dict[str, str] = {
    "facts": "事实有误",
    "missing": "遗漏内容",
    "structure": "结构不当",
    "register": "语言不得体",
    "length": "篇幅不当",
    "repetition": "重复啰嗦",
    "copied": "像抄来的",
    "other": "其他",
}


class PairAsked(Asked):
    """Two drafts of one case, with the runs they come from."""

    case_id: RunName
    first_run: RunName
    second_run: RunName
    notes: LongText
    first_text: LongText
    second_text: LongText


class PairsAsked(Asked):
    """Pairs of a set. `seed` decides who sees which draft on the left."""

    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^/\\\x00-\x1f]+$")]
    seed: Annotated[int, Field(ge=0, le=2_000_000_000)] = 0
    pairs: Annotated[list[PairAsked], Field(min_length=1, max_length=500)]


class ScoreAsked(Asked):
    """Scores from 1 to 5 for left and right, with reasons."""

    left: Score
    right: Score
    tags: Annotated[list[Tag], Field(max_length=8, default_factory=list)]
    remark: Annotated[str, Field(max_length=2_000)] = ""


class SetAnswer(Answer):
    """A set of pairs, and how many of them this person has scored."""

    name: str
    pairs: int
    scored: int


class PairAnswer(Answer):
    """A pair without the names of its runs."""

    id: str
    notes: str
    left: str
    right: str
    score: dict[str, Any] | None


class AgreementAnswer(Answer):
    """How far evaluators agree: Krippendorff's alpha, null where nothing can be said; who preferred what."""

    evaluators: int
    pairs: int
    alpha: float | None
    preferred: dict[str, int]


class Added(Answer):
    """How many pairs are new."""

    added: int


@router.get("", response_model=list[SetAnswer])
def sets(person: Evaluator, rooms: Rooms) -> list[dict[str, Any]]:
    """The sets there are."""
    return [{"name": name, "pairs": pairs, "scored": scored} for name, pairs, scored in rooms.pairs.sets(person)]


@router.post("", status_code=201, response_model=Added)
def add_pairs(asked: PairsAsked, person: Administrator, rooms: Rooms) -> dict[str, Any]:
    """Takes in pairs from evaluation runs; the same pairs again change nothing."""
    pairs = [NewPair(**one.model_dump()) for one in asked.pairs]
    return {"added": rooms.pairs.add(person, asked.name, asked.seed, pairs)}


@router.get("/{name}", response_model=list[PairAnswer])
def pairs(
    name: SetName,
    person: Evaluator,
    rooms: Rooms,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> list[dict[str, Any]]:
    """One page of a set."""
    return [_pair(one) for one in rooms.pairs.pairs(person, name, limit, offset)]


@router.put("/{name}/{pair_id}/score", response_model=PairAnswer)
def score(name: SetName, pair_id: str, asked: ScoreAsked, person: Evaluator, rooms: Rooms) -> dict[str, Any]:
    """Keeps this person's scores of a pair, over their earlier ones."""
    tags = tuple(dict.fromkeys(asked.tags))
    return _pair(rooms.pairs.score(person, pair_id, PairScore(asked.left, asked.right, tags, asked.remark.strip())))


@router.get("/{name}/agreement", response_model=AgreementAnswer)
def agreement(name: SetName, person: Evaluator, rooms: Rooms) -> dict[str, Any]:
    """How far the evaluators agree."""
    return agreement_of(rooms.pairs.scores(name))


@router.get("/{name}/scores.csv", response_class=Response)
def scores_csv(name: SetName, person: Administrator, rooms: Rooms) -> Response:
    """Every score with the runs named, for a spreadsheet."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(["评测集", "案例", "甲", "乙", "评测人", "甲得分", "乙得分", "理由", "备注", "时间"])
    for one in rooms.pairs.scores(name):
        words = "、".join(TAGS.get(tag, tag) for tag in one.tags)
        plain = [one.set_name, one.case_id, one.first_run, one.second_run, one.evaluator]
        row = [*plain, str(one.first_score), str(one.second_score), words, one.remark, iso_time(one.at)]
        writer.writerow([safe_cell(cell) for cell in row])
    headers = {"Content-Disposition": 'attachment; filename="scores.csv"'}
    # Spreadsheet programs take UTF-8 for what it is only after a byte order mark.
    return Response("\ufeff" + table.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def safe_cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula, not even after spaces. Pure."""
    return (
        f"'{text}"
        if text.lstrip("\ufeff \t\r\n\u3000").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        else text
    )


def agreement_of(scores: Sequence[ScoredPair]) -> dict[str, Any]:
    """Agreement over what was scored. Pure."""
    by_text: dict[tuple[str, str, str, bool], dict[str, int]] = {}
    preferred = {"first": 0, "second": 0, "same": 0}
    for one in scores:
        key = (one.case_id, one.first_run, one.second_run)
        by_text.setdefault((*key, True), {})[one.evaluator] = one.first_score
        by_text.setdefault((*key, False), {})[one.evaluator] = one.second_score
        difference = one.first_score - one.second_score
        preferred["same" if not difference else "first" if difference > 0 else "second"] += 1
    return {
        "evaluators": len({one.evaluator for one in scores}),
        "pairs": len(by_text) // 2,
        "alpha": krippendorff_alpha(list(by_text.values())),
        "preferred": preferred,
    }


def _pair(one: BlindPair) -> dict[str, Any]:
    score = None
    if one.score is not None:
        score = {
            "left": one.score.left,
            "right": one.score.right,
            "tags": list(one.score.tags),
            "remark": one.score.remark,
        }
    return {"id": one.id, "notes": one.notes, "left": one.left, "right": one.right, "score": score}
