"""`python -m tests.web.take_screens FOLDER`: the twelve screens of docs/screens; people and reports are invented."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.encoder import shipped_encoder
from corpus.index.vectors import ExactVectors
from corpus.read.limits import ReadLimits
from corpus.search import CorpusSearch
from service.domain.account import AccountRole
from service.storage.database import open_database
from service.storage.pairs import NewPair
from service.storage.reports import DatabaseShelf
from service.wiring.corpus import Corpus
from service.wiring.uploads import UploadedReports
from tests.storage.databases import new_database_url
from tests.web.browsing import CHROMIUM, FLAGS, at_desk, drafted, text_of, with_text
from tests.web.serving import Serving, call, check_in_earnest, services_at, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
_REPORT = "dirty-03-masked-places-and-figures.txt"
_PERIOD = "2031年第一季度"
_NOTES = """王敏 09:12 3月8日搞了三下乡，去了30多个单位，发宣传单2800份
3月12日志愿者45人在滨河路种树120棵
罗湾社区清理楼道杂物56处
罗湾刚补报，楼道杂物应该是65处
挂横幅20条，换公益广告30块
3月20日召开创建推进会，参会62人
农贸市场占道经营反弹，一季度劝导86起
收到，辛苦了
下周打算再装8个垃圾分类亭
"""


@dataclass
class _Tour:
    """The server, the browser and what is done with each screen."""

    server: Serving
    browser: Browser
    look: Callable[[Page, str], object]

    def page(self, name: str, place: str) -> Page:
        """A page of `name`'s own at `place`."""
        page = at_desk(self.server, self.browser, name=name).page
        page.goto(self.server.address + place)
        return page

    def keep(self, page: Page, name: str) -> None:
        """Looks at the screen. A message that comes and goes has gone by then."""
        page.locator("#toast").wait_for(state="hidden")
        page.wait_for_timeout(300)
        self.look(page, name)


def _served(folder: Path) -> AbstractContextManager[Serving]:
    url = new_database_url("sqlite", folder)
    services = services_at(folder, check=check_in_earnest, database_url=url)
    shelf, encoder = DatabaseShelf(open_database(url)), shipped_encoder()
    index = ExactVectors(encoder.name, encoder.dimensions)
    search = CorpusSearch(shelf, index, encoder)
    uploads = UploadedReports(Corpus(shelf, encoder, index, search), ReadLimits())
    uploads.add(_REPORT, (_SAMPLES / _REPORT).read_bytes())
    for name, role in (("周岚", AccountRole.STAFF), ("陆编", AccountRole.EDITOR), ("评一", AccountRole.EVALUATOR)):
        services.accounts.add(name, role, "" if role is AccountRole.EVALUATOR else "云溪街道")
    return serving(replace(services, corpus=uploads, search=search.search))


def _of_staff(tour: _Tour) -> str:
    """Takes the screens of staff; the id of a draft with one wrong number."""
    page = tour.page("周岚", "/")
    page.get_by_role("textbox", name="笔记").fill(_NOTES)
    page.get_by_label("报告期", exact=True).fill(_PERIOD)
    page.get_by_text(re.compile(r"已识别 \d+ 项")).wait_for()
    tour.keep(page, "staff-notes")
    page.get_by_text("2031年1月1日至3月31日").wait_for()
    page.get_by_role("tab", name=re.compile("^提纲")).click()
    page.get_by_role("textbox", name="第1节标题").wait_for()
    tour.keep(page, "staff-outline")
    draft_id = drafted(tour.server, _NOTES, period=_PERIOD)
    page = tour.page("周岚", f"/drafts/{draft_id}")
    page.get_by_role("tab", name=re.compile("^未采用的笔记")).click()
    page.get_by_role("button", name=re.compile("^120棵，")).click()
    tour.keep(page, "staff-evidence")
    with_text(tour.server, draft_id, lambda text: text.replace("120棵", "210棵"))
    page = tour.page("周岚", f"/drafts/{draft_id}")
    page.get_by_role("button", name="提交审核").click()
    page.get_by_role("dialog").wait_for()
    tour.keep(page, "staff-blocked")
    page = tour.page("周岚", f"/drafts/{draft_id}")
    page.get_by_role("button", name=re.compile("^编辑一")).click()
    tour.keep(page, "staff-editing")
    return draft_id


def _of_editors(tour: _Tour, draft_id: str) -> None:
    with_text(tour.server, draft_id, lambda text: text.replace("210棵", "120棵").replace("30余个", "30个"))
    token, path = tour.server.token("周岚"), f"/api/v1/drafts/{draft_id}"
    version = call(tour.server, "GET", path, token=token).json["version"]
    note = {"note": "请重点看第一节"}
    handed = call(tour.server, "POST", f"{path}/submit", note, token, {"If-Match": str(version)})
    assert handed.status == 200, (handed.content, text_of(tour.server, draft_id))
    tour.keep(tour.page("陆编", "/review"), "editor-queue")
    page = tour.page("陆编", f"/review/{draft_id}")
    page.get_by_role("button", name="领取审核").click()
    page.get_by_role("button", name="退回修改").wait_for()
    page.reload()  # nobody waits until the word on the claim has gone
    page.get_by_text(re.compile(r"还剩\d+/\d+")).wait_for()
    page.keyboard.press("j")
    tour.keep(page, "editor-desk")
    tour.keep(tour.page("陆编", f"/drafts/{draft_id}/compare"), "editor-compare")
    tour.keep(tour.page("陆编", f"/drafts/{draft_id}/sheet"), "editor-sheet")


def _of_others(tour: _Tour) -> None:
    services = tour.server.services
    row = call(tour.server, "GET", "/api/v1/corpus/reports", token=tour.server.token("admin")).json[0]
    tour.keep(tour.page("admin", f"/corpus/{row['id']}"), "corpus-report")
    admin = next(one for one in services.accounts.all() if one.name == "admin")
    texts = [
        text_of(tour.server, drafted(tour.server, _NOTES, period=_PERIOD, genre=one)) for one in ("progress", "summary")
    ]
    services.pairs.add(admin, "改动前后", 7, [NewPair("c1", "甲", "乙", _NOTES, *texts)])
    page = tour.page("评一", "/evaluation")
    page.get_by_role("link", name="改动前后").click()
    page.get_by_text("第1/1对").wait_for()
    page.keyboard.press("4")
    tour.keep(page, "evaluator-pair")
    tour.keep(tour.page("admin", "/admin/audit?action=draft."), "admin-audit")


def walk(browser: Browser, look: Callable[[Page, str], object]) -> None:
    """Brings up the twelve screens one after the other; `look` gets each with its name."""
    with tempfile.TemporaryDirectory() as home, _served(Path(home)) as server:
        tour = _Tour(server, browser, look)
        _of_editors(tour, _of_staff(tour))
        _of_others(tour)


def take(folder: Path, say: Callable[[str], object] = sys.stdout.write) -> None:
    """Takes all twelve into `folder`."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        walk(browser, lambda page, name: page.screenshot(path=folder / f"{name}.png"))
        browser.close()
    say(f"{len(list(folder.glob('*.png')))} screens in {folder}\n")


if __name__ == "__main__":
    take(Path(sys.argv[1]))
