"""The pages of past reports: files sent, listed and filtered, one beside its original, corrected, avoided, deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.encoder import shipped_encoder
from corpus.index.vectors import ExactVectors
from corpus.read.limits import ReadLimits
from corpus.search import CorpusSearch
from service.domain.account import AccountRole
from service.storage.audit import AuditFilter
from service.storage.database import open_database
from service.storage.reports import DatabaseShelf
from service.wiring.corpus import Corpus
from service.wiring.uploads import UploadedReports
from tests.corpus.files import word
from tests.storage import databases
from tests.storage.databases import new_database_url
from tests.web.browsing import CHROMIUM, Watched, at_desk, grave
from tests.web.failing import BROKEN, FAILURES, tried
from tests.web.serving import Serving, call, services_at, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")
SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
MASKED = "dirty-03-masked-places-and-figures.txt"
PLAIN = "13-progress-street-weihang.md"
SCRAPED = "dirty-01-scraped-page.txt"
AUDIT = AuditFilter(action="report.")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("past")
    url = new_database_url(databases.chosen_kind, folder)
    services = services_at(folder, workers=0, database_url=url)
    shelf, encoder = DatabaseShelf(open_database(url)), shipped_encoder()
    index = ExactVectors(encoder.name, encoder.dimensions)
    search = CorpusSearch(shelf, index, encoder)
    uploads = UploadedReports(Corpus(shelf, encoder, index, search), ReadLimits())
    for name in (MASKED, PLAIN, SCRAPED):
        uploads.add(name, (SAMPLES / name).read_bytes())
    with serving(replace(services, corpus=uploads, search=search.search)) as running:
        running.services.accounts.add("周岚", AccountRole.STAFF, "云溪街道")
        yield running


@pytest.fixture(scope="module")
def admin(server: Serving, chromium: Browser) -> Iterator[Watched]:
    watched = at_desk(server, chromium, name="admin")
    yield watched
    watched.page.context.close()
    assert watched.wrong == []


def id_of(server: Serving, source: str) -> str:
    rows = call(server, "GET", "/api/v1/corpus/reports", token=server.token("admin")).json
    return str(next(row["id"] for row in rows if row["source"] == source))


def test_each_file_that_is_sent_says_what_became_of_it(server: Serving, admin: Watched, tmp_path: Path) -> None:
    page = admin.page
    broken, foreign, slogans = tmp_path / "坏.docx", tmp_path / "图.png", tmp_path / "口号.txt"
    broken.write_bytes(b"PK\x03\x04")
    foreign.write_bytes(b"\x89PNG")
    slogans.write_text("创建文明城市\n构建和谐家园\n文明你我他\n", encoding="utf-8")
    renamed = tmp_path / "整改.pdf"
    renamed.write_bytes(
        word("潮汐镇整改报告", "一、整改情况", "针对反馈的占道经营问题，已逐条整改到位，清理摊点36处。" * 4)
    )
    page.goto(f"{server.address}/corpus")
    new = SAMPLES / "09-summary-school-luqi-third.md"
    page.locator("#files").set_input_files([new, broken, foreign, slogans, SAMPLES / PLAIN, renamed])
    page.get_by_role("button", name="完成，刷新目录").wait_for()
    rows = page.locator("#uploads-rows li")
    said = [rows.nth(at).inner_text() for at in range(6)]
    assert "读出1篇" in said[0] and "原来就有" not in said[0]
    assert "没有收入" in said[1] and "损坏" in said[1]
    assert "不能读取“图.png”" in said[2]
    assert "口号" in said[3] and "没有收入" in said[3]
    assert "原来就有" in said[4]
    assert "读出1篇" in said[5] and "这是Word 文档" in said[5]
    assert page.locator("#uploads-title").inner_text() == "已处理6个文件：新收入2篇报告，3个文件没有收入"
    assert rows.nth(0).get_by_role("progressbar").get_attribute("value") == "100"
    assert grave(page, "uploads") == []
    page.get_by_role("button", name="完成，刷新目录").click()
    page.get_by_text("共5篇").wait_for()
    assert [one.action for one in server.services.audit.search(AUDIT, 1, 0)[1]] == ["report.add"]
    # A folder: what nothing reads is named once, hidden files are not.
    inside = tmp_path / "十年" / "2019"
    inside.mkdir(parents=True)
    (inside / "照片.jpg").write_bytes(b"\xff\xd8\xff")
    (inside / ".DS_Store").write_bytes(b"x")
    (inside / "旧.rtf").write_bytes(b"{\\rtf1 x}")
    page.locator("#folder").set_input_files(tmp_path / "十年")
    page.get_by_role("button", name="完成，刷新目录").wait_for()
    assert page.locator("#uploads-passed").inner_text() == "没有上传1个不是文稿的文件：2019/照片.jpg"
    (row,) = page.locator("#uploads-rows li").all()
    assert row.inner_text().startswith("2019/旧.rtf") and "RTF 文件，请另存为 .docx" in row.inner_text()


def test_a_file_dropped_while_the_session_ended_goes_in_after_signing_in_again(
    server: Serving, chromium: Browser
) -> None:
    accounts = server.services.accounts
    person = accounts.add("管乙", AccountRole.ADMIN, "")
    accounts.set_password(person, "九月里的云溪街道")
    watched = at_desk(server, chromium, name="管乙")
    page = watched.page
    page.goto(f"{server.address}/corpus")
    page.context.clear_cookies()
    page.locator("#files").set_input_files(SAMPLES / "11-summary-town-quexi.md")
    page.get_by_label("密码").fill("九月里的云溪街道")
    page.get_by_role("button", name="登录", exact=True).click()
    page.locator(".upload-said", has_text="读出1篇").wait_for()
    page.context.close()
    assert watched.wrong == []


def test_the_list_keeps_its_filters_in_the_address(server: Serving, admin: Watched) -> None:
    page = admin.page
    page.goto(f"{server.address}/corpus")
    page.get_by_label("状况").select_option("damaged")
    page.get_by_label("标题、单位或文件名").fill("县城")
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**/corpus?*state=damaged*")
    assert page.locator(".report-rows tbody tr").count() == 1
    kept = page.url
    page.get_by_role("link", name=re.compile("上半年创建省级文明县城")).click()
    page.go_back()
    assert page.url == kept and page.get_by_label("状况").input_value() == "damaged"
    page.get_by_label("标题、单位或文件名").fill("不存在的词")
    page.get_by_role("button", name="筛选").click()
    page.get_by_text("没有符合条件的报告").wait_for()
    assert grave(page, "no match") == []


def test_one_report_stands_beside_its_original_with_every_change_explained(server: Serving, admin: Watched) -> None:
    page = admin.page
    page.goto(f"{server.address}/corpus/{id_of(server, MASKED)}")
    row = page.get_by_role("row", name=re.compile("^3 今年以来"))
    assert row.locator("del").first.inner_text()
    assert "〔遮盖的地名〕" in row.inner_text() and "受损：有遮盖" in row.inner_text()
    assert "汉字之间的半角标点" in row.inner_text() and "MASK" not in page.locator("main").inner_text()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.querySelector('th').textContent") != ""
    assert grave(page, "report") == []
    page.get_by_role("link", name="只看有改动的").click()
    page.wait_for_url("**?only=changed")
    assert "一、工作进展情况" not in page.locator(".beside").inner_text()
    for width in (1366, 683, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), width
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{server.address}/corpus/{id_of(server, SCRAPED)}")
    page.get_by_text("去掉：网页的页头、页脚或导航").first.wait_for()


def test_a_correction_stands_and_is_taken_back(server: Serving, admin: Watched) -> None:
    page, report = admin.page, id_of(server, PLAIN)
    page.goto(f"{server.address}/corpus/{report}")
    page.get_by_role("button", name="更正…").click()
    assert grave(page, "correct") == []
    page.get_by_label("文种", exact=True).select_option("summary")
    page.get_by_label("年份").fill("20")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("年份须为1949至2100之间").wait_for()
    page.get_by_label("年份").fill("2029")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("人工更正：admin").first.wait_for()
    token = server.token("admin")
    found = call(server, "GET", f"/api/v1/corpus/reports/{report}", token=token).json
    assert (found["genre"], found["year"], sorted(found["corrected"])) == ("summary", 2029, ["genre", "year"])
    page.get_by_role("button", name="更正…").click()
    page.get_by_text("撤回以前的更正").click()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("人工更正：admin").first.wait_for(state="detached")
    again = call(server, "GET", f"/api/v1/corpus/reports/{report}", token=token).json
    assert again["corrected"] == [] and again["genre"] == "progress"


def test_a_report_is_no_exemplar_while_it_is_marked_so(server: Serving, admin: Watched) -> None:
    page, report = admin.page, id_of(server, PLAIN)
    page.goto(f"{server.address}/corpus/{report}")
    page.get_by_role("button", name="标为不作范例").click()
    page.get_by_text("已标为不作范例").wait_for()
    path, token = f"/api/v1/corpus/reports/{report}", server.token("admin")
    assert "structure" not in call(server, "GET", path, token=token).json["usable_for"]
    page.goto(f"{server.address}/corpus?state=avoided")
    assert page.locator(".report-rows tbody tr").count() == 1
    page.goto(f"{server.address}/corpus/{report}")
    page.get_by_role("button", name="恢复作为范例").click()
    page.get_by_role("button", name="标为不作范例").wait_for()
    assert "structure" in call(server, "GET", path, token=token).json["usable_for"]


def test_every_act_on_a_report_fails_in_every_way_and_it_stays(server: Serving, admin: Watched) -> None:
    page, report = admin.page, id_of(server, PLAIN)
    page.goto(f"{server.address}/corpus/{report}")
    page.get_by_role("button", name="标为不作范例").wait_for()
    avoid = "report.html 恢复作为范例/标为不作范例 PATCH corpus/reports/*"
    tried(page, avoid, ("press", "标为不作范例"))
    correct = (("press", "更正…"), ("fill", "标题", "另一个题目"), ("press", "保存"))
    tried(page, "report.js 保存 PATCH corpus/reports/*", *correct, typed="另一个题目")
    tried(page, "report.js 删除 DELETE corpus/reports/*", ("press", "删除…"), ("press", "删除"))
    assert call(server, "GET", f"/api/v1/corpus/reports/{report}", token=server.token("admin")).json["corrected"] == []


def test_a_file_that_fails_in_every_way_says_so_in_its_row(server: Serving, admin: Watched, tmp_path: Path) -> None:
    page = admin.page
    page.goto(f"{server.address}/corpus")
    for case, fail in FAILURES.items():
        page.route("**/api/v1/corpus/reports", fail)
        page.locator("#files").set_input_files({"name": "报告.txt", "mimeType": "text/plain", "buffer": b"12"})
        page.locator(".upload-row.failed").wait_for()
        said = page.locator(".upload-row.failed").inner_text()
        assert re.search(r"[\u4e00-\u9fff]{4}", said), (case, said)
        assert not BROKEN.search(said), (case, said)
        page.unroute_all()
        page.get_by_role("button", name="完成，刷新目录").click()


def test_a_report_is_deleted_after_a_word_and_by_keyboard(server: Serving, admin: Watched) -> None:
    page, report = admin.page, id_of(server, SCRAPED)
    page.goto(f"{server.address}/corpus/{report}")
    page.locator("#remove").focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_text("不能恢复").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "remove"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="删除", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/corpus")
    gone = page.goto(f"{server.address}/corpus/{report}")
    assert gone is not None and gone.status == 404


def test_staff_read_and_search_what_only_administrators_change(server: Serving, chromium: Browser) -> None:
    watched = at_desk(server, chromium)
    page = watched.page
    page.goto(f"{server.address}/corpus")
    assert page.locator("#drop").count() == 0
    page.get_by_role("link", name=re.compile("街道")).first.click()
    page.get_by_role("heading", name="原文与清理后").wait_for()
    assert page.locator(".report-acts").count() == 0
    page.goto(f"{server.address}/corpus/search")
    page.get_by_label("想写什么").fill("志愿者清理卫生死角")
    page.keyboard.press("Enter")
    page.locator(".hit").first.wait_for()
    assert grave(page, "search") == []
    page.context.close()
    assert watched.wrong == []
