"""Blind pairs: stored with the names of their runs, shown without them, scored once by each evaluator."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.account import Account
from service.domain.errors import NotFound
from service.storage.audit import record
from service.storage.clock import now_in_milliseconds
from service.storage.database import Database
from service.storage.pair_tables import PairRow, PairScoreRow
from service.storage.workspace_tables import UserRow


@dataclass(frozen=True, slots=True)
class NewPair:
    """Two drafts of one case to be compared blind."""

    case_id: str
    first_run: str
    second_run: str
    notes: str
    first_text: str
    second_text: str


@dataclass(frozen=True, slots=True)
class PairScore:
    """An evaluator's word on a pair as they saw it: left and right."""

    left: int
    right: int
    tags: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class BlindPair:
    """A pair as one evaluator sees it: no run is named, the side is theirs."""

    id: str
    set_name: str
    notes: str
    left: str
    right: str
    score: PairScore | None


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """One evaluator's scores with the runs named, for those who read results."""

    set_name: str
    case_id: str
    first_run: str
    second_run: str
    evaluator: str
    first_score: int
    second_score: int
    tags: tuple[str, ...]
    remark: str
    at: int


class PairStore:
    """Pairs and scores. The caller has made sure that an evaluator or an administrator asks."""

    def __init__(self, database: Database, clock: Callable[[], int] = now_in_milliseconds) -> None:
        self._database = database
        self._clock = clock

    def add(self, by: Account, set_name: str, seed: int, pairs: Sequence[NewPair]) -> int:
        """Stores pairs under `set_name`; those already there are left as they are. How many are new."""
        with self._database.writing() as session:
            known = {
                (row.case_id, row.first_run, row.second_run)
                for row in session.scalars(select(PairRow).where(PairRow.set_name == set_name))
            }
            fresh = [one for one in pairs if (one.case_id, one.first_run, one.second_run) not in known]
            for one in {(one.case_id, one.first_run, one.second_run): one for one in fresh}.values():
                session.add(
                    PairRow(
                        id=uuid4().hex,
                        set_name=set_name,
                        case_id=one.case_id,
                        first_run=one.first_run,
                        second_run=one.second_run,
                        notes=one.notes,
                        first_text=one.first_text,
                        second_text=one.second_text,
                        seed=seed,
                        created_at=self._clock(),
                    )
                )
            detail = {"pairs": len(fresh), "seed": seed}
            record(
                session,
                self._clock(),
                by.id,
                "pairs.add",
                "pairs",
                hashlib.sha256(set_name.encode()).hexdigest(),
                detail,
            )
            return len(fresh)

    def sets(self, account: Account) -> list[tuple[str, int, int]]:
        """Every set: its name, how many pairs it has, how many of them this person has scored."""
        with self._database.reading() as session:
            own = PairScoreRow.user_id == account.id
            rows = session.execute(
                select(PairRow.set_name, func.count(), func.count(PairScoreRow.pair_id))
                .outerjoin(PairScoreRow, (PairScoreRow.pair_id == PairRow.id) & own)
                .group_by(PairRow.set_name)
                .order_by(PairRow.set_name)
            ).all()
            return [(name, int(pairs), int(scored)) for name, pairs, scored in rows]

    def pairs(self, account: Account, set_name: str, limit: int, offset: int) -> list[BlindPair]:
        """One page of a set as this person sees it."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(PairRow).where(PairRow.set_name == set_name).order_by(PairRow.id).limit(limit).offset(offset)
            ).all()
            return [_blind(session, account, row) for row in rows]

    def score(self, account: Account, pair_id: str, score: PairScore) -> BlindPair:
        """Keeps this person's word on a pair, over their earlier one. Raises NotFound."""
        with self._database.writing() as session:
            pair = session.get(PairRow, pair_id) if pair_id.isalnum() else None
            if pair is None:
                raise NotFound("没有这一组稿件。请刷新页面。", pair=pair_id)
            swapped = _swapped(pair, account)
            row = session.get(PairScoreRow, (pair_id, account.id))
            if row is None:
                row = PairScoreRow(pair_id=pair_id, user_id=account.id)
                session.add(row)
            row.first_score, row.second_score = (score.right, score.left) if swapped else (score.left, score.right)
            row.tags, row.remark, row.at = json.dumps(list(score.tags), ensure_ascii=False), score.remark, self._clock()
            session.flush()
            record(session, row.at, account.id, "pairs.score", "pair", pair_id)
            return _blind(session, account, pair)

    def scores(self, set_name: str) -> list[ScoredPair]:
        """Every evaluator's scores of a set, by case and name."""
        with self._database.reading() as session:
            rows = session.execute(
                select(PairRow, PairScoreRow, UserRow.name)
                .join(PairScoreRow, PairScoreRow.pair_id == PairRow.id)
                .join(UserRow, UserRow.id == PairScoreRow.user_id)
                .where(PairRow.set_name == set_name)
                .order_by(PairRow.case_id, PairRow.id, UserRow.name)
            ).all()
            return [
                ScoredPair(
                    set_name=pair.set_name,
                    case_id=pair.case_id,
                    first_run=pair.first_run,
                    second_run=pair.second_run,
                    evaluator=name,
                    first_score=row.first_score,
                    second_score=row.second_score,
                    tags=tuple(json.loads(row.tags)),
                    remark=row.remark,
                    at=row.at,
                )
                for pair, row, name in rows
            ]


def _swapped(pair: PairRow, account: Account) -> bool:
    """Which side the first draft stands on: as if tossed, yet the same whenever this person looks."""
    tossed = hashlib.sha256(f"{pair.seed} {pair.set_name} {pair.case_id} {pair.first_run} {account.id}".encode())
    return bool(tossed.digest()[0] & 1)


def _blind(session: Session, account: Account, pair: PairRow) -> BlindPair:
    row = session.get(PairScoreRow, (pair.id, account.id))
    swapped = _swapped(pair, account)
    score = None
    if row is not None:
        left, right = (row.second_score, row.first_score) if swapped else (row.first_score, row.second_score)
        score = PairScore(left, right, tuple(json.loads(row.tags)), row.remark)
    left_text, right_text = (pair.second_text, pair.first_text) if swapped else (pair.first_text, pair.second_text)
    return BlindPair(pair.id, pair.set_name, pair.notes, left_text, right_text, score)
