"""From a request's plain fields to the values of the trade, with the messages of the workspace."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.classify.unit import find_unit_type
from service.domain.account import Account
from service.domain.draft import DraftRequest, SectionWish
from service.domain.errors import InputTooLarge, NoFacts, UnusableInput
from service.domain.genre import parse_genre, parse_unit_type
from service.domain.period import Period, parse_period
from service.web.errors import VersionNotGiven
from service.web.services import Services
from service.web.shapes import DraftAsked, SectionWishAsked

NO_FACTS = "笔记中没有找到可用的事实（时间、数量、活动）。请补充后再起草。"
_LONGEST_UNIT = 100


def ten_thousands(count: int) -> str:
    """A count of characters as people say it: 12.3万, 8,500. Cut, not rounded: 100,001 must not read as 10万. Pure."""
    if count < 10_000:
        return f"{count:,}"
    whole, rest = divmod(count, 10_000)
    return f"{whole}.{rest // 1000}万" if rest >= 1000 else f"{whole}万"


def within_limit(notes: str, limit: int) -> str:
    """`notes` as they are. Raises InputTooLarge above `limit` characters."""
    if len(notes) > limit:
        over = len(notes) - limit
        shown = ten_thousands(len(notes)) if over >= 1000 else f"{len(notes):,}"
        raise InputTooLarge(
            f"粘贴内容共{shown}字，超过上限{ten_thousands(limit)}字。请分次粘贴或删减无关内容。",
            chars=len(notes),
            limit=limit,
        )
    return notes


def optional_period(text: str | None) -> Period | None:
    """The period named by `text`, None for None or "". Raises UnusableInput. Pure."""
    return parse_period(text) if text and text.strip() else None


def drafting_request(asked: DraftAsked, account: Account, services: Services) -> DraftRequest:
    """The request to draft, proven to hold facts before anything is stored. Raises errors of the domain."""
    notes = within_limit(asked.notes, services.limits.notes_max_chars)
    genre = parse_genre(asked.genre)
    period = parse_period(asked.period)
    unit = (asked.unit or "").strip() or (account.units[0] if account.units else "")
    if not unit:
        raise UnusableInput("没有写明单位。请填写报告的单位名称。", field="unit")
    if len(unit) > _LONGEST_UNIT or not unit.isprintable():
        raise UnusableInput(f"单位名称须为1至{_LONGEST_UNIT}个可见字符。请检查。", field="unit")
    unit_type = parse_unit_type(asked.unit_type) if asked.unit_type else find_unit_type(unit=unit, title="", text="")
    title = (asked.title or "").strip() or None
    if title and not title.isprintable():
        raise UnusableInput("标题含有看不见的字符。请重新输入。", field="title")
    if not notes.strip() or not services.read_notes(notes, period).facts:
        raise NoFacts(NO_FACTS)
    return DraftRequest(
        notes=notes,
        genre=genre,
        unit=unit,
        period=period,
        unit_type=unit_type,
        title=title,
        length=asked.length,
        wishes=_wishes(asked.outline or ()),
    )


def _wishes(asked: Sequence[SectionWishAsked]) -> tuple[SectionWish, ...]:
    for one in asked:
        if not one.heading.strip().isprintable():
            raise UnusableInput("提纲的小标题须为一行可见文字。请检查。", field="outline")
    return tuple(SectionWish(one.key, one.heading.strip(), tuple(one.facts)) for one in asked)


def version_of(if_match: str | None) -> int:
    """The version number in an If-Match header: 3, "3" or W/"3". Raises VersionNotGiven. Pure."""
    plain = (if_match or "").strip().removeprefix("W/").strip('"')
    if not (plain.isascii() and plain.isdigit() and len(plain) < 10):
        raise VersionNotGiven("没有说明是在哪一版上修改的（If-Match）。请刷新页面后重试。")
    return int(plain)
