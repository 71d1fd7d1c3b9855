"""What people did in the application comes back to evaluation: approved drafts as cases, edits, scored pairs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.cases import load_case
from eval.measures.fact_coverage import states
from eval.people import blind_pairs, first_stands_left, pairs_json, read_preferences
from tests.commands.running import record_url, zhibi
from tests.eval.test_people import FIRST, SECOND
from tests.web.drafts_made import People, add_people
from tests.web.serving import Serving, call, check_in_earnest, services_at, serving

NOTES = (
    "3月8日社区主任沈知秋带队清理楼道杂物65处\n发放宣传单2800份\n"
    "联系人沈知秋13912345678，身份证110101199003074514\n存在问题：停车位不足\n下一步打算增设车位30个"
)
ASKED = {"notes": NOTES, "genre": "progress", "unit": "云溪街道", "period": "2031年一季度"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Serving]:
    with serving(services_at(home, check=check_in_earnest, database_url=record_url(home))) as running:
        yield running


@pytest.fixture(scope="module")
def people(server: Serving) -> People:
    return add_people(server.services)


def _drafted(server: Serving, token: str) -> tuple[str, dict[str, Any]]:
    made = call(server, "POST", "/api/v1/drafts", ASKED, token).json
    for _ in range(500):
        found: Any = call(server, "GET", f"/api/v1/drafts/{made['id']}", token=token).json
        if found["state"] != "drafting":
            return str(made["id"]), found
        time.sleep(0.02)
    raise AssertionError("the run did not end")


def _approved(server: Serving, text_of: dict[str, str]) -> str:
    """A draft whose author exchanged words, handed it in, and whose editor approved it."""
    author, editor = server.token("周岚"), server.token("陆编")
    draft_id, found = _drafted(server, author)
    path, sections = f"/api/v1/drafts/{draft_id}", []
    for one in found["draft"]["sections"]:
        text = one["text"]
        for old, new in text_of.items():
            text = text.replace(old, new)
        sections.append({"heading": one["heading"], "text": text})
    edited = call(server, "PATCH", path, {"sections": sections}, author, {"If-Match": "1"})
    assert edited.status == 200, edited.content.decode()
    handed = call(server, "POST", f"{path}/submit", {}, author, {"If-Match": "2"})
    assert handed.status == 200, handed.content.decode()
    assert call(server, "POST", f"{path}/claim", {}, editor).status == 200
    ended = call(server, "POST", f"{path}/review", {"outcome": "approved"}, editor, {"If-Match": "2"})
    assert (ended.status, ended.json["state"]) == (200, "approved"), ended.content.decode()
    return draft_id


def test_an_approved_draft_becomes_a_case_and_its_edits_are_counted(
    home: Path, server: Serving, people: People, tmp_path: Path
) -> None:
    del people
    draft_id = _approved(server, {"发放宣传单2800份": "向居民发放宣传单2800份"})
    added = zhibi("eval", "add", "--from-draft", draft_id, "--out", tmp_path, home=home)
    assert added.code == 0, added.err
    (file,) = tmp_path.iterdir()
    case = load_case(file)
    assert len(case.expected_facts) >= 2 and all(states(case.reference, one) for one in case.expected_facts)
    assert "2800份" in case.reference and case.notes.count("\n") == NOTES.count("\n")
    for private in ("沈知秋", "13912345678", "110101199003074514"):
        assert private not in file.read_text(encoding="utf-8")
    edits = zhibi("eval", "edits", "--json", home=home).json
    assert edits["drafts"] == 1 and edits["each"][0]["draft"] == draft_id
    assert 0 < edits["characters"] < 0.2 and 0 < edits["sentences"] < 0.5
    assert (edits["numbers"], edits["filled"]) == (0, 0)


def test_pairs_go_to_the_evaluators_page_as_they_are_and_their_scores_come_back(
    server: Serving, people: People
) -> None:
    del people
    pairs = blind_pairs(FIRST, SECOND, 1)
    body = pairs_json("两轮", ("甲轮", "乙轮"), pairs, {one.case_id: f"{one.case_id}的笔记" for one in pairs})
    admin, evaluator = server.token("admin"), server.token("评一")
    added = call(server, "POST", "/api/v1/pairs", json.loads(json.dumps(body)), admin)
    assert (added.status, added.json) == (201, {"added": len(pairs)})
    shown = call(server, "GET", "/api/v1/pairs/两轮".replace("两轮", "%E4%B8%A4%E8%BD%AE"), token=evaluator).json
    for one in shown:
        # The evaluator likes whatever is new, without knowing which that is.
        newer = "left" if "新稿" in one["left"] else "right"
        scores = {"left": 5 if newer == "left" else 2, "right": 5 if newer == "right" else 2}
        path = f"/api/v1/pairs/%E4%B8%A4%E8%BD%AE/{one['id']}/score"
        assert call(server, "PUT", path, scores, evaluator).status == 200
    sheet = call(server, "GET", "/api/v1/pairs/%E4%B8%A4%E8%BD%AE/scores.csv", token=admin).content.decode("utf-8")
    said = read_preferences(sheet, pairs)
    assert len(said) == len(pairs) == len(shown)
    assert all(one.value == (1.0 if first_stands_left(one.pair) else -1.0) for one in said)
