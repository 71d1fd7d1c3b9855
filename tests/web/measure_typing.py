"""`python -m tests.web.measure_typing`: how soon a key is on the page while 100,000 characters of notes stand there.

From a key's event to the first frame that shows it, for keys typed in the middle of the notes; and the longest task
that kept the page from answering. A real browser, a real server, both on this machine.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from service.domain.account import AccountRole
from tests.web.browsing import CHROMIUM, FLAGS, at_desk, paste
from tests.web.serving import services_at, serving

_CHARS = 100_000
_KEYS = 30
_LINE = "3月12日出动志愿者46人清理卫生死角12处，清运垃圾3.5吨，发放宣传单500份。\n"
_WATCH = """() => {
  window.waits = []; window.tasks = [];
  const box = document.getElementById("notes");
  box.addEventListener("beforeinput", () => {
    const begun = performance.now();
    requestAnimationFrame(() => setTimeout(() => window.waits.push(performance.now() - begun), 0));
  });
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((one) => one.duration)))
    .observe({entryTypes: ["longtask"]});
}"""
_TO_THE_MIDDLE = """() => {
  const box = document.getElementById("notes");
  box.focus(); box.setSelectionRange(50000, 50000);
}"""


def figures() -> str:
    """One line of figures in milliseconds."""
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory() as folder,
        serving(services_at(Path(folder))) as server,
        sync_playwright() as play,
    ):
        server.services.accounts.add("周岚", AccountRole.STAFF, "云溪街道")
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = at_desk(server, browser).page
        page.goto(server.address)
        paste(page, (_LINE * (_CHARS // len(_LINE) + 1))[: _CHARS - _KEYS])
        page.wait_for_timeout(3000)
        page.evaluate(_TO_THE_MIDDLE)
        page.evaluate(_WATCH)
        for key in "abcde" * (_KEYS // 5):
            page.keyboard.press(key)
            page.wait_for_timeout(120)
        page.wait_for_timeout(3000)
        waits, tasks = sorted(page.evaluate("window.waits")), page.evaluate("window.tasks")
        browser.close()
    return (
        f"typing, {len(waits)} keys in the middle of {_CHARS:,} characters: on the page after a median of "
        f"{statistics.median(waits):.0f} ms, p95 {waits[int(len(waits) * 0.95)]:.0f} ms; "
        f"longest task {max(tasks, default=0):.0f} ms"
    )


if __name__ == "__main__":
    sys.stdout.write((figures() if CHROMIUM else "typing: needs Chromium (apt-get install chromium)") + "\n")
