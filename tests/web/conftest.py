"""A server with the real checker, a browser and a watched page, shared by the tests of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from service.domain.account import AccountRole
from tests.web.browsing import CHROMIUM, FLAGS, Watched
from tests.web.serving import Serving, check_in_earnest, services_at, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(services_at(tmp_path_factory.mktemp("journey"), check=check_in_earnest)) as running:
        running.services.accounts.add("周岚", AccountRole.STAFF, "云溪街道")
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def watched(server: Serving, chromium: Browser) -> Iterator[Watched]:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", accept_downloads=True)
    watched = Watched(context.new_page(), server.address)
    yield watched
    context.close()
    assert watched.wrong == []
