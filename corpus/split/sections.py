"""A report as headed sections: 一、 （一） 1., Markdown and Word headings, headings fused with their body or lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.split.headings import (
    DATE_LINE,
    SIGNATURE,
    block_number,
    chinese_number,
    is_heading_like,
    numbering,
    without_marks,
)
from service.domain.report import Section

# A heading longer than this is a sentence that happens to be numbered (characters; the longest real one seen has 44).
_LONGEST_HEADING = 46
_LONGEST_ITEM_HEADING = 30
# A report longer than this (characters) has chapters; shorter ones do with items.
_LONG_WITHOUT_CHAPTERS = 800
# Where a body begins that lost the stop after its heading: 二、聚焦难点，有序推进 | 按照上级通知….
_BODY_START = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:按照(?!要求)|根据|为了|为进一步|为深入|为切实|自[^，。]{2,10}以来|今年以来|近年来|截至|截止|一是|我[市区县镇乡校院局处办](?!们)|目前，)"
)
_INLINE_TOP = re.compile(
    r"(?<=[。；：！？”])\s?([一二三四五六七八九十]{1,2})、(?![一二三四五六七八九十]{1,2}[、期号])(?=[\u4e00-\u9fff“])"
)
_INLINE_SECOND = re.compile(
    r"(?<=[\u4e00-\u9fff。；：！？”])\s?[（(]([一二三四五六七八九十]{1,2})[)）](?=[\u4e00-\u9fff“])"
)
_INLINE_ITEM = re.compile(r"(?<=[。；])(\d{1,2})(?:、|\.(?!\d)|．)(?=[\u4e00-\u9fff“])")
# Headings that nearly every report has; a body glued to one begins right behind it.
_USUAL_HEADING = re.compile(
    r"^(?:当前|目前)?(?:工作)?(?:存在的?(?:主要)?(?:问题|不足|困难)(?:[和与及](?:不足|问题|困难|原因|差距))?|整改(?:措施|情况|落实情况)|(?:下(?:一)?步|下阶段)(?:工作)?(?:打算|计划|安排|措施|重点|思路)|"
    r"(?:工作|活动|创建)?(?:开展|进展|推进)情况|主要(?:做法|工作|措施)(?:[和及与]成效)?|基本情况|(?:工作|总体)(?:目标|要求|步骤)|指导思想|保障措施|组织领导|工作成效)(?=[\u4e00-\u9fff“\d])"
    r"(?![和与及的方：，。])"
)
_CLOSING = re.compile(
    r"^(?:特此(?:报告|申报|汇报|说明)|(?:以上|上述)(?:是|报告|汇报|情况|材料|方案|总结|，)|请(?:予)?审(?:阅|核|议))|(?:不妥之处|请(?:予以)?批评指正|敬请[^。]{0,12}指)"
)

_CLOSING_SENTENCE = re.compile(r"(?<=[。！])(?:以上(?:报告|汇报|是|情况|材料)|特此)[^。]{0,60}。?[^。]{0,30}[。！]?$")

_MOST_CLOSING_LINES = 14
_MOST_ANNEXES = 6
_IMPRINT = re.compile(
    r"^(?:附件?[：:]|附件\s?\d{0,2}$|附件\s?\d{1,2}[：:.]|[（(](?:此件|联系人|本件|附件)[^（）()]{0,60}[)）]$|抄[送报][：:]|主送[：:]"
    r"|联系(?:人|电话|方式)[：:])|^.{2,30}(?:19|20)\d\d年\d{1,2}月\d{1,2}日印发$|^共印\d{1,4}份"
)


@dataclass
class _Open:
    heading: str
    level: int
    body: list[str] = field(default_factory=list)

    def closed(self) -> Section:
        return Section(self.heading, self.level, "\n".join(self.body))


@dataclass(frozen=True)
class Outlined:
    """The sections of a report in order, and whether headings are missing among them."""

    sections: tuple[Section, ...]
    headings_lost: bool


def split_sections(paragraphs: Sequence[str]) -> Outlined:
    """The headed sections of a report, first the text before any heading (level 0). Pure.

    Headings keep their number and lose a trailing stop. What closes the report (特此报告, signature, date) is a last
    section of level 0, so that nobody imitates it as part of the last chapter. （1） and ① stay in the body.
    """
    pieces, closing = _cut_closing(_parted(paragraphs))
    marks_base = _least_marks(pieces)
    plain_headings = _unnumbered_headings(pieces)
    opened = [_Open("", 0)]
    for index, piece in enumerate(pieces):
        after = pieces[index + 1] if index + 1 < len(pieces) else ""
        heading, level, body = _headed(piece, marks_base, after)
        if level == 0 and index in plain_headings:
            heading, level, body = piece.rstrip("。"), 1, ""
        if level == 0:
            opened[-1].body.append(body)
            continue
        opened.append(_Open(heading, level, [body] if body else []))
    sections = [one.closed() for one in opened if one.heading or one.body]
    if len(sections) == 1 and not sections[0].heading:
        sections = _by_blocks(sections[0])
    lost = _headings_lost(sections)
    if closing:
        sections.append(Section("", 0, "\n".join(closing)))
    return Outlined(tuple(sections), lost)


@dataclass
class _Counts:
    """The last number seen of each level; a heading resets the levels below it."""

    top: int = 0
    second: int = 0
    item: int = 0

    def see(self, level: int, number: int) -> None:
        if level == 1:
            self.top, self.second, self.item = number, 0, 0
        elif level == 2:
            self.second, self.item = number, 0
        elif level == 3:
            self.item = number


def _parted(paragraphs: Sequence[str]) -> list[str]:
    """Paragraphs, parted where the next expected heading stands inside one: …良好条件。三、突出群防群治."""
    pieces: list[str] = []
    counts = _Counts()
    has_second_top = any("二、" in paragraph for paragraph in paragraphs)
    for paragraph in paragraphs:
        rest = paragraph
        if mark := numbering(rest):
            counts.see(mark.level, mark.number)
        while (cut := _next_inline(rest, counts, has_second_top)) is not None:
            offset, level, number = cut
            pieces.append(rest[:offset].strip())
            rest = rest[offset:].strip()
            counts.see(level, number)
        pieces.append(rest)
    return [piece for piece in pieces if piece]


def _next_inline(text: str, counts: _Counts, has_second_top: bool) -> tuple[int, int, int] | None:
    """(offset, level, number) of the first expected heading inside `text` beyond its start; None where none is.

    Only the number that comes next is believed, so that 二、三期工程 and 第（三）项 stay in their sentence.
    """
    found_at: list[tuple[int, int, int]] = []
    for found in _INLINE_TOP.finditer(text):
        number = chinese_number(found[1])
        if found.start() and number == counts.top + 1 and (counts.top or has_second_top):
            found_at.append((found.start(), 1, number))
            break
    for found in _INLINE_SECOND.finditer(text):
        number = chinese_number(found[1])
        after_stop = text[found.start() - 1] in "。；：！？”"
        # 一、主要做法（一）清理死角: the first may follow a heading without any stop, where a second comes later.
        if number != counts.second + 1:
            continue
        begins = number == 1 and not after_stop and numbering(text) is not None and "（二）" in text
        if (after_stop and (number > 1 or begins or "（二）" in text)) or begins:
            found_at.append((found.start(), 2, number))
            break
    if counts.item:
        for found in _INLINE_ITEM.finditer(text):
            if int(found[1]) == counts.item + 1:
                found_at.append((found.start(), 3, counts.item + 1))
                break
    return min(found_at, default=None)


def _least_marks(pieces: Sequence[str]) -> int:
    """The fewest `#` marks that head a part: level 1 of a Markdown or Word text."""
    return min((without_marks(piece)[1] for piece in pieces if without_marks(piece)[1]), default=1)


def _headed(piece: str, marks_base: int, after: str) -> tuple[str, int, str]:
    """(heading, level, body) of a piece; level 0 and the whole piece as body where it is not headed."""
    plain, marks = without_marks(piece)
    mark = numbering(plain)
    if marks and not (mark and mark.level <= 3):
        return plain.rstrip("。"), min(3, marks - marks_base + 1), ""
    if mark is None or mark.level > 3:
        return "", 0, plain
    heading, body = _fused(plain, mark.length, _LONGEST_HEADING if mark.level < 3 else _LONGEST_ITEM_HEADING)
    if mark.level == 3 and not marks and not body and not _is_bare_item(plain, heading, after):
        return "", 0, plain
    if mark.level == 3 and not heading:
        return "", 0, plain
    return _tidy(heading, mark.length), mark.level, body


def _is_bare_item(plain: str, heading: str, after: str) -> bool:
    """1、改善基础设施 heads what follows; 1.利用道德讲堂举办家风宣讲。 is an item of a list."""
    if not heading or re.search(r"[。；！？：:]", plain[2:]):
        return False
    mark = numbering(after)
    return "，" not in plain or (len(plain) <= 32 and len(after) > len(plain) and (mark is None or mark.level > 3))


def _tidy(heading: str, mark_length: int) -> str:
    mark = heading[:mark_length].replace("(", "（").replace(")", "）")
    return mark.rstrip() + heading[mark_length:].strip().rstrip("。：:;；")


def _fused(plain: str, mark_length: int, longest: int) -> tuple[str, str]:
    """(heading, body) of a numbered paragraph: the heading ends at its first stop, or where a sentence begins."""
    rest = plain[mark_length:]
    stop = re.search(r"[。！？!?]|：(?=[^，。；：]{0,60}[，。；])|(?<!MASK):(?=\S)", rest)
    end = stop.start() if stop else len(rest)
    body = rest[stop.end() :].strip() if stop else ""
    usual = _USUAL_HEADING.match(rest)
    if usual and "，" in rest[usual.end() : end]:
        return plain[: mark_length + usual.end()], rest[usual.end() :].strip()
    if stop is not None and stop[0] in "：:" and len(rest) <= 32 and "。" not in rest:
        # （一）第一阶段：摸底动员，广泛告知 is a heading to its end.
        return plain, ""
    if end <= longest and not (not body and _holds_sentence(rest)):
        if not body and stop is not None and stop[0] in "：:":
            return plain, ""
        return plain[: mark_length + end], body
    begins = _BODY_START.search(rest[:longest], 4)
    if begins and rest[begins.start() - 1] not in "，、":
        return plain[: mark_length + begins.start()], rest[begins.start() :].strip()
    if stop is None and len(rest) <= longest + 14:
        return plain, ""
    if longest == _LONGEST_ITEM_HEADING:
        # A long first sentence of an item is the item, not a heading.
        return "", plain
    comma = rest.rfind("，", 4, 30)
    comma = comma if comma > 0 else rest.rfind("，", 4, longest)
    if comma > 0:
        return plain[: mark_length + comma], rest[comma + 1 :].strip()
    return plain[:mark_length].strip(), rest.strip()


def _holds_sentence(rest: str) -> bool:
    """True where a heading without a stop runs into its body: 窗口服务持续优化|我局推行延时服务，受理事项5120件."""
    begins = _BODY_START.search(rest, 4)
    if begins is None or rest[begins.start() - 1] in "，、":
        return False
    tail = rest[begins.start() :]
    return len(tail) >= 14 and ("，" in tail or bool(re.search(r"\d", tail)) or len(rest) > 34)


def _unnumbered_headings(pieces: Sequence[str]) -> frozenset[int]:
    """Short lines that head longer paragraphs; headings only where nothing is numbered and two or more are."""
    if any((mark := numbering(piece)) and mark.level <= 2 for piece in pieces) or any(
        without_marks(p)[1] for p in pieces
    ):
        return frozenset()
    found = [
        index
        for index, piece in enumerate(pieces[:-1])
        if is_heading_like(piece.rstrip("。"))
        and 4 <= len(piece) <= 30
        and not numbering(piece)
        and not block_number(piece)
        and not SIGNATURE.match(piece)
        and not DATE_LINE.match(piece)
        and len(pieces[index + 1]) >= 50
    ]
    return frozenset(found) if len(found) >= 2 else frozenset()


def _cut_closing(pieces: list[str]) -> tuple[list[str], list[str]]:
    """(the pieces, those that close the report): formula, signature, date, annexes, copies and printing notes.

    An annex list (附件：1.清单, 2.照片) reads like items of the last chapter, so its lines are taken only up to 附件.
    """
    cut = len(pieces)
    unsure = 0
    while cut - unsure > 1 and len(pieces) - cut < _MOST_CLOSING_LINES:
        line = pieces[cut - unsure - 1]
        if _is_closing_line(line):
            cut -= unsure + 1
            unsure = 0
        elif unsure < _MOST_ANNEXES and _could_be_annex(line):
            unsure += 1
        else:
            break
    body, closing = list(pieces[:cut]), list(pieces[cut:])
    if body and (found := _CLOSING_SENTENCE.search(body[-1])):
        # 由后勤科每周检查。以上报告，不妥之处，请批评指正。
        closing.insert(0, body[-1][found.start() :])
        body[-1] = body[-1][: found.start()]
    return body, closing


def _is_closing_line(line: str) -> bool:
    plain, _ = without_marks(line)
    if DATE_LINE.match(plain) or SIGNATURE.match(plain) or _IMPRINT.match(plain):
        return True
    found = _CLOSING.search(plain)
    return found is not None and "。" not in plain[: found.start()] and len(plain) <= 200 and not numbering(plain)


def _could_be_annex(line: str) -> bool:
    mark = numbering(line)
    return mark is not None and mark.level == 3 and len(line) <= 40 and not re.search(r"[，。；]", line)


def _by_blocks(section: Section) -> list[Section]:
    """A text without any heading, parted at its 一是…二是… paragraphs, so that a part of it can be found."""
    lines = section.text.split("\n")
    if sum(1 for line in lines if block_number(line)) < 3:
        return [section]
    opened = [_Open("", 0)]
    for line in lines:
        found = re.match(r"^([^。；！？]{4,40})[。]", line)
        if block_number(line) and found and found.end() < len(line):
            opened.append(_Open(found[1], 3, [line[found.end() :].strip()]))
        else:
            opened[-1].body.append(line)
    return [one.closed() for one in opened if one.heading or one.body]


def _headings_lost(sections: Sequence[Section]) -> bool:
    """True where the numbering has gaps, does not begin at one, or a long text restarts 一是 without any heading."""
    expected: dict[int, int] = {1: 0, 2: 0, 3: 0}
    seen_top = False
    for section in sections:
        mark = numbering(section.heading)
        if mark is None or mark.level > 2:
            continue
        if mark.level == 1:
            if mark.number != expected[1] + 1:
                return True
            expected[1], expected[2], seen_top = mark.number, 0, True
        else:
            if mark.number != expected[2] + 1 and (mark.number != 1 or not seen_top):
                return True
            if mark.number == 1 and expected[2] >= 1:
                return True
            expected[2] = mark.number
    if not seen_top and expected[2]:
        # （一） without any 一、 above it: the report has lost the upper level only where it is long.
        return sum(len(section.text) for section in sections) > 3_000
    marks = [numbering(section.heading) for section in sections]
    if not seen_top and not expected[2] and any(mark and mark.level == 3 for mark in marks):
        # Items 1. to 14. with nothing above them: the chapters' headings are gone.
        return sum(len(section.text) for section in sections) > _LONG_WITHOUT_CHAPTERS
    if seen_top or any(section.heading and not block_number(section.heading) for section in sections):
        return False
    first_blocks = sum(
        1 for section in sections for line in [section.heading, *section.text.split("\n")] if block_number(line) == 1
    )
    return first_blocks >= 2 or (sum(len(section.text) for section in sections) > 1_200 and first_blocks >= 1)
