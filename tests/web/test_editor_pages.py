"""The pages of editors, administrators and evaluators in a real browser: a day's work of each, by keyboard."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from service.domain.account import AccountRole
from service.domain.workspace import DraftState
from service.storage.pairs import NewPair
from tests.web.browsing import CHROMIUM, Watched, enter, grave
from tests.web.drafts_made import People, add_people, draft_in, made_draft
from tests.web.serving import Serving, services_at, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")
RECORD = {
    "composer": "rules",
    "cases": [{"failed": None}, {"failed": "没有事实"}],
    "measures": {
        "coverage": {
            "chinese": "事实写入率",
            "unit": "占比",
            "lowest": 0,
            "highest": 1,
            "higher_is_better": True,
            "sees": "期望事实",
        }
    },
    "means": {"held-out": {"coverage": {"mean": 0.9, "scored": 2, "unscored": 1}}, "develop": {}},
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("editors")
    with serving(services_at(folder, workers=0, evaluation_folder=folder / "evaluation")) as running:
        yield running


@pytest.fixture(scope="module")
def people(server: Serving) -> People:
    return add_people(server.services)


def select_words(page: Page, words: str) -> None:
    """Selects `words` in the first paragraph of the draft that holds them, as a mouse would."""
    page.evaluate(
        """words => { const lines = [...document.querySelectorAll(".paper-line")];
             const line = lines.find(one => one.textContent.includes(words));
             const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT); let node;
             while ((node = walker.nextNode()) && !node.data.includes(words)); const range = document.createRange();
             const at = node.data.indexOf(words);
             range.setStart(node, at); range.setEnd(node, at + words.length);
             const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range); }""",
        words,
    )


def test_the_queue_keeps_its_filters_in_the_address_and_shows_what_is_within_reach(
    server: Serving, people: People, watched: Watched
) -> None:
    draft_in(server.services, people, "submitted")
    page = watched.page
    enter(server, page, people.editor.name)
    page.get_by_role("link", name="审核", exact=True).click()
    page.wait_for_url("**/review")
    assert page.get_by_role("link", name="题目").count() == 1
    page.get_by_role("textbox", name="单位").fill("石桥镇")
    page.get_by_role("button", name="筛选").click()
    assert "unit=" in page.url
    assert page.get_by_text("没有符合条件的稿件").is_visible()
    page.reload()
    assert page.get_by_role("textbox", name="单位").input_value() == "石桥镇"
    page.goto(server.address + "/review?tab=waiting&order=nonsense&page=-3&red=x")
    assert page.get_by_role("link", name="题目").is_visible()
    assert grave(page, page.url) == []
    enter(server, page, people.other_editor.name)
    page.goto(server.address + "/review")
    assert page.get_by_text("这里没有稿件").is_visible()


def test_an_editor_settles_a_draft_with_the_keyboard_and_approves_it(
    server: Serving, people: People, watched: Watched
) -> None:
    page = watched.page
    draft_id = draft_in(server.services, people, "reviewing")
    enter(server, page, people.editor.name)
    page.goto(f"{server.address}/review/{draft_id}")
    page.get_by_text("还剩1/1").wait_for()
    page.keyboard.press("j")
    page.locator("#paper .mark.here", has_text="99车").wait_for()
    page.keyboard.press("2")
    page.get_by_role("button", name="确定").click()
    assert page.get_by_text("请写明理由。").is_visible()
    page.get_by_role("button", name="已电话核实").click()
    page.get_by_label("依据来源").fill("环卫台账")
    page.get_by_role("button", name="确定").click()
    page.get_by_text("全部处理完").wait_for()
    select_words(page, "清运垃圾")
    page.get_by_role("button", name="加批注 C").wait_for()
    page.keyboard.press("c")
    page.get_by_role("textbox", name="批注").fill("<b>请写明地点</b>")
    page.get_by_role("button", name="确定").click()
    page.get_by_text("<b>请写明地点</b>").wait_for()
    assert page.evaluate("Array.from(CSS.highlights.get('commented')).map(String)") == ["清运垃圾"]
    assert page.locator("#paper .mark", has_text="99车").get_attribute("data-tag") == "已核"
    select_words(page, "清运垃圾")
    page.keyboard.press("s")
    page.get_by_role("textbox", name="改为").fill("共清运生活垃圾")
    page.get_by_role("button", name="确定").click()
    page.get_by_role("button", name="采纳", exact=True).click()
    page.locator("#paper", has_text="共清运生活垃圾12吨").wait_for()
    # The edit stands right before the settled number; the decision on it holds.
    page.get_by_text("全部处理完").wait_for()
    assert grave(page, page.url) == []
    page.get_by_role("button", name="审核通过").click()
    page.get_by_role("button", name="通过", exact=True).click()
    page.locator("#review-state", has_text="已通过").wait_for()
    page.get_by_role("link", name="事实依据表").click()
    row = page.get_by_role("row").filter(has_text="99车")
    assert people.editor.name in row.inner_text()
    assert "环卫台账" in row.inner_text()
    assert grave(page, page.url) == []
    # For its author the mark is settled too, and tells by whom.
    enter(server, page, people.staff.name)
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_role("button", name=f"99车，{people.editor.name}已核").click()
    page.locator("#popover", has_text="环卫台账").wait_for()
    page.get_by_role("tab", name=re.compile("^待处理")).click()
    page.get_by_text("没有待处理的问题").wait_for()


def test_two_versions_stand_side_by_side_with_whole_numbers(server: Serving, people: People, watched: Watched) -> None:
    page = watched.page
    draft_id = draft_in(server.services, people, "reviewing")
    enter(server, page, people.editor.name)
    page.goto(f"{server.address}/drafts/{draft_id}/compare")
    assert page.locator("ins", has_text="99车").count() == 1
    assert page.locator("nav [aria-current]").first.inner_text() == "审核"
    page.get_by_label("只看数字变化").check()
    page.get_by_role("button", name="比较").click()
    assert "numbers=1" in page.url
    assert page.locator(".differences tbody tr").count() == 1
    assert grave(page, page.url) == []


def test_an_open_red_mark_or_ones_own_draft_is_not_approved(server: Serving, people: People, watched: Watched) -> None:
    page = watched.page
    draft_id = draft_in(server.services, people, "reviewing")
    enter(server, page, people.editor.name)
    page.goto(f"{server.address}/review/{draft_id}")
    page.get_by_text("还剩1/1").wait_for()
    page.get_by_role("button", name="审核通过").click()
    assert page.get_by_text("还有1处必须处理，处理完才能通过。").is_visible()
    assert page.locator(".finding-row.current", has_text="99车").is_visible()
    own = made_draft(server.services, people.editor, "清运垃圾12吨。")
    server.services.reviews.submit(people.editor, own, 1)
    page.goto(f"{server.address}/review/{own}")
    page.get_by_text("这是您自己起草的稿件").wait_for()
    assert page.get_by_role("button", name="领取审核").is_hidden()
    assert page.get_by_role("button", name="审核通过").is_hidden()


def test_a_draft_that_another_editor_holds_can_only_be_read(server: Serving, people: People, watched: Watched) -> None:
    page = watched.page
    server.services.accounts.add("副编", AccountRole.EDITOR, "云溪街道")
    draft_id = draft_in(server.services, people, "reviewing")
    enter(server, page, "副编")
    page.goto(f"{server.address}/review/{draft_id}")
    page.get_by_text(f"{people.editor.name}正在审核此稿。您可以只读查看。").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("1")
    assert page.get_by_text("请先领取审核，再处理标记。").is_visible()
    assert page.get_by_role("button", name="退回修改").is_hidden()


def test_an_editor_returns_a_draft_and_staff_read_why(server: Serving, people: People, watched: Watched) -> None:
    page = watched.page
    draft_id = draft_in(server.services, people, "reviewing")
    enter(server, page, people.editor.name)
    page.goto(f"{server.address}/review/{draft_id}")
    page.get_by_text("还剩1/1").wait_for()
    page.get_by_role("button", name="退回修改").click()
    page.get_by_role("textbox", name="理由").fill("请补充车次依据")
    page.get_by_role("button", name="退回", exact=True).click()
    # Without a place the author would not know what to change.
    page.get_by_text("退回须至少指出一处问题").wait_for()
    page.get_by_role("button", name="取消").click()
    page.keyboard.press("j")
    page.keyboard.press("4")
    page.get_by_role("button", name="请补充依据").click()
    page.get_by_role("button", name="确定").click()
    page.get_by_text("退回补充已记录").wait_for()
    page.get_by_role("button", name="退回修改").click()
    page.get_by_role("textbox", name="理由").fill("请补充车次依据")
    page.get_by_role("button", name="退回", exact=True).click()
    page.locator("#review-state", has_text="已退回").wait_for()
    enter(server, page, people.staff.name)
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_text("请补充车次依据").first.wait_for()
    # The author reads what was said of each place, answers there, and comes back to the draft.
    page.get_by_role("link", name="看批注和建议").click()
    page.locator(".finding-row", has_text="请补充依据").wait_for()
    page.get_by_role("tab", name=re.compile("^批注")).click()
    page.get_by_role("button", name="给整篇加批注").wait_for()
    page.get_by_role("link", name="← 稿件").click()
    page.wait_for_url(f"**/drafts/{draft_id}")


def test_an_administrator_opens_an_account_and_the_log_says_so(
    server: Serving, people: People, watched: Watched
) -> None:
    page = watched.page
    enter(server, page, people.admin.name)
    page.get_by_role("link", name="管理", exact=True).click()
    page.wait_for_url("**/admin/accounts")  # loaded, with its script: a click before that is heard by nobody
    page.get_by_role("button", name="新增账号").click()
    page.get_by_role("dialog").get_by_role("textbox", name="姓名").fill("<i>赵新</i>")
    page.get_by_role("button", name="确定").click()
    # Staff need a unit: the window stays and says so.
    page.get_by_role("dialog").get_by_role("alert").filter(has_text="单位").wait_for()
    page.get_by_role("dialog").get_by_label("单位").fill("云溪街道")
    page.get_by_role("button", name="确定").click()
    link = page.get_by_role("textbox", name="登录链接").input_value()
    assert link.startswith(f"{server.address}/sign-in/")
    page.get_by_role("button", name="完成").click()
    page.get_by_role("row").filter(has_text="<i>赵新</i>").wait_for()
    assert grave(page, page.url) == []
    for place, words in (
        ("units", "云溪街道"),
        ("status", "各部分都正常"),
        ("use", "云溪街道"),
        ("offers", "没有待定的推荐"),
        ("audit", "角色：撰稿"),
        ("audit", "<i>赵新</i>"),
    ):
        page.goto(f"{server.address}/admin/{place}")
        page.get_by_text(words).first.wait_for()
        assert grave(page, page.url) == []


def test_an_approved_draft_is_offered_and_taken_into_the_corpus(
    server: Serving, people: People, watched: Watched
) -> None:
    page = watched.page
    draft_id = draft_in(server.services, people, "approved")
    enter(server, page, people.editor.name)
    page.goto(f"{server.address}/review/{draft_id}")
    page.get_by_role("button", name="推荐为往年报告").click()
    page.get_by_text("已推荐，等管理员收入往年报告").wait_for()
    enter(server, page, people.admin.name)
    page.goto(server.address + "/admin/offers")
    page.get_by_role("row").filter(has_text="题目").get_by_role("button", name="不收").click()
    page.get_by_label("理由").fill("篇幅太短")
    page.get_by_role("button", name="确定").click()
    page.get_by_role("row").filter(has_text="篇幅太短").wait_for()


def test_an_evaluator_scores_blind_pairs_with_the_keyboard_and_sees_runs(
    server: Serving, people: People, watched: Watched
) -> None:
    page = watched.page
    folder = server.services.evaluation_folder
    assert folder is not None
    for name, text in (("规则二版", json.dumps(RECORD)), ("坏记录", "{"), ("空记录", "[]")):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "run.json").write_text(text, encoding="utf-8")
    pairs = [NewPair(f"c{n}", "密运行一", "密运行二", "3月5日清运垃圾12吨", f"左文{n}", f"右文{n}") for n in range(2)]
    server.services.pairs.add(people.admin, "改动前后", 7, pairs)
    enter(server, page, people.evaluator.name)
    page.wait_for_url("**/evaluation")
    assert page.get_by_text("规则二版").first.is_visible()
    assert page.get_by_text("事实写入率").is_visible()
    assert page.get_by_text("1例不能判断").is_visible()
    assert grave(page, page.url) == []
    page.get_by_role("link", name="改动前后").click()
    page.get_by_text("第1/2对").wait_for()
    assert "密运行" not in page.content()
    page.keyboard.press("Enter")
    assert page.get_by_text("请给左右两稿都打分").is_visible()
    for key in ("4", "2", "q", "n"):
        page.keyboard.press(key)
    assert page.locator("#pair-notes").is_visible()
    assert grave(page, page.url) == []
    page.keyboard.press("Enter")
    page.get_by_text("第2/2对 · 已评1对").wait_for()
    for key in ("3", "3", "Enter"):
        page.keyboard.press(key)
    page.get_by_text("全部评完了").wait_for()
    scores = server.services.pairs.scores("改动前后")
    assert sorted((one.first_score, one.second_score) for one in scores)[0] in {(2, 4), (3, 3)}
    for place in ("/", "/review", "/admin/accounts", "/corpus"):
        answer = page.goto(server.address + place)
        assert answer is not None
        assert answer.status in (200, 403)
        assert "清运" not in page.content()


def test_a_void_state_or_a_draft_without_a_version_has_a_page_all_the_same(
    server: Serving, people: People, watched: Watched
) -> None:
    page = watched.page
    draft_id = draft_in(server.services, people, "editing")
    server.services.reviews.void(people.staff, draft_id, "重复")
    enter(server, page, people.editor.name)
    page.goto(f"{server.address}/review/{draft_id}")
    page.locator("#review-state", has_text=DraftState.VOID.chinese).wait_for()
    assert page.get_by_role("button", name="领取审核").is_hidden()
