"""Every way a call can fail × the buttons of editors, administrators and evaluators: said in Chinese, nothing lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from service.domain.account import AccountRole
from service.domain.finding import CheckResult, Verdict
from service.domain.review import DecisionKind
from service.jobs.roles import TextToCheck
from service.storage.pairs import NewPair
from service.storage.review_values import NewDecision
from tests.web.browsing import CHROMIUM, Watched, at_desk
from tests.web.drafts_made import People, add_people, doubt_of, draft_in, made_draft
from tests.web.failing import tried
from tests.web.serving import Serving, check_by_words, services_at, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(services_at(tmp_path_factory.mktemp("others"), workers=0)) as running:
        yield running


@pytest.fixture(scope="module")
def people(server: Serving) -> People:
    return add_people(server.services)


def page_of(server: Serving, browser: Browser, name: str, place: str) -> Watched:
    watched = at_desk(server, browser, name=name)
    watched.page.goto(server.address + place)
    return watched


def test_the_acts_of_an_editor(server: Serving, people: People, chromium: Browser) -> None:
    doubtful = draft_in(server.services, people, "reviewing")
    watched = page_of(server, chromium, people.editor.name, f"/review/{doubtful}")
    page = watched.page
    page.get_by_text("还剩1/1").wait_for()
    tried(page, "review.html 放回队列 DELETE drafts/*/claim", ("press", "放回队列"))
    return_it = (("press", "退回修改"), ("fill", "理由", "缺少依据"), ("press", "退回"))
    tried(page, "review.js 退回 POST drafts/*/review", *return_it, typed="缺少依据")
    comment = (("press", "批注"), ("press", "给整篇加批注"), ("fill", "批注", "请写明地点"), ("press", "确定"))
    tried(page, "review-talk.js 确定 POST drafts/*/comments", *comment, typed="请写明地点")
    decide = (
        ("key", "j"),
        ("key", "2"),
        ("fill", "理由", "已核实"),
        ("fill", "依据来源", "环卫台账"),
        ("press", "确定"),
    )
    tried(page, "review-findings.js 确定 POST drafts/*/decisions", *decide, typed="环卫台账")
    suggest = (("key", "j"), ("key", "s"), ("fill", "改为", "12吨"), ("press", "确定"))
    tried(page, "review-talk.js 确定 POST drafts/*/suggestions", *suggest, typed="12吨")
    clean = made_draft(server.services, people.staff)
    server.services.reviews.submit(people.staff, clean, 1)
    page.goto(f"{server.address}/review/{clean}")
    page.get_by_role("button", name="领取审核").wait_for()
    tried(page, "review.html 领取审核 POST drafts/*/claim", ("press", "领取审核"))
    server.services.reviews.claim(people.editor, clean)
    page.reload()
    page.get_by_role("button", name="审核通过").wait_for()
    tried(page, "review.js 通过 POST drafts/*/review", ("press", "审核通过"), ("press", "通过"))
    approved = draft_in(server.services, people, "approved")
    page.goto(f"{server.address}/review/{approved}")
    page.get_by_role("button", name="推荐为往年报告").wait_for()
    tried(page, "review.html 推荐为往年报告 POST drafts/*/offer", ("press", "推荐为往年报告"))
    assert watched.wrong == []


def test_what_an_editor_settles_later(server: Serving, people: People, chromium: Browser) -> None:
    """Decisions taken back, threads answered and closed, suggestions taken or not."""
    services, editor = server.services, people.editor
    draft_id = draft_in(services, people, "reviewing")
    place = doubt_of(services, editor, draft_id)
    stored = services.drafts.version(editor, draft_id)
    assert stored is not None
    version = stored.number
    services.discussion.comment(editor, draft_id, "请写明时间", None, None)
    services.discussion.suggest(editor, draft_id, version, place, "9车", "")
    watched = page_of(server, chromium, editor.name, f"/review/{draft_id}")
    page = watched.page
    page.get_by_role("tab", name=re.compile("^批注")).wait_for()
    reply = (("press", "批注"), ("fill", "回复", "3月5日"), ("press", "回复"))
    tried(page, "review-talk.js 回复 POST drafts/*/comments", *reply, typed="3月5日")
    resolve = (("press", "批注"), ("press", "标为已解决"))
    tried(page, "review-talk.js 重新打开…标为已解决 PATCH drafts/*/comments/*", *resolve)
    accept = (("press", "建议"), ("press", "采纳"))
    tried(page, "review-talk.js 采纳 POST drafts/*/suggestions/*", *accept)
    refuse = (("press", "建议"), ("press", "不采纳"), ("fill", "理由", "另有台账"), ("press", "确定"))
    tried(page, "review-talk.js 确定 POST drafts/*/suggestions/*", *refuse, typed="另有台账")
    decision = NewDecision(place.start, place.end, DecisionKind.SOURCED, reason="已核实", source="台账")
    services.decisions.decide(editor, draft_id, version, [decision])
    page.reload()
    page.get_by_label("只看未处理").uncheck()
    tried(page, "review-findings.js 撤销 DELETE drafts/*/decisions/*", ("press", "撤销"))
    assert watched.wrong == []


def doubt_all(asked: TextToCheck) -> CheckResult:
    """Doubts every number and blocks none: only such are settled together."""
    found = check_by_words(asked)
    every = (*found.findings, *found.passed)
    doubted = tuple(replace(one, verdict=Verdict.CONTEXT_UNCLEAR, rule="N41") for one in every)
    return replace(found, findings=doubted, passed=())


def test_marks_of_one_rule_settled_together(tmp_path: Path, chromium: Browser) -> None:
    with serving(services_at(tmp_path, workers=0, check=doubt_all)) as running:
        people = add_people(running.services)
        draft_id = draft_in(running.services, people, "reviewing")
        watched = page_of(running, chromium, people.editor.name, f"/review/{draft_id}")
        page = watched.page
        page.get_by_text("还剩2/2").wait_for()
        together = (("key", "j"), ("press", "把同一规则的2处"), ("fill", "理由", "编号"), ("press", "确定"))
        tried(page, "review-findings.js 确定 POST drafts/*/decisions/same", *together, typed="编号")
        assert watched.wrong == []


def test_the_acts_of_an_administrator(server: Serving, people: People, chromium: Browser) -> None:
    services = server.services
    gone = services.accounts.add("卓离", AccountRole.STAFF, "石桥镇")
    watched = page_of(server, chromium, people.admin.name, "/admin/accounts?q=" + people.other_staff.name)
    page = watched.page
    page.get_by_role("button", name="登录链接").wait_for()
    new = (("press", "新增账号"), ("fill", "姓名", "赵新"), ("fill", "单位", "云溪街道"), ("press", "确定"))
    tried(page, "admin.js 确定 POST accounts", *new, typed="赵新")
    tried(page, "admin_accounts.html 登录链接 POST accounts/*/link", ("press", "登录链接"))
    change = (("press", "修改"), ("fill", "单位", "石桥新镇"), ("press", "确定"))
    tried(page, "admin.js 确定 PATCH accounts/*", *change, typed="石桥新镇")
    tried(page, "admin.js 强制退出 DELETE accounts/*/sessions", ("press", "强制退出"), ("press", "强制退出"))
    tried(page, "admin.js 停用 PATCH accounts/*", ("press", "停用"), ("press", "停用"))
    services.directory.change(people.admin, gone.id, None, None, True)
    page.goto(f"{server.address}/admin/accounts?q=卓离")
    page.get_by_role("button", name="恢复").wait_for()
    tried(page, "admin_accounts.html 恢复 PATCH accounts/*", ("press", "恢复"))
    unit = services.directory.add_unit(people.admin, "青石社区")
    services.directory.change_unit(people.admin, unit.id, None, True)
    page.goto(server.address + "/admin/units")
    page.get_by_role("button", name="新增单位").wait_for()
    tried(
        page,
        "admin.js 确定 POST units",
        ("press", "新增单位"),
        ("fill", "名称", "白石社区"),
        ("press", "确定"),
        typed="白石社区",
    )
    tried(
        page,
        "admin.js 确定 PATCH units/*",
        ("press", "改名"),
        ("fill", "名称", "新石社区"),
        ("press", "确定"),
        typed="新石社区",
    )
    tried(page, "admin.js 停用 PATCH units/*", ("press", "停用"), ("press", "停用"))
    tried(page, "admin_units.html 恢复/停用 PATCH units/*", ("press", "恢复"))
    services.offers.offer(people.editor, draft_in(services, people, "approved"))
    page.goto(server.address + "/admin/offers")
    page.get_by_role("button", name="不收").wait_for()
    tried(page, "admin_offers.html 收入 POST offers/*", ("press", "收入"))
    tried(
        page,
        "admin.js 确定 POST offers/*",
        ("press", "不收"),
        ("fill", "理由", "太短"),
        ("press", "确定"),
        typed="太短",
    )
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
    page.get_by_label("补充说明").fill("右稿漏了日期")
    tried(page, "pairs.html 保存，下一对 PUT pairs/*/*/score", ("press", "保存，下一对"), typed="右稿漏了日期")
    # What was scored is still there, and is stored as soon as the server answers.
    page.get_by_role("button", name="保存，下一对").click()
    page.get_by_text("全部评完了").wait_for()
    assert watched.wrong == []


def test_pairs_brought_in_by_an_administrator(
    server: Serving, people: People, chromium: Browser, tmp_path: Path
) -> None:
    watched = page_of(server, chromium, people.admin.name, "/evaluation")
    page = watched.page
    page.get_by_role("button", name="导入稿件对").wait_for()
    one = {
        "case_id": "c1",
        "first_run": "甲",
        "second_run": "乙",
        "notes": "清运12吨",
        "first_text": "甲",
        "second_text": "乙",
    }
    whole = json.dumps({"name": "导入的", "seed": 7, "pairs": [one]})
    for name, text in (("others.json", '{"pairs": 1}'), ("pairs.json", whole)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    page.locator("#pairs-file").set_input_files(tmp_path / "others.json")
    page.get_by_text("“others.json”不是稿件对").wait_for()
    tried(page, "evaluation.js 全部导入 POST pairs", ("file", "pairs.json", whole), ("press", "全部导入"))
    page.locator("#pairs-file").set_input_files(tmp_path / "pairs.json")
    page.get_by_role("dialog").get_by_role("button", name="全部导入").click()
    page.get_by_role("link", name="导入的").wait_for()
    assert watched.wrong == []
