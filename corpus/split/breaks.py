"""Where the site spoke between two lines of a page: a break, at which another text may begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.clean.changes import CleanLine
from corpus.clean.mail import is_mail_row, is_told_rule
from corpus.clean.printed import is_page_counter
from service.domain.page import Dropped

MAIL, POST, STRONG, WEAK = 3.0, 2.5, 2.0, 1.0
_RULE = re.compile(r"^\s{0,8}([-—_=*~·#＊☆★])(?:\s?\1){4,}\s{0,8}$")
_STAMP = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\D{0,10}\d{1,2}:\d\d")
_STRONG_LINES = 3
_OF_EACH_PAGE = 3  # times the same line, digits aside: it stands on each page and parts nothing


def find_breaks(lines: Sequence[CleanLine], dropped: Sequence[Dropped]) -> dict[int, float]:
    """How strongly the page breaks off before the line that begins at the number given as key. Pure.

    MAIL where the head of a mail stood there; POST for a stamp of the clock among several lines, as between two answers
    of a thread; STRONG for a rule, a stamp of the clock or several lines of a site; WEAK
    for one line. Page counters and what each page repeats break nothing.
    """
    times = Counter(_key(one.text) for one in dropped)
    breaks: dict[int, float] = {}
    place, end = 0, 0
    for line in lines:
        between: list[str] = []
        while place < len(dropped) and dropped[place].line < line.first:
            one = dropped[place]
            if one.line > end and times[_key(one.text)] < _OF_EACH_PAGE and not is_page_counter(one.text):
                between.append(one.text)
            place += 1
        end = line.last
        if between:
            breaks[line.first] = _strength(between)
    return breaks


def _strength(between: Sequence[str]) -> float:
    if any(is_mail_row(text) for text in between):
        return MAIL
    if len(between) >= _STRONG_LINES and any(_STAMP.search(text) for text in between):
        return POST
    parted = any(_RULE.match(text) or is_told_rule(text) or _STAMP.search(text) for text in between)
    return STRONG if parted or len(between) >= _STRONG_LINES else WEAK


def _key(text: str) -> str:
    return re.sub(r"\d+|\s+", "", text)
