"""Word files over HTTP: what stands beside the words, and an edited file read back."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from docx import Document
from docx.oxml.ns import qn

from service.domain.account import AccountRole
from tests.web.serving import Answered, Serving, call, services_at, serving
from tests.web.test_api import drafted


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(services_at(tmp_path_factory.mktemp("word"))) as running:
        running.services.accounts.add("周岚", AccountRole.STAFF, "云溪街道")
        yield running


@pytest.fixture(scope="module")
def staff(server: Serving) -> str:
    return server.token("周岚")


@pytest.fixture(scope="module")
def edited(server: Serving, staff: str) -> dict[str, Any]:
    """A draft with a second version, in which a person changed a number."""
    draft = drafted(server, staff)
    path = f"/api/v1/drafts/{draft['id']}"
    body = call(server, "GET", path, token=staff).json["draft"]
    sections = [{"heading": one["heading"], "text": one["text"].replace("12吨", "15吨")} for one in body["sections"]]
    call(server, "PATCH", path, {"sections": sections, "reason": "改数"}, staff, {"If-Match": "1"})
    return {"path": path, **call(server, "GET", path, token=staff).json}


def _upload(server: Serving, path: str, token: str, name: str, content: bytes) -> Answered:
    edge = "----zhibi"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
    return call(server, "POST", path, None, token, kind, body)


def test_comments_changes_and_facts_come_with_the_file_and_only_when_asked(
    server: Serving, staff: str, edited: dict[str, Any]
) -> None:
    plain = Document(BytesIO(call(server, "GET", f"{edited['path']}/export.docx", token=staff).content))
    assert (len(list(plain.comments)), len(plain.tables)) == (0, 0)
    asked = call(server, "GET", f"{edited['path']}/export.docx?comments=1&changes_from=1&facts=1", token=staff)
    assert unquote(asked.headers["content-disposition"]).endswith("_v2.docx")
    whole = Document(BytesIO(asked.content))
    findings = edited["draft"]["check"]["findings"]
    assert len(list(whole.comments)) == len(findings) > 0
    assert len(whole.tables[0].rows) == 1 + len(findings) + len(edited["draft"]["check"]["passed"])
    body: Any = whole.element.body
    assert [one.text for run in body.iter(qn("w:ins")) for one in run.iter(qn("w:t"))] == ["15吨"]
    assert {one.get(qn("w:author")) for one in body.iter(qn("w:del"))} == {"周岚"}


def test_changes_since_a_version_that_never_was_are_refused(
    server: Serving, staff: str, edited: dict[str, Any]
) -> None:
    assert call(server, "GET", f"{edited['path']}/export.docx?changes_from=99", token=staff).status == 404
    assert call(server, "GET", f"{edited['path']}/export.docx?changes_from=0", token=staff).status == 422


def test_an_edited_file_is_read_back_checked_and_its_changes_listed(
    server: Serving, staff: str, edited: dict[str, Any]
) -> None:
    raw = call(server, "GET", f"{edited['path']}/export.docx?facts=1", token=staff).content
    same = _upload(server, f"{edited['path']}/word", staff, "稿.docx", raw).json
    assert (same["changes"], same["text"]) == ([], edited["draft"]["text"])
    document = Document(BytesIO(raw))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("15吨", "99吨")
    buffer = BytesIO()
    document.save(buffer)
    back = _upload(server, f"{edited['path']}/word", staff, "../改.docx", buffer.getvalue()).json
    assert [one["kind"] for one in back["changes"]] == ["changed"]
    assert "99吨" in back["changes"][0]["after"]
    assert any("99" in one["text"] and one["band"] == "block" for one in back["check"]["findings"])
    assert call(server, "GET", edited["path"], token=staff).json["version"] == edited["version"]


def test_what_is_no_word_file_is_refused_in_chinese(server: Serving, staff: str, edited: dict[str, Any]) -> None:
    for name, content in (("稿.docx", b"PK\x03\x04 nothing"), ("稿.exe", b"MZ"), ("稿.docx", b"")):
        refused = _upload(server, f"{edited['path']}/word", staff, name, content)
        assert refused.status == 422
        assert "请" in refused.json["message"]
