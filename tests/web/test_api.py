"""The API over a real server: what each call answers, who may, and what every wrong call is told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest

from service.domain.account import AccountRole
from tests.web.serving import Answered, Serving, call, services_at, serving

NOTES = "3月5日清运垃圾12吨\n发放宣传单500份\n收到，辛苦了\n下一步打算每周巡查2次"
ASKED = {"notes": NOTES, "genre": "progress", "unit": "云溪街道", "period": "2031年"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(services_at(tmp_path_factory.mktemp("api"))) as running:
        accounts = running.services.accounts
        accounts.add("周岚", AccountRole.STAFF, "云溪街道")
        accounts.add("程野", AccountRole.STAFF, "石桥镇")
        accounts.add("陆编", AccountRole.EDITOR, "云溪街道")
        yield running


@pytest.fixture(scope="module")
def staff(server: Serving) -> str:
    return server.token("周岚")


def drafted(server: Serving, token: str, **more: Any) -> dict[str, Any]:
    """A finished draft."""
    made = call(server, "POST", "/api/v1/drafts", {**ASKED, **more}, token)
    assert made.status == 202, made.content
    for _ in range(200):
        found = call(server, "GET", f"/api/v1/drafts/{made.json['id']}", token=token).json
        if found["state"] != "drafting":
            return dict(found)
        time.sleep(0.05)
    raise AssertionError("the draft did not end")


def assert_refused(answer: Answered, status: int, words: str = "") -> None:
    assert answer.status == status, answer.content
    body = answer.json
    assert set(body) == {"error", "message", "detail", "request_id"}
    assert words in body["message"]
    assert any("\u4e00" <= one <= "\u9fff" for one in body["message"])
    assert body["request_id"] == answer.headers["x-request-id"]
    assert "Traceback" not in answer.content.decode()


def test_a_draft_is_asked_for_watched_and_fetched(server: Serving, staff: str) -> None:
    made = call(server, "POST", "/api/v1/drafts", ASKED, staff)
    assert made.status == 202
    events = call(server, "GET", made.json["events"], token=staff)
    assert events.headers["content-type"].startswith("text/event-stream")
    assert events.headers["x-accel-buffering"] == "no"
    text = events.content.decode()
    assert "event: stage" in text
    assert "event: section" in text
    assert text.rstrip().rsplit("event: ", 1)[1].startswith("done")
    draft = call(server, "GET", f"/api/v1/drafts/{made.json['id']}", token=staff)
    assert draft.headers["etag"] == '"1"'
    for seen, status in (('"1"', 304), ('"0"', 200)):
        again = call(server, "GET", f"/api/v1/drafts/{made.json['id']}", token=staff, headers={"If-None-Match": seen})
        assert again.status == status
    body = draft.json
    assert body["notes"] == NOTES
    assert body["draft"]["id"] == body["id"]
    assert "清运垃圾12吨" in body["draft"]["text"]
    for section in body["draft"]["sections"]:
        at = section["start"]
        assert body["draft"]["text"][at : at + len(section["text"])] == section["text"]
    assert [one["number"] for one in body["versions"]] == [1]


def test_events_resume_after_the_last_one_seen(server: Serving, staff: str) -> None:
    draft = drafted(server, staff)
    path = f"/api/v1/drafts/{draft['id']}/events"
    numbers = [line for line in call(server, "GET", path, token=staff).content.decode().split("\n") if "id: " in line]
    assert numbers == [f"id: {n}" for n in range(1, len(numbers) + 1)]
    rest = call(server, "GET", path, token=staff, headers={"Last-Event-ID": "2"}).content.decode()
    assert [line for line in rest.split("\n") if "id: " in line] == numbers[2:]
    # After the end there is nothing more to say; 204 keeps a browser from asking again for ever.
    assert call(server, "GET", path, token=staff, headers={"Last-Event-ID": str(len(numbers))}).status == 204


def test_the_same_idempotency_key_makes_one_draft(server: Serving, staff: str) -> None:
    headers = {"Idempotency-Key": uuid4().hex}
    first = call(server, "POST", "/api/v1/drafts", ASKED, staff, headers)
    assert call(server, "POST", "/api/v1/drafts", ASKED, staff, headers).json == first.json
    other = call(server, "POST", "/api/v1/drafts", {**ASKED, "genre": "plan"}, staff, headers)
    assert_refused(other, 409, "Idempotency-Key")


def test_an_edit_makes_a_checked_version_and_an_old_one_is_refused(server: Serving, staff: str) -> None:
    draft = drafted(server, staff)
    path = f"/api/v1/drafts/{draft['id']}"
    sections = [{"heading": one["heading"], "text": one["text"]} for one in draft["draft"]["sections"]]
    sections[0]["text"] += "另清理死角77处。"
    changed = {"sections": sections, "reason": "补一句"}
    edited = call(server, "PATCH", path, changed, staff, {"If-Match": '"1"'})
    assert edited.status == 200
    found = edited.json
    assert found["version"] == 2
    assert [one["text"] for one in found["draft"]["check"]["findings"] if "77" in one["text"]] == ["77处"]
    assert found["versions"][1]["reason"] == "补一句"
    again = call(server, "PATCH", path, {"sections": sections[:1]}, staff, {"If-Match": '"1"'})
    assert_refused(again, 409, "请比较两个版本后再保存")
    assert again.json["detail"]["version"] == 2
    assert_refused(call(server, "PATCH", path, changed, staff), 428, "If-Match")
    same = call(server, "PATCH", path, {"sections": sections}, staff, {"If-Match": "2"})
    assert same.json["version"] == 2
    first = call(server, "GET", f"{path}/versions/1", token=staff).json
    assert first["draft"]["text"] == draft["draft"]["text"]
    assert_refused(call(server, "GET", f"{path}/versions/99", token=staff), 404)


def test_an_answer_counts_as_a_further_note_line(server: Serving, staff: str) -> None:
    draft = drafted(server, staff)
    sections = [{"heading": one["heading"], "text": one["text"]} for one in draft["draft"]["sections"]]
    sections[0]["text"] += "覆盖78户。"
    change = {"sections": sections, "supplements": ["覆盖户数：78户"]}
    found = call(server, "PATCH", f"/api/v1/drafts/{draft['id']}", change, staff, {"If-Match": '"1"'}).json
    passed = [one for one in found["draft"]["check"]["passed"] if one["text"] == "78户"]
    assert passed[0]["evidence"][0]["line"] == 5
    assert found["notes"] == NOTES


def test_a_section_is_rewritten_by_its_number(server: Serving, staff: str) -> None:
    draft = drafted(server, staff)
    path = f"/api/v1/drafts/{draft['id']}"
    sections = [{"heading": one["heading"], "text": one["text"]} for one in draft["draft"]["sections"]]
    number = next(n for n, one in enumerate(sections) if "12吨" in one["text"])
    sections[number]["text"] = "这一节被改坏了。"
    call(server, "PATCH", path, {"sections": sections}, staff, {"If-Match": '"1"'})
    queued = call(server, "POST", f"{path}/sections/{number + 1}/rewrite", {}, staff)
    assert queued.status == 202
    call(server, "GET", queued.json["events"], token=staff)
    found = call(server, "GET", path, token=staff).json
    assert found["version"] == 3
    assert found["draft"]["text"] == draft["draft"]["text"]
    assert_refused(call(server, "POST", f"{path}/sections/99/rewrite", {}, staff), 404, "没有第99节")


def test_an_answer_stays_when_its_section_is_written_again(server: Serving, staff: str) -> None:
    draft = drafted(server, staff, notes="3月5日清运垃圾12吨\n修补路面xx米\n")
    path, sections = f"/api/v1/drafts/{draft['id']}", draft["draft"]["sections"]
    asked = next(one for one in draft["draft"]["missing"] if "修补路面" in one["ask"])
    number = next(n for n, one in enumerate(sections, 1) if asked["placeholder"] in one["text"])
    given = [
        {"heading": one["heading"], "text": one["text"].replace(asked["placeholder"], "修补路面350米。")}
        for one in sections
    ]
    change = {"sections": given, "supplements": [f"{asked['ask']}：修补路面350米"]}
    answered = call(server, "PATCH", path, change, staff, {"If-Match": '"1"'}).json["draft"]["text"]
    queued = call(server, "POST", f"{path}/sections/{number}/rewrite", {}, staff)
    call(server, "GET", queued.json["events"], token=staff)
    again = call(server, "GET", path, token=staff).json["draft"]
    assert again["text"] == answered and "修补路面350米。" in answered
    told = next(one for one in again["sections"][number - 1]["sentences"] if one["note_lines"] == [3])
    assert again["sections"][number - 1]["text"][told["start"] : told["end"]].strip() == "修补路面350米。"


def test_a_draft_goes_from_staff_to_editor_and_back(server: Serving, staff: str) -> None:
    editor = server.token("陆编")
    draft = drafted(server, staff)
    path = f"/api/v1/drafts/{draft['id']}"
    clean = {"sections": [{"heading": "一、做法", "text": "清运垃圾12吨。"}], "title": "题目"}
    blocked = {"sections": [{"heading": "一、做法", "text": "清运垃圾99吨。【待补：责任人】"}], "title": "题目"}
    call(server, "PATCH", path, blocked, staff, {"If-Match": "1"})
    refused = call(server, "POST", f"{path}/submit", {}, staff)
    assert_refused(refused, 409, "还有2处必须处理：第1节“99吨”笔记中无依据；第1节“【待补：责任人】”未填写。")
    call(server, "PATCH", path, clean, staff, {"If-Match": "2"})
    assert call(server, "POST", f"{path}/submit", {}, staff).json["state"] == "submitted"
    assert_refused(call(server, "POST", f"{path}/review", {"outcome": "approved"}, staff), 403)
    assert_refused(call(server, "POST", f"{path}/review", {"outcome": "returned"}, editor), 422, "退回须写明原因")
    verdict = {"outcome": "returned", "reason": "缺问题部分"}
    assert_refused(call(server, "POST", f"{path}/review", verdict, editor), 422, "至少指出一处")
    assert call(server, "POST", f"{path}/comments", {"text": "补写存在问题。"}, editor).status == 201
    returned = call(server, "POST", f"{path}/review", verdict, editor)
    assert returned.json["state"] == "returned"
    call(server, "POST", f"{path}/submit", {}, staff)
    approved = call(server, "POST", f"{path}/review", {"outcome": "approved"}, editor)
    assert approved.json["state"] == "approved"
    reviews = call(server, "GET", path, token=staff).json["reviews"]
    assert [(one["reviewer"], one["outcome"]) for one in reviews] == [("陆编", "returned"), ("陆编", "approved")]


def test_downloads_carry_the_text_and_a_chinese_name(server: Serving, staff: str) -> None:
    draft = drafted(server, staff)
    markdown = call(server, "GET", f"/api/v1/drafts/{draft['id']}/export.md", token=staff)
    assert "清运垃圾12吨" in markdown.content.decode()
    name = unquote(markdown.headers["content-disposition"])
    assert "云溪街道_进展情况汇报_" in name
    assert name.endswith("_v1.md")
    word = call(server, "GET", f"/api/v1/drafts/{draft['id']}/export.docx", token=staff)
    assert word.content[:2] == b"PK"


def test_nobody_sees_or_changes_the_draft_of_another_unit(server: Serving, staff: str) -> None:
    stranger = server.token("程野")
    draft = drafted(server, staff)
    path = f"/api/v1/drafts/{draft['id']}"
    calls: list[tuple[str, str, Any, dict[str, str]]] = [
        ("GET", path, None, {}),
        ("GET", f"{path}/versions/1", None, {}),
        ("GET", f"{path}/events", None, {}),
        ("GET", f"{path}/export.md", None, {}),
        ("GET", f"{path}/export.docx", None, {}),
        ("PATCH", path, {"title": "夺"}, {"If-Match": "1"}),
        ("POST", f"{path}/cancel", {}, {}),
        ("POST", f"{path}/retry", {}, {}),
        ("POST", f"{path}/submit", {}, {}),
        ("POST", f"{path}/review", {"outcome": "approved"}, {}),
        ("POST", f"{path}/sections/1/rewrite", {}, {}),
    ]
    for method, address, body, headers in calls:
        refused = call(server, method, address, body, stranger, headers)
        assert_refused(refused, 404)
        assert "12吨" not in refused.content.decode()
        absent = call(server, method, address.replace(draft["id"], "0" * 32), body, stranger, headers)
        assert absent.json["message"] == refused.json["message"]
    assert call(server, "GET", "/api/v1/drafts", token=stranger).json == []


def test_the_checker_answers_without_storing(server: Serving, staff: str) -> None:
    before = len(call(server, "GET", "/api/v1/drafts", token=staff).json)
    asked = {"notes": NOTES, "draft": "清运垃圾12吨，清理死角8处。", "period": "2031年"}
    found = call(server, "POST", "/api/v1/check", asked, staff).json
    assert [one["text"] for one in found["passed"]] == ["12吨"]
    assert [one["text"] for one in found["findings"]] == ["8处"]
    assert found["passed"][0]["evidence"] == [{"line": 1, "start": 8, "end": 11, "text": "12吨"}]
    assert len(call(server, "GET", "/api/v1/drafts", token=staff).json) == before


def test_slips_of_wording_are_told_apart_from_the_figures(server: Serving, staff: str) -> None:
    asked = {"notes": NOTES, "draft": "3月8号，清运垃圾12吨。", "period": "2031年"}
    found = call(server, "POST", "/api/v1/check", asked, staff).json
    assert ("R05", "8号", "8日") in [(one["rule"], one["text"], one["replacement"]) for one in found["wording"]]
    assert all(one["severity"] in ("suggestion", "warning") for one in found["wording"])
    assert "R05" not in [one["rule"] for one in (*found["findings"], *found["passed"])]


def test_notes_are_read_while_they_are_typed(server: Serving, staff: str) -> None:
    found = call(server, "POST", "/api/v1/notes", {"notes": NOTES, "period": "2031年"}, staff).json
    assert found["lines"] == 4
    assert any(one["lines"] == [1] and "12吨" in one["text"] for one in found["facts"])
    assert [one["line"] for one in found["set_aside"]] == [3]
    for one in found["facts"]:
        assert NOTES[one["start"] : one["end"]] == one["text"]


def test_only_the_administrator_changes_the_corpus(server: Serving, staff: str) -> None:
    admin = server.token("admin")
    boundary = "----zhibi"
    form = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="C:\\x\\\u62a5\u544a.md"\r\n'
        f"Content-Type: text/plain\r\n\r\n占道经营整改报告\n正文\r\n--{boundary}--\r\n"
    ).encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    refused = call(server, "POST", "/api/v1/corpus/reports", token=staff, headers=headers, content=form)
    assert_refused(refused, 403, "管理员")
    added = call(server, "POST", "/api/v1/corpus/reports", token=admin, headers=headers, content=form)
    assert added.status == 201
    assert added.json["reports"][0]["source"] == "报告.md"
    rows = call(server, "GET", "/api/v1/corpus/reports", token=staff).json
    assert [row["title"] for row in rows] == ["占道经营整改报告"]
    hits = call(server, "GET", "/api/v1/search?q=%E5%8D%A0%E9%81%93&k=3", token=staff).json
    assert hits[0]["title"] == "占道经营整改报告"
    assert_refused(call(server, "DELETE", f"/api/v1/corpus/reports/{rows[0]['id']}", token=staff), 403)
    assert call(server, "DELETE", f"/api/v1/corpus/reports/{rows[0]['id']}", token=admin).status == 204
    assert_refused(call(server, "DELETE", f"/api/v1/corpus/reports/{rows[0]['id']}", token=admin), 404)
    wrong = form.replace("报告.md".encode(), b"a.exe")
    bad = call(server, "POST", "/api/v1/corpus/reports", token=admin, headers=headers, content=wrong)
    assert_refused(bad, 422, "a.exe")


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"notes": ""}, 422, "笔记中没有找到可用的事实（时间、数量、活动）。请补充后再起草。"),
        ({"notes": "收到\n好的，辛苦了"}, 422, "笔记中没有找到可用的事实（时间、数量、活动）。请补充后再起草。"),
        ({"notes": "清" * 100_001}, 413, "粘贴内容共100,001字，超过上限10万字。请分次粘贴或删减无关内容。"),
        ({"notes": "清" * 123_000}, 413, "粘贴内容共12.3万字，超过上限10万字。"),
        ({"genre": "novel"}, 422, "没有文种“novel”"),
        ({"period": "去年"}, 422, "看不懂报告期“去年”"),
        ({"unit": "甲\n乙"}, 422, "单位名称"),
        ({"unit_type": "palace"}, 422, "没有单位类型“palace”"),
        ({"length": 5}, 422, "length"),
        ({"surprise": 1}, 422, "surprise"),
        ({"notes": None}, 422, "notes"),
        ({"title": "甲\u202e乙"}, 422, "标题"),
    ],
)
def test_an_unusable_request_is_refused_with_the_reason(
    server: Serving, staff: str, change: dict[str, Any], status: int, words: str
) -> None:
    assert_refused(call(server, "POST", "/api/v1/drafts", {**ASKED, **change}, staff), status, words)


def test_every_wrong_way_in_gets_the_one_error_shape(server: Serving, staff: str) -> None:
    assert_refused(call(server, "GET", "/api/v1/drafts"), 401, "登录")
    assert_refused(call(server, "GET", "/api/v1/drafts", token="zb_wrong"), 401, "令牌")
    assert_refused(call(server, "GET", "/api/v1/nowhere", token=staff), 404)
    assert_refused(call(server, "DELETE", "/api/v1/drafts", token=staff), 405)
    headers = {"Content-Type": "application/json"}
    assert_refused(call(server, "POST", "/api/v1/check", token=staff, headers=headers, content=b"{oops"), 400)
    assert_refused(call(server, "POST", "/api/v1/check", token=staff, headers=headers, content=b'"text"'), 422)
    halved = b'{"notes": "\\ud800", "draft": ""}'
    assert_refused(call(server, "POST", "/api/v1/check", token=staff, headers=headers, content=halved), 422, "notes")
    huge = b'{"notes": "' + b"x" * 9_000_000 + b'"}'
    assert_refused(call(server, "POST", "/api/v1/check", token=staff, headers=headers, content=huge), 413)
    assert_refused(call(server, "GET", "/api/v1/search?q=", token=staff), 422)
    assert_refused(call(server, "GET", "/api/v1/drafts?limit=100000", token=staff), 422)


def test_a_body_without_a_declared_length_is_limited_too(server: Serving, staff: str) -> None:
    from http.client import HTTPConnection

    connection = HTTPConnection(server.address.removeprefix("http://"), timeout=20)
    pieces = (b"x" * 500_000 for _ in range(20))
    headers = {"Authorization": f"Bearer {staff}", "Content-Type": "application/json"}
    try:
        connection.request("POST", "/api/v1/check", pieces, headers, encode_chunked=True)
        status = connection.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        status = 413  # the server answered and hung up before all was sent
    assert status == 413


def test_operators_see_that_it_lives_and_count_without_names(server: Serving) -> None:
    assert call(server, "GET", "/healthz").json == {"status": "ok"}
    assert call(server, "GET", "/readyz").json["status"] == "ok"
    figures = call(server, "GET", "/metrics").content.decode()
    assert "zhibi_http_requests_total" in figures
    assert 'zhibi_runs{state="done"}' in figures
    assert "云溪" not in figures


def test_a_thing_that_does_not_answer_makes_it_not_ready(tmp_path: Path) -> None:
    from dataclasses import replace

    services = replace(services_at(tmp_path), ready=lambda: {"database": None, "index": "索引正在重建"})
    with serving(services) as running:
        assert_refused(call(running, "GET", "/readyz"), 503, "索引正在重建")


def test_the_openapi_document_names_every_route_and_its_errors(server: Serving) -> None:
    document = call(server, "GET", "/api/v1/openapi.json").json
    for path in ("/check", "/notes", "/search", "/drafts", "/drafts/{draft_id}", "/drafts/{draft_id}/events",
                 "/drafts/{draft_id}/sections/{number}/rewrite", "/corpus/reports"):  # fmt: skip
        assert f"/api/v1{path}" in document["paths"]
    for path, methods in document["paths"].items():
        if path.startswith("/api/"):
            assert all("401" in one["responses"] for one in methods.values()), path
