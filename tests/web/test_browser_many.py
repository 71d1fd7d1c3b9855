"""Long lists in the browser: a queue of five thousand rows, a draft under review with four hundred findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.storage import databases
from tests.storage.databases import new_database_url
from tests.web.browsing import CHROMIUM, Watched, at_desk
from tests.web.drafts_made import add_people, draft_in, made_draft
from tests.web.serving import Serving, services_at, serving
from tests.web.test_review_api import copy_of_drafts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")
_FINDINGS = 400


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("many")
    url = new_database_url(databases.chosen_kind, folder)
    services = services_at(folder, workers=0, database_url=url)
    people = add_people(services)
    draft_in(services, people, "submitted")
    copy_of_drafts(url, 4_999)
    text = "".join(f"走访{number + 20}户。" for number in range(_FINDINGS))
    made_draft(services, people.staff, text)
    with serving(services) as running:
        yield running


@pytest.fixture(scope="module")
def desk(server: Serving, chromium: Browser) -> Iterator[Watched]:
    watched = at_desk(server, chromium, name="陆编")
    yield watched
    watched.page.context.close()
    assert watched.wrong == []


def test_a_queue_of_five_thousand_is_shown_a_page_at_a_time(server: Serving, desk: Watched) -> None:
    page = desk.page
    page.goto(f"{server.address}/review")
    page.get_by_text("共5000份").wait_for()
    assert page.locator(".queue-rows tbody tr").count() == 50
    page.goto(f"{server.address}/review?page=100")
    page.get_by_text("第100/100页").wait_for()
    assert page.locator(".queue-rows tbody tr").count() == 50
    assert page.get_by_role("link", name="下一页").count() == 0


def test_four_hundred_findings_are_walked_and_nothing_piles_up(server: Serving, desk: Watched) -> None:
    services, page = server.services, desk.page
    mine = next(one for one in services.accounts.all() if one.name == "周岚")
    draft_id = services.drafts.summaries(mine, None, 1, 0)[0].id
    page.goto(f"{server.address}/review/{draft_id}")
    page.get_by_text(re.compile(rf"/{_FINDINGS}")).first.wait_for()
    parts = "document.querySelectorAll('*').length"
    page.keyboard.press("j")
    page.locator(".finding-row.current").wait_for()
    before = page.evaluate(parts)
    for _ in range(20):
        page.keyboard.press("j")
    for _ in range(20):
        page.get_by_role("tab", name=re.compile("^批注")).click()
        page.get_by_role("tab", name=re.compile("^标记")).click()
    assert abs(page.evaluate(parts) - before) < 60
    # Far down the list the finding is still the one in sight.
    assert page.locator("#paper .mark.here").count() == 1
