"""Acts on a page tried against every way in which a call can fail. The steps are done inside the page, for speed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.web.buttons import arguments

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

STATUSES = (400, 403, 404, 409, 413, 422, 428, 429, 500, 502, 503, 504)
Fail = Callable[["Route"], None]


def ours(status: int) -> Fail:
    """The one error shape of this server."""
    body = {"error": "X", "message": f"没有成功（{status}）。请重试。", "detail": {}, "request_id": "r"}

    def answer(route: Route) -> None:
        route.fulfill(status=status, content_type="application/json", body=json.dumps(body))

    return answer


def plain(status: int, body: str) -> Fail:
    """What something in between answers, or half of an answer."""
    return lambda route: route.fulfill(status=status, body=body)


FAILURES: Mapping[str, Fail] = {
    **{f"{status} ours": ours(status) for status in STATUSES},
    **{f"{status} of a proxy": plain(status, "<h1>Bad</h1>") for status in (404, 502, 503, 504)},
    "nothing": lambda route: route.abort("connectionrefused"),
    "no JSON": plain(200, "<html>"),
    "half JSON": plain(200, '{"id": '),
    "empty object": plain(500, "{}"),
    "array": plain(500, "[]"),
}
BROKEN = re.compile(r"undefined|\bnull\b|NaN|\[object|TypeError|Traceback")

# ("press", words) presses what is called so, or begins so; ("fill", label, text); ("key", key); ("file", name, text)
# chooses a file where the page takes one.
Step = tuple[str, ...]
_DO = """async ({steps, typed}) => {
  const wait = async (what, found) => {
    for (let tries = 0; tries < 600; tries += 1) {
      const got = found();
      if (got) return got;
      await new Promise((go) => setTimeout(go, 10));
    }
    throw new Error("not found: " + what);
  };
  const top = () => Array.from(document.querySelectorAll("dialog[open]")).pop() || document;
  const seen = (one) => one.getClientRects().length > 0 && !one.disabled;
  const called = (one) => (one.getAttribute("aria-label") || one.textContent).replace(/\\s+/g, " ").trim();
  const labels = (one) => [one.getAttribute("aria-label") || "",
    ...Array.from(one.labels || []).map((each) => each.textContent.trim())];
  const spoken = "[role=alert], #toast, #review-notice, #result-failure, #facts-count";
  const words = (one) => Array.from(one.childNodes).filter((each) => each.nodeName !== "BUTTON");
  const said = (one) => words(one).map((each) => each.textContent).join("").replace(/正在.*……/, "");
  for (const one of document.querySelectorAll(spoken)) words(one).forEach((each) => { each.textContent = ""; });
  for (const [kind, name, value] of steps) {
    if (kind === "key") {
      document.body.focus();
      document.body.dispatchEvent(new KeyboardEvent("keydown", {key: name, bubbles: true, cancelable: true}));
    } else if (kind === "file") {
      const field = document.querySelector("input[type=file]:not([disabled])"), chosen = new DataTransfer();
      chosen.items.add(new File([value], name));
      field.files = chosen.files;
      field.dispatchEvent(new Event("change", {bubbles: true}));
    } else if (kind === "press") {
      const every = () => Array.from(top().querySelectorAll("button, summary, [role=button]")).filter(seen);
      (await wait(name, () => every().find((one) => called(one) === name)
        || every().find((one) => called(one).startsWith(name)))).click();
    } else {
      const field = await wait(name, () => Array.from(top().querySelectorAll("input, textarea, select"))
        .find((one) => seen(one) && labels(one).some((each) => each.startsWith(name))));
      field.value = value;
      field.dispatchEvent(new Event("input", {bubbles: true}));
    }
  }
  await wait("a word on the failure", () => Array.from(document.querySelectorAll(spoken)).some((one) =>
    !one.hidden && one.getClientRects().length > 0 && /[\\u4e00-\\u9fff]{4}/.test(said(one))));
  const shown = document.body.innerText;
  const held = !typed || Array.from(document.querySelectorAll("textarea, input")).some((one) => one.value === typed);
  const open = document.querySelectorAll("dialog[open]").length;
  return {shown, held, open};
}"""


def tried(page: Page, tries: str, *steps: Step, typed: str = "", stays: bool = False, fails: str = "**") -> None:
    """Does `steps` against each failure: a sentence is said, no broken word, and `typed` still stands in its field.

    `tries` is the row of the table of buttons: file, words on the button and what it asks, told by one space each.
    `stays`: an open window is left open for the next failure. `fails`: the calls that fail, every one otherwise.
    """
    where, words, asks = re.fullmatch(r"(\S+) (.*?) ([A-Z]+ \S+)", tries).groups()  # type: ignore[union-attr]
    del where, words
    asked: list[str] = []
    failing: list[Fail] = []

    def fail(route: Route) -> None:
        asked.append(f"{route.request.method} {pattern_of(route.request.url)}")
        failing[-1](route)

    page.route(f"**/api/v1/{fails}", fail)
    for case, failure in FAILURES.items():
        asked.clear()
        failing.append(failure)
        try:
            found = page.evaluate(_DO, {"steps": [list(one) for one in steps], "typed": typed})
        except Exception as wrong:
            raise AssertionError((tries, case, asked, str(wrong)[:300])) from wrong
        assert asks in asked, (tries, case, asked)
        assert not BROKEN.search(found["shown"]), (tries, case, BROKEN.search(found["shown"]))
        assert found["held"], (tries, case)
        for _ in range(0 if stays else found["open"]):
            page.keyboard.press("Escape")
    page.unroute_all()


def pattern_of(url: str) -> str:
    """The address of a call with * for what it is about: drafts/*/comments. Pure."""
    parts = urlsplit(url).path.removeprefix("/api/v1/").split("/")
    return "/".join(part if re.fullmatch(r"[a-z][a-z-]*", part) else "*" for part in parts)


def asked_by_scripts(scripts: Sequence[str]) -> set[str]:
    """The calls of the scripts of pages: "POST drafts/*/claim". Pure."""
    found = set()
    for script in scripts:
        name, value = (re.findall(r"^const (base|path) = (.*?);$", script, re.MULTILINE) or [("base", '""')])[0]
        for asked in re.finditer(r'ask\("([A-Z]+)", ', script):
            address = re.sub(rf"\b{name}\b", value.replace("\\", ""), arguments(script, asked.end())[0])
            pieces = re.findall(r'"([^"]*)"', address)
            ended = "" if address.rstrip().endswith('"') else "*"
            whole = "*".join(pieces) + (ended if pieces else "")
            if whole.startswith("/api/v1"):
                found.add(f"{asked[1]} {whole.removeprefix('/api/v1').lstrip('/*')}".replace("**", "*"))
    return found
