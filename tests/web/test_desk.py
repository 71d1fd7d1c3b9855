"""The API of the desk: files as notes, the outline to arrange, what is being typed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from docx import Document

from service.domain.account import AccountRole
from tests.storage.databases import KINDS, new_database_url
from tests.web.serving import Answered, Serving, call, services_at, serving

NOTES = "3月12日清理卫生死角12处，清运垃圾3.5吨\n发宣传单500份\n存在问题：农贸市场占道经营反弹\n下一步打算每周巡查2次\n"
ASKED = {"notes": NOTES, "genre": "progress", "unit": "云溪街道", "period": "2031年上半年"}


@pytest.fixture(scope="module", params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("desk")
    with serving(services_at(folder, database_url=new_database_url(request.param, folder))) as running:
        running.services.accounts.add("周岚", AccountRole.STAFF, "云溪街道")
        running.services.accounts.add("何川", AccountRole.STAFF, "云溪街道")
        yield running


def upload(server: Serving, name: str, content: bytes) -> Answered:
    head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    headers = {"Content-Type": "multipart/form-data; boundary=edge"}
    body = head + content + b"\r\n--edge--\r\n"
    return call(server, "POST", "/api/v1/notes/file", token=server.token("周岚"), headers=headers, content=body)


def test_a_word_file_becomes_the_text_of_notes(server: Serving) -> None:
    document, held = Document(), io.BytesIO()
    document.add_paragraph("3月12日清理卫生死角12处")
    document.save(held)
    answered = upload(server, "台账.docx", held.getvalue())
    assert answered.status == 200
    assert answered.json["text"].strip() == "3月12日清理卫生死角12处"
    assert answered.json["name"] == "台账.docx"


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "..\\窗口.txt", ".txt", "a\u202etxt.txt"])
def test_a_file_is_read_whatever_its_name_tries(server: Serving, name: str) -> None:
    answered = upload(server, name, "挂横幅12条".encode())
    assert (answered.status, answered.json.get("text")) == (200, "挂横幅12条") or answered.status == 422
    assert "/" not in answered.json.get("name", "") and "\u202e" not in json.dumps(answered.json, ensure_ascii=False)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04\x00\x00", b"\x00\x01\x02"])
def test_a_file_that_holds_no_text_is_refused_with_its_name(server: Serving, content: bytes) -> None:
    answered = upload(server, "坏的.docx", content)
    assert answered.status == 422
    assert "坏的.docx" in answered.json["message"]


def outline(server: Serving, **more: Any) -> Answered:
    return call(server, "POST", "/api/v1/outline", {**ASKED, **more}, server.token("周岚"))


def test_the_outline_places_every_fact_and_resolves_the_period(server: Serving) -> None:
    planned = outline(server).json
    headings = [one["heading"] for one in planned["sections"]]
    assert headings == ["工作开展情况", "存在的主要问题", "下一步工作安排"]
    assert planned["period"]["start"] == "2031-01-01" and planned["period"]["end"] == "2031-06-30"
    placed = [fact["text"] for one in planned["sections"] for fact in one["facts"]]
    assert any("3.5吨" in text for text in placed) and any("占道经营" in text for text in placed)


def test_a_draft_follows_the_outline_as_it_was_arranged(server: Serving) -> None:
    sections = outline(server).json["sections"]
    leaflets = next(fact for fact in sections[0]["facts"] if "500份" in fact["text"])
    wishes = [
        {"key": sections[2]["key"], "heading": "打算怎么做", "facts": [one["id"] for one in sections[2]["facts"]]},
        {"key": "own-1", "heading": "宣传工作", "facts": [leaflets["id"]]},
        {
            "key": sections[0]["key"],
            "heading": sections[0]["heading"],
            "facts": [one["id"] for one in sections[0]["facts"] if one["id"] != leaflets["id"]],
        },
    ]
    planned = outline(server, outline=wishes).json
    assert [one["heading"] for one in planned["sections"]] == ["打算怎么做", "宣传工作", "工作开展情况"]
    assert {one["reason"] for one in planned["unplaced"]} == {"已从提纲中移出"}
    token = server.token("周岚")
    made = call(server, "POST", "/api/v1/drafts", {**ASKED, "outline": wishes}, token).json
    events = call(server, "GET", made["events"], token=token)
    assert b"event: done" in events.content
    text = call(server, "GET", f"/api/v1/drafts/{made['id']}", token=token).json["draft"]["text"]
    places = [text.index(words) for words in ("一、打算怎么做", "二、宣传工作", "500份", "三、工作开展情况", "3.5吨")]
    assert places == sorted(places)
    assert "占道经营" not in text


def test_an_outline_with_unseen_characters_in_a_heading_is_refused(server: Serving) -> None:
    answered = outline(server, outline=[{"key": "own-1", "heading": "一\n二", "facts": []}])
    assert answered.status == 422 and "小标题" in answered.json["message"]


def test_what_is_typed_is_kept_for_its_owner_alone_and_goes_when_given_up(server: Serving) -> None:
    mine, other, path = server.token("周岚"), server.token("何川"), "/api/v1/working/new"
    kept = {"notes": "3月12日清理𠮷处\u0000", "setup": {"genre": "progress"}}
    assert call(server, "PUT", path, {"body": kept}, mine).status == 200
    assert call(server, "GET", path, token=mine).json["body"] == kept
    assert call(server, "GET", path, token=other).json == {"body": None, "saved_at": None}
    assert call(server, "DELETE", path, token=mine).status == 204
    assert call(server, "GET", path, token=mine).json["body"] is None
    assert call(server, "GET", path).status == 401


@pytest.mark.parametrize("place", ["..", "x", "NEW", "a" * 33])
def test_only_the_desk_and_drafts_are_places(server: Serving, place: str) -> None:
    answered = call(server, "PUT", f"/api/v1/working/{place}", {"body": {}}, server.token("周岚"))
    assert answered.status in (404, 405, 422)


def test_too_much_is_not_kept_and_said(server: Serving) -> None:
    body = {"body": {"notes": "长" * 1_000_001}}
    answered = call(server, "PUT", "/api/v1/working/new", body, server.token("周岚"))
    assert answered.status == 413 and "仍在本机" in answered.json["message"]
