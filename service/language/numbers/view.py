"""The text as the number grammar reads it: full-width forms folded, every character still at its own offset."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.domain.quantity import Amount, Approx, Kind, Mention, Role, When
from service.language.numbers.hedges import HedgeWidths
from service.language.numbers.units import unit_at
from service.language.patterns import deferred

_FOLD = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
_FOLD |= {0xFF21 + letter: 0x41 + letter for letter in range(26)}
_FOLD |= {0xFF41 + letter: 0x61 + letter for letter in range(26)}
_FOLD |= {ord(a): ord(b) for a, b in zip("．％～－（），：＋／＊＿［］＆＃", ".%~-(),:+/*_[]&#", strict=True)}
_FOLD |= {ord(a): ord(b) for a, b in zip("—–―─−〜∼﹣‐‑‒", "~~~~~~~~~~~", strict=True)}
_FOLD |= dict.fromkeys((0x3000, 0xA0, 0x09, 0x2002, 0x2003, 0x2009, 0x202F), 0x20) | {ord("○"): ord("〇")}
_FOLD |= {ord("□"): ord("_")}  # □□户 is a blank of a form; one box alone is ticked
_FOLD |= {ord("﹪"): ord("%"), ord("〜"): ord("~"), ord("○"): ord("〇"), ord("◯"): ord("〇")}

# Formal digits are numerals in a run or before money only: 收拾, 陆续 and 队伍 are words.
_FORMAL = deferred(
    r"[壹贰叁肆伍陆柒捌玖拾佰仟零万亿貳陸弍]{2,24}|[壹贰叁肆柒捌玖](?=[元圆角分月日年万仟佰拾])|[伍陆拾](?=[元圆角万仟佰])|(?<=角)[伍陆](?=分)"
)
_INFORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟貳陸弍", "一二三四五六七八九十百千二六二")
# 10w+ and 5k人 are chat for 万 and 千.
_CHAT_SCALE = deferred(r"(?<=\d)(?:[wW](?![A-Za-z0-9])|[kK](?=[人元份次个名+]))")
_CLAUSE_COMMA = deferred(r"[0-9０-９]，[0-9０-９]")
# 1 286名 has its thousands apart, as GB/T 15835 wants them; 共17 24年工龄 is two numbers.
_SPACED = deferred(r"(?<![\d.,] )(?<![\d.,第])\d{1,3}(?: \d{3}){1,5}(?![\d.]| \d)")
_GROUPED = deferred(r"(?:,\d{3}){1,5}(?!\d)")

# Ends of a clause: a word before one of these does not speak about a number after it.
CLAUSE_ENDS = "，。；！？\n\r!?;,:：、（）()"
HEAD_ENDS = "。；！？\n\r!?;"


@dataclass(slots=True)
class View:
    """A text under the grammar. `plain` is as long as `text`; `floor` is where the last mention ended."""

    text: str
    plain: str
    widths: HedgeWidths
    floor: int = 0

    def before(self, start: int, length: int) -> str:
        """At most `length` characters before `start`."""
        return self.plain[max(0, start - length) : start]

    def clause_before(self, start: int, length: int) -> str:
        """The part of the current clause within `length` characters before `start`."""
        piece = self.before(start, length)
        for at in range(len(piece) - 1, -1, -1):
            if piece[at] in CLAUSE_ENDS:
                return piece[at + 1 :]
        return piece

    def minus_before(self, start: int) -> bool:
        """True where a minus sign stands before `start` and is no dash of a span: 同比-3.2%, not 5%-8%."""
        if start - 1 < self.floor or self.plain[start - 1] != "-":
            return False
        return start == 1 or self.plain[start - 2] in CLAUSE_ENDS or "\u4e00" <= self.plain[start - 2] <= "\u9fff"

    def at_line_start(self, start: int) -> bool:
        """True where only blanks, bullets or an opening bracket stand between the line break and `start`."""
        at = start - 1
        while at >= 0 and start - at < 12 and self.plain[at] in " (-·•*#>":
            at -= 1
        return at < 0 or self.plain[at] in "\n\r\ufeff"

    def at_head(self, start: int) -> bool:
        """True at the head of a sentence or clause group: line start, or after 。；：."""
        at = start - 1
        while at >= 0 and start - at < 6 and self.plain[at] == " ":
            at -= 1
        return at < 0 or self.plain[at] in HEAD_ENDS or self.plain[at] in ":：\ufeff" or self.at_line_start(start)

    def mention(
        self,
        start: int,
        end: int,
        role: Role,
        kind: Kind | None = None,
        *,
        amount: Amount | None = None,
        when: When | None = None,
        unit: str | None = None,
        approx: Approx | None = None,
        reason: str | None = None,
        parts: tuple[Mention, ...] = (),
    ) -> Mention:
        """A mention with the original characters of its span."""
        return Mention(start, end, self.text[start:end], role, kind, amount, when, unit, approx, reason, parts)


def view_of(text: str, widths: HedgeWidths) -> View:
    """`text` folded for reading. Pure."""
    plain = text.translate(_FOLD)
    plain = _FORMAL.sub(lambda run: run[0].translate(_INFORMAL), plain)
    plain = _CHAT_SCALE.sub(lambda sign: "万" if sign[0] in "wW" else "千", plain)
    if _CLAUSE_COMMA.search(text):
        plain = "".join(";" if _parts_clauses(text, plain, at) else sign for at, sign in enumerate(plain))
    plain = _SPACED.sub(lambda found: _joined(text, plain, found), plain)
    return View(text, plain, widths)


def _joined(text: str, plain: str, found: re.Match[str]) -> str:
    if "\t" in text[found.start() : found.end()]:
        return found[0]  # two cells of a table
    if plain[max(0, found.start() - 1) : found.start()] in ("", "\n") or unit_at(plain, found.end()) is None:
        return found[0]  # the first column of a pasted table
    return found[0].replace(" ", ",")


def _parts_clauses(text: str, plain: str, at: int) -> bool:
    """True for a full-width comma between digits that groups no thousands: 双11，618 against 1，200元."""
    if text[at] != "，" or not (plain[at - 1 : at].isdigit() and plain[at + 1 : at + 2].isdigit()):
        return False
    grouped = _GROUPED.match(plain, at)
    return grouped is None or (
        plain[grouped.end() : grouped.end() + 1] not in "余多万亿" and unit_at(plain, grouped.end()) is None
    )
