"""A judge is asked in both orders; one that only sees the place ties with itself, one that sees the draft is heard."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from eval.judge import TEMPLATES, judge_pairs, judged
from eval.outside.packages import Sample, require, samples, scores
from eval.people import BlindPair, Preference, first_stands_left
from service.domain.errors import ServiceUnavailable, UnusableInput
from service.model.prompt_reading import blocks
from service.model.role import Prompt
from service.model.scripted_server import Asked, Reply, ScriptedServer
from service.settings import Settings
from service.wiring.models import open_models

PAIRS = [
    BlindPair(
        f"p{at}", f"case-{at}", *(("搞了清扫，大伙挺好", "开展清扫活动") if at % 2 else ("开展清扫活动", "搞了清扫"))
    )
    for at in range(6)
]
GENRES = {one.case_id: "progress" for one in PAIRS}


@contextmanager
def _asking(home: Path, script: Callable[[Asked], Reply]) -> Iterator[Callable[[Prompt], str]]:
    with ScriptedServer(script) as server:
        settings = Settings(home=home, model="judge", openai_base_url=server.base_url, openai_api_key=SecretStr("k"))
        with open_models(settings) as models:
            assert models is not None
            judge = models.for_run("judge")
            yield lambda prompt: judge.ask(prompt, {}).text


def _by_register(asked: Asked) -> Reply:
    """Prefers the draft without words of the chat."""
    told = blocks(asked.user)
    chatty = {name: "搞" in told[name] for name in ("甲", "乙")}
    return Reply("平" if chatty["甲"] == chatty["乙"] else ("乙" if chatty["甲"] else "甲"))


def test_a_judge_that_sees_the_draft_is_heard_in_both_orders(tmp_path: Path) -> None:
    with _asking(tmp_path, _by_register) as ask:
        found = judge_pairs(PAIRS, GENRES, ask)
    assert len(found) == len(PAIRS) * len(TEMPLATES)
    assert not any(one.swayed for one in found)
    assert {one.pair: one.value for one in found} == {one.pair: 1 if "搞" in one.left else -1 for one in PAIRS}


def test_a_judge_that_always_takes_the_first_is_a_tie_and_told_as_swayed(tmp_path: Path) -> None:
    with _asking(tmp_path, lambda asked: Reply("甲")) as ask:
        rows = judged(PAIRS, judge_pairs(PAIRS, GENRES, ask))
    assert [(row["tied"], row["swayed"]) for row in rows] == [(len(PAIRS), len(PAIRS))] * 2


def test_an_answer_that_is_no_verdict_is_counted_apart(tmp_path: Path) -> None:
    with _asking(tmp_path, lambda asked: Reply("两稿都很好，难分高下")) as ask:
        rows = judged(PAIRS, judge_pairs(PAIRS, GENRES, ask))
    assert [(row["unread"], row["won"] + row["lost"] + row["tied"]) for row in rows] == [(len(PAIRS), 0)] * 2


def test_agreement_with_people_stands_beside_the_figures(tmp_path: Path) -> None:
    with _asking(tmp_path, _by_register) as ask:
        found = judge_pairs(PAIRS, GENRES, ask)
    agreeing = [Preference(one.pair, "甲", 1.0 if "搞" in one.left else -1.0) for one in PAIRS]
    opposed = [Preference(one.pair, one.evaluator, -one.value) for one in agreeing]
    assert judged(PAIRS, found, agreeing)[0]["agreement_with_people"] == pytest.approx(1.0)
    assert judged(PAIRS, found, opposed)[0]["agreement_with_people"] < 0
    assert judged(PAIRS, found)[0]["agreement_with_people"] is None
    wins = sum((("搞" in one.left) == first_stands_left(one.pair)) for one in PAIRS)
    assert judged(PAIRS, found)[0]["won"] == wins


def test_a_package_that_is_not_there_is_named_with_the_way_to_it() -> None:
    with pytest.raises(UnusableInput, match="可选：ragas、deepeval"):
        require("other", Path(sys.executable))
    with pytest.raises(UnusableInput, match="pip install ragas"):
        require("ragas", Path(sys.executable))
    with pytest.raises(UnusableInput, match="pip install deepeval"):
        require("deepeval", Path("/nowhere/python"))


# Stands for an environment that holds the package: tells what it was handed, or fails as packages fail.
_OTHER_PYTHON = """#!{python}
import json, os, sys
if "-c" in sys.argv: sys.exit(0)
asked = json.load(sys.stdin)
if asked["model"] == "broken":
    sys.exit("Traceback\\nragas.errors.ParserError: no JSON\\n  more words")
print("Evaluating ...")
key = os.environ["OPENAI_API_KEY"]
print(json.dumps([{{"case": one["case"], "given": one["given"], "key": key}} for one in asked["samples"]]))
"""


def test_a_package_in_another_environment_is_handed_the_drafts_without_private_data(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(_OTHER_PYTHON.format(python=sys.executable), encoding="utf-8")
    python.chmod(0o755)
    chosen = [Sample("c", "起草", ("电话13800001234",), "稿")]
    hide = lambda text: text.replace("13800001234", "⟦隐1⟧")  # noqa: E731
    (row,) = scores("ragas", python, chosen, "judge", "http://127.0.0.1:1/v1", "k", hide)
    assert row == {"case": "c", "given": ["电话⟦隐1⟧"], "key": "k"}
    with pytest.raises(ServiceUnavailable, match="ParserError: no JSON"):
        scores("ragas", python, chosen, "broken", "http://127.0.0.1:1/v1", "k", hide)


def test_other_packages_get_the_notes_line_by_line() -> None:
    from eval.cases import load_cases

    case = load_cases("develop")[0]
    rows = [{"case": case.case_id, "digest": case.digest, "text": "稿"}, {"case": "gone", "digest": "", "text": "稿"}]
    (sample,) = samples({"cases": rows}, [case])
    assert sample.given == tuple(line for line in case.notes.split("\n") if line.strip())
