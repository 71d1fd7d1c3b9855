"""Every way a call can fail × the buttons of editors, administrators and evaluators: said in Chinese, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from service.domain.account import AccountRole
from service.storage.pairs import NewPair
from tests.web.browsing import CHROMIUM, Watched, at_desk
from tests.web.drafts_made import People, add_people, draft_in, made_draft
from tests.web.serving import Serving, services_at, serving
from tests.web.test_browser_errors import BROKEN, FAILURES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")
_SAID = """() => Array.from(document.querySelectorAll('[role=alert], #toast, #review-notice')).some((one) =>
  one.offsetParent !== null && /[\\u4e00-\\u9fff]{4}/.test(one.textContent) ||
  one.id === 'toast' && !one.hidden && /[\\u4e00-\\u9fff]{4}/.test(one.textContent))"""
_SILENT = """() => {
  for (const one of document.querySelectorAll('[role=alert], #toast, #review-notice')) one.textContent = '';
}"""
Act = Callable[["Page"], None]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(services_at(tmp_path_factory.mktemp("others"), workers=0)) as running:
        yield running


@pytest.fixture(scope="module")
def people(server: Serving) -> People:
    return add_people(server.services)


def fails_in_every_way(page: Page, act: Act, typed: str = "") -> None:
    """Does `act` against each failure: a sentence is said, and what was `typed` still stands in its field."""
    for case, fail in FAILURES.items():
        page.evaluate(_SILENT)
        page.route("**/api/v1/**", fail)
        act(page)
        page.wait_for_function(_SAID)
        shown = page.evaluate("document.body.innerText")
        assert not BROKEN.search(shown), (case, BROKEN.search(shown))
        if typed:
            held = page.evaluate("Array.from(document.querySelectorAll('textarea, input')).map((one) => one.value)")
            assert typed in held, (case, held)
        page.unroute_all()
        page.keyboard.press("Escape")


def in_dialog(open_it: Callable[[Page], None], give: str, fields: dict[str, str]) -> Act:
    """Opens a dialog, fills its fields by their labels and presses the button called `give`."""

    def act(page: Page) -> None:
        open_it(page)
        dialog = page.get_by_role("dialog")
        for label, text in fields.items():
            dialog.get_by_label(label).first.fill(text)
        dialog.get_by_role("button", name=give, exact=True).click()

    return act


def pressed(name: str) -> Callable[[Page], None]:
    """Presses the button called `name`."""
    return lambda page: page.get_by_role("button", name=name, exact=True).first.click()


def page_of(server: Serving, browser: Browser, name: str, place: str) -> Watched:
    watched = at_desk(server, browser, name=name)
    watched.page.goto(server.address + place)
    return watched


def test_the_acts_of_an_editor(server: Serving, people: People, chromium: Browser) -> None:
    doubtful = draft_in(server.services, people, "reviewing")
    watched = page_of(server, chromium, people.editor.name, f"/review/{doubtful}")
    page = watched.page
    page.get_by_text("还剩1/1").wait_for()
    fails_in_every_way(page, pressed("放回队列"))
    comment = in_dialog(pressed("给整篇加批注"), "确定", {"批注": "请写明地点"})
    page.get_by_role("tab", name=re.compile("^批注")).click()
    fails_in_every_way(page, comment, "请写明地点")
    page.get_by_role("tab", name=re.compile("^标记")).click()

    def decide(page: Page) -> None:
        page.locator("#paper").click()
        page.keyboard.press("j")
        page.keyboard.press("2")

    fails_in_every_way(page, in_dialog(decide, "确定", {"理由": "已电话核实", "依据来源": "环卫台账"}), "环卫台账")
    clean = made_draft(server.services, people.staff)
    server.services.reviews.submit(people.staff, clean, 1)
    page.goto(f"{server.address}/review/{clean}")
    fails_in_every_way(page, pressed("领取审核"))
    server.services.reviews.claim(people.editor, clean)
    page.reload()
    fails_in_every_way(page, in_dialog(pressed("审核通过"), "通过", {}))
    assert watched.wrong == []


def test_the_acts_of_an_administrator(server: Serving, people: People, chromium: Browser) -> None:
    watched = page_of(server, chromium, people.admin.name, "/admin/accounts?q=" + people.other_staff.name)
    page = watched.page
    named = {"姓名": "赵新", "单位": "云溪街道"}
    fails_in_every_way(page, in_dialog(pressed("新增账号"), "确定", named), "赵新")
    fails_in_every_way(page, pressed("登录链接"))
    fails_in_every_way(page, in_dialog(pressed("修改"), "确定", {"单位": "石桥新镇"}), "石桥新镇")
    page.goto(server.address + "/admin/units")
    fails_in_every_way(page, in_dialog(pressed("新增单位"), "确定", {"名称": "青石社区"}), "青石社区")
    assert watched.wrong == []


def test_the_acts_of_an_evaluator(server: Serving, people: People, chromium: Browser) -> None:
    server.services.accounts.add("评二", AccountRole.EVALUATOR, "")
    pairs = [NewPair("c1", "甲", "乙", "3月5日清运垃圾12吨", "左文", "右文")]
    server.services.pairs.add(people.admin, "失败时", 7, pairs)
    watched = page_of(server, chromium, "评二", "/evaluation/pairs/失败时")
    page = watched.page
    page.get_by_text("第1/1对").wait_for()
    page.keyboard.press("4")
    page.keyboard.press("2")
    fails_in_every_way(page, pressed("保存，下一对"))
    # What was scored is still there, and is stored as soon as the server answers.
    page.get_by_role("button", name="保存，下一对").click()
    page.get_by_text("全部评完了").wait_for()
    assert watched.wrong == []
