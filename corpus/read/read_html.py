"""The main text of a saved web page. trafilatura drops the navigation; lxml alone reads what it refuses."""

from __future__ import annotations

import re
from typing import Any

from corpus.read.values import left_out
from service.domain.page import LeftOut

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tr",
        "ul",
        "br",
    ]
)
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "head",
        "iframe",
        "object",
        "select",
        "option",
        "button",
        "textarea",
        "marquee",
        "nav",
    ]
)
_NOT_SHOWN = re.compile(
    r"display\s{0,3}:\s{0,3}none|mso-hide\s{0,3}:\s{0,3}all|visibility\s{0,3}:\s{0,3}hidden|(?<![-\w])opacity\s{0,3}:\s{0,3}0(?:\.0{1,3})?(?![.\d])"
    r"|font-size\s{0,3}:\s{0,3}0(?![.\d])|text-indent\s{0,3}:\s{0,3}-\d{3,5}|(?:left|top)\s{0,3}:\s{0,3}-\d{3,5}"
    r"|(?<![-\w])color\s{0,3}:\s{0,3}(?:#fff(?:fff)?\b|white\b|transparent\b)",
    re.IGNORECASE,
)
# What stands for the ear or for a machine, and by name not for the eye.
_HIDDEN_CLASS = re.compile(
    r"^(?:hidden|hide|is-hidden|visually-?hidden|sr-only|d-none|invisible|screen-reader-text)$", re.IGNORECASE
)
_HIDDEN = re.compile(
    rf"<[^<>]{{0,2000}}\shidden[\s=>/]|{_NOT_SHOWN.pattern}|hidden|hide|sr-only|d-none|invisible|screen-reader",
    re.IGNORECASE,
)
_AS_BLOCK = re.compile(r"display\s{0,3}:\s{0,3}(?:block|flex|grid|table-row|list-item)", re.IGNORECASE)
# A line that names a document, as titles do.
_TITLE = re.compile(r"^[^，。；！？|>»]{6,60}(?:报告|总结|汇报|方案|计划|材料|说明|要点|情况)$")
# Below this share of the page's own Chinese text, trafilatura took a teaser or a comment for the article.
_LEAST_SHARE = 0.4
_PARAGRAPH, _GLUED_PARAGRAPHS = 30, 3


def read_html(text: str) -> tuple[str, tuple[LeftOut, ...]]:
    """The lines of the main text of a page, headings as `#` lines, and the hidden text that was left out. Pure.

    Empty where the page holds no text. Navigation that survives is left to the cleaner, which logs what it drops.
    """
    text, hidden = _without_hidden(text)
    return _main_text(text), left_out("hidden", hidden)


def _main_text(text: str) -> str:
    whole = _by_lxml(text)
    article = _by_trafilatura(text)
    if _chinese(article) < _LEAST_SHARE * _chinese(whole) or _is_glued(article, whole):
        return whole
    # trafilatura takes the first heading for metadata and leaves it out of the text.
    headings = [line for line in whole.split("\n") if line.startswith(("# ", "## ", "### "))]
    title = min(headings, key=lambda line: line.index(" "), default="").lstrip("# ")
    if title and title not in article[: len(title) + 200]:
        return f"# {title}\n{article}"
    return _with_lost_title(article, whole)


def _with_lost_title(article: str, whole: str) -> str:
    """The article with the title that stands right above it on the page, where trafilatura left it out."""
    first = article.split("\n", 1)[0].strip()
    lines = [line.strip() for line in whole.split("\n")]
    above = lines[lines.index(first) - 1] if first in lines[1:] else ""
    return f"{above}\n{article}" if _TITLE.match(above) and above not in article else article


def _is_glued(article: str, whole: str) -> bool:
    """True where trafilatura wrote several paragraphs in one line: old pages are laid out by tables, and it took the
    cell that holds the article for a cell of figures."""
    longest = re.sub(r"\s", "", max(article.split("\n"), key=len))
    paragraphs = (re.sub(r"\s", "", line) for line in whole.split("\n"))
    return sum(len(one) >= _PARAGRAPH and one in longest for one in paragraphs) >= _GLUED_PARAGRAPHS


def _without_hidden(text: str) -> tuple[str, list[str]]:
    """The page without elements that a browser does not show, and their words."""
    if not _HIDDEN.search(text):
        return text, []
    from lxml import etree, html  # type: ignore[import-untyped]

    try:
        tree = html.fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.LxmlError, ValueError):
        return text, []
    hidden: list[str] = []
    whole = _chinese(text)
    marked = [one for one in tree.iter() if isinstance(one.tag, str) and _is_hidden(one)]
    for element in marked:
        if element.getparent() is not None and element.tag not in _SKIPPED:
            if (words := "".join(element.itertext())).strip():
                hidden.append(words)
            element.drop_tree()
    # Some sites hide the whole article until their script has run; then it is the text.
    if _chinese("".join(hidden)) > whole / 2:
        return text, []
    return etree.tostring(tree, encoding="unicode", method="html"), hidden


def _is_hidden(element: Any) -> bool:
    if "hidden" in element.attrib or _NOT_SHOWN.search(element.get("style") or ""):
        return True
    return any(_HIDDEN_CLASS.match(name) for name in (element.get("class") or "").split())


def _chinese(text: str) -> int:
    return sum("\u4e00" <= char <= "\u9fff" for char in text)


def _by_trafilatura(text: str) -> str:
    import trafilatura

    try:
        found = trafilatura.extract(
            text,
            output_format="markdown",
            include_comments=False,
            include_tables=True,
            include_formatting=False,
            favor_recall=True,
            deduplicate=False,
        )
    except Exception:  # noqa: BLE001 - trafilatura lets parser errors of every kind through; lxml's reading stands in
        return ""
    return found or ""


def _by_lxml(text: str) -> str:
    from lxml import etree, html

    try:
        tree = html.fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.LxmlError, ValueError):
        return ""
    pieces: list[str] = []
    # Iterative, since a hostile page nests ten thousand elements and recursion would end the process.
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if _is_block(element, tag):
                pieces.append("\n")
            if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
                pieces.append("#" * int(tag[1]) + " ")
            if tag not in _SKIPPED and not _inside_skipped(element):
                pieces.append(_flat(element.text))
            if tag in ("td", "th"):
                pieces.append(" ")
        else:
            if event == "end" and _is_block(element, tag):
                pieces.append("\n")
            parent = element.getparent()
            if parent is not None and parent.tag not in _SKIPPED and not _inside_skipped(parent):
                pieces.append(_flat(element.tail))
    lines = (re.sub(r"[ \t\u3000]{2,}", "  ", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line.strip("# "))


def _is_block(element: Any, tag: str) -> bool:
    """True for an element on lines of its own: a block, one of a site's own making (wx-view), one styled as a block."""
    return tag in _BLOCKS or "-" in tag or (bool(tag) and bool(_AS_BLOCK.search(element.get("style") or "")))


def _flat(text: str | None) -> str:
    return re.sub(r"[\r\n]{1,}[ \t]{0,200}", "", text) if text else ""


def _inside_skipped(element: object) -> bool:
    parent = element.getparent()  # type: ignore[attr-defined]
    return parent is not None and parent.tag in _SKIPPED
