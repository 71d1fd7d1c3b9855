"""Several reports under one label, without a title between them (N06): where does the next begin?

Kinds of evidence add up: an opening formula (现将…汇报如下), a closing before it (特此报告, a signature), what the site
said between both, and a change of the unit that speaks (我校 → 我区). A restarting 一、 counts as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from corpus.clean.changes import CleanLine
from corpus.split.breaks import MAIL, POST
from corpus.split.headings import (
    block_number,
    is_heading_like,
    is_sentence_end,
    is_title,
    numbering,
)
from corpus.split.openings import announces_a_part, closes, is_of_the_paper, is_signed, opening_at
from corpus.split.self_reference import Speech, dominant, speech_of

# Enough evidence: an announced opening, or a restart together with a closing.
_ENOUGH = 3.0
# A report is at least this long before another may begin (characters); a lead-in is shorter.
_LEAST_CHARS = 160
_LEAST_OF_A_SURE_ONE = 80
_LEAST_FOR_CHANGE = 500
# The 一、 of a new report stands under its opening, of one or two paragraphs.
_OPENING_LINES = 2
# How far a number may stand that goes on from the last one.
_LOOKS_AHEAD = 6
# A report that a site put into one paragraph.
_PARTS_INSIDE = re.compile(r"[。：:]\s?[（(]?一[、是）)].{20,}[。；;]\s?[（(]?二[、是）)]")
# A line of so many characters that ends in a stop is a paragraph.
_PARAGRAPH = 40


def split_inner(lines: Sequence[CleanLine], breaks: Mapping[int, float] | None = None) -> list[list[CleanLine]]:
    """The reports in the lines of one label, in order; one list where it holds one. Pure.

    First where words announce a new report, then, in what is left whole, where another unit begins to speak. `breaks`
    tells before which lines the site spoke, as `find_breaks` does.
    """
    parts: list[list[CleanLine]] = []
    start = 0
    for index in range(1, len(lines)):
        if _is_announced(lines, start, index, (breaks or {}).get(lines[index].first, 0.0)):
            parts.append(list(lines[start:index]))
            start = index
    parts.append(list(lines[start:]))
    return [inner for part in parts if part for inner in _split_by_speaker(part, breaks or {})]


def _is_announced(lines: Sequence[CleanLine], start: int, index: int, parted: float) -> bool:
    if parted >= MAIL:
        return True
    opening = opening_at(lines, index)
    if parted >= POST and not opening and _is_paragraph(lines[index].text):
        opening = 0.5
    mark = numbering(lines[index].text)
    restarts = mark is not None and mark.level == 1 and mark.number == 1
    before = lines[start:index]
    chars = sum(len(line.text) for line in before)
    if chars >= _LEAST_OF_A_SURE_ONE and is_signed(before) and not is_of_the_paper(lines[index].text):
        return True
    if (mark and not restarts) or block_number(lines[index].text) or not (opening or restarts):
        return False
    closed = closes(before)
    begins_anew = _restarts(lines, start, index)
    is_sure = closed >= 2 or (opening >= _ENOUGH and begins_anew)
    if opening >= _ENOUGH and chars < _LEAST_CHARS and is_title(lines[index].text) and _is_cover(before):
        return True
    if chars < _LEAST_CHARS and not (is_sure and chars >= _LEAST_OF_A_SURE_ONE):
        return False
    if opening >= _ENOUGH and _opened_already(before):
        return bool(parted) or not (_is_under_heading(before) and announces_a_part(lines[index].text))
    if _counts_on(lines, start, index):
        return False
    restarted = 2.0 if begins_anew and (not restarts or _last_top(before) >= 3) else 0.0
    shown = closed + restarted + parted
    return opening + shown >= _ENOUGH and shown > 0


def _is_under_heading(before: Sequence[CleanLine]) -> bool:
    last = before[-1].text
    return numbering(last) is not None and is_heading_like(last)


def _is_paragraph(line: str) -> bool:
    return len(line) >= _PARAGRAPH and line.endswith(("。", "！")) and not numbering(line) and not block_number(line)


def _is_cover(before: Sequence[CleanLine]) -> bool:
    """True for the few words that send a document on its way: 各位书记：方案贴在下面，收到请回复。"""
    if len(before) > 3 or any(is_title(line.text) or numbering(line.text) for line in before):
        return False
    return any(len(line.text) >= _PARAGRAPH and line.text.endswith("。") for line in before)


def _counts_on(lines: Sequence[CleanLine], start: int, index: int) -> bool:
    """True where the next top number goes on from the last one, so that the report has not ended."""
    following = (numbering(line.text) for line in lines[index : index + _LOOKS_AHEAD])
    first = next((mark for mark in following if mark and mark.level == 1), None)
    return first is not None and first.number > 1 and first.number == _last_top(lines[start:index]) + 1


def _split_by_speaker(lines: list[CleanLine], breaks: Mapping[int, float]) -> list[list[CleanLine]]:
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
        if min(size, total - size) >= _LEAST_CHARS and _speak_apart(left, right):
            shown = _shown_beside(lines, index, breaks.get(lines[index].first, 0.0))
            if shown and (best is None or shown > best[0]):
                best = (shown, index)
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
    return _split_by_speaker(lines[: best[1]], breaks) + _split_by_speaker(lines[best[1] :], breaks)


# The seat of a government, of which every unit below it speaks too: 我市 in a report of 我局.
_SEATS = frozenset("市区县旗州")


def _speak_apart(left: Speech, right: Speech) -> bool:
    """True where neither side ever says 我校 of the other's kind of unit, and each speaks of its own."""
    ours, theirs = set(left.own), set(right.own)
    if not ours or not theirs or ours & theirs:
        return False
    return not (ours | theirs) & _SEATS or min(left.own.total(), right.own.total()) >= 2


def _shown_beside(lines: Sequence[CleanLine], index: int, parted: float) -> float:
    """What, besides the speaker, shows a new report at the paragraph at `index`: 1 and more, or 0."""
    before = lines[:index]
    if not _is_paragraph(lines[index].text) or not _opened_already(before) or not is_sentence_end(before[-1].text):
        return 0.0
    if _counts_on(lines, 0, index):
        return 0.0
    shown = opening_at(lines, index) + parted + closes(before) + (1.0 if _counts_anew(lines, index) else 0.0)
    return shown if shown >= 1.0 else 0.0


def _counts_anew(lines: Sequence[CleanLine], index: int) -> bool:
    """True where numbers went on above and begin at one again below, of whatever sort: 一是 … 四是, then （一）."""
    below = next((number for line in lines[index + 1 : index + 4] if (number := _number(line.text))), 0)
    above = next((number for line in reversed(lines[:index]) if (number := _number(line.text))), 0)
    return below == 1 and above >= 2


def _number(line: str) -> int:
    mark = numbering(line)
    return mark.number if mark else block_number(line)


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
    return opening_at(lines, index) + heading + (closes(lines[max(0, index - 4) : index]) if heading else 0.0)


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
    return len(before) >= 4 or any(numbering(line.text) or _PARTS_INSIDE.search(line.text) for line in before)


def _last_top(before: Sequence[CleanLine]) -> int:
    for line in reversed(before):
        mark = numbering(line.text)
        if mark and mark.level == 1:
            return mark.number
    return 0
