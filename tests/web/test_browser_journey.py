"""A person's whole way through the page in a real browser: sign in, paste, draft, look at a number, mend, download."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from service.domain.account import AccountRole
from tests.web.serving import Serving, call, check_in_earnest, services_at, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Every name but this machine's fails at once, so a page that asks another host is found out.
    "--host-resolver-rules=MAP zhibi.lan 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
NOTES = """王敏 09:12 3月8日搞了三下乡，去了30多个单位
3月12日清理卫生死角12处，清运垃圾3.5吨
收到，辛苦了[抱拳]
发宣传单500份，挂横幅12条
存在问题：农贸市场占道经营反弹
下一步打算每周巡查2次
<img src=x onerror="document.title='坏'">参加人数46人𠮷🧹
"""

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(services_at(tmp_path_factory.mktemp("journey"), check=check_in_earnest)) as running:
        running.services.accounts.add("周岚", AccountRole.STAFF, "云溪街道")
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


class Watched:
    """A page whose errors and foreign requests are noted."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("console", self._heard)
        page.on("request", lambda request: self._asked(request.url, address))

    def _heard(self, message: object) -> None:
        kind, text = getattr(message, "type", ""), getattr(message, "text", "")
        # The browser itself reports every answer of 400 and above; those the tests provoke on purpose.
        if kind == "error" and "Failed to load resource" not in text:
            self.wrong.append(f"console: {text}")

    def _asked(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            self.wrong.append(f"foreign request: {url}")


@pytest.fixture
def watched(server: Serving, chromium: Browser) -> Iterator[Watched]:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", accept_downloads=True)
    watched = Watched(context.new_page(), server.address)
    yield watched
    context.close()
    assert watched.wrong == []


def enter(server: Serving, page: Page, name: str = "周岚", address: str = "") -> None:
    base = address or server.address
    page.goto(f"{base}/sign-in/{server.services.accounts.new_link(name)}")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/account?first=1")
    page.goto(base + "/")


def draft(page: Page, notes: str = NOTES) -> None:
    page.get_by_role("textbox", name="笔记").fill(notes)
    page.get_by_label("报告期", exact=True).fill("2031年上半年")
    page.get_by_role("button", name="开始起草").click()
    page.get_by_role("link", name="下载 Word").wait_for(timeout=30_000)


def paste(page: Page, text: str) -> None:
    """Long text at once; typing it key by key, as `fill` does, takes the browser minutes."""
    page.evaluate(
        """text => { const box = document.getElementById("notes"); box.value = text;
                     box.dispatchEvent(new Event("input", {bubbles: true})); }""",
        text,
    )


def test_from_a_link_to_a_word_file(server: Serving, watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    enter(server, page)
    page.get_by_role("textbox", name="笔记").fill(NOTES)
    assert page.locator("#notes-mirror .line").count() == NOTES.count("\n") + 1
    assert page.get_by_text("7行、").is_visible()
    page.get_by_text(re.compile(r"已识别 \d+ 项")).wait_for()
    page.get_by_text("不写入的行和原因").click()
    assert page.get_by_text("闲聊或答复").first.is_visible()
    draft(page)

    number = page.get_by_role("button", name=re.compile("^3.5吨，"))
    number.click()
    lit = page.locator("#notes-mirror .lit")
    assert lit.count() == 1
    assert lit.inner_text() == NOTES.split("\n")[1]
    assert lit.locator("mark").inner_text() == "3.5吨"
    popover = page.get_by_role("dialog")
    assert popover.get_by_role("button", name="第2行").is_visible()
    page.keyboard.press("Escape")
    assert popover.is_hidden()
    assert page.evaluate("document.activeElement.textContent") == "3.5吨"
    page.keyboard.press("Enter")
    assert popover.is_visible()
    page.keyboard.press("Escape")

    assert page.title() != "坏"
    assert page.locator("#paper img, #notes-mirror img, #tab-panel img").count() == 0

    with page.expect_download() as word:
        page.get_by_role("link", name="下载 Word").click()
    saved = tmp_path / "draft.docx"
    word.value.save_as(saved)
    assert word.value.suggested_filename.startswith("云溪街道_进展情况汇报_")
    from docx import Document

    assert any("3.5吨" in paragraph.text for paragraph in Document(str(saved)).paragraphs)


def test_a_number_is_edited_checked_and_the_change_taken_back(server: Serving, watched: Watched) -> None:
    page = watched.page
    enter(server, page)
    draft(page)
    section = page.locator(".paper-section", has=page.get_by_text("3.5吨"))
    section.hover()
    section.get_by_role("button", name=re.compile("^编辑")).click()
    box = page.locator(".edit-box")
    box.fill(box.input_value().replace("3.5吨", "9.5吨"))
    box.press("Control+s")
    wrong = page.get_by_role("button", name=re.compile("^9.5吨，"))
    wrong.wait_for()
    assert "mark-block" in (wrong.get_attribute("class") or "")
    assert page.get_by_role("tab", name=re.compile("待处理")).get_attribute("aria-selected") == "true"
    page.get_by_role("button", name="提交审核").click()
    page.get_by_text(re.compile("必须处理：第.节“9.5吨”")).wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="撤销上一步").click()
    page.get_by_role("button", name=re.compile("^3.5吨，")).wait_for()
    assert page.get_by_text(re.compile("^第3版")).is_visible()


def test_the_title_is_changed_and_every_version_is_listed(server: Serving, watched: Watched) -> None:
    page = watched.page
    enter(server, page)
    draft(page)
    page.locator("#paper .paper-title").hover()
    page.get_by_role("button", name="改标题").click()
    box = page.get_by_role("textbox", name="标题")
    box.fill("云溪街道清扫工作汇报")
    box.press("Enter")
    page.locator("#paper .paper-title", has_text="云溪街道清扫工作汇报").wait_for()
    page.get_by_role("tab", name=re.compile("版本与来源")).click()
    rows = page.locator("#tab-panel li").all_text_contents()
    assert rows[0].startswith("第2版修改标题周岚")
    assert rows[1].startswith("第1版按笔记起草规则起草")
    assert "没有参考往年报告" in rows[2]


def test_a_question_is_answered_in_place_and_becomes_a_note_line(server: Serving, watched: Watched) -> None:
    page = watched.page
    enter(server, page)
    page.get_by_role("radio", name=re.compile("整改报告")).check()
    draft(page, "反馈的第1条：“农贸市场占道经营”的问题。已劝离流动摊贩18个\n3月12日清理卫生死角12处")
    page.get_by_role("tab", name=re.compile("需要补充")).click()
    rows = page.locator("#tab-panel .question")
    before = rows.count()
    assert before > 0
    rows.first.get_by_role("textbox").fill("市场科何川")
    rows.first.get_by_role("textbox").press("Enter")
    page.get_by_text("第2版").first.wait_for()
    assert page.locator("#tab-panel .question").count() == before - 1
    assert page.locator("#paper").get_by_text("市场科何川").count() >= 1
    assert "市场科何川" in page.locator("#notes-mirror .added").inner_text()


def test_notes_survive_a_closed_page(server: Serving, watched: Watched) -> None:
    page = watched.page
    enter(server, page)
    page.get_by_role("textbox", name="笔记").fill("3月12日清理卫生死角12处")
    page.get_by_text("已保存在本机").wait_for()
    page.goto("about:blank")
    page.goto(server.address + "/")
    page.get_by_role("button", name="恢复").click()
    assert page.get_by_role("textbox", name="笔记").input_value() == "3月12日清理卫生死角12处"


def test_a_text_file_of_an_old_machine_is_opened_and_a_word_file_is_not(
    server: Serving, watched: Watched, tmp_path: Path
) -> None:
    page = watched.page
    enter(server, page)
    old, word = tmp_path / "台账.txt", tmp_path / "台账.docx"
    old.write_bytes("3月12日清理卫生死角12处\r\n发宣传单500份".encode("gb18030"))
    word.write_bytes(b"PK\x03\x04\x00\x00")
    page.set_input_files("#notes-file", old)
    page.get_by_text("2行、").wait_for()
    assert page.get_by_role("textbox", name="笔记").input_value() == "3月12日清理卫生死角12处\n发宣传单500份"
    page.set_input_files("#notes-file", word)
    page.get_by_text("不能读取“台账.docx”：它不是文本文件").wait_for()
    assert "12处" in page.get_by_role("textbox", name="笔记").input_value()


def test_enter_of_an_input_method_does_not_start_a_draft(server: Serving, watched: Watched) -> None:
    page = watched.page
    enter(server, page)
    notes = page.get_by_role("textbox", name="笔记")
    notes.click()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "zhongwen", "selectionStart": 8, "selectionEnd": 8})
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229, "modifiers": 2}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
    session.send("Input.insertText", {"text": "中文"})
    assert notes.input_value() == "中文"
    assert page.url == server.address + "/"
    assert page.locator("#setup-failure").is_hidden()


def test_two_people_at_once_see_each_other_s_version(server: Serving, watched: Watched) -> None:
    page = watched.page
    enter(server, page)
    draft(page)
    draft_id = page.url.rsplit("/", 1)[1]
    section = page.locator(".paper-section", has=page.get_by_text("3.5吨"))
    section.hover()
    section.get_by_role("button", name=re.compile("^编辑")).click()
    token = server.token("admin")
    path = f"/api/v1/drafts/{draft_id}"
    call(server, "PATCH", path, {"title": "别人改的题目"}, token, {"If-Match": "1"})
    box = page.locator(".edit-box")
    box.fill(box.input_value() + "补一句话。")
    page.get_by_role("button", name="保存本节").click()
    page.get_by_text(re.compile("此稿件已被admin于.*修改。请比较两个版本后再保存。")).wait_for()
    assert box.input_value().endswith("补一句话。")
    assert page.get_by_role("link", name="查看最新版本").is_visible()
    assert call(server, "GET", path, token=token).json["version"] == 2


def test_an_ended_session_loses_no_text(server: Serving, watched: Watched) -> None:
    page = watched.page
    enter(server, page)
    page.get_by_role("textbox", name="笔记").fill("3月12日清理卫生死角12处")
    page.get_by_label("报告期", exact=True).fill("2031年")
    page.get_by_text(re.compile("已识别")).wait_for()
    cookie = next(one for one in page.context.cookies() if one.get("name") == "zhibi_session")
    server.services.accounts.sign_out(str(cookie.get("value")))
    page.get_by_role("button", name="开始起草").click()
    page.get_by_role("heading", name="登录已过期").wait_for()
    other = page.context.new_page()
    enter(server, other)
    page.get_by_role("button", name="我已登录，继续").click()
    page.get_by_role("link", name="下载 Word").wait_for(timeout=30_000)
    assert "12处" in page.locator("#paper").inner_text()


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
    page.keyboard.insert_text("3月12日清理卫生死角12处\n发宣传单500份")
    page.get_by_text(re.compile("已识别")).wait_for()
    stops = tab_through(page, until="start")
    for wanted in ("genre", "unit", "unit_type", "length", "period", "title"):
        assert wanted in stops, stops
    page.keyboard.press("Enter")
    page.get_by_role("link", name="下载 Word").wait_for(timeout=30_000)
    page.locator("#tab-list button").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-selected')") == "true"
    stops = tab_through(page, until="f-0")
    for _ in range(20):
        if page.evaluate("document.activeElement.textContent") == "12处":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.get_by_role("dialog").is_visible()
    assert page.locator("#notes-mirror .lit").count() == 1
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "12处"


def tab_through(page: Page, until: str) -> list[str]:
    """Presses Tab until the element with the id `until` has focus; the names met, each with a visible outline."""
    met: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        name, seen, reached = page.evaluate(
            """until => { const one = document.activeElement; const style = getComputedStyle(one);
                 const card = one.name === "genre" ? getComputedStyle(one.nextElementSibling) : style;
                 const shown = card.outlineStyle !== "none" || one.id === "notes";
                 return [one.name || one.id, shown, one.id === until]; }""",
            until,
        )
        assert seen, f"focus on {name} is not seen"
        met.append(str(name))
        if reached:
            return met
    raise AssertionError(f"{until} was not reached: {met}")


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
    page.get_by_role("link", name="下载 Word").wait_for(timeout=30_000)
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
