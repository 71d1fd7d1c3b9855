"""Totals that the parts told beside them do not make, and parts of the notes of which nobody told anything."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from service.domain.fact import Fact, OpenPoint, SetAside, SetAsideReason
from service.domain.quantity import Mention
from service.domain.text import Line, Notes
from service.drafting.facts.kinds import counted
from service.drafting.facts.labels import LabelSort, read_label
from service.drafting.facts.likeness import same_unit
from service.language.clean_view import tidy
from service.language.numbers import find_numbers

# 排查隐患128处：东片52处，西片41处，北片30处 tells all parts; 其中党员20人、妇女15人 some, and those may overlap.
_ALL_PARTS = re.compile(r"[：:（(]|分别(?:为|是)|包括|，其中(?=[^。；;]*(?:其余|剩下|另))")
_SOME = re.compile(r"其中|包括|累计|新增|同比|比|去年|上年|占|每|平均|含|约|目标|计划|办结|整改|完成")
_SENTENCE = re.compile(r"[^。；;\n]+")
_BETWEEN = re.compile(r"[^\d。；;]{0,12}")
_FEWEST_PARTS = 2
_THING = 14  # characters
# 三季度：, 【7月】 and 宣传部： above the next such line.
_HEAD = re.compile(
    r"\s*(?:(?P<colon>[^：:，,。；;\d]{2,10}|(?:[一二三四]季度|\d{1,2}月份?|[上下]半年))[：:]|【(?P<closed>[^【】]{2,10})】)(?P<rest>.*)$"
)
_NO_PART = re.compile(
    r"附件|备注|说明|注$|照片|联系|电话|时间|地点|日期|主题|发件|收件|抄送|各位|大家|记录|整理|主持|参加|出席|议题|单位|标题|如下|下面|汇总|素材"
)


def parts_and_wholes(notes: Notes, facts: Sequence[Fact], aside: Sequence[SetAside]) -> list[OpenPoint]:
    """What to ask of totals that their parts do not make and of heads that nothing stands under, in order. Pure."""
    gone = [one.span for one in aside if one.reason in (SetAsideReason.SUPERSEDED, SetAsideReason.INSTRUCTION)]
    told = {number for fact in facts for number in fact.lines}
    points = []
    for line in notes.lines:
        if line.number in told and "\t" not in line.text:
            figures = [
                one
                for one in counted(find_numbers(line.text))
                if not any(span.start <= line.start + one.start < span.end for span in gone)
            ]
            points += [OpenPoint(line.number, ask) for ask in _sums(line, figures)]
    own = {notes.line_at(fact.span.start).number for fact in facts}
    return [*points, *_empty_heads(notes, own)]


def _sums(line: Line, figures: Sequence[Mention]) -> Iterator[str]:
    """A question for each total of the line whose parts, all of them told, make another."""
    for found in _SENTENCE.finditer(line.text):
        own = [one for one in figures if found.start() <= one.start < found.end()]
        for at, total in enumerate(own):
            parts = _parts_of(line.text, total, own[at + 1 :])
            if len(parts) < _FEWEST_PARTS or total.approx or any(one.approx or one.amount is None for one in parts):
                continue
            values = [one.amount.lo for one in parts if one.amount is not None and one.amount.lo is not None]
            whole = total.amount.lo if total.amount else None
            made = sum(values, Decimal(0))
            if whole is None or len(values) < len(parts) or made == whole or max(values) >= whole:
                continue
            thing = re.split(r"[，,：:、（(]", line.text[found.start() : total.start])[-1].strip(r" -*·•\d.")
            if thing:
                of_parts = f"第{line.number}行各项之和为{made.normalize():f}{total.unit or ''}"
                yield f"核实{thing[-_THING:]}“{tidy(total.text)}”（{of_parts}）"
            break


def _parts_of(text: str, total: Mention, following: Sequence[Mention]) -> list[Mention]:
    """The figures behind a total that are told as all its parts, in the total's unit."""
    parts: list[Mention] = []
    at = total.end
    for one in following:
        between = text[at : one.start]
        opens = not parts and not (_ALL_PARTS.search(between) and not _SOME.search(between))
        if opens or not _BETWEEN.fullmatch(between) or _SOME.search(between) or not same_unit(one, total):
            break
        if not one.unit and total.unit and text[one.end : one.end + 1] not in "，,、）)。；; ":
            break
        parts.append(one)
        at = one.end
    return parts


def _empty_heads(notes: Notes, told: set[int]) -> list[OpenPoint]:
    """Heads in a row of heads (三季度：, 四季度：…) that the next one follows at once."""
    heads: list[tuple[Line, str, bool, str]] = []
    lines = [line for line in notes.lines if line.text.strip()]
    for line in lines:
        if found := _HEAD.match(line.text):
            name = (found["colon"] or found["closed"]).strip(" -*·•")
            form = "closed" if found["closed"] else _form_of(name)
            heads.append((line, name, bool(found["rest"].strip()), form))
    points = []
    of_form = Counter(form for _, _, _, form in heads)
    by_line = {line.number: (name, filled, form) for line, name, filled, form in heads}
    for line, following in zip_longest(lines, lines[1:]):
        if line.number not in by_line or line.number in told:
            continue
        name, filled, form = by_line[line.number]
        next_head = following is None or (following.number in by_line and by_line[following.number][2] == form)
        if not filled and next_head and form and of_form[form] >= _FEWEST_PARTS and not _NO_PART.search(name):
            points.append(OpenPoint(line.number, f"{name}（第{line.number}行没有内容）"))
    return points


def _form_of(name: str) -> str:
    """What kind of head a name with a colon is: a time, a body; "" where it may be whoever speaks."""
    if re.fullmatch(r"[一二三四]季度|\d{1,2}月份?|[上下]半年", name):
        return "time"
    sort = read_label(name).sort
    return "body" if sort in (LabelSort.BODY, LabelSort.PLACE) or re.search(r"[部委联会局办队股科]$", name) else ""
