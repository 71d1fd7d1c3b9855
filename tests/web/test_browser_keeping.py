"""Nothing that was typed is lost: crash, dropped line, ended session, shared machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from service.domain.account import AccountRole
from tests.web.browsing import CHROMIUM, at_desk, drafted
from tests.web.serving import Serving, call

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")
LINE = "3月12日清理卫生死角12处"


def notes_of(page: Page) -> str:
    return page.get_by_role("textbox", name="笔记").input_value()


def type_notes(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="笔记").fill(text)


def test_a_killed_page_offers_its_notes_again_with_a_comparison(server: Serving, chromium: Browser) -> None:
    watched = at_desk(server, chromium)
    page = watched.page
    page.goto(server.address)
    type_notes(page, LINE)
    page.get_by_text("已保存在本机").wait_for()
    page.close(run_before_unload=False)
    again = watched.page.context.new_page()
    again.goto(server.address)
    again.get_by_text(re.compile("发现.*未提交的笔记")).wait_for()
    again.get_by_role("button", name="比较").click()
    assert again.get_by_role("dialog").get_by_text(LINE).is_visible()
    again.get_by_role("dialog").get_by_role("button", name="恢复").click()
    assert notes_of(again) == LINE
    again.context.close()
    assert watched.wrong == []


def test_another_machine_finds_what_the_server_keeps(server: Serving, chromium: Browser) -> None:
    one, two = at_desk(server, chromium), at_desk(server, chromium)
    one.page.goto(server.address)
    type_notes(one.page, "4月1日挂横幅12条")
    one.page.keyboard.press("Control+s")
    one.page.locator("#notes-saved", has_text=re.compile("^已保存 ")).wait_for()
    two.page.goto(server.address)
    two.page.get_by_text("发现服务器上未提交的笔记").wait_for()
    two.page.get_by_role("button", name="放弃").click()
    for watched in (one, two):
        watched.page.context.close()
        assert watched.wrong == []


def test_without_a_line_the_machine_keeps_and_with_it_the_server(server: Serving, chromium: Browser) -> None:
    watched = at_desk(server, chromium)
    page = watched.page
    page.goto(server.address)
    page.context.set_offline(True)
    type_notes(page, LINE)
    page.keyboard.press("Control+s")
    page.get_by_text("仅保存在本机").wait_for()
    page.context.set_offline(False)
    page.locator("#notes-saved", has_text=re.compile("^已保存 ")).wait_for()
    kept = call(server, "GET", "/api/v1/working/new", token=server.token("周岚")).json["body"]
    assert kept["notes"] == LINE
    page.context.close()
    assert watched.wrong == []


def test_without_the_browser_s_database_the_other_shelf_keeps(server: Serving, chromium: Browser) -> None:
    watched = at_desk(server, chromium)
    page = watched.page
    page.context.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined});")
    page.goto(server.address)
    type_notes(page, LINE)
    page.get_by_text("已保存在本机").wait_for()
    assert page.evaluate("Object.values(localStorage).some(one => one.includes('卫生死角'))")
    page.context.close()
    assert watched.wrong == []


def test_an_ended_session_is_renewed_over_the_page_and_the_change_stored_once(
    server: Serving, chromium: Browser
) -> None:
    password = "云溪街道九号门岗"
    accounts = server.services.accounts
    accounts.set_password(accounts.sign_in_by_link(accounts.new_link("周岚"), "127.0.0.1").account, password)
    draft_id = drafted(server, LINE)
    watched = at_desk(server, chromium)
    page = watched.page
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_role("button", name=re.compile("^编辑一")).click()
    box = page.get_by_role("textbox", name=re.compile("^编辑"))
    box.press("End")
    box.press_sequentially("街巷整洁。")
    cookie = next(one for one in page.context.cookies() if one.get("name") == "zhibi_session")
    accounts.sign_out(str(cookie.get("value")))
    box.press("Control+s")
    over = page.get_by_role("dialog", name="登录已过期，请重新登录")
    over.get_by_label("密码").fill(password)
    signed: list[str] = []
    page.on("request", lambda one: signed.append(one.url) if one.url.endswith("/sign-in") else None)
    over.get_by_label("密码").press("Enter")
    page.locator("#result-meta", has_text="第2版").wait_for()
    assert len(signed) == 1
    found = call(server, "GET", f"/api/v1/drafts/{draft_id}", token=server.token("周岚")).json
    assert "街巷整洁。" in found["draft"]["text"] and found["version"] == 2
    page.context.close()
    assert watched.wrong == []


def test_an_edit_cut_off_by_a_crash_is_offered_again(server: Serving, chromium: Browser) -> None:
    draft_id = drafted(server, LINE)
    watched = at_desk(server, chromium)
    page = watched.page
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_role("button", name=re.compile("^编辑一")).click()
    box = page.get_by_role("textbox", name=re.compile("^编辑"))
    box.fill(box.input_value() + "街巷整洁。")
    page.get_by_text("已保存在本机").wait_for()
    page.close(run_before_unload=False)
    again = watched.page.context.new_page()
    again.goto(f"{server.address}/drafts/{draft_id}")
    again.get_by_role("button", name="恢复", exact=True).click()
    assert again.get_by_role("textbox", name=re.compile("^编辑")).input_value().endswith("街巷整洁。")
    again.context.close()
    assert watched.wrong == []


def test_the_next_person_on_a_shared_machine_finds_nothing(server: Serving, chromium: Browser) -> None:
    server.services.accounts.add("何川", AccountRole.STAFF, "云溪街道")
    watched = at_desk(server, chromium)
    page = watched.page
    page.goto(server.address)
    type_notes(page, LINE)
    page.get_by_text("已保存在本机").wait_for()
    page.get_by_role("button", name="退出").click()
    leaving = page.get_by_role("dialog", name="退出会清除本机的内容")
    leaving.get_by_text("未提交的笔记").wait_for()
    leaving.get_by_role("button", name="清除并退出").click()
    page.get_by_role("heading", name="登录", exact=True).wait_for()
    secret = server.services.accounts.sign_in_by_link(server.services.accounts.new_link("何川"), "127.0.0.1").secret
    page.context.add_cookies([{"name": "zhibi_session", "value": secret, "url": server.address}])
    page.goto(server.address)
    page.get_by_text("还没有笔记").wait_for()
    assert page.locator("#recovery").is_hidden() and notes_of(page) == ""
    page.context.close()
    assert watched.wrong == []


def test_what_another_person_stores_is_shown_and_what_is_being_typed_stays(server: Serving, chromium: Browser) -> None:
    draft_id = drafted(server, LINE)
    watched = at_desk(server, chromium)
    page = watched.page
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.locator("#paper .mark").first.wait_for()
    path, token = f"/api/v1/drafts/{draft_id}", server.token("admin")

    def rename(title: str, version: int) -> None:
        assert call(server, "PATCH", path, {"title": title}, token, {"If-Match": str(version)}).status == 200
        page.evaluate("window.dispatchEvent(new Event('focus'))")

    rename("别人起的题目", 1)
    page.get_by_role("heading", name="别人起的题目").wait_for()
    page.get_by_role("button", name=re.compile("^编辑一")).click()
    box = page.get_by_role("textbox", name=re.compile("^编辑"))
    box.press_sequentially("新")
    typed = box.input_value()
    rename("又一个题目", 2)
    page.get_by_text("admin已存为第3版").wait_for()
    assert box.input_value() == typed
    page.get_by_role("button", name="保存本节").click()
    page.get_by_role("dialog").get_by_role("button", name="合并并保存").click()
    page.get_by_role("heading", name="又一个题目").wait_for()
    assert typed in page.locator("#paper").inner_text()
    assert call(server, "POST", f"{path}/void", {"reason": "重复"}, token).status == 200
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.locator("#result-state", has_text="作废").wait_for()
    page.context.close()
    assert watched.wrong == []


def test_leaving_asks_only_while_something_is_unsaved(server: Serving, chromium: Browser) -> None:
    draft_id = drafted(server, LINE)
    watched = at_desk(server, chromium)
    page = watched.page
    page.goto(f"{server.address}/drafts/{draft_id}")
    asked: list[str] = []

    def go(asking: Dialog) -> None:
        asked.append(asking.type)
        asking.accept()

    page.on("dialog", go)
    page.get_by_role("button", name=re.compile("^编辑一")).click()
    page.reload()
    assert asked == []
    page.get_by_role("button", name=re.compile("^编辑一")).click()
    page.get_by_role("textbox", name=re.compile("^编辑")).press_sequentially("新")
    page.reload()
    assert asked == ["beforeunload"]
    page.context.close()
