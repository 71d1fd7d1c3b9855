"""R40: formulations and anniversaries that do not belong to the report's year, by a dated lexicon.

Before its first year a thing cannot be in a report at all: a warning. After its last year it may be told as history:
a suggestion, and none where the sentence itself dates it (2017年…), calls it 原, or says 以来, 期间, 荣获.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from service.checking.wording.draft_text import DraftText
from service.checking.wording.finding import Occasion, Severity, Slip
from service.domain.period import Period
from service.language.numbers import chinese_to_decimal
from service.language.patterns import deferred

_LEXICON = Path(__file__).with_name("stale.toml")


@dataclass(frozen=True)
class DatedPhrase:
    """A phrase with the first and last year it belongs to, None where open; `now` is what is said instead.

    `after` and `before` are signs that must not stand right before or after it: they make another word of it.
    """

    phrase: str
    first: int | None
    last: int | None
    why: str
    source: str
    now: str | None
    after: re.Pattern[str] | None
    before: re.Pattern[str] | None


@dataclass(frozen=True)
class Anniversary:
    """An event by the names it goes by, and its year: the Nth anniversary falls N years later."""

    event: str
    names: tuple[str, ...]
    pattern: re.Pattern[str]
    year: int
    source: str


@cache
def dated_phrases() -> tuple[DatedPhrase, ...]:
    """The lexicon of dated phrases, in the order of the file. Reads the packaged file once."""
    return tuple(
        DatedPhrase(
            phrase=row["phrase"],
            first=row.get("valid_from"),
            last=row.get("valid_until"),
            why=row["why"],
            source=row["source"],
            now=row.get("now"),
            after=re.compile(f"(?:{row['not_after']})$") if "not_after" in row else None,
            before=re.compile(row["not_before"]) if "not_before" in row else None,
        )
        for row in _table()["phrase"]
    )


@cache
def anniversaries() -> tuple[Anniversary, ...]:
    """The events whose anniversaries are checked. Reads the packaged file once."""
    return tuple(
        Anniversary(
            row["event"],
            tuple(row["names"]),
            re.compile(
                rf"(?:{'|'.join(map(re.escape, row['names']))})的?(\d{{1,3}}|[一二三四五六七八九十百]{{1,6}})周年"
            ),
            row["year"],
            row["source"],
        )
        for row in _table()["anniversary"]
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_LEXICON.read_text(encoding="utf-8"))


# 迎接 and 谋划 look ahead by up to two years: 2021年迎接党的二十大, 2024年谋划“十五五”.
_AHEAD = deferred(r"(?:迎接?|喜迎|谋划|编制|展望|筹备|衔接|面向|即将|备战|预热)[^。；\n]{0,12}$")
_AHEAD_AFTER = deferred(r"[”’]?[^。；，\n]{0,8}(?:编制|谋划|前期|调研|筹备)")
_HISTORY_BEFORE = deferred(r"(?:原|老|旧|前身(?:是|为)|曾|过去的?|当时的?|历史上|自从?)[“《]?$")
_HISTORY_AROUND = deferred(r"荣获|获评|获得|被评为|授予|表彰|命名|(?:改|更)名|组建|合并|撤销|挂牌|划转|并入")
_HISTORY_AFTER = deferred(r"[”’》]?(?:会议)?(?:召开)?(?:以来|期间|时期|以后|之后|之前|以前|至今)")
_YEAR = deferred(r"(?<!\d)((?:19|20)\d\d)年?")


def stale(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R40: a meeting, plan period, institution or campaign of another year. Silent without a period."""
    if occasion.period is None:
        return
    for one in dated_phrases():
        early = one.first is not None and occasion.period.year < one.first
        late = one.last is not None and occasion.period.start.year > one.last
        if early or late:
            text = draft.raw if one.phrase.startswith("《") else draft.untitled
            yield from _misplaced(draft, text, one, occasion.period, early)
    yield from _anniversaries(draft, occasion.period)


def _misplaced(draft: DraftText, text: str, one: DatedPhrase, period: Period, early: bool) -> Iterator[Slip]:
    at = text.find(one.phrase)
    while at >= 0:
        end = at + len(one.phrase)
        before = text[max(0, at - 16) : at]
        another = (one.after is not None and one.after.search(before)) or (one.before and one.before.match(text, end))
        if not another and not (early and _looks_ahead(one, period, before, text[end : end + 16])):
            if early:
                message = f"“{one.phrase}”与报告期{period.chinese}不合：{one.why}。请核对年份或提法。"
                yield Slip(at, end, message, None, Severity.WARNING)
            elif not _is_history(draft, text, at, end, one):
                mend = f"现称“{one.now}”。" if one.now else "请确认是否沿用了旧稿。"
                yield Slip(
                    at, end, f"“{one.phrase}”是{one.last}年以前的提法：{one.why}。{mend}", None, Severity.SUGGESTION
                )
        at = text.find(one.phrase, end)


def _looks_ahead(one: DatedPhrase, period: Period, before: str, after: str) -> bool:
    return (
        one.first is not None
        and one.first - 2 <= period.end.year
        and bool(_AHEAD.search(before) or _AHEAD_AFTER.match(after))
    )


def _is_history(draft: DraftText, text: str, at: int, end: int, one: DatedPhrase) -> bool:
    if _HISTORY_BEFORE.search(text, max(0, at - 6), at) or _HISTORY_AFTER.match(text, end):
        return True
    start, stop = draft.sentence(at)
    sentence = text[start:stop]
    last = one.last if one.last is not None else 9999
    dated = any(int(found[1]) <= last for found in _YEAR.finditer(sentence))
    return dated or _HISTORY_AROUND.search(sentence) is not None


def _anniversaries(draft: DraftText, period: Period) -> Iterator[Slip]:
    for one in anniversaries():
        for found in one.pattern.finditer(draft.untitled):
            count = chinese_to_decimal(found[1])
            if count is None:
                continue
            year = one.year + int(count)
            start, stop = draft.sentence(found.start())
            sentence = draft.untitled[start:stop]
            ahead = year == period.end.year + 1 and _AHEAD.search(
                draft.untitled[max(0, found.start() - 16) : found.start()]
            )
            if period.start.year <= year <= period.end.year or ahead or f"{year}年" in sentence:
                continue
            message = f"{one.event}于{one.year}年，{int(count)}周年是{year}年，与报告期{period.chinese}不合。"
            yield Slip(found.start(), found.end(), message, None, Severity.WARNING)
