"""Cards of events (主题：…, 时间：…, 地点：…, 人数：… on lines of their own), each one statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.domain.fact import Fact, FactKind, SetAsideReason
from service.domain.quantity import Mention
from service.domain.text import Span
from service.drafting.facts.cells import EMPTY_CELLS
from service.drafting.facts.clause_words import END_MARKS, shown_words
from service.drafting.facts.days import day_of
from service.drafting.facts.kinds import counted, doubt_of, frame_of, kind_of, tense_of
from service.drafting.facts.private import private_in_words
from service.drafting.facts.read_lines import ReadLine, Shape
from service.drafting.facts.reading import Reading
from service.drafting.facts.standing import Standing
from service.drafting.facts.talk import is_instruction
from service.language.clean_view import tidy
from service.language.topics import topic_of

_ROW = re.compile(
    r"(?:活动|会议)?(?P<name>主题|名称|内容|时间|日期|地点|地址|人数|参加人数|参与人数|参加人员|参会人员|参加|参与|对象|形式|"
    r"主办|承办|主持|主讲|规模|场次|物资|效果|流程|环节)[：:] ?(?P<value>.+)"
)
_OPENS = re.compile(r"活动[：:] ?(?P<value>.+)")
_WHEN = ("时间", "日期")
_WHERE = ("地点", "地址")
_WHAT = ("主题", "名称", "内容", "活动")
# Rows whose name says nothing that their words do not: 约180人 needs 人数 before it, 包饺子 no 内容.
_BARE = frozenset({*_WHEN, *_WHERE, *_WHAT, "流程", "环节", "效果", "形式"})
_SAME = {"名称": "主题", "活动": "主题", "日期": "时间", "地址": "地点"}
_FEWEST_ROWS = 3


@dataclass(frozen=True)
class CardRow:
    """A line of a card: its name, and its value at `view.text[first:last]`."""

    line: ReadLine
    name: str
    first: int
    last: int

    @property
    def words(self) -> str:
        """The value as the notes have it."""
        return self.line.view.text[self.first : self.last].strip(END_MARKS)


def card_at(lines: Sequence[ReadLine], place: int) -> list[CardRow]:
    """The rows of the card that begins at `lines[place]`; empty where none does. A card has three rows or more on
    lines that follow each other, with what and with when or where; a row of a sort met before opens the next. Pure."""
    rows: list[CardRow] = []
    for line in lines[place:]:
        row = _row_of(line)
        follows = not rows or line.line.number == rows[-1].line.line.number + 1
        if row is None or not follows or _sort(row.name) in {_sort(one.name) for one in rows}:
            break
        rows.append(row)
    names = {row.name for row in rows}
    whole = len(rows) >= _FEWEST_ROWS and names & {*_WHAT} and names & {*_WHEN, *_WHERE}
    return rows if whole else []


def _sort(name: str) -> str:
    return _SAME.get(name, name)


def _row_of(line: ReadLine) -> CardRow | None:
    if line.shape not in (Shape.WORDS, Shape.HEADING) or line.number is not None:
        return None
    text = line.view.text
    begin = len(text) - len(text.lstrip(" -*•·●○■□◆◇▪"))
    found = _ROW.match(text, begin, line.last) or _OPENS.match(text, begin, line.last)
    if not found or found["value"].strip() in EMPTY_CELLS:
        return None
    named = found.groupdict().get("name") or "活动"
    return CardRow(line, named, found.start("value"), found.end("value"))


def read_card(
    reading: Reading, rows: Sequence[CardRow], mentions: Sequence[Sequence[Mention]], standing: Standing
) -> bool:
    """Reads a card into one fact under what stands above it; False where a row speaks to the machine, so that the
    lines are read one by one. `mentions` are the numerals of each row's line."""
    if any(is_instruction(row.line.view.text) for row in rows):
        return False
    values = {row.name: _shown(reading, row) for row in rows}
    clean = tidy("，".join(_said(name, values[name]) for name in _in_order(values) if values[name]))
    own = tuple(one for of_line in mentions for one in of_line)
    span = Span(rows[0].line.view.span(rows[0].first, rows[0].last).start, _last(rows))
    own = tuple(one for one in own if span.covers(one.span) and tidy(one.text) in clean)
    tense = tense_of(clean)
    day = day_of(clean, own, reading.period, standing.stamp, standing.day)
    where = next((values[name] for name in _WHERE if name in values), standing.where)
    kind = kind_of(clean, own, tense, standing.kind)
    reading.facts.append(
        Fact(
            id="",
            lines=tuple(row.line.line.number for row in rows),
            span=span,
            text=span.of(reading.notes.raw),
            clean=clean,
            kind=FactKind.ACTIVITY if kind is FactKind.FIGURE else kind,
            topic=topic_of(clean),
            tense=tense,
            frame=frame_of(clean, own, reading.period),
            day=day or standing.day,
            where=where,
            who=standing.who,
            unsure=doubt_of(clean, "？" if clean.endswith(("?", "？")) and counted(own) else ""),
            mentions=own,
            fields={name: value for name, value in values.items() if name in (*_WHAT, *_WHERE) and value},
        )
    )
    return True


def _last(rows: Sequence[CardRow]) -> int:
    return rows[-1].line.view.span(rows[-1].first, rows[-1].last).end


def _shown(reading: Reading, row: CardRow) -> str:
    private = [
        replace(part, start=part.start + row.first, end=part.end + row.first)
        for part in private_in_words(row.line.view.text[row.first : row.last])
    ]
    for part in private:
        reading.put_aside(row.line.line, row.line.view.span(part.start, part.end), SetAsideReason.PRIVATE, part.what)
    return shown_words(row.line.view.text, row.first, row.last, private)


def _in_order(values: dict[str, str]) -> list[str]:
    """When, what, where, then the rest as the card has it."""
    ordered = [name for name in (*_WHEN, "主题", "名称", "活动", *_WHERE) if name in values]
    return ordered + [name for name in values if name not in ordered]


def _said(name: str, value: str) -> str:
    return value if name in _BARE else f"{name}{value}"
