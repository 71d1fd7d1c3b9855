"""Typing as offices type: through an input method, from Word and Excel, and very much of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.browsing import CHROMIUM, Watched, at_desk, drafted
from tests.web.serving import Serving, call

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")
LINE = "3月12日清理卫生死角12处，清运垃圾3.5吨"


@pytest.fixture(scope="module")
def desk(server: Serving, chromium: Browser) -> Iterator[Watched]:
    watched = at_desk(server, chromium)
    yield watched
    watched.page.context.close()
    assert watched.wrong == []


class InputMethod:
    """Composes Chinese as an input method does."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def compose(self, text: str) -> None:
        """Shows `text` as being composed; "" cancels."""
        at = {"selectionStart": len(text), "selectionEnd": len(text)}
        self._session.send("Input.imeSetComposition", {"text": text, **at})

    def enter(self, modifiers: int = 0) -> None:
        """Enter as it reaches the page while a word is composed."""
        key: dict[str, Any] = {"key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229, "modifiers": modifiers}
        self._session.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})

    def commit(self, text: str) -> None:
        """Takes `text` as the word."""
        self._session.send("Input.insertText", {"text": text})


@pytest.mark.parametrize("field", ["笔记", "单位名称", "标题（可不填）", "报告期"])
def test_enter_of_an_input_method_is_no_act_in_any_field(server: Serving, desk: Watched, field: str) -> None:
    page = desk.page
    page.goto(server.address)
    box = page.get_by_role("textbox", name=field, exact=True)
    box.fill("")
    box.click()
    hand = InputMethod(page)
    hand.compose("zhongwen")
    hand.enter(2)
    hand.enter()
    hand.commit("中文")
    assert box.input_value() == "中文"
    assert page.url == server.address + "/"
    assert page.locator("#setup-failure").is_hidden()
    hand.compose("quxiao")
    hand.compose("")
    assert box.input_value() == "中文"


def test_what_is_kept_while_composing_holds_no_pinyin(server: Serving, desk: Watched) -> None:
    page = desk.page
    page.goto(server.address)
    notes = page.get_by_role("textbox", name="笔记")
    notes.fill(LINE)
    page.keyboard.press("Control+s")
    page.locator("#notes-saved", has_text=re.compile("^已保存 ")).wait_for()
    notes.press("End")
    hand = InputMethod(page)
    hand.compose("zhengjie")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(1200)
    kept = call(server, "GET", "/api/v1/working/new", token=server.token("周岚")).json["body"]["notes"]
    assert kept == LINE
    assert notes.input_value() == LINE + "zhengjie"
    hand.commit("整洁")
    page.keyboard.press("Control+s")
    page.locator("#notes-saved", has_text=re.compile("^已保存 ")).wait_for()
    assert notes.input_value() == LINE + "整洁"


def test_a_check_that_answers_while_a_word_is_composed_leaves_it_whole(server: Serving, desk: Watched) -> None:
    page = desk.page
    draft_id = drafted(server, LINE)
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_role("button", name=re.compile("^编辑一")).click()
    box = page.get_by_role("textbox", name=re.compile("^编辑"))
    box.press("Control+End")
    with page.expect_request("**/api/v1/check"):
        box.press_sequentially("另清理99处。")
    hand = InputMethod(page)
    hand.compose("jiexiang")
    page.get_by_role("list", name="本节待处理").get_by_text("99处").first.wait_for()
    assert box.input_value().endswith("另清理99处。jiexiang")
    hand.enter()
    hand.commit("街巷")
    assert box.input_value().endswith("另清理99处。街巷")
    assert box.evaluate("box => box.selectionStart === box.value.length")
    page.get_by_role("button", name="取消").click()


def test_a_paste_from_word_is_kept_as_it_is_and_read_clean(server: Serving, desk: Watched) -> None:
    page = desk.page
    page.goto(server.address)
    pasted = "•\t3月12日\u3000清理\u00a0死角１２处\u200b\n\u3000\u3000发宣传单５００份\n社区\t楼道\t56处\n"
    notes = page.get_by_role("textbox", name="笔记")
    notes.focus()
    page.keyboard.insert_text(pasted)
    assert notes.input_value() == pasted
    page.get_by_text(re.compile(r"已识别 \d+ 项")).wait_for()
    page.get_by_role("button", name="整洁预览").click()
    lines = page.get_by_role("region", name="整洁预览").locator("div").all_inner_texts()
    assert lines[:3] == ["· 3月12日 清理 死角12处", "发宣传单500份", "社区 楼道 56处"]
    page.get_by_role("button", name="整洁预览").click()
    made = drafted(server, notes.input_value())
    stored = call(server, "GET", f"/api/v1/drafts/{made}", token=server.token("周岚")).json["notes"]
    assert stored == pasted


_PASTE = """(box, [html, plain]) => { const held = new DataTransfer(); box.focus();
  held.setData("text/html", html); held.setData("text/plain", plain);
  const event = new ClipboardEvent("paste", {clipboardData: held, bubbles: true, cancelable: true});
  box.dispatchEvent(event); }"""


def test_what_a_program_wraps_a_paste_in_comes_off(desk: Watched, server: Serving) -> None:
    page = desk.page
    page.goto(server.address)
    notes = page.get_by_role("textbox", name="笔记")
    sheet = '活动\t数量\r\n"清理死角，\n含楼道"\t12处\r\n"发""创建""宣传单\n含折页"\t500份\r\n'
    pastes = (
        (
            "<table><tr><td>活动</td></tr></table>",
            sheet,
            '活动\t数量\n清理死角，含楼道\t12处\n发"创建"宣传单；含折页\t500份\n',
        ),
        ("<p class=MsoNormal>挂横幅", "挂横幅12条\x0b换公益广告30块", "挂横幅12条\n换公益广告30块"),
        # Marks around words are no wrapping.
        ("", '"三下乡"\t12场\n他说"好"\t', ""),
    )
    for html, plain, shown in pastes:
        notes.fill("")
        notes.evaluate(_PASTE, [html, plain])
        assert notes.input_value() == shown
        page.keyboard.press("Control+z")
        assert notes.input_value() == ""
    # More than the browser types in a moment goes in at once, and one button takes it back.
    notes.evaluate(_PASTE, ["", sheet * 100])
    assert notes.input_value().count("\n") == 300
    page.get_by_role("button", name="撤销").click()
    assert notes.input_value() == ""


def test_private_data_is_warned_of_and_does_not_leave_before_one_says_so(server: Serving, desk: Watched) -> None:
    page = desk.page
    page.goto(server.address)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.post_data or "") if one.method == "POST" else None)
    page.get_by_role("textbox", name="笔记").fill(
        f"{LINE}\n联系人 13812345678\n身份证11010519491231002X\n清理小广告xx处"
    )
    warnings = page.locator("#notes-warnings")
    warnings.get_by_text("含个人信息").wait_for()
    assert warnings.get_by_role("button", name="第2行").is_visible()
    assert warnings.get_by_role("button", name="第4行").is_visible()
    page.get_by_text(re.compile(r"已识别 \d+ 项")).wait_for()
    assert sent and not any("13812345678" in one or "11010519491231002" in one for one in sent)
    page.get_by_label("报告期", exact=True).fill("2031年")
    page.get_by_role("button", name="开始起草").click()
    page.get_by_role("dialog", name="笔记里有个人信息").get_by_role("button", name="隐去后起草").click()
    page.get_by_role("link", name="下载 Word").wait_for()
    draft_id = page.url.rsplit("/", 1)[1]
    stored = call(server, "GET", f"/api/v1/drafts/{draft_id}", token=server.token("周岚")).json["notes"]
    assert "13812345678" not in stored and stored.count("[已隐去]") == 2
    assert not any("13812345678" in one for one in sent)


def test_the_outline_is_arranged_by_keyboard_and_the_draft_follows_it(server: Serving, desk: Watched) -> None:
    page = desk.page
    page.goto(server.address)
    page.get_by_role("textbox", name="笔记").fill(f"{LINE}\n存在问题：占道经营反弹\n下一步打算每周巡查2次\n")
    page.get_by_label("报告期", exact=True).fill("2031年上半年")
    page.get_by_text("2031年1月1日至6月30日").wait_for()
    page.get_by_role("tab", name=re.compile("^提纲")).click()
    last = page.get_by_role("textbox", name="第3节标题")
    last.focus()
    with page.expect_response("**/api/v1/outline"):
        last.press("Alt+ArrowUp")
    moved = page.get_by_role("textbox", name="第2节标题")
    assert moved.input_value() == "下一步工作安排"
    moved.and_(page.locator(":focus")).wait_for()
    moved.fill("今后打算")
    with page.expect_response("**/api/v1/outline"):
        moved.blur()
    page.get_by_role("button", name="开始起草").click()
    page.get_by_role("link", name="下载 Word").wait_for()
    headings = page.locator("#paper h3").all_inner_texts()
    assert headings == ["一、工作开展情况", "二、今后打算", "三、存在的主要问题"]


def test_a_whole_folder_s_worth_of_notes_is_read_without_a_crash(server: Serving, desk: Watched) -> None:
    page = desk.page
    page.goto(server.address)
    line = "3月{}日走访{}户，登记{}人，清理小广告xx处，联系电话138{:08d}\n"
    text = "".join(line.format(n % 28 + 1, n, n + 3, n) for n in range(1_300))
    page.evaluate(
        """text => { const box = document.getElementById("notes"); box.value = text;
                     box.dispatchEvent(new Event("input", {bubbles: true})); }""",
        text,
    )
    page.locator("#notes-warnings", has_text="等1300行").wait_for()
    page.get_by_text(re.compile(r"已识别 \d+ 项")).wait_for(timeout=60_000)
    # Three groups at most, each with its sixty first and a word of how many more.
    assert page.get_by_role("tabpanel", name=re.compile("^事实")).get_by_role("listitem").count() <= 183


def test_a_fact_is_corrected_where_it_is_listed_and_the_notes_with_it(server: Serving, desk: Watched) -> None:
    page = desk.page
    page.goto(server.address)
    box = page.get_by_role("textbox", name="笔记", exact=True)
    before = "🧹3月12日清理卫生死角12处\n发宣传单500份"
    box.fill(before)
    page.get_by_role("tab", name=re.compile("^事实")).click()
    change = page.get_by_role("button", name=re.compile("^改“.*12处”"))
    change.click()
    field = page.get_by_role("textbox", name="笔记第1行的原话")
    field.fill(field.input_value().replace("12处", "21处"))
    field.press("Enter")
    page.get_by_text(re.compile("^已改笔记第1行")).wait_for()
    assert box.input_value() == before.replace("12处", "21处")
    page.get_by_role("button", name=re.compile("^改“.*21处”")).wait_for()
    page.get_by_role("button", name="撤销").click()
    assert box.input_value() == before
    change.click()
    page.keyboard.press("Escape")
    change.and_(page.locator(":focus")).wait_for()
