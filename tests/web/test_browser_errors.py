"""Every way a call can fail × every button: a Chinese sentence, the text still there, nothing undefined."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.web.browsing import CHROMIUM, Watched, at_desk, drafted, with_text
from tests.web.serving import Serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")
STATUSES = (400, 403, 404, 409, 413, 422, 428, 429, 500, 502, 503, 504)


def ours(status: int) -> Callable[[Route], None]:
    """The one error shape of this server."""
    body = {"error": "X", "message": f"没有成功（{status}）。请重试。", "detail": {}, "request_id": "r"}

    def answer(route: Route) -> None:
        route.fulfill(status=status, content_type="application/json", body=json.dumps(body))

    return answer


def plain(status: int, body: str) -> Callable[[Route], None]:
    """What something in between answers, or half of an answer."""
    return lambda route: route.fulfill(status=status, body=body)


FAILURES: dict[str, Callable[[Route], None]] = {
    **{f"{status} ours": ours(status) for status in STATUSES},
    **{f"{status} of a proxy": plain(status, "<h1>Bad</h1>") for status in (404, 502, 503, 504)},
    "nothing": lambda route: route.abort("connectionrefused"),
    "no JSON": plain(200, "<html>"),
    "half JSON": plain(200, '{"id": '),
    "empty object": plain(500, "{}"),
    "array": plain(500, "[]"),
}
BROKEN = re.compile(r"undefined|\bnull\b|NaN|\[object|TypeError|Traceback")
LINE = "3月12日清理卫生死角12处，清运垃圾3.5吨"


@pytest.fixture(scope="module")
def desk(server: Serving, chromium: Browser) -> Iterator[Watched]:
    watched = at_desk(server, chromium)
    yield watched
    watched.page.context.close()
    assert watched.wrong == []


def assert_said(page: Page, case: str) -> None:
    """A Chinese sentence is on the page, and no broken word."""
    shown = page.evaluate("document.body.innerText")
    assert not BROKEN.search(shown), (case, BROKEN.search(shown))
    said = page.evaluate(
        """Array.from(document.querySelectorAll('[role=alert], #toast'))
             .filter((one) => one.offsetParent !== null || one.id === 'toast' && !one.hidden)
             .map((one) => one.textContent).join(' ')"""
    )
    assert re.search(r"[\u4e00-\u9fff]{4}", said), (case, said)


def test_starting_a_draft_fails_in_every_way_and_loses_nothing(server: Serving, desk: Watched) -> None:
    page = desk.page
    page.goto(server.address)
    page.get_by_role("textbox", name="笔记").fill(LINE)
    page.get_by_label("报告期", exact=True).fill("2031年")
    page.get_by_text(re.compile(r"已识别 \d+ 项")).wait_for()
    for case, fail in FAILURES.items():
        page.route("**/api/v1/drafts", fail)
        page.get_by_role("button", name="开始起草").click()
        page.locator("#setup-failure").wait_for()
        page.get_by_role("button", name="开始起草").wait_for()
        assert_said(page, case)
        assert page.get_by_role("textbox", name="笔记").input_value() == LINE, case
        page.unroute("**/api/v1/drafts")
    page.get_by_role("button", name="开始起草").click()
    page.get_by_role("link", name="下载 Word").wait_for()


def test_reading_notes_and_files_fails_in_every_way_and_typing_goes_on(server: Serving, desk: Watched) -> None:
    page = desk.page
    page.goto(server.address)
    notes = page.get_by_role("textbox", name="笔记")
    for case, fail in FAILURES.items():
        for path in ("notes", "outline", "working/new", "notes/file"):
            page.route(f"**/api/v1/{path}", fail)
        with page.expect_request("**/api/v1/notes"):
            notes.fill(f"{LINE}{case}")
        page.set_input_files("#notes-file", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"12"})
        page.locator("#setup-failure").wait_for()
        assert_said(page, case)
        assert notes.input_value() == f"{LINE}{case}"
        page.evaluate("document.getElementById('setup-failure').hidden = true")
        for path in ("notes", "outline", "working/new", "notes/file"):
            page.unroute(f"**/api/v1/{path}")
    notes.fill(LINE)
    page.get_by_text(re.compile(r"已识别 \d+ 项")).wait_for()


def test_every_act_on_a_draft_fails_in_every_way_and_what_was_typed_stays(server: Serving, desk: Watched) -> None:
    page = desk.page
    draft_id = drafted(server, LINE)
    with_text(server, draft_id, lambda text: text.replace("3.5吨", "99吨"))
    page.goto(f"{server.address}/drafts/{draft_id}")
    wrong = page.get_by_role("button", name=re.compile("^99吨，"))
    wrong.wait_for()
    shown = page.locator("#paper").inner_text()
    for case, fail in FAILURES.items():
        page.route(f"**/api/v1/drafts/{draft_id}", fail)
        page.route(f"**/api/v1/drafts/{draft_id}/**", fail)
        page.route("**/api/v1/check", fail)
        page.route("**/api/v1/working/**", fail)

        page.get_by_role("button", name=re.compile("^编辑一")).click()
        box = page.get_by_role("textbox", name=re.compile("^编辑"))
        box.press("Control+End")
        box.press_sequentially("新")
        box.press("Control+s")
        page.locator("#paper .failure").wait_for()
        assert_said(page, case)
        assert box.input_value().endswith("新")
        page.get_by_role("button", name="取消").click()

        wrong.click()
        page.locator("#popover").get_by_role("button", name="删除该句").click()
        page.locator("#toast").wait_for()
        assert_said(page, case)

        page.get_by_role("button", name=re.compile("^重写一")).click()
        page.get_by_role("dialog").get_by_role("button", name="重写本节").click()
        page.get_by_role("dialog").get_by_role("button", name="重写本节").wait_for()
        assert_said(page, case)
        page.keyboard.press("Escape")

        page.get_by_role("tab", name=re.compile("^版本与来源")).click()
        page.get_by_role("button", name="恢复到这一版").click()
        assert_said(page, case)
        page.unroute_all()
    assert page.locator("#paper").inner_text() == shown
