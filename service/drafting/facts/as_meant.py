"""A line as its writer meant it: without what it takes back, keeps out, or leaves to another's word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from service.domain.fact import Conflict, OpenPoint, SetAsideReason
from service.domain.quantity import Mention
from service.drafting.facts.gaps import gaps_in
from service.drafting.facts.kept_out import masked_names, parts_kept_out, subjects_kept_out
from service.drafting.facts.kinds import counted
from service.drafting.facts.labels import LabelSort
from service.drafting.facts.open_points import lacked_in, undecided_in
from service.drafting.facts.promised import promised_in
from service.drafting.facts.read_lines import ReadLine, Shape
from service.drafting.facts.reading import Reading
from service.drafting.facts.rivals import rivals_in
from service.drafting.facts.unsettled import unsettled_in
from service.language.clean_view import View, tidy
from service.language.numbers import find_numbers
from service.language.taken_back import Taken, figures_taken_back, merged

_TAKES_BACK_IN_ROW = re.compile(r"[（(](?:初报|快报|初步|毛数|估|旧|老|原报|原来|上报时)")
_USE_THIS = re.compile(r"[（(](?:[^（()），,]{0,8}[，,])?(?:用|以|按)(?:这个|这条|新的|此)(?:数|为准)?[）)]")
_HEAD_LABEL = re.compile(r"([^：:，,。；;？?\d]{2,10})[：:]")
_BLANK_FIELD = re.compile(
    r"^[^：:]{0,8}[：:]? ?(?P<said>[（(]?(?:空(?:着|的|白)?|没填|未填|没写|没定|未定|待定|暂缺|"
    r"没有?人|还没)(?=$|[，,。；;）)]))"
)
# 问题：投诉渠道没有公示 tells what is wrong, and no gap of the notes.
_WRONG_ITSELF = re.compile(r"(?:没|未|无)(?:有)?(?:公示|公布|公开|标明?|标注|注明|上墙|设|写|排|批)[出明上清]?[）)]?$")
_MEASURED = re.compile(r"时长|面积|人数|金额|[率量额次]$")  # 服务时长：XX小时: no officer of the name speaks here.
_ASKS_IF_WRONG = re.compile(r"是不是[一-龥]{0,4}[反错倒漏重]了")
_LONGEST_LINE_CHARS = 3_000  # A longer line is a document pasted whole; people correct themselves in short ones.


def as_meant(reading: Reading, line: ReadLine) -> ReadLine | None:
    """`line` without the parts it takes back, each set aside with its reason; None where nothing is left of it. A
    figure that another source contradicts stays, and the contradiction is kept for a question."""
    if line.shape is Shape.ROW:
        return _row_as_meant(reading, line)
    if line.shape is not Shape.WORDS or line.last - line.first > _LONGEST_LINE_CHARS:
        return line
    text = line.view.text
    words = text[line.first : line.last]
    found = [_moved(one, line.first) for one in find_numbers(words)]
    # 爱心妈妈我这边登记的是67个，你们那个76是不是反了: who asks takes nothing back.
    back = figures_taken_back(text[: line.last], found if not _ASKS_IF_WRONG.search(words) else [])
    parts = [*back.parts, *parts_kept_out(text[: line.last], _kept(counted(found), back.parts)), *masked_names(text)]
    # 吸毒的小贺戒了写不写？: the question goes with what it asks of, and doubts nothing before it.
    parts = [replace(one, end=one.end + 1) if text[one.end : one.end + 1] in ("？", "?") else one for one in parts]
    parts = merged([replace(one, start=max(one.start, line.first)) for one in parts if one.end > line.first])
    raw = {one.start: line.view.offsets[one.start] for one in found}
    for rival in rivals_in(" " * line.first + words, _kept(found, parts)):
        values = (tidy(rival.stands.text), tidy(rival.other.text))
        reading.conflicts.append(Conflict((line.line.number,), rival.about, values))
        reading.disputed[raw[rival.stands.start]] = rival.doubt
        parts = merged([*parts, *rival.cut])
    reading.subjects_out += [(line.line.number, one) for one in subjects_kept_out(words, counted(found))]
    parts = _without_unknowns(reading, line, found, parts, raw)
    # 前面说的320不对，应该302: the line above that says 320 is put right too.
    within = [(old, new) for old, new in back.pairs if sum(one.isdigit() for one in old.text) > 1]
    for old, new in [*back.replaced, *within]:
        reading.replaced.append((line.line.number, tidy(old.text), raw[new.start]))
    if back.parts:
        reading.taken_back.add(line.line.number)
    if not parts:
        return line
    for part in parts:
        reading.put_aside(line.line, line.view.span(part.start, part.end), part.reason, part.detail)
    gone = tuple(line.view.span(part.start, part.end) for part in parts)
    view, last = _without(line.view, parts, back.units, line.last)
    if not view.text[line.first : last].strip(' ，,。；;！!、：:…—（(）)"”“'):
        return None
    units = {line.view.offsets[start]: unit for start, _, unit in back.units}
    return replace(line, view=view, last=last, gone=gone, units=units)


def _row_as_meant(reading: Reading, line: ReadLine) -> ReadLine:
    """A row without the figures that its own cells take back: 接待83万人次（初报） before 86.3万人次（11月核后）."""
    text = line.view.text
    if len(text) > _LONGEST_LINE_CHARS or not _TAKES_BACK_IN_ROW.search(text):
        return line
    back = figures_taken_back(text, find_numbers(text))
    parts = [
        replace(one, end=min(one.end, text.find("\t", one.start) if "\t" in text[one.start : one.end] else one.end))
        for one in back.parts
        if one.reason is SetAsideReason.SUPERSEDED
    ]
    if not parts or not back.pairs:
        return line
    parts += [Taken(one.start(), one.end(), SetAsideReason.CHAT) for one in _USE_THIS.finditer(text)]
    for part in parts:
        reading.put_aside(line.line, line.view.span(part.start, part.end), part.reason, part.detail)
    gone = tuple(line.view.span(part.start, part.end) for part in parts)
    view, last = _without(line.view, merged(parts), (), line.last)
    return replace(line, view=view, last=last, gone=gone)


def _without_unknowns(
    reading: Reading, line: ReadLine, found: Sequence[Mention], parts: list[Taken], raw: Mapping[int, int]
) -> list[Taken]:
    """`parts`, and those that tell what nobody has settled, decided or given yet: figures, who does it, the rest."""
    text, number = line.view.text[: line.last], line.line.number
    for start, doubt, cut in unsettled_in(text, _kept(counted(found), parts)):
        reading.unsettled[raw[start]] = doubt
        parts = merged([*parts, *cut])
    if (undecided := undecided_in(text, line.first, number)) is not None:
        reading.open_points.append(OpenPoint(number, undecided.ask))
        parts = merged([*parts, undecided.part])
    for lacked in lacked_in(text, line.first, number, counted(found)):
        if not any(part.start < lacked.part.end and lacked.part.start < part.end for part in parts):
            reading.open_points.append(OpenPoint(number, lacked.ask))
            parts = merged([*parts, lacked.part])
    return _without_gaps(reading, line, found, parts)


def _without_gaps(reading: Reading, line: ReadLine, figures: Sequence[Mention], parts: Sequence[Taken]) -> list[Taken]:
    """`parts`, and those of the line that only say that something is not known, each of which is asked about."""
    spoken = line.label is not None and line.label.sort is LabelSort.SPEAKER
    field = line.label.value if line.label is not None and line.label.sort is LabelSort.FIELD else ""
    said = line.view.text[line.first : line.last]
    if field and (blank := _BLANK_FIELD.search(said)) is not None:
        # 责任：（空的，社区在推）: the field is blank, whatever stands behind.
        start = line.first + blank.start("said")
        reading.open_points.append(OpenPoint(line.line.number, f"{field}（第{line.line.number}行空着）"))
        return merged([*parts, Taken(start, line.last, SetAsideReason.UNCONFIRMED, "尚不清楚，已列为待补")])
    if field == "问题" and _WRONG_ITSELF.search(said.rstrip("。；; ")):
        return list(parts)
    opened = _HEAD_LABEL.match(line.words)
    label = line.labelled if not spoken or _MEASURED.search(line.labelled) else ""
    label = label or (opened[1].strip() if opened else "")
    gaps = gaps_in(line.view.text[: line.last], line.first, line.line.number, figures, parts, label)
    gone = [*parts, *(part for gap in gaps for part in gap.parts)]
    gaps += promised_in(line.view.text[: line.last], line.first, line.line.number, counted(figures), gone, label)
    reading.open_points += [OpenPoint(line.line.number, gap.ask) for gap in gaps if gap.ask]
    return merged([*parts, *(part for gap in gaps for part in gap.parts)])


def _moved(one: Mention, by: int) -> Mention:
    return replace(one, start=one.start + by, end=one.end + by)


def _kept(mentions: Sequence[Mention], parts: Sequence[Taken]) -> list[Mention]:
    return [one for one in mentions if not any(part.start <= one.start < part.end for part in parts)]


def _without(view: View, parts: Sequence[Taken], units: Sequence[tuple[int, int, str]], last: int) -> tuple[View, int]:
    """The view without `parts`, and where its words end. A unit taken over from a replaced figure stands behind the
    figure that keeps it, at the offset of the figure's last character."""
    behind = {end: unit for _, end, unit in units}
    text: list[str] = []
    offsets: list[int] = []
    place = 0
    for part in [*parts, None]:
        stop = part.start if part else len(view.text)
        for at in range(place, stop):
            text.append(view.text[at])
            offsets.append(view.offsets[at])
            if unit := behind.get(at + 1):
                text.extend(unit)
                offsets.extend([view.offsets[at]] * len(unit))
        place = part.end if part else stop
    tail = len(view.text) - last
    return View("".join(text), tuple(offsets), view.start, view.end), len(text) - tail
