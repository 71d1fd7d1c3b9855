"""A draft as it arrives: stopped, cut, hidden, in many tabs, and read while it grows."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from service.domain.account import AccountRole
from service.domain.draft import Draft, DraftRequest
from service.jobs.roles import FinishedSteps, Tell, WrittenAgain
from tests.jobs.test_runs import plain_draft
from tests.web.browsing import CHROMIUM, Watched, at_desk
from tests.web.serving import Serving, call, services_at, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")
ASKED = {"notes": "3月5日清运垃圾12吨\n" * 3, "genre": "progress", "unit": "云溪街道", "period": "2031年"}
WORDS = "清运垃圾12吨，街巷整洁𠮷🧹。"
WHOLE = WORDS * 12


class Pen:
    """Writes five sections, and waits before each for the test to let it."""

    def __init__(self) -> None:
        self.allowed = threading.Semaphore(0)

    def write(self, request: DraftRequest, tell: Tell, steps: FinishedSteps, again: WrittenAgain | None) -> Draft:
        del steps
        for index in range(5):
            heading = f"第{index + 1}部分"
            if again is not None and not again.is_about(heading):
                continue
            while not self.allowed.acquire(timeout=0.05):
                tell("stage", {})
            for end in range(0, len(WHOLE), 40):
                part = {"index": index, "total": 5, "heading": heading, "text": WHOLE[:end], "complete": False}
                tell("section", part)
            if index == 2 and again is None:
                # The third is left half written until the test lets it go on.
                while not self.allowed.acquire(timeout=0.05):
                    tell("stage", {})
            tell("section", {"index": index, "total": 5, "heading": heading, "text": WHOLE, "complete": True})
        return plain_draft(request, *([WHOLE] * 3))

    def let(self, sections: int) -> None:
        """Lets it write as many further parts."""
        for _ in range(sections):
            self.allowed.release()


@pytest.fixture(scope="module")
def pen() -> Pen:
    return Pen()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, pen: Pen) -> Iterator[Serving]:
    with serving(services_at(tmp_path_factory.mktemp("streams"), write=pen.write)) as running:
        running.services.accounts.add("周岚", AccountRole.STAFF, "云溪街道")
        yield running


@pytest.fixture
def desk(server: Serving, chromium: Browser) -> Iterator[Watched]:
    watched = at_desk(server, chromium)
    yield watched
    watched.page.context.close()
    assert watched.wrong == []


def begun(server: Serving, page: Page) -> str:
    made = call(server, "POST", "/api/v1/drafts", ASKED, server.token("周岚")).json["id"]
    answered = page.goto(f"{server.address}/drafts/{made}")
    assert answered is not None and answered.ok, page.locator("main").inner_text()
    page.get_by_role("button", name="停止").wait_for()
    return str(made)


def ended(server: Serving, pen: Pen, draft_id: str) -> None:
    """Lets a run go to its end, so that the next test has the worker and an empty semaphore."""
    pen.let(10)
    for _ in range(200):
        if not server.services.drafts.is_open(draft_id):
            break
        time.sleep(0.05)
    while pen.allowed.acquire(blocking=False):
        pass


def test_a_stopped_draft_keeps_its_sections_and_goes_on(server: Serving, desk: Watched, pen: Pen) -> None:
    page = desk.page
    draft_id = begun(server, page)
    pen.let(3)
    page.get_by_text("已写好2/5节").wait_for()
    page.get_by_role("heading", name="第3部分").wait_for()
    page.get_by_role("button", name="停止").click()
    page.get_by_text("2节已完整保留，第3节没有写完").wait_for()
    headings = page.locator("#paper h3").all_inner_texts()
    assert [one[-4:] for one in headings] == ["第1部分", "第2部分", "第3部分"]
    page.get_by_role("button", name="继续生成").click()
    page.get_by_role("button", name="停止").wait_for()
    ended(server, pen, draft_id)
    page.get_by_role("link", name="下载 Word").wait_for()
    text = call(server, "GET", f"/api/v1/drafts/{draft_id}", token=server.token("周岚")).json["draft"]["text"]
    assert text.count(WHOLE) == 3
    assert "\ufffd" not in page.locator("#paper").inner_text()


def test_a_cut_line_keeps_the_text_and_the_draft_is_taken_up_again(server: Serving, desk: Watched, pen: Pen) -> None:
    page = desk.page
    draft_id = begun(server, page)
    pen.let(1)
    page.wait_for_function(
        "whole => (document.querySelector('#paper section') || document.body).innerText.includes(whole)", arg=WHOLE
    )
    before = page.locator("#paper section").first.inner_text()
    page.context.set_offline(True)
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    page.route("**/api/v1/drafts/*/events*", lambda route: route.fulfill(status=503, body="{}"))
    page.context.set_offline(False)
    assert page.locator("#paper section").first.inner_text() == before
    page.unroute("**/api/v1/drafts/*/events*")
    ended(server, pen, draft_id)
    page.get_by_role("link", name="下载 Word").wait_for(timeout=90_000)


def test_the_page_stays_where_one_reads_and_says_one_thing_a_section(server: Serving, desk: Watched, pen: Pen) -> None:
    page = desk.page
    page.set_viewport_size({"width": 1366, "height": 400})
    page.add_init_script(
        """window.heard = []; document.addEventListener("DOMContentLoaded", () => {
             const place = document.getElementById("announcer");
             new MutationObserver(() => { if (place.textContent) window.heard.push(place.textContent); })
               .observe(place, {childList: true, characterData: true, subtree: true}); });"""
    )
    draft_id = begun(server, page)
    pen.let(2)
    page.get_by_text("已写好2/5节").wait_for()
    page.locator("#result").evaluate("box => { box.scrollTop = 0; box.dispatchEvent(new Event('scroll')); }")
    pen.let(1)
    page.get_by_role("heading", name="第3部分").wait_for()
    assert page.locator("#result").evaluate("box => box.scrollTop") == 0
    ended(server, pen, draft_id)
    page.locator("#announcer", has_text="起草完成").wait_for(state="attached")
    heard = page.evaluate("window.heard")
    assert len([one for one in heard if one.startswith("正在写")]) <= 5
    assert len(heard) <= 8


def test_a_seventh_tab_still_opens_while_six_are_written(server: Serving, desk: Watched, pen: Pen) -> None:
    first = desk.page
    draft_id = begun(server, first)
    tabs = [first.context.new_page() for _ in range(6)]
    for tab in tabs:
        tab.goto(f"{server.address}/drafts/{draft_id}", timeout=60_000)
        tab.get_by_role("button", name="停止").wait_for()
        # Headless tabs do not hide each other, so each is told that it is hidden, as a browser tells it.
        tab.evaluate(
            """() => { Object.defineProperty(document, "hidden", {configurable: true, get: () => true});
                       document.dispatchEvent(new Event("visibilitychange")); }"""
        )
    last = first.context.new_page()
    last.goto(f"{server.address}/drafts", timeout=60_000)
    assert last.get_by_role("heading", name="我的稿件").is_visible()
    ended(server, pen, draft_id)
    shown = tabs[0]
    shown.evaluate(
        """() => { Object.defineProperty(document, "hidden", {configurable: true, get: () => false});
                   document.dispatchEvent(new Event("visibilitychange")); }"""
    )
    shown.get_by_role("link", name="下载 Word").wait_for()


def test_a_slow_draft_says_how_long_and_offers_to_leave(server: Serving, chromium: Browser, pen: Pen) -> None:
    watched = at_desk(server, chromium)
    page = watched.page
    page.clock.install()
    draft_id = begun(server, page)
    page.get_by_text(re.compile(r"已用 \d+ 秒")).wait_for()
    page.clock.run_for(25_000)
    page.get_by_text("可以先离开").wait_for()
    assert page.get_by_role("link", name="后台生成，先去我的稿件").is_visible()
    ended(server, pen, draft_id)
    page.context.close()
