"""A later line that names an earlier figure by its value and gives another for it: 垃圾桶是44个，之前46是计划数.

Nothing but the value ties the two lines together, so it must be exact, of at least two digits, and the line must say of
it that it no longer holds. A line that compares (比之前的320处少了18处) gives no other value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from service.domain.fact import Fact
from service.domain.quantity import Amount, Mention
from service.domain.text import Notes
from service.drafting.facts.kinds import counted
from service.drafting.facts.likeness import digits_of, same_unit
from service.language.pieces import pieces

_NO_LONGER = re.compile(
    r"不对|不准(?!停|乱|占|入)|不实|(?:写|报|打|算|搞|弄|记|抄|说|填|看|是|，|,)错(?!峰|时|位|落)|(?<!是)不是|作废|旧(?:的|数|表|口径)|老(?:数|表|口径)|"
    r"原(?:来|先)?(?:报|写|说|数|是|表)|先前|之前(?:报|写|说|的|是|那|\d)|前面(?:报|写|说|的|是|那)|刚才|上次(?:报|写|说)|"
    r"(?:含|连|包括)[^，。；]{0,8}(?:的|了|在内)|累计数|合计数|计划数|目标数|任务数|预估数|估的|毛数|换成|改(?:成|为|用)|应(?:该)?[是为]|→|有误|"
    r"漏(?:报|算|统计|记|数)|重复(?:算|统计|报)|算重|多算|少算|多报|少报|初报|快报"
)
_COMPARES = re.compile(
    r"比(?!例|赛|武|对)|较(?!大|多|好|真)|同比|环比|增[加长至到]|减[少至到]|下降|上升|提高|[由从][^，。；]{0,10}[到至升降增减]|占|其中|当中|里面|处理|整改|完成率|超"
)
_ABOUT_NEXT = re.compile(r"(?:不是|应(?:该)?[是为])$")  # 是3家不是2家: the words before the next figure are about that.
_SHORTEST_DIGITS = 2
_LONGEST_LINE_CHARS = 80
_LEAST, _MOST = 0.2, 5.0


def denied_values(notes: Notes, facts: Sequence[Fact]) -> Iterator[tuple[int, str, int]]:
    """For each figure that a later line denies: that line, the figure's words in it, and the offset of the one that the
    line gives for it. Pure."""
    earlier: dict[Amount | None, list[Mention]] = {}
    lines: dict[int, list[Mention]] = {}
    for fact in facts:
        if fact.fields.get("item") is not None:
            continue  # An item is put right by its number.
        lines.setdefault(notes.line_at(fact.span.start).number, []).extend(counted(fact.mentions))
    for number in sorted(lines):
        text = notes.lines[number - 1].text
        figures = sorted(lines[number], key=lambda one: one.start)
        if 1 < len(figures) <= _FEW and len(text) <= _LONGEST_LINE_CHARS and "\t" not in text:
            for old in figures:
                new = _given_for(old, figures, text, notes.lines[number - 1].start)
                if new is not None and _is_among(old, earlier) and not _is_among(new, earlier):
                    yield number, old.text, new.start
                    break
        for one in figures:
            earlier.setdefault(one.amount, []).append(one)


_FEW = 4


def _given_for(old: Mention, figures: Sequence[Mention], text: str, start: int) -> Mention | None:
    """The figure of the line that stands for `old`, where its words say that `old` no longer holds."""
    if len(digits_of(old)) < _SHORTEST_DIGITS:
        return None
    place = old.start - start
    first, last = next((one for one in pieces(text) if one[0] <= place < one[1]), (place, place))
    # Only the words up to the next figure speak of this one: 48家里头歇业的是3家，不是2家 leaves the 48.
    first = max([first, *(one.end - start for one in figures if one.end <= old.start)])
    last = min([last, *(one.start - start for one in figures if one.start >= old.end)])
    near = _ABOUT_NEXT.sub("", text[first:last])
    if not _NO_LONGER.search(near) and text[last : last + 1] in ("，", ","):
        # 前面报的46个，写错了: the piece behind may say it alone.
        after = next((one for one in pieces(text) if one[0] > last), (last, last))
        near = text[slice(*after)] if not re.search(r"\d", text[slice(*after)]) else near
    if not _NO_LONGER.search(near) or _COMPARES.search(text):
        return None
    for new in sorted(figures, key=lambda one: (one.start < old.start, one.start)):
        if new is old or not same_unit(old, new) or old.amount is None or new.amount is None:
            continue
        if not old.amount.lo or not new.amount.lo or old.amount.lo == new.amount.lo:
            continue
        if _LEAST <= float(new.amount.lo / old.amount.lo) <= _MOST:
            return new
    return None


def _is_among(figure: Mention, earlier: Mapping[Amount | None, Sequence[Mention]]) -> bool:
    """True where one of the earlier figures has its value and counts in its unit."""
    return figure.amount is not None and any(same_unit(figure, one) for one in earlier.get(figure.amount, ()))
