"""Several reports under one label, without a title between them (N06): where does the next begin?

Three kinds of evidence add up: an opening formula (现将…汇报如下), a closing before it (特此报告, a signature), and a
change of the unit that speaks (我校 → 我区). A restarting 一、 after three or more headings counts as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.clean.changes import CleanLine
from corpus.split.headings import (
    DATE_LINE,
    SALUTATION,
    SIGNATURE,
    block_number,
    is_heading_like,
    is_title,
    numbering,
    without_marks,
)
from corpus.split.self_reference import Speech, dominant, speech_of

_ANNOUNCED = re.compile(
    r"(?:现|下面|现在|特|兹|现就|谨)[^。；！？]{0,60}(?:汇报|报告|总结|说明|介绍|通报|自查|自评|情况)[^。；！？]{0,16}(?:如下|于下)"
    r"|(?:如下|以下)(?:汇报|报告|总结|介绍|说明)|(?:汇报|报告|总结|情况|说明|介绍)如下[：:。]?$|制定(?:本|如下|以下|此)(?:实施|工作|活动|行动)?(?:方案|计划)"
)
_BY_AUTHORITY = re.compile(
    r"^(?:根据|按照|依据|遵照|为(?:了|深入|进一步|全面|切实|扎实|贯彻|推动|巩固|做好|加强)|自[^，。]{4,40}以来|自[^，。]{2,20}开展|今年以来|近年来|近期|一年来|"
    r"多年来|几年来|长期以来|(?:20\d\d|〔MASK:year〕)年(?:以来|，|度)|在[^。]{4,40}(?:领导|指导|关心|支持)下|以[^。，]{4,60}为(?:指导|统领|抓手|主线|契机)|今年，)"
)
_OVERVIEW = re.compile(
    r"^[^，。]{1,24}(?:位于|地处|坐落|始建于|成立于|总面积|现辖|下辖|东至|东临|是(?:19|20)\d\d年|辖区面积|辖\d)[^。]{0,80}(?:面积|人口|户|平方|万人|成立|建立|辖|名|亩|职工|师生)"
)
_CLOSED = re.compile(
    r"^特此(?:报告|申报|汇报|说明|总结)|^(?:以上|上述)(?:是|报告|汇报|情况|材料|，|就是)|不妥之处|批评指正|请(?:予以)?审(?:阅|核|议|示)|谢谢(?:大家|各位)|宝贵意见|"
    r"(?:应有的|更大的|新的)?贡献[。！!]?$|(?:合格|满意)的?答卷|(?:坚实|良好|扎实)的?基础[。！!]$|再上(?:一个)?新(?:的)?(?:台阶|水平)[。！!]?$|而(?:不懈)?(?:努力)?奋斗[。！!]?$"
)
# Enough evidence: an announced opening, or a restart together with a closing.
_ENOUGH = 3.0
# A report is at least this long before another may begin (characters); a lead-in is shorter.
_LEAST_CHARS = 160
_LEAST_OF_A_SURE_ONE = 80
_LEAST_FOR_CHANGE = 500
# The 一、 of a new report stands under its opening, of one or two paragraphs.
_OPENING_LINES = 2
_OPENING_CHARS = 1_500


def split_inner(lines: Sequence[CleanLine]) -> list[list[CleanLine]]:
    """The reports in the lines of one label, in order; one list where it holds one. Pure.

    First where words announce a new report, then, in what is left whole, where another unit begins to speak.
    """
    parts: list[list[CleanLine]] = []
    start = 0
    for index in range(1, len(lines)):
        if _is_announced(lines, start, index):
            parts.append(list(lines[start:index]))
            start = index
    parts.append(list(lines[start:]))
    return [inner for part in parts if part for inner in _split_by_speaker(part)]


def _is_announced(lines: Sequence[CleanLine], start: int, index: int) -> bool:
    opening = _opening(lines, index)
    mark = numbering(lines[index].text)
    restarts = mark is not None and mark.level == 1 and mark.number == 1
    if (mark and not restarts) or block_number(lines[index].text) or not (opening or restarts):
        return False
    before = lines[start:index]
    chars = sum(len(line.text) for line in before)
    closed = _closes(before)
    is_sure = closed >= 2 or (opening >= _ENOUGH and _restarts(lines, start, index))
    if chars < _LEAST_CHARS and not (is_sure and chars >= _LEAST_OF_A_SURE_ONE):
        return False
    if opening >= _ENOUGH and _opened_already(before):
        return True
    restarted = 2.0 if restarts and _last_top(before) >= 3 else 0.0
    return opening + closed + restarted >= _ENOUGH and (closed > 0 or restarted > 0)


def _split_by_speaker(lines: list[CleanLine]) -> list[list[CleanLine]]:
    """Parts `lines` at the best place where the unit that speaks changes, and each side again."""
    speeches = [speech_of(line.text) for line in lines]
    sizes = [len(line.text) for line in lines]
    total, size = sum(sizes), 0
    left = Speech(Counter(), Counter(), Counter())
    right = sum(speeches, Speech(Counter(), Counter(), Counter()))
    best: tuple[float, int] | None = None
    for index in range(1, len(lines)):
        spoken = speeches[index - 1]
        left = left + spoken
        right = Speech(right.own - spoken.own, right.whole - spoken.whole, right.named - spoken.named)
        size += sizes[index - 1]
        least = _LEAST_FOR_CHANGE
        if _is_of_another(left, right) and _restarts(lines, 0, index):
            least = _LEAST_OF_A_SURE_ONE
        if size < least or total - size < least:
            continue
        beside = _beside_a_change(lines, index) or (0.5 if least < _LEAST_FOR_CHANGE else 0.0)
        if not beside or (best is not None and beside <= best[0]):
            continue
        if least < _LEAST_FOR_CHANGE or _speaker_changes(left, right, size, total - size):
            best = (beside, index)
    if best is None:
        return [lines]
    return _split_by_speaker(lines[: best[1]]) + _split_by_speaker(lines[best[1] :])


def _is_of_another(left: Speech, right: Speech) -> bool:
    """True where one side says only 我校 and the other only 我区, twice and more."""
    ours, theirs = set(left.own), set(right.own)
    return len(ours) == len(theirs) == 1 and ours != theirs and min(left.own.total(), right.own.total()) >= 2


def _restarts(lines: Sequence[CleanLine], start: int, index: int) -> bool:
    """True where 一、 stands at `index` or under an opening that begins there, after a report that was past its own."""
    following = lines[index : index + _OPENING_LINES + 1]
    marks = [mark for line in following if (mark := numbering(line.text)) and mark.level == 1]
    return bool(marks) and marks[0].number == 1 and _last_top(lines[start:index]) >= 2


def _beside_a_change(lines: Sequence[CleanLine], index: int) -> float:
    """What else speaks for a new report at `index`; 0 where it cannot begin there."""
    line = lines[index].text
    mark = numbering(line)
    if (mark and mark.number != 1) or block_number(line) or (mark and mark.level > 2):
        return 0.0
    heading = 0.5 if is_heading_like(line.rstrip("。")) or mark else 0.0
    return _opening(lines, index) + heading + (_closes(lines[max(0, index - 4) : index]) if heading else 0.0)


def _speaker_changes(left: Speech, right: Speech, left_size: int, right_size: int) -> bool:
    """True where what stands before speaks as one kind of unit and what follows as another.

    A street's report names 全市 and 全区 too, so either each side has a clear majority and hardly knows the other's
    kind, or a unit that said 我区 all along never says it again while another, unnamed before, acts.
    """
    ours, theirs = dominant(left.weighted, least=4, share=0.6), dominant(right.weighted, least=3, share=0.55)
    if ours and theirs and ours != theirs and right.own[theirs] + right.named[theirs] >= 2:
        before, after = left.weighted, right.weighted
        if before[theirs] <= 0.1 * before.total() and after[ours] <= 0.25 * after.total() and not right.own[ours]:
            return True
    if ours and left.own[ours] >= 4 and not right.own[ours]:
        expected = left.own[ours] * right_size / max(1, left_size)
        others = [kind for kind, count in (right.own + right.named).items() if count >= 2 and kind != ours]
        return expected >= 4 and any(not left.weighted[kind] for kind in others)
    return False


def _opened_already(before: Sequence[CleanLine]) -> bool:
    """True where the report so far has a body: an announcement in its second paragraph belongs to its own opening."""
    return len(before) >= 4 or any(numbering(line.text) for line in before)


def _opening(lines: Sequence[CleanLine], index: int) -> float:
    # An opening says what it is within its first sentences, however long the paragraph.
    line = lines[index].text[:_OPENING_CHARS]
    plain, _ = without_marks(line)
    if is_title(plain):
        # A title without any opening after it can be a heading: 三、下一步工作计划 lost its number.
        following = [one.text[:_OPENING_CHARS] for one in lines[index + 1 : index + 4]]
        strong = any(_ANNOUNCED.search(one) or SALUTATION.match(one) for one in following) or any(
            _BY_AUTHORITY.match(one) and len(one) > 60 for one in following[:2]
        )
        return 3.0 if strong else (2.0 if _has_place_or_year(plain) else 0.0)
    if numbering(line) or block_number(line):
        return 0.0
    if index + 1 < len(lines) and is_heading_like(plain) and _is_rest_of_title(lines[index + 1].text):
        # A title on two lines: the unit, then 关于…的报告; or a motto, then ——某镇工作汇报.
        return 3.0
    score = 0.0
    if _ANNOUNCED.search(line) and len(line) >= 16:
        score += 3.0
    if len(line) >= 50 and _BY_AUTHORITY.match(line):
        score += 1.0
    if len(line) >= 50 and _OVERVIEW.match(line):
        score += 1.5
    if SALUTATION.match(line) and len(line) <= 30:
        score += (
            2.0
            if any(_BY_AUTHORITY.match(one.text) or _ANNOUNCED.search(one.text) for one in lines[index + 1 : index + 3])
            else 0.5
        )
    return score


def _is_rest_of_title(line: str) -> bool:
    return line.startswith(("关于", "——", "--")) and is_title(line.lstrip("—-"))


def _has_place_or_year(title: str) -> bool:
    return bool(re.search(r"(?:19|20)\d\d年|(?:市|区|县|镇|街道|局|学校|小学|中学|医院|社区|公司)", title))


def _closes(before: Sequence[CleanLine]) -> float:
    """How surely the last lines end a report: 0 to 3."""
    last = before[-1].text
    if DATE_LINE.match(last) or (SIGNATURE.match(last) and len(before) > 3):
        return 3.0
    if re.match(r"^特此(?:报告|申报|汇报|说明)", last):
        return 3.0
    return 1.0 if _CLOSED.search(last) else 0.0


def _last_top(before: Sequence[CleanLine]) -> int:
    for line in reversed(before):
        mark = numbering(line.text)
        if mark and mark.level == 1:
            return mark.number
    return 0
