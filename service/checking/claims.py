"""Claims of a text: each number with what it counts, what was done, to whom, when, and in which way it is meant.

Each line is read once and remembered, so a page that checks again after a keystroke reads only the changed line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from service.checking.claim import CALENDAR, CLOCK, Claim, bigrams, plain_unit
from service.checking.cues import DONE
from service.checking.jotted_rows import read_in_rows
from service.checking.lent_units import lend_units
from service.checking.line_reader import LineReader
from service.checking.respectively import told_in_turn
from service.checking.tables import read_in_columns
from service.domain.quantity import Kind, Mention, Role
from service.domain.text import split_lines
from service.language.names import Name, find_names
from service.language.numbers import find_numbers
from service.language.patterns import deferred

__all__ = ["CALENDAR", "CLOCK", "Claim", "Reading", "bigrams", "plain_unit", "read_text"]

_LEAST_ROWS = 3  # numbered lines that make a table
_DIGITS_OF_A_YEAR = 4  # 2022, 2023, 2024 number no rows
_DATE_HEAD = deferred(r"^[\s\d.、．)）(（一二三四五六七八九十·*\-—]{0,8}$")


# A text that says what it is: all its figures are still to come but those of what it says is done.
_OF_A_PLAN = deferred(
    r"制[定订](?:本|此|以下|如下)[\u4e00-\u9fff]{0,4}(?:方案|计划)|\A\s*[^\n。，：:]{2,40}(?:方案|计划)\s*\n"
)


_GROUND = deferred(r"基础上|现有|原有|去年|上年")


@dataclass(frozen=True, eq=False)
class Reading:
    """Everything read of one text: its claims in order, all mentions, and its names."""

    text: str
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    names: tuple[Name, ...]


@dataclass(frozen=True)
class _Line:
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    names: tuple[Name, ...]
    plan_head: bool
    day_head: Mention | None


@lru_cache(maxsize=64)
def read_text(text: str) -> Reading:
    """The claims, mentions and names of `text`; headings and dated lines govern the lines below them. Pure."""
    claims: list[Claim] = []
    mentions: list[Mention] = []
    names: list[Name] = []
    a_plan = _OF_A_PLAN.search(text) is not None
    plan_head, day_head, past_head = a_plan, None, ""
    for line in split_lines(text).lines:
        if not line.text.strip():
            past_head = ""
            continue
        read = _read_line(line.text)
        if _is_heading(line.text):
            plan_head = a_plan or (read.plan_head and all(one.mention.kind in CALENDAR for one in read.claims))
        past_head = _past_head(line.text, read.claims, past_head)
        placed = _placed_line(line.text, line.start, line.number, plan_head, day_head)
        if past_head:
            placed = _of_before(placed[0], past_head), placed[1], placed[2]
        claims.extend(placed[0])
        mentions.extend(placed[1])
        names.extend(placed[2])
        if read.day_head is not None:
            day_head = _moved(read.day_head, line.start)
    rows = _row_numbers(claims, text)
    kept = tuple(read_in_rows(text, read_in_columns(text, [one for one in claims if one.mention.start not in rows])))
    told = tuple(replace(one, role=Role.STRUCTURE) if one.start in rows else one for one in mentions)
    return Reading(text, kept, told if rows else tuple(mentions), tuple(names))


_PAST_HEAD = deferred(
    r"[^，。；\n]{0,10}?(?P<past>去年同期|上年同期|去年|上年度?|上一年度?|前年)(?:数据|情况)?\s?(?:[（(][^（()）]{1,24}[）)])?\s?[：:]?\s?\Z"
)
_SEPARATES = deferred(r"\s?[-=—_*·]{3,}")
_LONGEST_ROW = 40  # characters of a row under such a head


def _past_head(text: str, claims: Sequence[Claim], before: str) -> str:
    """The earlier time that a head of its own (附表 去年同期) gives the rows below it; "" where another title, a
    rule or a sentence ends them."""
    found = _PAST_HEAD.match(text) if len(text) <= _LONGEST_ROW else None
    if found is not None and all(one.mention.kind in CALENDAR for one in claims):
        return found["past"]
    ends = not claims or len(text) > _LONGEST_ROW or "，" in text or _is_heading(text)
    return "" if ends or _SEPARATES.match(text) else before


def _of_before(claims: tuple[Claim, ...], past: str) -> tuple[Claim, ...]:
    def dated(one: Claim) -> Claim:
        return one if one.before or one.scope else replace(one, before=past)

    return tuple(replace(dated(one), local=dated(one.local) if one.local is not None else None) for one in claims)


def _row_numbers(claims: Sequence[Claim], text: str) -> frozenset[int]:
    """Where the rows of a table are numbered 1, 2, 3 at the start of their lines: no figures of anything."""
    bare = [
        one
        for one in claims
        if not one.mention.unit
        and one.mention.text.isdigit()
        and len(one.mention.text) < _DIGITS_OF_A_YEAR
        and text[text.rfind("\n", 0, one.mention.start) + 1 : one.mention.start].strip() == ""
        and text[one.mention.end : one.mention.end + 1] in (" ", "\t", "\u3000")
    ]
    for one, other in pairwise(bare):
        if other.line - one.line > 3 or int(other.mention.text) != int(one.mention.text) + 1:
            return frozenset()
    return frozenset(one.mention.start for one in bare) if len(bare) >= _LEAST_ROWS else frozenset()


@lru_cache(maxsize=4096)
def _placed_line(
    text: str, by: int, number: int, plan_head: bool, day_head: Mention | None
) -> tuple[tuple[Claim, ...], tuple[Mention, ...], tuple[Name, ...]]:
    """A line's reading with offsets into the whole text; lines above an edit are not placed again."""
    read = _read_line(text)
    return (
        tuple(_placed(one, by, number, plan_head, day_head) for one in read.claims),
        tuple(_moved(one, by) for one in read.mentions),
        tuple(replace(one, start=one.start + by, end=one.end + by) for one in read.names),
    )


def _is_heading(text: str) -> bool:
    return (
        len(text.strip()) <= 30
        and not text.rstrip().endswith(("。", "；", ";"))
        and bool(re.match(r"\s{0,8}(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|#|【)", text))
    )


def _moved(one: Mention, by: int) -> Mention:
    if by == 0:
        return one
    return Mention(
        one.start + by, one.end + by, one.text, one.role, one.kind, one.amount, one.when, one.unit, one.approx,
        one.reason, one.parts,
    )  # fmt: skip


def line_mentions(line: str) -> tuple[Mention, ...]:
    """The mentions of a line's claims and of the ends of its changes, with offsets into the line; remembered. Pure."""
    return tuple(part.mention for claim in _read_line(line).claims for part in claim.parts)


def _placed(claim: Claim, by: int, line: int, plan_head: bool, day_head: Mention | None) -> Claim:
    local = claim
    planned_above = plan_head and not claim.plan and not claim.before
    planned_above = planned_above and not DONE.search(claim.clause_text) and not _GROUND.search(claim.clause_text)
    lent = claim.day is None and day_head is not None
    if planned_above or (lent and day_head is not None):
        floating = replace(day_head, start=-1, end=-1) if lent and day_head is not None else claim.day
        local = replace(claim, plan=claim.plan or planned_above, day=floating)
    return replace(
        local,
        local=local,
        mention=_moved(claim.mention, by),
        line=line,
        day=_moved(claim.day, by) if claim.day is not None else day_head,
        days=tuple(_moved(one, by) for one in claim.days),
        ends=tuple(_placed(one, by, line, plan_head, day_head) for one in claim.ends),
        sentence_span=(claim.sentence_span[0] + by, claim.sentence_span[1] + by),
        clause_span=(claim.clause_span[0] + by, claim.clause_span[1] + by),
    )


@lru_cache(maxsize=8192)
def _read_line(text: str) -> _Line:
    mentions = find_numbers(text)
    names = find_names(text)
    plan_head = bool(re.search(r"下一步|下步|打算|计划|目标|规划|明年|今后", text))
    if not any(one.role is Role.CLAIM for one in mentions):
        return _Line((), tuple(mentions), tuple(names), plan_head, None)
    reader = LineReader(text, mentions, names)
    claims = lend_units(text, told_in_turn(text, [reader.claim(one) for one in mentions if one.role is Role.CLAIM]))
    first = next((one for one in mentions if one.role is Role.CLAIM), None)
    leads = first is not None and first.kind in (Kind.DATE, Kind.MONTH) and _DATE_HEAD.match(text[: first.start])
    return _Line(claims, tuple(mentions), tuple(names), plan_head, first if leads else None)
