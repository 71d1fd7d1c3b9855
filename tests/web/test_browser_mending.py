"""Every marked place of a draft is looked at, mended, taken back, and handed in once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.web.browsing import CHROMIUM, Watched, at_desk, drafted, text_of, with_text
from tests.web.serving import Serving, call

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")
NOTES = (
    "3月12日清理卫生死角12处，清运垃圾3.5吨\n学习《云溪街道创建方案》𠮷🧹，参会46人\n发宣传单500份\n清理小广告xx处\n"
)


@pytest.fixture(scope="module")
def desk(server: Serving, chromium: Browser) -> Iterator[Watched]:
    watched = at_desk(server, chromium)
    yield watched
    watched.page.context.close()
    assert watched.wrong == []


def wrong_draft(server: Serving, page: Page) -> str:
    """A draft whose 3.5吨 was changed to 99吨, open on the page."""
    draft_id = drafted(server, NOTES)
    with_text(server, draft_id, lambda text: text.replace("3.5吨", "99吨"))
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_role("button", name=re.compile("^99吨，")).wait_for()
    return draft_id


def open_wrong(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^99吨，")).click()
    page.locator("#popover").wait_for()


def settled(page: Page, version: int) -> None:
    page.locator("#result-meta", has_text=f"第{version}版").wait_for()


def test_each_of_the_four_ways_mends_the_number_and_is_taken_back(server: Serving, desk: Watched) -> None:
    page = desk.page
    draft_id = wrong_draft(server, page)
    before = text_of(server, draft_id)

    open_wrong(page)
    page.get_by_role("button", name=re.compile("^改为“3.5吨”|^改为笔记数值")).click()
    choice = page.get_by_role("dialog", name=re.compile("改为笔记数值"))
    if choice.is_visible():
        choice.get_by_role("button", name="3.5吨", exact=True).click()
    settled(page, 3)
    assert "99吨" not in text_of(server, draft_id) and "3.5吨" in text_of(server, draft_id)
    page.get_by_role("button", name="撤销", exact=True).last.click()
    settled(page, 4)
    assert text_of(server, draft_id) == before

    open_wrong(page)
    page.locator("#popover").get_by_role("button", name="补充来源").click()
    source = page.get_by_role("textbox", name=re.compile("^来源"))
    source.fill("3月12日清运垃圾99吨（环卫站补报）")
    source.press("Enter")
    settled(page, 5)
    page.get_by_role("button", name=re.compile("^99吨，")).click()
    assert "环卫站补报" in page.locator("#notes-mirror .added.lit").inner_text()
    page.keyboard.press("Escape")
    page.locator("#undo").click()
    settled(page, 6)
    assert page.locator("#notes-mirror .added").count() == 0

    open_wrong(page)
    page.get_by_role("button", name="删除该句").click()
    settled(page, 7)
    assert "99吨" not in text_of(server, draft_id)
    page.keyboard.press("Control+z")
    settled(page, 8)

    open_wrong(page)
    page.get_by_role("button", name="标记待核实").click()
    settled(page, 9)
    assert "【待补：核实“99吨”】" in text_of(server, draft_id)
    page.locator("#undo").click()
    settled(page, 10)
    assert text_of(server, draft_id) == before


def test_what_blocks_is_listed_with_a_way_to_it_and_its_line_comes_into_sight(server: Serving, desk: Watched) -> None:
    page = desk.page
    wrong_draft(server, page)
    page.get_by_role("button", name="提交审核").click()
    listed = page.get_by_role("dialog", name="还有4处必须处理")
    listed.get_by_role("button", name=re.compile("99吨")).click()
    page.locator("#popover").wait_for()
    lit = page.locator("#notes-mirror .lit").first
    assert lit.inner_text() == NOTES.split("\n")[0]
    assert lit.bounding_box() is not None
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "99吨"


def test_a_title_in_the_notes_has_its_line_and_astral_characters_move_no_mark(server: Serving, desk: Watched) -> None:
    page = desk.page
    draft_id = drafted(server, NOTES)
    with_text(server, draft_id, lambda text: "🧹𠮷街巷整洁。" + text)
    page.goto(f"{server.address}/drafts/{draft_id}")
    title = page.get_by_role("button", name=re.compile("^《云溪街道创建方案》，"))
    title.click()
    assert page.locator("#notes-mirror .lit mark").inner_text() == "《云溪街道创建方案》"
    page.keyboard.press("Escape")
    for figure in ("12处", "3.5吨", "46人", "500份"):
        assert page.get_by_role("button", name=re.compile(f"^{figure}，")).inner_text().startswith(figure)


def test_a_place_in_the_notes_is_marked_quietly_and_a_wording_is_waved_through(server: Serving, desk: Watched) -> None:
    page = desk.page
    draft_id = drafted(server, NOTES + "3月15日在滨河路开展清扫，参加30人\n")
    with_text(server, draft_id, lambda text: text + "  居民群众群众都说好！！")
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_role("button", name=re.compile("^滨河路，")).click()
    assert page.locator("#notes-mirror .lit mark").inner_text() == "滨河路"
    page.keyboard.press("Escape")
    tab = page.get_by_role("tab", name=re.compile("^写法"))
    tab.click()
    rows = page.locator("#tab-panel li")
    before = rows.count()
    assert before > 0
    first = rows.first.locator("b").inner_text()
    rows.first.get_by_role("button", name=f"不改“{first}”").click()
    page.get_by_text(f"已保留“{first}”的写法。").wait_for()
    gone = rows.count()
    assert gone < before
    page.reload()
    tab.click()
    page.wait_for_function("n => document.querySelectorAll('#tab-panel li').length === n", arg=gone)
    assert "都说好！！" in text_of(server, draft_id)


def test_marks_move_with_the_text_and_go_where_it_is_typed_into(server: Serving, desk: Watched) -> None:
    page = desk.page
    draft_id = drafted(server, NOTES)
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_role("button", name=re.compile("^编辑一、工作开展情况")).click()
    box = page.get_by_role("textbox", name=re.compile("^编辑"))
    marks = page.locator(".edit-mirror .mark")
    texts = marks.all_inner_texts()
    box.evaluate("box => box.setSelectionRange(0, 0)")
    box.press_sequentially("🧹新增一句。")
    assert marks.all_inner_texts() == texts
    box.evaluate("box => { const at = box.value.indexOf('3.5吨') + 1; box.setSelectionRange(at, at); }")
    box.press_sequentially("9")
    assert "3.5吨" not in marks.all_inner_texts()
    page.get_by_role("list", name="本节待处理").get_by_text("39.5吨").first.wait_for()
    assert "39.5吨" in marks.all_inner_texts()
    page.get_by_role("button", name="取消").click()
    assert page.get_by_role("button", name=re.compile("^3.5吨，")).is_visible()


def test_an_unused_line_is_put_into_a_section(server: Serving, desk: Watched) -> None:
    page = desk.page
    draft_id = drafted(server, "3月12日清理卫生死角12处\n下一步打算每周巡查2次\n3月8日发宣传单xx份\n")
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_role("tab", name=re.compile("^未采用的笔记")).click()
    page.get_by_role("combobox", name="把第3行插入到").select_option(label="一、工作开展情况")
    settled(page, 2)
    assert "宣传单xx份。" in text_of(server, draft_id)
    assert page.get_by_role("tab", name=re.compile("^待处理")).get_attribute("aria-selected") == "true"
    page.get_by_role("button", name="提交审核").click()
    page.get_by_role("dialog", name=re.compile("处必须处理")).get_by_text("xx份").wait_for()
    page.keyboard.press("Escape")


def test_what_is_typed_and_not_stored_is_not_handed_in_past_its_writer(server: Serving, desk: Watched) -> None:
    page = desk.page
    draft_id = drafted(server, "3月12日清理卫生死角12处，清运垃圾3.5吨\n下一步每周巡查2次\n问题：占道经营反弹")
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_role("button", name=re.compile("^编辑一")).click()
    box = page.get_by_role("textbox", name=re.compile("^编辑"))
    box.fill(box.input_value() + "居民满意。")
    page.get_by_role("button", name="提交审核").click()
    page.get_by_text("请先保存正在编辑的内容").wait_for()
    assert page.get_by_role("dialog", name="提交审核").count() == 0
    page.get_by_role("button", name="取消").click()
    page.get_by_role("button", name="提交审核").click()
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")


def test_handing_in_twice_makes_one_submission(server: Serving, desk: Watched) -> None:
    page = desk.page
    draft_id = drafted(server, "3月12日清理卫生死角12处\n存在问题：占道经营反弹\n下一步打算每周巡查2次\n")
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_role("button", name="提交审核").wait_for()
    asked: list[str | None] = []
    page.on("request", lambda one: asked.append(one.post_data) if one.url.endswith("/submit") else None)
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    page.get_by_label("给审核人员的话").fill("请重点看第一节")
    page.get_by_role("dialog", name="提交审核").get_by_role("button", name="提交", exact=True).dblclick()
    page.locator("#result-state", has_text="待审").wait_for()
    assert asked == ['{"note":"请重点看第一节"}']
    assert page.get_by_role("button", name="提交审核").is_hidden()
    assert call(server, "GET", f"/api/v1/drafts/{draft_id}", token=server.token("周岚")).json["state"] == "submitted"


def test_an_old_version_comes_back_and_a_link_to_a_finding_opens_it(server: Serving, desk: Watched) -> None:
    page = desk.page
    draft_id = wrong_draft(server, page)
    index = page.get_by_role("button", name=re.compile("^99吨，")).get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{server.address}/drafts/{draft_id}#{index}")
    page.locator("#popover", has_text="99吨").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("tab", name=re.compile("^版本与来源")).click()
    page.get_by_role("button", name="恢复到这一版").click()
    settled(page, 3)
    assert "3.5吨" in text_of(server, draft_id)
