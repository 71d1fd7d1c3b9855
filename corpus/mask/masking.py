"""Masks past reports: numbers, dates, names, places, units and titles become typed blanks such as 〔数量〕.

A composer only ever sees this form, so what is not in it cannot be copied. General state words stay (十九大, “三下乡”):
any report may carry them, and without them the sentences lose their sense. In doubt a word is masked: a blank too many
costs a little form, a name too few is another unit's name in a draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from corpus.mask.odds import likely_cuts
from corpus.mask.people import find_people
from corpus.mask.rules import (
    AMOUNT,
    BLANK,
    BLANK_OF_NAME,
    DATE,
    NAME,
    NUMBERING,
    PERSON,
    PLACE,
    UNIT,
    Cut,
    Rule,
    rule_cuts,
)
from service.domain.report import Report
from service.domain.shelf import MaskedSection
from service.language.names import NameKind, bare_name, find_names, policy_reason
from service.language.words import segment

# Blanks that arrive with the report: the cleaner's tokens for what a site had masked before us.
_ARRIVED = {"num": AMOUNT, "year": DATE, "place": PLACE, "word": NAME}
_ARRIVED_BLANK = re.compile(r"〔MASK:([a-z]{1,10})〕")
# Every digit of every script: ３, ٣, ①, Ⅲ and ½ state numbers as well as 3 does.
_DIGITS = re.compile(r"[\d①-⓿❶-➓㈠-㈩㊀-㊉Ⅰ-ↈ¼-¾²³¹⁰-₉]{1,64}(?:[.,．，:：]?\d{1,32}){0,8}")
_ORDER_MARK = re.compile(r"(?m)^([ \t　]{0,8}[(（]?)\d{1,3}(?=[.．、)）])")
_REPEATED = re.compile("(〔(?:数量|日期|比例|金额|人名|地名|单位|文件|活动|名称)〕)(?:[ 　]?\\1){1,40}")
# A name masked away can bring another to light (the unit after a date that was glued to it); three rounds were enough
# for every page seen, the bound only stops a text made to go on for ever.
_MOST_ROUNDS = 6

_SEAT = re.compile(r"(?P<stem>[一-龥]{2,4}?)(?:街道|社区|[市县区旗镇乡村])")
_OF_PLACES = frozenset({"ns", "nr", "nrt", "nrfg", "nz", "nt", "x", "j"})

_NUMBERS_WORTH_NOTHING = re.compile(r"[\d０-９]{1,64}(?:[.,．，%％]?[\d０-９]{1,32}){0,8}[%％]?")
_SPACES = re.compile(r"[ \t　]{1,256}")


def mask_text(text: str, known: Mapping[str, str] | None = None) -> str:
    """`text` with typed blanks in place of its numbers, dates, names, places, units and titles. Idempotent. Pure.

    The counter of a number stays outside (〔数量〕场次), so the form of the sentence survives. `known` maps names that
    other parts of the same report gave away to their blanks; they are masked wherever they stand.
    """
    masked = _ARRIVED_BLANK.sub(lambda found: _ARRIVED.get(found[1], NAME), text)
    masked = _ORDER_MARK.sub(lambda found: found[1] + NUMBERING, masked)
    for _ in range(_MOST_ROUNDS):
        before = masked
        masked = _once(masked, known or {})
        if masked == before:
            break
    return masked


def mask_report(report: Report) -> tuple[MaskedSection, ...]:
    """The sections of `report` with their masked forms, aligned with `report.sections`. Pure.

    A name is often plain only once (党支部书记林望舒) and bare afterwards (望舒同志, 林望舒带头): what any sentence of
    the report gives away is masked in all of them.
    """
    known = names_of(report)
    return tuple(
        MaskedSection(section, mask_text(section.heading, known), mask_text(section.text, known))
        for section in report.sections
    )


def names_of(report: Report) -> dict[str, str]:
    """Every name that `report` gives away, with its blank: those found in its text, and its own unit's. Pure."""
    text = f"{report.title}\n{report.text}"
    known: dict[str, str] = {}
    for name in find_names(text):
        bare = bare_name(name.text)
        if name.sure and len(bare) >= 2 and name.kind is not NameKind.BRAND and policy_reason(bare) is None:
            known.setdefault(bare, BLANK_OF_NAME[name.kind])
    for start, end in find_people(text):
        known.setdefault(text[start:end], PERSON)
    unit = bare_name(report.unit)
    if len(unit) >= 2:
        known[unit] = UNIT
    for full in list(known):
        for stem in _stems(full):
            known.setdefault(stem, PLACE)
    return {name: blank for name, blank in known.items() if "〔" not in name}


def _stems(name: str) -> Iterator[str]:
    """What remains of a name in other sentences: 岫水 and 岫水县 of 岫水县教育局. A common word (中心) is no stem."""
    for part in _SEAT.finditer(name):
        words = segment(part["stem"])
        if len(words) > 1 or words[0].tag in _OF_PLACES:
            yield part["stem"]
            yield part[0]


def wording(text: str) -> str:
    """`text` with its numbers and typed blanks gone: what is left says what it is about. Pure.

    “清理死角12处” and “清理死角350处” are the same question to a search; with the figures in they are not.
    """
    return _SPACES.sub(" ", _NUMBERS_WORTH_NOTHING.sub("", BLANK.sub("", text))).strip()


def _once(text: str, known: Mapping[str, str]) -> str:
    cuts = [Cut(found.start(), found.end(), found.group(), Rule.BLANK) for found in BLANK.finditer(text)]
    cuts += likely_cuts(text, [*cuts, *rule_cuts(text)])
    cuts += _cuts_of_known(text, known)
    cuts += [Cut(found.start(), found.end(), AMOUNT, Rule.NUMBER) for found in _DIGITS.finditer(text)]
    return _REPEATED.sub(r"\1", _with_blanks(text, cuts))


def _cuts_of_known(text: str, known: Mapping[str, str]) -> list[Cut]:
    cuts = []
    for name, blank in known.items():
        start = text.find(name)
        while start >= 0:
            cuts.append(Cut(start, start + len(name), blank, Rule.KNOWN))
            start = text.find(name, start + len(name))
    return cuts


def _with_blanks(text: str, cuts: list[Cut]) -> str:
    """`text` with its cuts replaced, the widest of those that overlap; a blank that stands already is never cut."""
    standing = [cut for cut in cuts if cut.blank == text[cut.start : cut.end]]
    taken = bytearray(len(text))
    for cut in standing:
        taken[cut.start : cut.end] = b"\x01" * (cut.end - cut.start)
    chosen: list[Cut] = []
    for cut in sorted(cuts, key=lambda one: (one.start - one.end, one.start)):
        for start, end in _free_parts(taken, cut):
            taken[start:end] = b"\x01" * (end - start)
            chosen.append(Cut(start, end, cut.blank, cut.rule))
    parts: list[str] = []
    at = 0
    for cut in sorted(chosen, key=lambda one: one.start):
        parts += [text[at : cut.start], cut.blank]
        at = cut.end
    return "".join([*parts, text[at:]])


def _free_parts(taken: bytearray, cut: Cut) -> list[tuple[int, int]]:
    """The parts of a cut that no wider one took, so that what two names share is masked once and wholly."""
    parts = []
    start = cut.start
    while start < cut.end:
        if taken[start]:
            start += 1
            continue
        end = taken.find(1, start, cut.end)
        end = cut.end if end < 0 else end
        parts.append((start, end))
        start = end
    return parts
