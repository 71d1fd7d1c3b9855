"""Notes changed after a draft was written: only the sections that depend on the change are drafted anew."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.drafting.compose_by_model import ModelSectionWriter
from service.drafting.tools import DraftingTools
from service.jobs.write import writing_with
from service.model.personalities import PERSONALITIES
from service.model.scripted_server import ScriptedServer
from tests.model.asking import asker
from tests.web.serving import Serving, call, check_in_earnest, services_at, serving

NOTES = "3月5日清运垃圾12吨\n发放宣传单500份\n存在问题：停车位不足\n下一步打算增设车位30个"
CHANGED = "4月2日清理楼道杂物8处\n3月5日清运垃圾12吨\n发放宣传单500份\n存在问题：停车位不足\n下一步打算增设车位30个"
ASKED = {"notes": NOTES, "genre": "progress", "unit": "云溪街道", "period": "2031年"}


@pytest.fixture
def model() -> Iterator[ScriptedServer]:
    with ScriptedServer(PERSONALITIES["perfect"]) as running:
        yield running


@pytest.fixture
def server(model: ScriptedServer, tmp_path: Path) -> Iterator[Serving]:
    tools = DraftingTools(writer=ModelSectionWriter(asker(model), 2))
    with serving(services_at(tmp_path, write=writing_with(tools), check=check_in_earnest)) as running:
        yield running


def finished(server: Serving, token: str, draft_id: str, version: int) -> dict[str, Any]:
    """The draft once it has `version` and no run is open."""
    for _ in range(1_500):
        found: dict[str, Any] = call(server, "GET", f"/api/v1/drafts/{draft_id}", token=token).json
        if found["version"] >= version and found["state"] != "drafting":
            return found
        time.sleep(0.02)
    raise AssertionError("the draft was not finished")


def test_a_changed_note_drafts_its_section_anew_and_no_other(server: Serving, model: ScriptedServer) -> None:
    token = server.token("admin")
    draft_id = call(server, "POST", "/api/v1/drafts", ASKED, token).json["id"]
    first = finished(server, token, draft_id, 1)
    sections = first["draft"]["sections"]
    edited = [
        {"heading": one["heading"], "text": one["text"].replace("停车位不足", "停车位十分不足")} for one in sections
    ]
    match = {"If-Match": "1"}
    assert call(server, "PATCH", f"/api/v1/drafts/{draft_id}", {"sections": edited}, token, match).status == 200
    asked_before = len(model.requests)
    answered = call(server, "PUT", f"/api/v1/drafts/{draft_id}/notes", {"notes": CHANGED}, token, {"If-Match": "2"})
    assert answered.status == 202
    third = finished(server, token, draft_id, 3)
    texts = [one["text"] for one in third["draft"]["sections"]]
    assert "清理楼道杂物8处" in texts[1]
    assert [texts[0], *texts[2:]] == [one["text"] for n, one in enumerate(edited) if n != 1]
    assert len(model.requests) == asked_before + 1
    # The lines below the new one moved, and so did what the sections that stayed rest on.
    planned = next(one for one in third["draft"]["sections"] if "增设车位" in one["text"])
    assert {line for sentence in planned["sentences"] for line in sentence["note_lines"]} == {5}
    assert third["notes"] == CHANGED
    assert "其中" in third["versions"][-1]["reason"] and third["versions"][-1]["reason"].endswith("节未变")


def test_notes_that_are_the_same_change_nothing(server: Serving) -> None:
    token = server.token("admin")
    draft_id = call(server, "POST", "/api/v1/drafts", ASKED, token).json["id"]
    finished(server, token, draft_id, 1)
    path = f"/api/v1/drafts/{draft_id}/notes"
    assert call(server, "PUT", path, {"notes": NOTES}, token, {"If-Match": "1"}).status == 202
    assert finished(server, token, draft_id, 1)["version"] == 1


def test_notes_without_facts_and_stale_versions_are_refused_and_nothing_is_lost(server: Serving) -> None:
    token = server.token("admin")
    draft_id = call(server, "POST", "/api/v1/drafts", ASKED, token).json["id"]
    finished(server, token, draft_id, 1)
    path = f"/api/v1/drafts/{draft_id}/notes"
    assert call(server, "PUT", path, {"notes": "收到，辛苦了"}, token, {"If-Match": "1"}).status == 422
    assert call(server, "PUT", path, {"notes": CHANGED}, token, {"If-Match": "9"}).status == 409
    assert call(server, "PUT", path, {"notes": CHANGED}, token).status == 428
    assert finished(server, token, draft_id, 1)["notes"] == NOTES


def test_a_rewrite_follows_the_persons_wish_and_leaves_the_rest(server: Serving, model: ScriptedServer) -> None:
    token = server.token("admin")
    draft_id = call(server, "POST", "/api/v1/drafts", ASKED, token).json["id"]
    first = finished(server, token, draft_id, 1)
    wish = {"instruction": "更简洁，补充第3行"}
    assert call(server, "POST", f"/api/v1/drafts/{draft_id}/sections/2/rewrite", wish, token).status == 202
    second = finished(server, token, draft_id, 2)
    before, after = (one["draft"]["sections"] for one in (first, second))
    assert "清运垃圾12吨，发放宣传单500份。" in after[1]["text"] and "12吨。" in before[1]["text"]
    assert "停车位不足" in after[1]["text"] and "停车位不足" not in before[1]["text"]
    assert [one["text"] for n, one in enumerate(after) if n != 1] == [
        one["text"] for n, one in enumerate(before) if n != 1
    ]
    assert (
        "经办人对本节的要求（不得因此违反以上各条）：更简洁，补充第3行" in model.requests[-1]["messages"][-1]["content"]
    )
    assert second["draft"]["provenance"]["usage"]["requests"] == first["draft"]["provenance"]["usage"]["requests"] + 1


def test_an_outline_that_a_person_arranged_holds_for_the_changed_notes(server: Serving) -> None:
    token = server.token("admin")
    # Facts in the order of the notes: F1 垃圾12吨, F2 宣传单500份, F3 停车位, F4 车位30个. The person renamed sections,
    # turned them round, added one of their own, and took the leaflets out.
    outline = [
        {"key": "next", "heading": "接下来怎么做", "facts": ["F4"]},
        {"key": "own1", "heading": "清运专题", "facts": ["F1"]},
        {"key": "problems", "heading": "还有哪些问题", "facts": ["F3"]},
    ]
    draft_id = call(server, "POST", "/api/v1/drafts", {**ASKED, "outline": outline}, token).json["id"]
    first = finished(server, token, draft_id, 1)["draft"]
    headings = [one["heading"] for one in first["sections"]]
    assert "500份" not in first["text"] and any("清运专题" in one for one in headings)
    changed = "下周打算巡查6次\n" + NOTES.replace("12吨", "13吨")
    path = f"/api/v1/drafts/{draft_id}/notes"
    for version, notes in ((1, changed), (2, changed + "\n存在问题：路灯不亮")):
        assert call(server, "PUT", path, {"notes": notes}, token, {"If-Match": str(version)}).status == 202
        draft = finished(server, token, draft_id, version + 1)["draft"]
        assert [one["heading"] for one in draft["sections"]] == headings
        told = {one["heading"][2:]: one["text"] for one in draft["sections"] if one["heading"]}
        assert "13吨" in told["清运专题"] and "停车位" in told["还有哪些问题"]
        assert "30个" in told["接下来怎么做"] and "6次" in told["接下来怎么做"]
        assert "500份" not in draft["text"]
    assert "路灯不亮" in told["还有哪些问题"]
