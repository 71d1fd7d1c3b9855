"""The page under hard conditions: much text, narrow windows, old engines, plain HTTP, keyboard and screen reader."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.web.browsing import CHROMIUM, Watched, draft, enter, paste, tab_through
from tests.web.serving import Serving, call

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")


def test_a_hundred_thousand_characters_stay_smooth(server: Serving, watched: Watched) -> None:
    page = watched.page
    enter(server, page)
    line = "3月12日出动志愿者46人清理卫生死角12处，清运垃圾3.5吨，发放宣传单500份。\n"
    text = (line * (100_000 // len(line) + 1))[:99_900]
    paste(page, text)
    assert page.locator("#notes-mirror .line").count() == text.count("\n") + 1
    page.evaluate(
        """() => { const box = document.getElementById("notes"); box.focus(); box.setSelectionRange(50000, 50000); }"""
    )
    page.keyboard.type("新增一句话ABC", delay=5)
    value = page.get_by_role("textbox", name="笔记").input_value()
    assert "新增一句话ABC" in value
    aligned = page.evaluate(
        """() => { const last = document.querySelector("#notes-mirror").lastElementChild;
                   const box = document.getElementById("notes");
                   return [last.offsetTop + last.offsetHeight <= box.scrollHeight, box.scrollTop]; }"""
    )
    assert aligned == [True, 0]


def test_too_much_text_is_refused_with_the_count_and_stays_on_the_page(server: Serving, watched: Watched) -> None:
    page = watched.page
    enter(server, page)
    paste(page, "清理死角12处。\n" * 13_000)
    page.get_by_label("报告期", exact=True).fill("2031年")
    page.get_by_role("button", name="开始起草").click()
    page.get_by_text("粘贴内容共11.7万字，超过上限10万字。请分次粘贴或删减无关内容。").wait_for()
    assert len(page.get_by_role("textbox", name="笔记").input_value()) == 117_000


def test_it_works_by_a_plain_http_host_name_on_an_older_engine(server: Serving, chromium: Browser) -> None:
    address = f"http://zhibi.lan:{server.address.rsplit(':', 1)[1]}"
    context = chromium.new_context(locale="zh-CN")
    # What newer engines have and the oldest one we serve does not.
    context.add_init_script("delete window.structuredClone; delete window.ResizeObserver; delete Intl.Segmenter;")
    watched = Watched(context.new_page(), address)
    page = watched.page
    enter(server, page, address=address)
    assert page.evaluate("window.isSecureContext") is False
    draft(page)
    assert page.get_by_role("button", name=re.compile("^3.5吨，")).is_visible()
    context.close()
    assert watched.wrong == []


def test_a_narrow_window_shows_notes_and_draft_in_turn_and_nothing_overflows(server: Serving, watched: Watched) -> None:
    page = watched.page
    enter(server, page)
    draft(page)
    for width in (1366, 1024, 683, 360):
        page.set_viewport_size({"width": width, "height": 700})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, width
    page.set_viewport_size({"width": 900, "height": 700})
    page.get_by_role("button", name=re.compile("^3.5吨，")).click()
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="笔记", exact=True).click()
    assert page.get_by_role("textbox", name="笔记").is_visible()
    assert page.locator("#paper").is_hidden()


def test_everything_is_done_by_keyboard_and_focus_is_seen(server: Serving, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{server.address}/sign-in/{server.services.accounts.new_link('周岚')}")
    page.locator("button:focus").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/account?first=1")
    page.goto(server.address + "/")
    page.get_by_role("textbox", name="笔记").wait_for()
    assert page.evaluate("document.activeElement.id") == "notes"
    page.keyboard.insert_text("清理卫生死角12处\n发宣传单500份")
    page.get_by_text(re.compile("已识别")).wait_for()
    stops = tab_through(page, until="start")
    for wanted in ("genre", "unit", "unit_type", "length", "period", "title"):
        assert wanted in stops, stops
    page.keyboard.press("Enter")
    page.get_by_role("link", name="下载 Word").wait_for(timeout=90_000)
    page.locator("#tab-list button").first.click()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-selected')") == "true"
    stops = tab_through(page, until="f-1")
    for _ in range(20):
        if page.evaluate("document.activeElement.textContent") == "12处":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.get_by_role("dialog").is_visible()
    assert page.locator("#notes-mirror .lit").count() == 1
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "12处"


def test_four_hundred_marks_and_a_long_draft_are_drawn(server: Serving, watched: Watched) -> None:
    page = watched.page
    enter(server, page)
    draft(page)
    path = page.url.replace(server.address, "/api/v1")
    line = "".join(f"走访第{number}户，登记{number + 100}人。" for number in range(60)) + "\n"
    change = {"sections": [{"heading": "一、走访", "text": (line * 5)[:9000]}]}
    token = server.token("admin")
    assert call(server, "PATCH", path, change, token, {"If-Match": "1"}).status == 200
    page.reload()
    page.get_by_role("link", name="下载 Word").wait_for(timeout=90_000)
    assert page.locator("#paper .mark").count() > 300
    text = call(server, "GET", path, token=token).json["draft"]["text"]
    shown = page.evaluate(
        "Array.from(document.querySelectorAll('#paper .paper-line')).map(p => p.textContent).join('')"
    )
    assert shown == "".join(text.split("\n")[2:])


def test_screen_readers_hear_beginning_and_end_but_no_stream(server: Serving, watched: Watched) -> None:
    page = watched.page
    enter(server, page)
    page.evaluate(
        """() => { window.heard = []; new MutationObserver(() => {
             const said = document.getElementById("announcer").textContent; if (said) window.heard.push(said);
           }).observe(document.getElementById("announcer"), {childList: true, characterData: true, subtree: true}); }"""
    )
    draft(page)
    page.locator("#announcer", has_text="起草完成").wait_for(state="attached")
    heard = json.loads(page.evaluate("JSON.stringify(window.heard)"))
    assert heard[-1].startswith("起草完成")
    assert len(heard) <= 12
    assert page.locator("#paper").get_attribute("aria-live") == "off"
