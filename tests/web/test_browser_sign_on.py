"""Single sign-on as a person clicks it: in by the office's provider, and in again in the middle of a sentence."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from service.domain.account import AccountRole
from service.web.single_sign_on import Provider, SingleSignOn
from tests.web.browsing import CHROMIUM, Watched, grave
from tests.web.provider import CLIENT_ID, CLIENT_SECRET, OurProvider, providing
from tests.web.serving import Serving, call, services_at, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")
NOTES = "3月12日清理卫生死角12处，清运垃圾3.5吨"


@pytest.fixture(scope="module")
def desk() -> Iterator[OurProvider]:
    with providing() as provider:
        provider.claims = {"sub": "s-1", "preferred_username": "周岚", "unit": "云溪街道"}
        yield provider


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, desk: OurProvider) -> Iterator[Serving]:
    services = services_at(tmp_path_factory.mktemp("sign-on"), workers=0)
    services.accounts.add("何川", AccountRole.STAFF, "云溪街道")
    provider = Provider(desk.issuer, CLIENT_ID, CLIENT_SECRET, name="政务统一认证", unit_claim="unit")
    sign_on = SingleSignOn(dataclasses.replace(provider, role=AccountRole.STAFF))
    with serving(dataclasses.replace(services, single_sign_on=sign_on)) as running:
        yield running


def test_a_person_clicks_in_by_the_provider_and_in_again_without_losing_a_word(
    server: Serving, desk: OurProvider, chromium: Browser
) -> None:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    watched = Watched(context.new_page(), server.address)
    page = watched.page
    page.goto(f"{server.address}/")
    page.get_by_role("link", name="用政务统一认证登录").click()
    page.wait_for_url(f"{server.address}/")
    assert page.get_by_role("link", name="周岚").count() == 1
    page.get_by_role("textbox", name="笔记").fill(NOTES)
    context.clear_cookies()
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("dialog", name="登录已过期，请重新登录")
    dialog.wait_for()
    assert grave(page, "sign in again") == []
    with context.expect_page() as opened:
        dialog.get_by_role("link", name="在新窗口用政务统一认证登录").click()
    opened.value.wait_for_url(f"{server.address}/account")
    # A headless browser keeps every window in focus, so the return to this one is told to it.
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    dialog.wait_for(state="detached")
    assert page.get_by_role("textbox", name="笔记").input_value() == NOTES
    page.get_by_text("已保存").first.wait_for()
    kept = call(server, "GET", "/api/v1/working/new", token=server.token("周岚")).json
    assert kept["body"]["notes"] == NOTES
    context.close()
    # The provider's own page is the one request that leaves this address.
    assert [one for one in watched.wrong if desk.issuer not in one] == []


def test_a_provider_that_is_down_leaves_the_password_and_says_so(
    server: Serving, desk: OurProvider, chromium: Browser
) -> None:
    desk.broken = "fault"
    page = chromium.new_page()
    page.goto(f"{server.address}/sign-in")
    page.get_by_role("link", name="用政务统一认证登录").click()
    said = page.get_by_role("alert")
    said.wait_for()
    assert "密码" in said.inner_text() and "undefined" not in said.inner_text()
    assert page.get_by_label("用户名").is_visible()
    page.close()
    desk.broken = ""
