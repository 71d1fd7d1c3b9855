"""How damaged a report is, and what it can still be used for: its structure, its facts, both or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.clean.masks import NUMBER, TOKEN
from corpus.clean.paragraphs import stops_lost
from corpus.split.headings import DATE_LINE, SALUTATION, SIGNATURE, is_heading_like, numbering
from service.domain.report import Section
from service.domain.text import Span

# A clause that is nothing but a verb which wants an object: 认真对待，统一，开会; 一、加强，理顺机制; 围绕任务，完善。
_BARE_VERB = re.compile(
    r"(?:(?<=[，,；。：])|(?<=^)|(?<=[一二三四五六七八九十]、)|(?<=）))(?:加强|统一|完善|强化|制定|制订|建立|健全|开展|召开|成立|明确|落实|签订|签定|发放|递交|组织|深化|坚持|树立)(?=[，,。；]|$)"
)
# A particle left without its word, a verb without its object before a closing mark, a title without its name.
_HOLE = re.compile(
    r"(?<![参给赋])与的(?!确)|(?<![面针绝相反应核校])对的(?!话)|(?<![可所予加用得足难])以的|(?<![自理事缘来])由的|(?<![方导面趋定走取倾动意])向的|[把将]的(?!确|士)"
    r"|(?<=[、，])反对(?=[”’。，])|迷信反对的|(?:开展|进行)层层(?=[。，；])|《》|“”|主要抓[^，。、]{0,3}、分管抓|(?:庄严|郑重)做到"
    r"|（）|(?:工作|创建|整改|活动)实施》|、(?=[，。；])|[，；](?=[、；])|(?<=[\u4e00-\u9fff])和(?=[，。；])|(?<=率达|积达|度达|数达|量达)(?=。)"
)
_CUT_START = re.compile(
    r"^[)）\]】》”’，。、；：/／%％.,;:!！?？…-]|^(?:并|及|以及|等|的|了|和|与|而且|从而)(?=[\u4e00-\u9fff])|^[a-z]"
)
# Fewer figures than this are an enumeration or a date, nothing a report could be checked against.
_LEAST_FIGURES = 4
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*")
_ENDED = re.compile(r"[。！？!?…）)”》】]$")


def find_damage(
    paragraphs: Sequence[str], sections: Sequence[Section], *, line_damage: frozenset[str], headings_lost: bool
) -> tuple[str, ...]:
    """The damage of a report in the words of the public contract, in its order. Pure."""
    found = set(line_damage)
    if headings_lost:
        found.add("heading_lost")
    if paragraphs and _head_cut(paragraphs):
        found.add("head_cut")
    if paragraphs and _tail_cut(paragraphs, sections):
        found.add("tail_cut")
    if any(deleted_word(paragraph) for paragraph in paragraphs):
        found.add("deleted_word")
    order = ("mask", "heading_lost", "head_cut", "tail_cut", "deleted_word", "punct_lost")
    return tuple(flag for flag in order if flag in found)


def deleted_word(sentence: str) -> bool:
    """True where words were taken out of a sentence and a hole stayed. Pure. The words are never guessed."""
    plain = TOKEN.sub("某", sentence)
    mark = numbering(plain)
    rest = plain[mark.length :] if mark else plain
    # 一、加强，理顺机制: a heading that begins with a bare verb and a stop.
    return bool(_BARE_VERB.search(plain) or (mark and _BARE_VERB.match(rest)) or _HOLE.search(plain))


@dataclass(frozen=True, slots=True)
class DamagedSentence:
    """A sentence that must teach nobody: its place in the text, and why: mask, deleted_word, punct_lost."""

    span: Span
    flags: tuple[str, ...]


def damaged_sentences(text: str) -> tuple[DamagedSentence, ...]:
    """The damaged sentences of a cleaned text, in order; whole sentences are not among them. Pure."""
    found: list[DamagedSentence] = []
    for match in _SENTENCE.finditer(text):
        sentence = match[0]
        flags = tuple(
            flag
            for flag, raised in (
                ("mask", TOKEN.search(sentence) is not None),
                ("deleted_word", deleted_word(sentence)),
                ("punct_lost", stops_lost(TOKEN.sub("", sentence))),
            )
            if raised
        )
        if flags:
            found.append(DamagedSentence(Span(match.start(), match.end()), flags))
    return tuple(found)


def _head_cut(paragraphs: Sequence[str]) -> bool:
    first = paragraphs[0]
    mark = numbering(first)
    return bool(_CUT_START.match(first)) or bool(mark and mark.level <= 3 and mark.number > 1)


def _tail_cut(paragraphs: Sequence[str], sections: Sequence[Section]) -> bool:
    last = paragraphs[-1]
    if SALUTATION.match(last) or any(DATE_LINE.match(line) or SIGNATURE.match(line) for line in paragraphs[-6:]):
        return False
    if re.match(r"^(?:附件|附|联系人|（此件)", last) or " | " in last:
        return False
    if sections and sections[-1].heading and not sections[-1].text and sections[-1].level <= 2:
        # A heading with nothing under it; a full sentence as the last item of a list is none.
        return not last.endswith("。") or is_heading_like(last.rstrip("。"))
    return not _ENDED.search(last)


def usable_for(
    text: str, sections: Sequence[Section], damage: Sequence[str], *, figures_corrupt: bool = False
) -> tuple[str, ...]:
    """Which of "structure" and "facts" a report may teach. Pure.

    Structure needs a whole text whose headings are in order but for one gap; facts need figures that are not mostly
    masks. `figures_corrupt` says that a mask was found inside a figure (520xx), so that no figure can be believed.
    """
    usable = []
    flags = set(damage)
    headed = sum(1 for section in sections if (mark := numbering(section.heading)) and mark.level <= 2)
    headed = headed or sum(1 for section in sections if section.heading and section.level <= 2)
    # One lost heading among several leaves the plan readable; a cut or run-on text teaches a wrong one.
    gaps = "heading_lost" in flags and (headed < 5 or "tail_cut" in flags or ("deleted_word" in flags and headed < 8))
    broken = gaps or {"punct_lost", "head_cut"} & flags
    whole_short = 110 <= len(text) <= 700 and "tail_cut" not in flags
    if not broken and (whole_short or (headed >= 2 and len(text) >= 300)):
        usable.append("structure")
    masks = text.count(NUMBER)
    figures = len(re.findall(r"\d+(?:\.\d+)?", TOKEN.sub("", text)))
    # One masked figure in four leaves sentences whose true figures cannot be told from the context of the others.
    if figures >= _LEAST_FIGURES and masks * 3 < figures + 2 and not figures_corrupt:
        usable.append("facts")
    return tuple(usable)
