"""A person's whole way through the page in a real browser: sign in, paste, draft, look at a number, mend, download."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.browsing import CHROMIUM, NOTES, Watched, draft, enter
from tests.web.serving import Serving, call

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")


def test_from_a_link_to_a_word_file(server: Serving, watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    enter(server, page)
    page.get_by_role("textbox", name="笔记").fill(NOTES)
    assert page.locator("#notes-mirror .line").count() == NOTES.count("\n") + 1
    assert page.get_by_text("7行、").is_visible()
    page.get_by_text(re.compile(r"已识别 \d+ 项")).wait_for()
    page.get_by_role("tab", name=re.compile("^不写入")).click()
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

    word_file = Document(str(saved))
    told = next(one for one in word_file.paragraphs if "3.5吨" in one.text)
    told.text = told.text.replace("3.5吨", "5.3吨")
    word_file.save(str(saved))
    page.locator("#word-file").set_input_files(saved)
    read = page.get_by_role("dialog", name=re.compile("改了1处"))
    assert read.locator("del").inner_text() == "3.5" and read.locator("ins").inner_text() == "5.3"
    assert read.get_by_text("与笔记不符").is_visible()
    read.get_by_role("button", name="存为新版本").click()
    page.get_by_role("button", name=re.compile("^5.3吨，与笔记不符")).wait_for()
    page.keyboard.press("Control+z")
    page.get_by_role("button", name=re.compile("^3.5吨，")).wait_for()


def test_a_number_is_edited_checked_and_the_change_taken_back(server: Serving, watched: Watched) -> None:
    page = watched.page
    enter(server, page)
    draft(page)
    section = page.locator(".paper-section", has=page.get_by_text("3.5吨"))
    section.hover()
    section.get_by_role("button", name=re.compile("^编辑")).click()
    box = page.get_by_role("textbox", name=re.compile("^编辑"))
    box.fill(box.input_value().replace("3.5吨", "9.5吨"))
    # While it is still being edited the wrong figure is named, with the way to mend it.
    page.get_by_role("button", name="改为“3.5吨”").wait_for()
    box.press("Control+s")
    wrong = page.get_by_role("button", name=re.compile("^9.5吨，"))
    wrong.wait_for()
    assert "mark-block" in (wrong.get_attribute("class") or "")
    assert page.get_by_role("tab", name=re.compile("待处理")).get_attribute("aria-selected") == "true"
    page.get_by_role("button", name="提交审核").click()
    page.get_by_role("heading", name="还有1处必须处理").wait_for()
    page.keyboard.press("Escape")
    page.locator("#undo").click()
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
    page.get_by_text(re.compile("^第2版")).first.wait_for()
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


def test_text_of_an_old_machine_and_a_word_file_become_notes_and_a_broken_file_is_refused(
    server: Serving, watched: Watched, tmp_path: Path
) -> None:
    page = watched.page
    enter(server, page)
    from docx import Document

    old, word, broken = tmp_path / "台账.txt", tmp_path / "台账.docx", tmp_path / "坏的.docx"
    old.write_bytes("3月12日清理卫生死角12处\r\n发宣传单500份".encode("gb18030"))
    document = Document()
    document.add_paragraph("挂横幅12条")
    document.save(str(word))
    broken.write_bytes(b"PK\x03\x04\x00\x00")
    page.set_input_files("#notes-file", old)
    page.get_by_text("2行、").wait_for()
    notes = page.get_by_role("textbox", name="笔记")
    assert notes.input_value() == "3月12日清理卫生死角12处\n发宣传单500份"
    page.set_input_files("#notes-file", word)
    page.get_by_text("3行、").wait_for()
    assert notes.input_value().endswith("发宣传单500份\n挂横幅12条")
    page.set_input_files("#notes-file", [broken, old])
    page.get_by_role("alert").filter(has_text="坏的.docx").wait_for()
    page.get_by_text("已读入“台账.txt”，2行。").wait_for()
    page.get_by_text("5行、").wait_for()
    assert "12处" in notes.input_value()


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
    box = page.get_by_role("textbox", name=re.compile("^编辑"))
    box.fill(box.input_value() + "补一句话。")
    page.get_by_role("button", name="保存本节").click()
    merging = page.get_by_role("dialog", name="两个版本不同")
    merging.get_by_text(re.compile("此稿件已被admin于.*修改。请比较两个版本后再保存。")).wait_for()
    assert merging.get_by_text("标题").is_visible()
    assert call(server, "GET", path, token=token).json["version"] == 2
    merging.get_by_role("button", name="合并并保存").click()
    page.get_by_text("已合并为第3版").wait_for()
    merged = call(server, "GET", path, token=token).json["draft"]
    assert merged["title"] == "别人改的题目"
    assert "补一句话。" in merged["text"]


def test_an_ended_session_loses_no_text(server: Serving, watched: Watched) -> None:
    page = watched.page
    enter(server, page)
    page.get_by_role("textbox", name="笔记").fill("3月12日清理卫生死角12处")
    page.get_by_label("报告期", exact=True).fill("2031年")
    page.get_by_text(re.compile("已识别")).wait_for()
    cookie = next(one for one in page.context.cookies() if one.get("name") == "zhibi_session")
    server.services.accounts.sign_out(str(cookie.get("value")))
    page.get_by_role("button", name="开始起草").click()
    over = page.get_by_role("dialog", name="登录已过期，请重新登录")
    over.get_by_label("密码").fill("不对的密码")
    over.get_by_role("button", name="登录", exact=True).click()
    over.get_by_text("用户名或密码").wait_for()
    page.keyboard.press("Escape")
    assert over.is_visible()
    other = page.context.new_page()
    enter(server, other)
    over.get_by_role("button", name="我已登录，继续").click()
    page.get_by_role("link", name="下载 Word").wait_for(timeout=90_000)
    assert "12处" in page.locator("#paper").inner_text()
