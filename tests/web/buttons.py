"""Every button that a page may show, found in its sources: templates, and the scripts that make buttons and windows."""

from __future__ import annotations

import re
from pathlib import Path

WEB = Path(__file__).parents[2] / "service" / "web"
TABLE = Path(__file__).with_name("buttons.tsv")
_IN_TEMPLATE = re.compile(r"<button\b([^>]*?)>(.*?)</button>|<form\b([^>]*?)>", re.DOTALL)
_MADE = re.compile(r"""\b(?:smallButton|confirmFirst|act)\(|make\(\s*"button",|\{\s*text:\s|\byes:\s""")
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
_JINJA = re.compile(r"\{%.*?%\}|\{\{(.*?)\}\}", re.DOTALL)


def buttons_of_pages() -> set[tuple[str, str]]:
    """(file, words on the button) of each button in the sources; what stands in for a value is …. Pure."""
    found = set()
    for path in sorted((WEB / "templates").glob("*.html")):
        found |= {(path.name, words) for words in _of_template(path.read_text(encoding="utf-8"))}
    for path in sorted((WEB / "static").glob("*.js")):
        found |= {(path.name, words) for words in _of_script(path.read_text(encoding="utf-8"))}
    return found


def table_of_buttons() -> dict[tuple[str, str], tuple[str, ...]]:
    """What each button of the table asks of the server: "POST drafts/*/claim"; empty for one that asks nothing,
    and "= file words" for one that does what another button of the table does."""
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    return {(where, words): tuple(filter(None, asks.split("；"))) for where, words, asks in rows}


def _of_template(text: str) -> set[str]:
    found = set()
    for attributes, inside, form in _IN_TEMPLATE.findall(text):
        if form:
            if 'method="post"' in form:
                action = re.search(r'action="([^"]*)"', form)
                found.add("form " + (_JINJA.sub("…", action[1]) if action else ""))
            continue
        words = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", _JINJA.sub(_shown, inside))).strip()
        name = re.search(r'\bid="([^"]+)"', attributes)
        found.add(words if re.search(r"[\u4e00-\u9fff]", words) or not name else name[1])
    return found


def _shown(value: re.Match[str]) -> str:
    literals = _LITERAL.findall(value[1] or "")
    return "/".join(literals) if literals else ("…" if value[1] else "")


def _of_script(text: str) -> set[str]:
    found = set()
    for made in _MADE.finditer(text):
        kind = made[0]
        if kind.startswith("act") and "smallButton(name" not in text:
            continue  # popover.js alone calls its maker of buttons so
        opens = made.end() if kind.startswith(("{", "yes")) else made.start() + kind.index("(") + 1
        parts = arguments(text, opens)
        if kind.startswith("make"):
            said = " ".join(parts[2:])
        elif kind.startswith("confirmFirst"):
            said = parts[2] if len(parts) > 2 else ""
        else:
            said = parts[0]
        words = "…".join(_LITERAL.findall(re.sub(r"make\([^()]*(?:\([^()]*\)[^()]*)*\)", "", said))).strip("…")
        if not words and kind.startswith("make") and (named := re.search(r'"aria-label": "([^"]+)"', parts[1])):
            words = named[1]
        if words or kind.startswith("make"):
            found.add(words.strip() or "…")
    return found


def arguments(text: str, start: int) -> list[str]:
    """The arguments that begin at `start`, up to the bracket that closes them. Pure."""
    parts, depth, at, inside = [""], 0, start, ""
    while at < len(text):
        sign = text[at]
        if inside:
            if sign == "\\":
                parts[-1] += sign
                at += 1
                sign = text[at]
            elif sign == inside:
                inside = ""
        elif sign in "\"'`":
            inside = sign
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
            if depth < 0:
                break
        if sign == "," and not depth and not inside:
            parts.append("")
        else:
            parts[-1] += sign
        at += 1
    return parts
