"""The shape of each line: chat stamp, speaker, bullet, number, heading, row of a pasted table, or words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from service.domain.fact import FactKind
from service.domain.period import Period
from service.domain.text import Line, Notes, Span
from service.drafting.facts.answers import with_answers
from service.drafting.facts.barred_rows import barred_rows
from service.drafting.facts.chat_turns import Turn, behind_opening, chat_turns, corrected_below, source_turns
from service.drafting.facts.enumerators import Entry, counted_up
from service.drafting.facts.labels import Label, LabelSort, is_note, opens_part, ordinal_text, read_label
from service.drafting.facts.lexicon import words
from service.drafting.facts.plain_marks import with_field_colons, with_plain_marks
from service.drafting.facts.spoken_view import as_spoken
from service.language.clean_view import View, view_of


class Shape(StrEnum):
    """What a line is as a whole. A row holds cells; a separator and a speaker line hold no words."""

    BLANK = "blank"
    SEPARATOR = "separator"
    SPEAKER = "speaker"
    HEADING = "heading"
    ROW = "row"
    WORDS = "words"


@dataclass(frozen=True)
class ReadLine:
    """A line with its view and the part `view.text[first:last]` that holds words.

    `label` is what stood before a colon, `stamp` the day of a chat stamp, `number` the enumerator in Arabic digits and
    `style` its form, by which lines of one list know each other. `labelled` are the label's own words. `gone` are the
    parts of the record that the view is without; `units` are units that a figure took over from the one it replaces, by
    its offset. `corrects` says that the head of its message announces a correction (主题：更正).
    """

    line: Line
    view: View
    first: int
    last: int
    shape: Shape
    label: Label | None = None
    labelled: str = ""
    stamp: date | None = None
    number: str | None = None
    style: str = ""
    gone: tuple[Span, ...] = ()
    units: Mapping[int, str] = field(default_factory=dict)
    corrects: bool = False

    @property
    def words(self) -> str:
        """The words of the line, without stamp, speaker, bullet and number."""
        return self.view.text[self.first : self.last]


_DATE = r"(?:(?P<y>(?:19|20)\d\d)[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?)"
_SHORT_DATE = (
    r"(?:(?P<m2>1[0-2]|0?[1-9])[-/月](?P<d2>3[01]|[12]\d|0?[1-9])日?|昨天|今天|前天|(?:星期|周)[一二三四五六日天])"
)
_CLOCK = r"(?:上午|下午|晚上|凌晨|中午|早上|傍晚)? ?\d{1,2}:\d{2}(?::\d{2})?"
_STAMP = re.compile(rf"[\[【(（]? ?(?:{_DATE}|{_SHORT_DATE})? ?{_CLOCK} ?[\]】)）]?")
_DATE_ONLY_STAMP = re.compile(rf"[\[【(（] ?{_DATE} ?[\]】)）]")
_NAME = re.compile(r"[@~]?[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9_·\-—| ]{0,15}(?:[（(][^（()）\[\]]{1,16}[）)])?")
_SEPARATOR = re.compile(r"[-=_*~—–─━…·.。 #＝+>|:：]{2,}$|[-=_*—–─━]$")
_BULLET = re.compile(
    "[-*•·●○△▲▽▼◎⊙■□◆◇▪▫►▶➤➢→⇒✓✔√☑※★☆❖⭐—–>]{1,3}(?=[^0-9]|[0-9]) ?|[\U0001f300-\U0001faff\u2600-\u27bf\u2b50]{1,6} ?|"
    # Any other sign with a space behind it opens an entry as well: ⊙, ◎, ◦, ‣.
    "[\u2022-\u2023\u2043\u2190-\u22ff\u2295-\u22a1\u25a0-\u25ff\u2713-\u2719\uf000-\uf0ff]{1,3} +"
)
_NUMBERING = (
    ("（一）", re.compile(r"[（(]([一二三四五六七八九十]{1,3})[）)][、.．]?")),
    ("(1)", re.compile(r"[（(](\d{1,2})[）)][、.．]?")),
    ("一、", re.compile(r"([一二三四五六七八九十]{1,3})(?:、|[.．](?!\d))(?![一二三四五六七八九十]+[人名个处条])")),
    ("1、", re.compile(r"(\d{1,3})、(?!\d{1,3}[人名个处条份户])")),
    ("1.", re.compile(r"(\d{1,3})[.．](?:(?!\d)|(?=\d{1,2}月|\d{4}年|\d+(?:处|个|人|名|份|条|块|场|次|户|家|张)))")),
    ("1)", re.compile(r"(\d{1,2})[)）]")),
    ("①", re.compile("([\u2460-\u2473])")),
    ("第一，", re.compile(r"第([一二三四五六七八九十]{1,2})[，,、]")),
    ("一是", re.compile(r"([一二三四五六七八九十])是(?!否)")),
)
# 今年的事，第一个是码头文化墙, 第四个，充电桩装了三处: counting aloud tells nothing.
_SPOKEN_ENTRY = re.compile(
    r"(?:(?:今年|本月|这个月|上半年|这个?季度)?(?:的|要说的|主要的)?(?:事情?|工作|活儿?)[呢嘛]?[，, ])?"
    r"(?:第|头)[一二三四五六七八九十]{1,2}(?:个|件|项|样)(?:事情?)?(?:就?是(?!否)|[呢嘛]?[，, ])"
)
_CROSS = re.compile(r"[×✗✘✕] +(?=[\u4e00-\u9fff])")  # What a check list crosses is wrong; what it ticks is done.
# 问题1 门诊楼前电动车乱停 opens an item without a colon.
_ISSUE_HEAD = re.compile(
    r"(?:反馈)?(?:问题|事项)(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})[ 、.．]{1,2}(?=[\u4e00-\u9fff])"
)
_TWO_MONTHS = re.compile(r"(\d{1,2})、(\d{1,2})月(?!\d)")
_MARKDOWN_HEADING = re.compile(r"#{1,6} ?")
_LABEL = re.compile(r"([^：:，,。；;！!？?\t]{1,24}?)(?:(?<!\d)[：:]|[：:](?!\d\d))")
# 批1：, 批2： and 任务一 市容：, 任务二 交通： count their lines up; what stands behind the number is the label.
_COUNTED_LABEL = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{1,3}) ?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})"
    r"(?: (?P<rest>[\u4e00-\u9fff]{2,8}))?$"
)
_DASHED = re.compile(r"([\u4e00-\u9fff]{2,6}) ?[—–-]{1,2} ?(?=[^—–\- ])")
_CLOSED_HEADING = re.compile(r"[【\[《]([^【】\[\]]{1,24})[】\]][：:]?$")


# A sheet saved with commas: 破损牌匾更换,88,块.
_COMMA_ROW = re.compile(
    r"[^,，:：\d]{2,24}(?P<mark>[,，])\d[\d.]{0,9}(?P=mark)(?:[\u4e00-\u9fff]{1,3}|%)(?:(?P=mark)|[ （(]|$)"
)
_BETWEEN_DASHES = re.compile(r"(?:[-—–─━=*]{2,20} ?|[—–─━] )([^-—–─━=*]{1,24}?)(?: ?[-—–─━=*]{2,20}| [—–─━])")
# ————差的 opens a part as well as ————差的————.
_BEHIND_DASHES = re.compile(r"(?:[—–─━=]{2,20}|-{3,20}) ?([\u4e00-\u9fff]{2,8})[：:]?")


def read_lines(notes: Notes, period: Period | None = None) -> tuple[ReadLine, ...]:
    """Every line of the notes with its shape, in order. `period` gives a chat stamp without a year its own. Pure."""
    lines = barred_rows([view_of(line.text, line.start) for line in notes.lines])
    views = as_spoken(with_field_colons([with_answers(with_plain_marks(view)) for view in lines]))
    openings = Counter(found[1].strip() for view in views if (found := _LABEL.match(view.text.strip())))
    repeated = frozenset(label for label, count in openings.items() if count > 1)
    stems = Counter(found["stem"] for label in openings if (found := _COUNTED_LABEL.match(label)))
    repeated |= frozenset(
        label for label in openings if (one := _COUNTED_LABEL.match(label)) and stems[one["stem"]] > 1
    )
    numbered = counted_up([view.text for view in views])
    turns = chat_turns([view.text for view in views]) | source_turns([view.text for view in views])
    correcting = corrected_below(turns, len(views))
    out = []
    for line, view in zip(notes.lines, views, strict=True):
        turn = turns.get(line.number)
        if turn is not None:
            read = _read_turn(line, view, turn, period)
        else:
            read = _read_line(line, view, repeated, numbered.get(line.number), period)
        out.append(replace(read, corrects=True) if line.number in correcting else read)
    return tuple(out)


def _read_turn(line: Line, view: View, turn: Turn, period: Period | None) -> ReadLine:
    """A line of a chat log whose speaker is known by the log's own form, whatever the surname."""
    label = Label(LabelSort.SPEAKER, turn.post)
    last = len(view.text.rstrip())
    dated = re.search(rf"{_DATE}|{_SHORT_DATE}", turn.stamp)
    stamp = _day_of(dated, period) if dated else None
    first = min(behind_opening(view.text, turn.start), last)
    read = ReadLine(line, view, first, last, Shape.WORDS, label=label, labelled=turn.speaker, stamp=stamp)
    if read.first >= last:
        return replace(read, shape=Shape.SPEAKER)
    return _inner_label(_without_number(read))


def _read_line(
    line: Line, view: View, repeated: frozenset[str], entry: Entry | None, period: Period | None
) -> ReadLine:
    text = view.text
    last = len(text.rstrip())
    first = behind_opening(text, len(text) - len(text.lstrip()))
    read = ReadLine(line, view, first, last, Shape.WORDS)
    if first >= last:
        return replace(read, first=last, shape=Shape.BLANK)
    if _is_row(text[first:last]):
        return replace(read, shape=Shape.ROW)
    if _SEPARATOR.match(text[first:last]):
        return replace(read, shape=Shape.SEPARATOR)
    if entry is not None:
        read = replace(read, first=entry.first, number=entry.ordinal, style="1 ")
    read = _without_stamp(read, period)
    if read.shape is not Shape.WORDS:
        return read
    return _without_label(_without_number(read), repeated)


def mark_between_cells(text: str) -> str:
    """The mark that parts the cells of a row. Pure."""
    if "\t" in text:
        return "\t"
    commas = _COMMA_ROW.match(text.strip())
    return commas["mark"] if commas else "|"


def _is_row(text: str) -> bool:
    bars = text.startswith("|") and text.count("|") >= 3
    return "\t" in text.strip() or bars or _COMMA_ROW.match(text) is not None


def _day_of(found: re.Match[str], period: Period | None) -> date | None:
    told = found.groupdict()
    try:
        if told.get("y"):
            return date(int(told["y"]), int(told["m"]), int(told["d"]))
        if told.get("m2") and period is not None:
            month, day = int(told["m2"]), int(told["d2"])
            return date(period.year_holding(month, day), month, day)
    except ValueError:
        return None
    return None


def _without_stamp(read: ReadLine, period: Period | None) -> ReadLine:
    """Reads a chat client's stamp and name: `[2024-03-08 09:12] 王敏：…`, `王敏 09:12`, `2024/3/8 9:12:33 王敏`."""
    text, first, last = read.view.text, read.first, read.last
    # WeChat prints the day between dashes: ————— 2024-03-08 —————.
    inner = text[first:last].strip("-—–─━= *")
    if inner and inner != text[first:last] and (found := re.fullmatch(_DATE, inner)):
        return replace(read, shape=Shape.SPEAKER, stamp=_day_of(found, period), first=last)
    behind = _BEHIND_DASHES.fullmatch(text[first:last])
    behind = behind if behind and opens_part(behind[1]) else None
    if dashed := _BETWEEN_DASHES.fullmatch(text[first:last]) or behind:
        return replace(read, shape=Shape.HEADING, label=read_label(dashed[1]), labelled=dashed[1], style="#")
    found = _STAMP.match(text, first) or _DATE_ONLY_STAMP.match(text, first)
    if found and found.end() > first:
        day, rest = _day_of(found, period), text[found.end() : last].strip(" ：:")
        if not rest or (len(rest) <= 16 and _NAME.fullmatch(rest) and _names_speaker(rest)):
            post = read_label(rest) if rest else None
            return replace(read, shape=Shape.SPEAKER, stamp=day, label=post, first=last)
        after = found.end() + len(text[found.end() : last]) - len(text[found.end() : last].lstrip(" ：:"))
        bracketed = text[first] in "[【(（"
        labelled = _LABEL.match(text, after)
        if bracketed or day or (labelled and _names_speaker(labelled[1])):
            return replace(read, first=after, stamp=day)
        return read
    name = _NAME.match(text, first)
    if name and name.end() <= last:
        found = _STAMP.match(text, name.end()) or _stamp_after_space(text, name)
        speaker = text[name.start() : found.start() if found else name.end()].strip()
        if found and _names_speaker(speaker):
            rest = text[found.end() : last].lstrip(" ：:")
            label = read_label(speaker)
            if not rest:
                return replace(read, shape=Shape.SPEAKER, stamp=_day_of(found, period), label=label, first=last)
            return replace(read, first=last - len(rest), stamp=_day_of(found, period), label=label)
    return read


def _stamp_after_space(text: str, name: re.Match[str]) -> re.Match[str] | None:
    # The name pattern may have run into the stamp's own digits: 王敏 2024/3/8 09:12.
    space = text.find(" ", name.start(), name.end() + 1)
    while space != -1:
        if found := _STAMP.match(text, space + 1):
            return found
        space = text.find(" ", space + 1, name.end() + 1)
    return None


def _names_speaker(text: str) -> bool:
    plain = text.strip(" ：:")
    return (
        read_label(plain).sort in (LabelSort.SPEAKER, LabelSort.PLACE, LabelSort.BODY)
        and not words("work_verbs").first(plain)
        and not any(word in plain for word in ("上午", "下午", "晚上", "今天", "昨天"))
    )


def _counts_months(text: str, first: int) -> bool:
    """True where a line opens with two months in a row: 7、8月巡查26次."""
    found = _TWO_MONTHS.match(text, first)
    return bool(found) and found is not None and int(found[1]) > 1 and int(found[2]) == int(found[1]) + 1


def _without_number(read: ReadLine) -> ReadLine:
    text, first = read.view.text, read.first
    number, style = read.number, read.style
    for _ in range(3):  # A bullet may stand before a number, and a heading mark before both.
        while first < read.last and text[first] == " ":
            first += 1
        found = _MARKDOWN_HEADING.match(text, first) or _BULLET.match(text, first) or _CROSS.match(text, first)
        if found and found.end() < read.last:
            if _CROSS.match(text, first) and read.label is None:
                read = replace(read, label=Label(LabelSort.PART, str(FactKind.PROBLEM)))
            style = style or ("#" if found.group().startswith("#") else "-")
            first = found.end()
            continue
        for name, pattern in _NUMBERING:
            found = pattern.match(text, first) if number is None else None
            if found and found.end() < read.last and not (read.number is None and _counts_months(text, first)):
                number, style, first = ordinal_text(found[1]), name, found.end()
                break
        else:
            break
    while first < read.last and text[first] == " ":
        first += 1
    if (told := _SPOKEN_ENTRY.match(text, first)) and told.end() < read.last:
        first = told.end()
    return replace(read, first=first, number=number, style=style)


def _without_label(read: ReadLine, repeated: frozenset[str]) -> ReadLine:
    text = read.view.text
    if head := _ISSUE_HEAD.match(text, read.first, read.last):
        return _of_issue(read, head)
    if words("chat_signs").opens(text, read.first):
        return read
    if closed := _CLOSED_HEADING.fullmatch(text[read.first : read.last]):
        return replace(read, shape=Shape.HEADING, labelled=closed[1], label=read_label(closed[1]))
    if text[read.first] in "【[" and (
        closed := re.match(r"[【\[]([^【】\[\]]{1,16})[】\]]", text[read.first : read.last])
    ):
        label = read_label(closed[1])
        return replace(read, label=label, labelled=closed[1], first=read.first + closed.end())
    found = _LABEL.match(text, read.first) or _dash_label(text, read.first)
    if not found or found.end() > read.last:
        return read
    after = found.end()
    label = read_label(found[1], found[1].strip() in repeated)
    counts = label.sort not in (LabelSort.ISSUE, LabelSort.FIELD, LabelSort.PART)
    counts = counts and not is_note(found[1])
    counted = _COUNTED_LABEL.match(found[1].strip()) if counts and found[1].strip() in repeated else None
    if counted and read.number is None:
        read = replace(
            read, first=_behind_spaces(text, after, read.last), number=ordinal_text(counted["number"]), style="批"
        )
        if counted["rest"] or read.first >= read.last:
            return replace(read, labelled=counted["rest"] or "")
        return _without_label(read, repeated)
    after = _behind_spaces(text, after, read.last)
    if after >= read.last:
        shape = Shape.SPEAKER if label.sort is LabelSort.SPEAKER else Shape.HEADING
        return replace(read, shape=shape, label=label, labelled=found[1].strip())
    if label.sort is LabelSort.SPEAKER:
        # A bullet or a number may stand behind the speaker: 王敏：1、清理楼道.
        return _inner_label(_without_number(replace(read, first=after, label=label, labelled=found[1].strip())))
    if label.sort is LabelSort.OTHER:
        return read
    return replace(read, first=after, label=label, labelled=found[1].strip())


def _behind_spaces(text: str, at: int, last: int) -> int:
    while at < last and text[at] == " ":
        at += 1
    return at


def _dash_label(text: str, first: int) -> re.Match[str] | None:
    """A part's or a field's name before a dash: 原因——中午没人巡查."""
    found = _DASHED.match(text, first)
    return found if found and read_label(found[1]).sort in (LabelSort.FIELD, LabelSort.PART) else None


def _of_issue(read: ReadLine, head: re.Match[str]) -> ReadLine:
    label = Label(LabelSort.ISSUE, ordinal_text(head["number"]))
    return replace(read, first=head.end(), label=label, labelled=head.group().strip())


def _inner_label(read: ReadLine) -> ReadLine:
    if head := _ISSUE_HEAD.match(read.view.text, read.first, read.last):
        return _of_issue(read, head)
    found = _LABEL.match(read.view.text, read.first)
    if found and found.end() < read.last:
        label = read_label(found[1])
        if label.sort in (LabelSort.FIELD, LabelSort.ISSUE, LabelSort.PART, LabelSort.PLACE, LabelSort.BODY):
            return replace(read, first=found.end(), label=label, labelled=found[1].strip())
    return read
