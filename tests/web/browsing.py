"""A real browser for the tests of the pages: started offline, watched for errors and foreign requests."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.web.serving import Serving, call

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Every name but this machine's fails at once, so a page that asks another host is found out.
    "--host-resolver-rules=MAP zhibi.lan 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
NOTES = """王敏 09:12 3月8日搞了三下乡，去了30多个单位
3月12日清理卫生死角12处，清运垃圾3.5吨
收到，辛苦了[抱拳]
发宣传单500份，挂横幅12条
存在问题：农贸市场占道经营反弹
下一步打算每周巡查2次
<img src=x onerror="document.title='坏'">参加人数46人𠮷🧹
"""


class Watched:
    """A page whose errors and foreign requests are noted."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("console", self._heard)
        page.on("request", lambda request: self._asked(request.url, address))

    def _heard(self, message: object) -> None:
        kind, text = getattr(message, "type", ""), getattr(message, "text", "")
        # The browser itself reports every answer of 400 and above; those the tests provoke on purpose.
        if kind == "error" and "Failed to load resource" not in text:
            self.wrong.append(f"console: {text}")

    def _asked(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            self.wrong.append(f"foreign request: {url}")


def enter(server: Serving, page: Page, name: str = "周岚", address: str = "") -> None:
    base = address or server.address
    page.goto(f"{base}/sign-in/{server.services.accounts.new_link(name)}")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/account?first=1")
    page.goto(base + "/")


def draft(page: Page, notes: str = NOTES) -> None:
    page.get_by_role("textbox", name="笔记").fill(notes)
    page.get_by_label("报告期", exact=True).fill("2031年上半年")
    page.get_by_role("button", name="开始起草").click()
    page.get_by_role("link", name="下载 Word").wait_for(timeout=90_000)


def paste(page: Page, text: str) -> None:
    """Long text at once; typing it key by key, as `fill` does, takes the browser minutes."""
    page.evaluate(
        """text => { const box = document.getElementById("notes"); box.value = text;
                     box.dispatchEvent(new Event("input", {bubbles: true})); }""",
        text,
    )


def tab_through(page: Page, until: str) -> list[str]:
    """Presses Tab until the element with the id `until` has focus; the names met, each with a visible outline."""
    met: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        name, seen, reached = page.evaluate(
            """until => { const one = document.activeElement; const style = getComputedStyle(one);
                 const card = one.name === "genre" ? getComputedStyle(one.nextElementSibling) : style;
                 const shown = card.outlineStyle !== "none" || one.id === "notes";
                 return [one.name || one.id, shown, one.id === until]; }""",
            until,
        )
        assert seen, f"focus on {name} is not seen"
        met.append(str(name))
        if reached:
            return met
    raise AssertionError(f"{until} was not reached: {met}")


def at_desk(server: Serving, chromium: Browser, address: str = "", name: str = "周岚", **more: Any) -> Watched:
    """A watched page of its own context, already signed in; it has opened nothing yet."""
    base = address or server.address
    settings = {"viewport": {"width": 1366, "height": 768}, "locale": "zh-CN", **more}
    context = chromium.new_context(**settings)
    secret = server.services.accounts.sign_in_by_link(server.services.accounts.new_link(name), "127.0.0.1").secret
    context.add_cookies([{"name": "zhibi_session", "value": secret, "url": base}])
    page = context.new_page()
    page.set_default_timeout(60_000)
    return Watched(page, base)


def drafted(server: Serving, notes: str = NOTES, **more: Any) -> str:
    """The id of a finished draft of 周岚, asked for by the API."""
    asked = {"notes": notes, "genre": "progress", "unit": "云溪街道", "period": "2031年上半年", **more}
    token = server.token("周岚")
    made = call(server, "POST", "/api/v1/drafts", asked, token).json
    call(server, "GET", made["events"], token=token)
    return str(made["id"])


def with_text(server: Serving, draft_id: str, change: Callable[[str], str], heading: str = "工作开展情况") -> None:
    """Edits one section of a draft behind the page's back."""
    token, path = server.token("周岚"), f"/api/v1/drafts/{draft_id}"
    found = call(server, "GET", path, token=token).json
    sections = [{"heading": one["heading"], "text": one["text"]} for one in found["draft"]["sections"]]
    for one in sections:
        if one["heading"].endswith(heading):
            one["text"] = change(one["text"])
    answered = call(server, "PATCH", path, {"sections": sections}, token, {"If-Match": str(found["version"])})
    assert answered.status == 200, answered.content


def text_of(server: Serving, draft_id: str) -> str:
    """The newest text of a draft."""
    return str(call(server, "GET", f"/api/v1/drafts/{draft_id}", token=server.token("周岚")).json["draft"]["text"])


def grave(page: Page, state: str) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands. Its script comes in a wheel."""
    from axe_playwright_python.sync_playwright import Axe

    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{state}: {one['id']} {one['nodes'][0]['target']} {one['nodes'][0].get('failureSummary', '')[:200]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
