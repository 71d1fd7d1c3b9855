"""The buttons of a draft × every way a call can fail; and no button of any page is left out of the trials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.browsing import CHROMIUM, Watched, at_desk
from tests.web.buttons import WEB, buttons_of_pages, table_of_buttons
from tests.web.drafts_made import DOUBTFUL, People, add_people, made_draft
from tests.web.failing import asked_by_scripts, tried
from tests.web.serving import Serving, call, services_at, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

needs_browser = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")
TRIALS = ("errors", "errors_of_others", "corpus")


def test_the_table_names_every_button_of_every_page() -> None:
    assert sorted(buttons_of_pages()) == sorted(table_of_buttons())


def test_every_button_that_asks_the_server_is_tried_against_every_failure() -> None:
    here = Path(__file__).parent
    trials = "".join((here / f"test_browser_{name}.py").read_text(encoding="utf-8") for name in TRIALS)
    table = table_of_buttons()
    rows = [(where, words, ask) for (where, words), asks in table.items() for ask in asks]
    assert len(rows) > 40
    alike = [tuple(ask[2:].split(" ", 1)) for _, _, ask in rows if ask.startswith("= ")]
    assert [one for one in alike if not table[one[0], one[1]]] == []
    own = [f'"{where} {words} {ask}"' for where, words, ask in rows if not ask.startswith("= ")]
    assert [row for row in own if row not in trials] == []


def test_every_call_that_changes_something_stands_behind_a_button_of_the_table() -> None:
    scripts = [path.read_text(encoding="utf-8") for path in (WEB / "static").glob("*.js")]
    behind = {ask for asks in table_of_buttons().values() for ask in asks}
    # Asked while somebody types, or once a file is chosen; test_starting tries what they say.
    by_themselves = {"POST notes", "POST outline", "POST check", "POST notes/file"}
    changing = {one for one in asked_by_scripts(scripts) if not one.startswith("GET ")}
    assert len(changing) > 20
    assert changing - behind - by_themselves == set()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(services_at(tmp_path_factory.mktemp("buttons"), workers=0)) as running:
        yield running


@pytest.fixture(scope="module")
def people(server: Serving) -> People:
    return add_people(server.services)


@pytest.fixture
def desk(server: Serving, people: People, chromium: Browser) -> Iterator[Watched]:
    watched = at_desk(server, chromium, name=people.staff.name)
    yield watched
    watched.page.context.close()
    assert watched.wrong == []


@needs_browser
def test_the_ways_to_mend_a_mark(server: Serving, people: People, desk: Watched) -> None:
    page, draft_id = desk.page, made_draft(server.services, people.staff, DOUBTFUL + "\n地点【待补：地点】。。")
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.locator("#paper .mark").first.wait_for()
    shown = page.locator("#paper").inner_text()
    mark = ("press", "99车，")
    tried(page, "mending.js … PATCH drafts/*", mark, ("press", "改为笔记数值"), ("press", "12吨"))
    tried(page, "popover.js 删除该句 PATCH drafts/*", mark, ("press", "删除该句"))
    tried(page, "popover.js 标记待核实 PATCH drafts/*", mark, ("press", "标记待核实"))
    source = (mark, ("press", "补充来源"), ("fill", "来源", "共99车"), ("press", "补充"))
    tried(page, "popover.js 补充 PATCH drafts/*", *source)
    answer = (("press", "需要补充"), ("fill", "地点", "滨河路"), ("press", "填入"))
    tried(page, "panels.js 填入 PATCH drafts/*", *answer, typed="滨河路")
    page.get_by_role("tab", name=re.compile("^写法 [1-9]|^写法[1-9]")).wait_for()
    tried(page, "panels.js 改为“…”…删去 PATCH drafts/*", ("press", "写法"), ("press", "改为“"))
    assert page.locator("#paper").inner_text() == shown


@needs_browser
def test_editing_and_handing_in(server: Serving, people: People, desk: Watched, tmp_path: Path) -> None:
    page, draft_id = desk.page, made_draft(server.services, people.staff)
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_role("button", name="改标题").click()
    title = (("fill", "标题", "新的题目"), ("press", "保存标题"))
    tried(page, "section-editor.js 保存标题 PATCH drafts/*", *title, typed="新的题目")
    page.get_by_role("button", name="取消").click()
    page.get_by_role("button", name="编辑一").click()
    words = "清运垃圾12吨，一个不落。"
    keep = (("fill", "编辑一", words), ("press", "保存本节"))
    tried(page, "section-editor.js 保存本节 PATCH drafts/*", *keep, typed=words)
    page.get_by_role("button", name="取消").click()
    read_back = "result.html 读回 Word POST drafts/*/word"
    tried(page, read_back, ("file", "改好.docx", "12"))
    from docx import Document

    whole = Document()
    for text, style in (("题目", "Heading 1"), ("一、做法", "Heading 1"), ("清运垃圾15吨。", "Normal")):
        whole.add_paragraph(text, style)
    whole.save(str(tmp_path / "改好.docx"))
    page.locator("#word-file").set_input_files(tmp_path / "改好.docx")
    page.get_by_role("dialog").get_by_text("15吨").first.wait_for()
    tried(page, "word-back.js 存为新版本 PATCH drafts/*", ("press", "存为新版本"), stays=True)
    page.get_by_role("button", name="取消").click()
    again = (("press", "重写一"), ("fill", "怎么改写", "简洁些"), ("press", "重写本节"))
    tried(page, "result.js 重写本节 POST drafts/*/sections/*/rewrite", *again, typed="简洁些")
    tried(page, "submit.js 提交 POST drafts/*/submit", ("press", "提交审核"), ("press", "提交"))
    # Something done that may be taken back, by the bar and by the word that tells of it.
    page.get_by_role("button", name="改标题").click()
    page.get_by_label("标题", exact=True).fill("另一个题目")
    page.get_by_role("button", name="保存标题").click()
    page.locator("#toast").get_by_role("button", name="撤销").wait_for()
    tried(page, "result.html 撤销 PATCH drafts/*", ("press", "撤销"))
    versions = (("press", "版本与来源"), ("press", "恢复到这一版"))
    tried(page, "panels.js 恢复到这一版 GET drafts/*/versions/*", *versions)
    assert call(server, "GET", f"/api/v1/drafts/{draft_id}", token=server.token(people.staff.name)).json["version"] == 2


@needs_browser
def test_stopping_and_going_on(server: Serving, people: People, desk: Watched) -> None:
    page, services = desk.page, server.services
    asked = {"notes": "3月5日清运垃圾12吨", "genre": "progress", "unit": "云溪街道", "period": "2031年"}
    made = call(server, "POST", "/api/v1/drafts", asked, server.token(people.staff.name)).json
    page.goto(f"{server.address}/drafts/{made['id']}")
    page.get_by_role("button", name="停止").wait_for()
    tried(page, "result.html 停止 POST drafts/*/cancel", ("press", "停止"))
    run = services.runs.take("tests", lambda name: False)
    assert run is not None
    services.runs.fail(run, "tests", "ModelFailed", "模型没有回答。")
    page.goto(f"{server.address}/drafts/{made['id']}")
    page.get_by_role("button", name="继续生成").wait_for()
    tried(page, "result.js 继续生成 POST drafts/*/retry", ("press", "继续生成"))
    page.reload()
    page.get_by_role("button", name="继续生成").wait_for()


@needs_browser
def test_a_finished_draft_that_cannot_be_fetched(server: Serving, people: People, desk: Watched) -> None:
    page, services = desk.page, server.services
    asked = {"notes": "3月5日清运垃圾12吨", "genre": "progress", "unit": "云溪街道", "period": "2031年"}
    made = call(server, "POST", "/api/v1/drafts", asked, server.token(people.staff.name)).json
    with page.expect_request("**/events*"):
        page.goto(f"{server.address}/drafts/{made['id']}")
    page.get_by_role("button", name="停止").wait_for()
    page.route(f"**/api/v1/drafts/{made['id']}", lambda route: route.abort("connectionrefused"))
    run = services.runs.take("tests", lambda name: False)
    assert run is not None
    services.runs.fail(run, "tests", "ModelFailed", "模型没有回答。")
    page.get_by_role("button", name="继续", exact=True).wait_for()
    # Only the draft: a stream of events that is asked for again would rightly complain of an answer that is a page.
    tried(page, "result.js 继续 GET drafts/*", ("press", "继续"), fails="drafts/*")
    page.get_by_role("button", name="继续", exact=True).click()
    page.get_by_role("button", name="继续生成").wait_for()


@needs_browser
def test_two_versions_joined(server: Serving, people: People, desk: Watched) -> None:
    page, draft_id = desk.page, made_draft(server.services, people.staff)
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_role("button", name="改标题").click()
    token, path = server.token(people.staff.name), f"/api/v1/drafts/{draft_id}"
    sections = [{"heading": "一、做法", "text": "清运垃圾12吨。"}]
    changed = {"title": "别人的题目", "sections": sections}
    assert call(server, "PATCH", path, changed, token, {"If-Match": "1"}).status == 200
    page.get_by_label("标题", exact=True).fill("我的题目")
    page.get_by_role("button", name="保存标题").click()
    page.get_by_role("dialog").get_by_role("button", name="合并并保存").wait_for()
    joined = "conflict.js 合并并保存 PATCH drafts/*"
    tried(page, joined, ("press", "合并并保存"), typed="我的题目", stays=True)
    page.get_by_role("dialog").get_by_role("button", name="合并并保存").click()
    page.get_by_role("heading", name="我的题目").wait_for()


@needs_browser
def test_reading_and_starting(server: Serving, people: People, desk: Watched) -> None:
    page, notes = desk.page, "3月12日清理卫生死角12处"
    page.goto(server.address)
    page.get_by_role("textbox", name="笔记").fill(notes)
    page.get_by_label("报告期", exact=True).fill("2031年")
    page.get_by_text(re.compile(r"已识别 \d+ 项")).wait_for()
    tried(page, "setup.html 开始起草 POST drafts", ("press", "开始起草"), typed=notes)
    tried(page, "intake.js 笔记 POST notes/file", ("file", "笔记.txt", "12"), typed=notes)
    tried(page, "intake.js 笔记 POST notes", ("press", "本月"), typed=notes)
    tried(page, "intake.js 笔记 POST outline", ("press", "上季度"), typed=notes, fails="outline")
    page.get_by_label("报告期", exact=True).fill("2031年")
    page.get_by_text(re.compile(r"已识别 \d+ 项")).wait_for()
    page.get_by_role("button", name="开始起草").click()
    page.wait_for_url("**/drafts/*")
