"""Noise between lines: words split off into paragraphs of their own, sentences broken by a line end, enumerators."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.clean.changes import CleanLine
from corpus.clean.characters import CJK
from corpus.split.headings import (
    DATE_LINE,
    SALUTATION,
    SIGNATURE,
    block_number,
    is_sentence_end,
    is_title,
    numbering,
    without_marks,
)
from service.domain.page import Change

# Words that sites turn into links to other pages, each torn out into a paragraph (N12).
_LINK_WORD = re.compile(
    r"^[^，。；：、！？\d]{0,5}(?:制度|计划|预案|书|誓词|方案|总结|报告|办法|细则|条例|讲话稿|体会|演讲稿|发言稿|合同|通知|规定|公约|演讲|征文|简报|心得|口号|标语)。?$"
)
_CONNECTED = re.compile(r"^(?:和|与|及|以及|、|，|。|并|等|的)")
# A run of this many Chinese characters without any stop shows that commas were lost.
_LOST_COMMAS_RUN = 45
_ENDING_CHARS = 200
_MANY_LINK_WORDS = 3
_RUN = re.compile(rf"[{CJK}]{{{_LOST_COMMAS_RUN},}}")
_ENUMERATOR = re.compile(r"(?:(?<=[。；：！])|^)([一二三四五六七八九])(?=[\u4e00-\u9fff])")
# 一系列建设, 三年来, 七月针对, 一抓环境, 四个方面: the numeral belongs to the next character.
_NOT_ENUMERATOR = (
    "是抓要、个年月日次名批系方般些直起定切边手线旦律并心致共经度时向流度级届支项家户位条种类套期届大化改进区所座块场处份口千百万亿十点季周代"
    "楼层号路街里等面步来把带旁则会儿生刻味样道再半下件只间台段页堂节组回"
)


def stops_lost(text: str) -> bool:
    """True where `text` runs on without the commas it must have had. Pure."""
    return bool(_RUN.search(text))


def mend_paragraphs(
    lines: Sequence[CleanLine], going_on: frozenset[int] = frozenset()
) -> tuple[list[CleanLine], list[Change]]:
    """`lines` with torn paragraphs rejoined and stops after headings dropped, and the changes. Pure.

    `going_on` are the numbers of lines that the margin of a printed page ended.
    """
    changes: list[Change] = []
    mended = _rejoin_link_words(lines, changes)
    mended = _rejoin_broken_sentences(mended, going_on, changes)
    mended = [_name_enumerators(line, changes) for line in mended]
    return _drop_heading_stops(mended, changes), changes


def _rejoin_link_words(lines: Sequence[CleanLine], changes: list[Change]) -> list[CleanLine]:
    # Where a site tore out several words, each short line with a stop is one of them.
    many = sum(1 for line in lines if _is_link_word(line.text) and line.text.endswith("。")) >= _MANY_LINK_WORDS
    kept: list[CleanLine] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        after = lines[index + 1] if index + 1 < len(lines) else None
        if kept and after is not None and _is_torn_word(kept[-1], line, after, many):
            before = kept.pop()
            torn = line.text.rstrip("。")
            head = before.text.rstrip("。")
            # 。 before the word may be a true stop; the sentence is marked, not repaired.
            text = head + torn + after.text
            changes.append(Change(line.first, 0, line.text, torn, "N12"))
            kept.append(CleanLine(before.first, after.last, text, before.damage | after.damage | {"punct_lost"}))
            index += 2
            continue
        kept.append(line)
        index += 1
    return kept


def _is_link_word(text: str) -> bool:
    return len(text) <= 9 and bool(_LINK_WORD.match(text)) and not numbering(text)


def _is_torn_word(before: CleanLine, line: CleanLine, after: CleanLine, many: bool) -> bool:
    if not _is_link_word(line.text):
        return False
    if many and line.text.endswith("。") and len(before.text) >= 30 and not numbering(after.text):
        return True
    if numbering(after.text) or DATE_LINE.match(after.text) or is_title(before.text) or len(after.text) < 12:
        return False
    torn_before = len(before.text) >= 12 and not re.search(r"[。！？；：]$", before.text)
    return (
        bool(_CONNECTED.match(after.text)) or stops_lost(after.text[:160]) or (torn_before and line.text.endswith("。"))
    )


def _rejoin_broken_sentences(
    lines: Sequence[CleanLine], going_on: frozenset[int], changes: list[Change]
) -> list[CleanLine]:
    joined: list[list[CleanLine]] = []
    ending = ""
    for line in lines:
        if joined and (joined[-1][-1].last in going_on or _continues(ending, line.text)):
            changes.append(Change(line.first, 0, "\n", "", "N23"))
            joined[-1].append(line)
            # The last words decide; a whole page of broken lines must not be read again for each.
            ending = (ending + line.text)[-_ENDING_CHARS:]
        else:
            joined.append([line])
            ending = line.text[-_ENDING_CHARS:]
    return [_as_one(group) for group in joined]


def _as_one(group: list[CleanLine]) -> CleanLine:
    if len(group) == 1:
        return group[0]
    damage = frozenset[str]().union(*(line.damage for line in group))
    return CleanLine(group[0].first, group[-1].last, "".join(line.text for line in group), damage)


def _continues(before: str, line: str) -> bool:
    """True where a sentence was broken by a line end: 持续增强居 / 民参与热情.

    Not every line without a stop is broken: titles, fields (牵头单位：党政办), table rows and headings have none.
    """
    if not before or is_sentence_end(before) or without_marks(before)[1] or without_marks(line)[1]:
        return False
    if (
        not re.match(rf"[{CJK}，。、；“《（0-9]", line)
        or numbering(line)
        or block_number(line)
        or " | " in before + line
    ):
        return False
    if (
        line.startswith(("附件", "附："))
        or DATE_LINE.match(line)
        or SALUTATION.match(line)
        or is_title(line)
        or is_title(before)
    ):
        return False
    if SIGNATURE.match(before) or SIGNATURE.match(line) or re.match(r"^[^，。；：]{2,8}[：:]", line):
        return False
    if before[-1:].isdigit() and line[:1].isdigit():
        return False
    if line[0] in "，。、；":
        return True
    mark = numbering(before)
    sentence = re.sub(r"^.*[。！？；]", "", before)
    if mark and sentence == before:
        return len(before) >= 40 and "，" in before[25:]
    return len(before) >= 24 and (len(sentence) != len(before) or "，" in before or len(before) >= 34)


def _name_enumerators(line: CleanLine, changes: list[Change]) -> CleanLine:
    """一加强…。二深入… becomes 一是加强…。二是深入…, only where the whole sequence from 一 stands in the line (N20)."""
    places = [
        found.start() for found in _ENUMERATOR.finditer(line.text) if line.text[found.end()] not in _NOT_ENUMERATOR
    ]
    values = ["一二三四五六七八九".index(line.text[place]) + 1 for place in places]
    if len(values) < 2 or values != list(range(1, len(values) + 1)):
        return line
    text = line.text
    for place in reversed(places):
        changes.append(Change(line.first, place, text[place], text[place] + "是", "N20"))
        text = text[: place + 1] + "是" + text[place + 1 :]
    return CleanLine(line.first, line.last, text, line.damage)


def _drop_heading_stops(lines: Sequence[CleanLine], changes: list[Change]) -> list[CleanLine]:
    """Sites put 。 behind every short line (N24). A numbered item that is itself the sentence keeps it."""
    kept: list[CleanLine] = []
    for index, line in enumerate(lines):
        text = line.text
        if text.endswith("。") and "。" not in text[:-1] and len(text) <= 40:
            after = lines[index + 1].text if index + 1 < len(lines) else ""
            mark, next_mark = numbering(text), numbering(after)
            heads = (
                mark is not None
                and bool(after)
                and len(text) - mark.length <= 32
                and (next_mark is None or next_mark.level > mark.level)
            )
            if DATE_LINE.match(text) or (heads and mark is not None and mark.level <= 2):
                changes.append(Change(line.first, len(text) - 1, "。", "", "N24"))
                text = text[:-1]
        kept.append(CleanLine(line.first, line.last, text, line.damage))
    return kept
