"""One clause to one fact, to a doubt on the fact before it, or to a part set aside with its reason."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from service.domain.fact import Conflict, Fact, FactKind, Frame, OpenPoint, SetAsideReason, Tense
from service.domain.quantity import Kind, Mention, Role, When
from service.domain.text import Span
from service.drafting.facts.around import head_label, said_on
from service.drafting.facts.asides import CutPart, cut_parts
from service.drafting.facts.clause_read import Carried, ClauseRead
from service.drafting.facts.clause_times import frame_carried, tense_and_frame
from service.drafting.facts.clause_words import (
    END_MARKS,
    shown_words,
    with_counted_units,
    with_days,
    with_years,
    without_filler,
)
from service.drafting.facts.clauses import Clause, has_action
from service.drafting.facts.cuts import Cut, without_overlap
from service.drafting.facts.days import NEXT_YEAR, day_of, in_its_year, month_of, names_year, outside_of, with_month
from service.drafting.facts.fields import FieldRead, embedded_fields, read_field
from service.drafting.facts.kinds import counted, dated, doubt_of, kind_of
from service.drafting.facts.label_words import label_cut, names_only
from service.drafting.facts.labels import FIELD_KINDS, part_kind
from service.drafting.facts.lexicon import words
from service.drafting.facts.likeness import same_unit
from service.drafting.facts.nearby import doubt_last, outside, within
from service.drafting.facts.open_points import asked_of_blank
from service.drafting.facts.places import goes_elsewhere, place_of
from service.drafting.facts.private import PrivatePart, lists_sensitive_people, private_in_words, private_parts
from service.drafting.facts.read_lines import ReadLine
from service.drafting.facts.reading import Reading
from service.drafting.facts.spoken_parts import LATER_LABEL, after_spoken_part, is_later, is_next_year
from service.drafting.facts.standing import Standing
from service.drafting.facts.talk import is_doubt_only, is_instruction, reason_for_no_fact
from service.language.clean_view import tidy
from service.language.topics import topic_of

_PART_LABEL = re.compile(r"([\u4e00-\u9fff]{2,10})[：:] ?")
# 旧表作废: what the words before it gave no longer holds.
_OLD_SHEET = re.compile(
    r"(?:旧|老|原来?的?|上次的?|之前的?)(?:表|稿|版本?|数字?|数据|口径)(?:都)?(?:作废|不算|不作数|别用|不要)了?$"
)
# 没有违纪案件——去年有一个人被谈话，算不算？: whether the sentence may say so is still open.
_WHETHER = re.compile(
    r"[^。；;！!？?]{0,80}(?:算不算|能不能(?:写|算|报)|可不可以(?:写|算|报)|该不该(?:写|算|报)|写不写)[^，,。；;]{0,4}[？?]"
)
_AFTER_NUMBER = re.compile(
    r"(?:[①-⑩]|[（(]?\d{1,2}[)）、.．]|[一二三四五六七八九]是|第[一二三四五六七八九十][条个项点，,、]{1,2})\s*$"
)
_HAPPENED = re.compile(r"[了过]|已|完成|结束")
_CONTACT = re.compile(r"(?:联系人|负责人|报名|咨询|有事找?|联系|请联系|可联系|找)[：:]?[\u4e00-\u9fff]{0,6}$")
_SOFT = re.compile(r"[，,]")
_NO_DATE_KINDS = (FactKind.PROFILE, FactKind.FIELD, FactKind.BASIS)
_TRAILING_IS = re.compile(r"(?:是|有|为|约|共)$")
_FEWEST_STATED = 4  # characters beside the words of doubt
_NEAR_FIGURES = 12  # A rival figure is set against one just said.
_SHORT_FIGURE_CHARS = 14  # 服务客户21.4万户 is one; a longer clause tells of work.
_ABOUT_MOST_CHARS = 30  # What a conflict is about, as shown in a question.


def read_clause(
    reading: Reading, line: ReadLine, clause: Clause, mentions: Sequence[Mention], carried: Carried
) -> Carried:
    """Reads one clause into a fact, a doubt on the fact before it, or a part set aside; gives what it carries on."""
    text = line.view.text
    start, end = without_filler(text, clause.start, clause.end)
    start, carried = _after_label(reading, line, start, end, carried)
    said, span = text[start:end], line.view.span(start, end)
    inside = within(mentions, span)
    blank = next((one for one in inside if one.role is Role.DEFECT and one.kind is Kind.PLACEHOLDER), None)
    if blank is not None and not _is_private(line, blank, start, said):
        if _SOFT.search(said):
            return _read_pieces(reading, line, replace(clause, start=start, end=end), mentions, carried)
        reading.put_aside(line.line, span, SetAsideReason.MASKED)
        if ask := asked_of_blank(said):
            reading.open_points.append(OpenPoint(line.line.number, f"{ask}（第{line.line.number}行空着）"))
        return carried
    if is_instruction(said) or not said.strip(END_MARKS):
        reason = SetAsideReason.INSTRUCTION if said.strip(END_MARKS) else SetAsideReason.NO_CONTENT
        reading.put_aside(line.line, line.view.span(clause.start, clause.end), reason)
        return carried
    if _OLD_SHEET.search(said):
        reading.put_aside(line.line, span, SetAsideReason.SUPERSEDED, "笔记注明作废")
        return carried
    if names_only(said.strip(END_MARKS), bool(inside)):
        reading.put_aside(line.line, span, SetAsideReason.NO_CONTENT)
        return carried
    if _WHETHER.match(line.line.text, max(0, span.start - line.line.start)):
        reading.put_aside(line.line, span, SetAsideReason.UNCONFIRMED, "笔记还没定能不能写")
        return carried
    if lists_sensitive_people(said):
        reading.put_aside(line.line, span, SetAsideReason.PRIVATE, "敏感人员情况")
        return carried
    return _read_stated(reading, line, replace(clause, start=start, end=end), inside, carried)


def _is_private(line: ReadLine, blank: Mention, start: int, said: str) -> bool:
    """True for the hidden digits of somebody's number (13388×××), which nobody is to fill in."""
    at = line.view.at(blank.start) - start
    return any(one.start <= at < one.end for one in private_parts(said) if not one.named)


def _after_label(reading: Reading, line: ReadLine, start: int, end: int, carried: Carried) -> tuple[int, Carried]:
    """Where the words behind a part's name or a sorting label begin, and what that label gives."""
    text, number = line.view.text, line.line.number
    if carried.label:
        carried = replace(carried, label="")
    if (later := LATER_LABEL.match(text, start, end)) and is_later(later["when"], reading.period):
        standing = replace(carried.standing, kind=FactKind.NEXT, kind_line=number, item=None, day=None)
        standing = replace(standing, ahead=is_next_year(later["when"]))
        carried, start = replace(carried, standing=standing, tense=None), later.end()
    elif part := _PART_LABEL.match(text, start, end):
        # 好的。下一步：… names its part in the middle of a line.
        kind = part_kind(part[1])
        if kind is not None and read_field(text[start:end]) is None:
            ahead = bool(NEXT_YEAR.search(part[1]))
            standing = replace(carried.standing, kind=kind, kind_line=number, item=None, day=None, ahead=ahead)
            carried, start = replace(carried, standing=standing, tense=None), part.end()
    start, carried = after_spoken_part(text, start, end, number, carried)
    cut = label_cut(text, start, end)
    if cut is None:
        return start, carried
    if words("correction").first(text[start : cut.end]):
        reading.correcting.add(number)  # 更正：参加的是53人
    if cut.body:
        carried = replace(carried, standing=replace(carried.standing, who=cut.body, who_line=number))
    begin, _ = without_filler(text, cut.end, end)
    return begin, replace(carried, label=text[start : cut.end])


def _read_stated(
    reading: Reading, line: ReadLine, clause: Clause, inside: Sequence[Mention], carried: Carried
) -> Carried:
    """Reads a clause without what is private in it and without what is not for the report."""
    text, start, end = line.view.text, clause.start, clause.end
    said, span = text[start:end], line.view.span(start, end)
    field = read_field(said)
    found = private_parts(said) if field is not None else private_in_words(said)
    private = [replace(one, start=one.start + start, end=one.end + start) for one in found]
    for one in private:
        reading.put_aside(line.line, line.view.span(one.start, one.end), SetAsideReason.PRIVATE, one.what)
    parts: list[CutPart] = []
    if field is None or field.name in FIELD_KINDS:
        parts = cut_parts(text, start, end, [(line.view.at(one.start), line.view.at(one.end), one) for one in inside])
    cut: list[Cut] = without_overlap([*private, *parts])
    shown = shown_words(text, start, end, cut)
    kept = outside(inside, [line.view.span(part.start, part.end) for part in cut])
    doubt = "、".join(part.doubt.strip(END_MARKS) for part in parts if part.doubt and not part.rival)
    read = ClauseRead(line, clause, said, span, shown, kept, field, doubt)
    for part in parts:
        _put_part_aside(reading, read, part, inside)
    if private and not counted(kept) and _only_contact(private, shown):
        return carried
    if parts and not shown.strip(END_MARKS):
        doubted = bool(doubt) and doubt_last(reading, line, doubt, "")
        if not doubted and all(part.reason is None for part in parts):
            reading.put_aside(line.line, span, SetAsideReason.NO_CONTENT)
        return carried
    return _settle(reading, read, carried)


def _put_part_aside(reading: Reading, read: ClauseRead, part: CutPart, inside: Sequence[Mention]) -> None:
    """Records a part that is not composed from; one that gives another figure also as a contradiction."""
    line, span = read.line, read.line.view.span(part.start, part.end)
    if part.corrects:
        reading.correcting.add(line.line.number)
    if part.rival and (pair := _rival_pair(read, span, inside)) is not None:
        main, rival = pair
        if main.amount == rival.amount and (not rival.unit or main.unit == rival.unit):
            reading.put_aside(line.line, span, SetAsideReason.DUPLICATE)
            return
        about = words("unsure").removed(read.shown.replace(tidy(main.text), ""))
        about = _TRAILING_IS.sub("", about.strip("，,、：: "))[:_ABOUT_MOST_CHARS]
        reading.conflicts.append(Conflict((line.line.number,), about, (tidy(main.text), tidy(rival.text))))
        reading.disputed[main.start] = part.doubt
    if part.reason is not None:
        reading.put_aside(line.line, span, part.reason, part.detail)


def _rival_pair(read: ClauseRead, span: Span, inside: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """The figure that stands and the one that another gives for it: the last of the same unit before it."""
    rivals = counted(within(inside, span))
    last = bisect_left(read.mentions, span.start, key=lambda one: one.start)
    standing = counted(read.mentions[max(0, last - _NEAR_FIGURES) : last])
    for rival in rivals[:1]:
        same = [one for one in standing if same_unit(one, rival)]
        if same:
            return same[-1], rival
    return None


def _settle(reading: Reading, read: ClauseRead, carried: Carried) -> Carried:
    """Makes a fact of the clause, doubts the fact before it, or sets it aside."""
    line, clause, standing = read.line, read.clause, carried.standing
    counts = counted(read.mentions)
    under = _field_kind(read.field, carried) or standing.kind
    # 原因：春天刷墙揭掉没补 doubts nothing; 原因：说不清 does.
    states = read.field is not None and read.field.name in FIELD_KINDS
    states = states and len(words("unsure").removed(read.field.value if read.field else "")) >= _FEWEST_STATED
    if not states and is_doubt_only(read.said, counts) and doubt_last(reading, line, read.said, clause.mark):
        return carried
    reason = _no_fact(read, carried, under)
    if reason is not None:
        reading.put_aside(line.line, line.view.span(clause.start, clause.end), reason)
        if words("correction").first(read.said) and not counts:
            reading.correcting.add(line.line.number)
        return replace(carried, asked=reason is SetAsideReason.CHAT and bool(words("requests").opens(read.said)))
    fact = _with_topic_beside(reading, read, _fact(reading, read, carried, under))
    reading.facts.append(fact)
    tense = Tense.PLANNED if fact.tense is Tense.PLANNED and clause.mark == "，" else None
    if fact.day and fact.day != standing.day and fact.frame is Frame.THIS:
        standing = replace(standing, day=fact.day, day_line=line.line.number)
    if fact.where and not standing.where:
        standing = replace(standing, where=fact.where, where_line=line.line.number)
    return Carried(
        standing,
        tense,
        read.field or carried.field,
        said=True,
        frame=frame_carried(reading.facts) if clause.mark == "，" else Frame.THIS,
        line_words=carried.line_words,
    )


def _with_topic_beside(reading: Reading, read: ClauseRead, fact: Fact) -> Fact:
    """`fact` with the topic of the statement before it in its sentence where its own words have none, and that one with
    the fact's where it has none: 检查环境2轮，发现问题156个 are of one thing."""
    if read.clause.opens_sentence or not reading.facts or reading.facts[-1].lines[-1] != read.line.line.number:
        return fact
    last = reading.facts[-1]
    if fact.topic is None:
        return replace(fact, topic=last.topic)
    if last.topic is None:
        reading.facts[-1] = replace(last, topic=fact.topic)
    return fact


def _no_fact(read: ClauseRead, carried: Carried, under: FactKind | None) -> SetAsideReason | None:
    if read.field is not None:
        return None
    line, counts = read.line, counted(read.mentions)
    speaking = carried.standing.speaking
    listed = under is not None or line.number is not None or line.style == "-"
    before = line.view.text[max(0, read.clause.start - 6) : read.clause.start]
    listed = listed or _AFTER_NUMBER.search(before) is not None
    listed = listed or bool(carried.label) or bool(dated(read.mentions)) or (carried.said and not speaking)
    reason = reason_for_no_fact(read.said, read.clause.mark, counts, speaking, listed)
    if reason is None and carried.asked and not counts and not read.clause.opens_sentence:
        return SetAsideReason.CHAT  # 大家把进展报一下，按做法、问题、打算: the asking goes on.
    return reason


def _only_contact(private: Sequence[PrivatePart], shown: str) -> bool:
    """志愿者金某 手机…提供照片: a line that gives a way to reach someone reports no work."""
    if len(shown) < 5 or _CONTACT.match(shown):
        return True
    return any(not part.named for part in private) and not words("work_verbs").first(shown.replace("提供", ""))


def _read_pieces(
    reading: Reading, line: ReadLine, clause: Clause, mentions: Sequence[Mention], carried: Carried
) -> Carried:
    """Reads each part between commas for itself, so that one unfilled blank does not cost the figures beside it."""
    text, start = line.view.text, clause.start
    for end in (*(found.start() for found in _SOFT.finditer(text, clause.start, clause.end)), clause.end):
        if text[start:end].strip(END_MARKS):
            mark = clause.mark if end == clause.end else "，"
            carried = read_clause(reading, line, Clause(start, end, mark, start == clause.start), mentions, carried)
        start = end + 1
    return carried


def _item_of(standing: Standing, kind: FactKind, read: FieldRead | None) -> str | None:
    """The item the statement belongs to; another speaker may have gone on to something else."""
    left = standing.item_heard and read is None and kind not in (FactKind.CAUSE, FactKind.MEASURE)
    return None if left else standing.item


def _is_measure(kind: FactKind, shown: str, names_issue: bool) -> bool:
    """True where a statement of an item tells what was done, though it stands under a heading of problems."""
    if kind is FactKind.PROBLEM and not names_issue:
        return has_action(shown) and not words("problem").first(words("not_problem").removed(shown))
    return kind is FactKind.ACTIVITY


def _field_kind(read: FieldRead | None, carried: Carried) -> FactKind | None:
    if read is not None:
        return FIELD_KINDS.get(read.name, FactKind.FIELD)
    field_before = carried.field.name if carried.field else carried.standing.field
    return FIELD_KINDS.get(field_before) if field_before else None


def _fact(reading: Reading, clause_read: ClauseRead, carried: Carried, under: FactKind | None) -> Fact:
    line, span, shown = clause_read.line, clause_read.span, clause_read.shown
    mentions, read = clause_read.mentions, clause_read.field
    standing, number = carried.standing, line.line.number
    said = said_on(standing)
    own_day = day_of(shown, mentions, reading.period, said, standing.day, standing.ahead)
    if under is FactKind.NEXT and outside_of(own_day, reading.period) < 0 and not names_year(mentions):
        # 3月底建休息室 below 下一步 of a year's last quarter is next year's; where none is told none is written.
        carried = replace(carried, standing=replace(standing, ahead=True))
        own_day = day_of(shown, mentions, reading.period, said, standing.day, True)
    tense, frame = tense_and_frame(reading.period, shown, mentions, own_day, carried)
    if frame is Frame.BEFORE and under is FactKind.NEXT:
        under = None  # 去年同期… below the plans compares; it plans nothing.
    kind = under if read is not None and under is not None else kind_of(shown, mentions, tense, under)
    if kind is FactKind.ACTIVITY and _goes_on_with_profile(reading, clause_read):
        kind = FactKind.PROFILE
    if kind is FactKind.NEXT:
        tense = Tense.PLANNED
    item = _item_of(standing, kind, read)
    if item is not None and read is None and _is_measure(kind, shown, standing.item_line == number):
        kind = FactKind.MEASURE
    inherits = own_day is None and kind not in _NO_DATE_KINDS and frame is Frame.THIS and tense is not Tense.PLANNED
    day = own_day or (standing.day if inherits else None)
    where = place_of(shown) or (None if goes_elsewhere(shown) else standing.where)
    rests = _rests_on(standing, number, day, where, under)
    if own_day is not None and day is not standing.day and said and not any(one.when for one in mentions):
        rests.add(standing.stamp_line if standing.stamp else standing.day_line)
    fields: dict[str, str] = {}
    if read is not None:
        fields[read.name] = read.value
    if item is not None:
        fields = fields if read is not None else embedded_fields(shown)
        fields["item"] = item
        rests.add(standing.item_line)
    return Fact(
        id="",
        lines=tuple(sorted(rests - {0})),
        span=span,
        text=span.of(reading.notes.raw),
        clean=_clean(_field_words(shown, kind) if read is not None else shown, mentions, own_day, standing, reading),
        kind=kind,
        topic=topic_of(carried.label + shown),
        tense=tense,
        frame=Frame.BEFORE if standing.before and frame is Frame.THIS else frame,
        day=day,
        where=where,
        who=standing.who,
        unsure=_unsure_of(reading, clause_read),
        label=head_label(line, carried.label),
        heading=standing.heading,
        unsettled=tuple(tidy(one.text) for one in mentions if one.start in reading.unsettled),
        mentions=mentions,
        fields=fields,
    )


def _clean(words: str, mentions: Sequence[Mention], own_day: When | None, standing: Standing, reading: Reading) -> str:
    """The words with their days and units in full."""
    year = reading.period.year if reading.period else None
    plain = with_days(
        tidy(with_years(words)).strip(END_MARKS), mentions, said_on(standing), year, month_of(reading.period)
    )
    plain = in_its_year(plain, own_day, year) if standing.ahead else with_month(plain, own_day)
    return with_counted_units(plain)


def _rests_on(standing: Standing, number: int, day: When | None, where: str | None, under: FactKind | None) -> set[int]:
    """The lines a statement rests on: its own, and those above that give it its day, part, place or body."""
    rests = {number}
    if day is not None and day is standing.day:
        rests.add(standing.day_line)
    if under is not None and under is standing.kind:
        rests.add(standing.kind_line)
    if where and where == standing.where:
        rests.add(standing.where_line)
    if standing.who:
        rests.add(standing.who_line)
    return rests


def _goes_on_with_profile(reading: Reading, read: ClauseRead) -> bool:
    """True where a bare figure goes on with the 概况 of its sentence: 供电所9个，服务客户21.4万户."""
    if read.clause.opens_sentence or not reading.facts or len(read.shown) > _SHORT_FIGURE_CHARS:
        return False
    last = reading.facts[-1]
    beside = last.kind is FactKind.PROFILE and last.lines[-1] == read.line.line.number
    return beside and len(counted(read.mentions)) == 1 and not _HAPPENED.search(read.shown) and not dated(read.mentions)


def _field_words(shown: str, kind: FactKind) -> str:
    read = read_field(shown) if kind is not FactKind.FIELD else None
    return read.value if read is not None else shown


def _unsure_of(reading: Reading, read: ClauseRead) -> str | None:
    """The notes' words of doubt in the clause, in brackets beside it, and in the figure that another gives."""
    doubts = [doubt_of(read.shown, read.clause.mark if counted(read.mentions) else ""), read.doubt]
    doubts += [reading.disputed.get(one.start) for one in read.mentions]
    return "、".join(dict.fromkeys(doubt for doubt in doubts if doubt)) or None
