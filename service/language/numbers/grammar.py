"""One pass over a text: at each sign that may write a number, the first reader that knows it makes the mention.

The order of the readers is the grammar: blanks before figures, names before counts, dates before ratios. What no
reader knows is still covered, as part of a word, so that no numeral of a text goes unseen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from service.domain.quantity import Mention, Role
from service.language.numbers.calendar import read_calendar
from service.language.numbers.changes import read_change, read_not_one, read_nothing
from service.language.numbers.clock import read_clock
from service.language.numbers.durations import read_below_zero, read_duration
from service.language.numbers.hedges import HedgeWidths
from service.language.numbers.identifiers import read_address, read_dimensions, read_document_number, read_identifier
from service.language.numbers.in_a_row import read_in_a_row
from service.language.numbers.lexicon import NUMERAL_SIGNS, word_at
from service.language.numbers.lists import share_tail
from service.language.numbers.masks import read_blank, read_mask
from service.language.numbers.named_before import with_units_before
from service.language.numbers.names import read_institution, read_name, read_quoted
from service.language.numbers.orders import read_order
from service.language.numbers.quantities import read_quantity
from service.language.numbers.rates import read_recurrence
from service.language.numbers.ratios import read_ratio
from service.language.numbers.short_days import read_short_day
from service.language.numbers.structure import read_structure
from service.language.numbers.view import View, view_of
from service.language.numbers.weekdays import read_weekday
from service.language.patterns import deferred

Reader = Callable[[View, int], Mention | None]

# 几 and 数 count only before a magnitude or a counter; view.py has already told formal digits from words (收拾).
_CANDIDATE = deferred(
    r"[0-9〇零一二两三四五六七八九十百千万亿①-⑳⑴-⒇⒈-⒛㈠-㈩㊀-㊉❶-❿]"
    r"|[几](?=[十百千万亿个名次家天年处项位户场人件条种])|数(?=[十百千万亿](?!字|位)|[次家天年日月场倍](?![量]))"
    r"|[xX×*]|__|〔|[(（] {1,6}[)）](?= ?[名人个户份场元次项处家条])|【待补|\[待补|首[届期]|[上下]半年|半(?=[斤亩吨米]|公里|年|天|个月|小时|个小时|个[多余]|日(?!记)|数)|大半|过半|https?://|www\."
)
_DIGITS = frozenset("0123456789")
# No figure is written with so many signs: 9,999,999,999,999 takes 17, 九千九百九十九万九千九百九十九亿… some 30.
_TOO_LONG = deferred(r"[\d,.]{19,}|[〇零一二两三四五六七八九十百千万亿]{33,}")


def read_word(view: View, start: int) -> Mention | None:
    """The lexicon word at `start`, or the name in quotation marks that it only begins: “三公开两满意”. Pure."""
    word = word_at(view, start)
    if word is None:
        return None
    quoted = read_quoted(view, start)
    if quoted is None or quoted.end <= word.end:
        return word if quoted is None or word.role is not Role.LEXICAL or quoted.end < word.end else quoted
    goes_on = any(sign in NUMERAL_SIGNS for sign in view.plain[word.end : quoted.end])
    opens = view.plain[start - 1] in '“‘「『"'
    return quoted if goes_on or (word.role is Role.LEXICAL and opens) else word


_FIGURE: tuple[Reader, ...] = (
    read_document_number,
    read_dimensions,
    read_mask,
    read_structure,
    read_not_one,
    word_at,
    read_identifier,
    read_quoted,
    read_institution,
    read_name,
    read_order,
    read_change,
    read_recurrence,
    read_clock,
    read_short_day,
    read_calendar,
    read_duration,
    read_ratio,
    read_nothing,
    read_quantity,
)
_WORDED: tuple[Reader, ...] = (
    read_mask,
    read_structure,
    read_below_zero,
    read_not_one,
    read_weekday,
    read_word,
    read_in_a_row,
    read_institution,
    read_order,
    read_clock,
    read_quoted,
    read_name,
    read_change,
    read_recurrence,
    read_calendar,
    read_duration,
    read_ratio,
    read_nothing,
    read_quantity,
)


def find_numbers(text: str, widths: HedgeWidths | None = None) -> list[Mention]:
    """Every numeral of `text` under exactly one mention, in order and without overlap. Pure.

    Offsets are code points of `text` as given. A mention takes in the hedge before it, the unit and the blanks between
    them. `widths` says how far approximate numbers reach.
    """
    widths = widths or HedgeWidths()
    return list(_line(text, widths)) if len(text) <= _LINE_CHARS else find_afresh(text, widths)


# A line of notes is read as typed, as meant, and again by the checker; and nearly every line of a text that is being
# typed is the line it was before the last key.
_LINE_CHARS = 400
_LINES_REMEMBERED = 4096


@lru_cache(maxsize=_LINES_REMEMBERED)
def _line(text: str, widths: HedgeWidths) -> tuple[Mention, ...]:
    return tuple(find_afresh(text, widths))


def find_afresh(text: str, widths: HedgeWidths | None = None) -> list[Mention]:
    """The same, though the text was read before. Pure."""
    view = view_of(text, widths or HedgeWidths())
    mentions: list[Mention] = []
    at = 0
    while found := _CANDIDATE.search(view.plain, at):
        start = found.start()
        mention = _read(view, start)
        if mention is None:
            at = start + 1
            continue
        mentions.append(mention)
        share_tail(view, mentions)
        at = view.floor = mention.end
    return with_units_before(view, mentions)


def _read(view: View, start: int) -> Mention | None:
    sign = view.plain[start]
    if sign in "〔【[(（":
        return read_blank(view, start)
    if sign in "xX×*_":
        return read_mask(view, start)
    if sign in "hw":
        return read_address(view, start)
    if long := _TOO_LONG.match(view.plain, start):
        return view.mention(start, long.end(), Role.NAME, reason="identifier")
    for reader in _FIGURE if sign in _DIGITS else _WORDED:
        mention = reader(view, start)
        if mention is not None and mention.end > start:
            return mention
    return _leftover(view, start)


def _leftover(view: View, start: int) -> Mention | None:
    """A numeral that no reader knows belongs to a word; signs that are numerals only in company are left alone."""
    plain = view.plain
    if plain[start] in "几数半上下首大过":
        return None
    end = start + 1
    while end < len(plain) and plain[end] in _DIGITS and plain[start] in _DIGITS:
        end += 1
    if plain[start] not in _DIGITS and end < len(plain):
        return view.mention(start, end, Role.NAME if plain[start] not in "一零" else Role.LEXICAL, reason="word_part")
    return view.mention(start, end, Role.LEXICAL, reason="word_part")
