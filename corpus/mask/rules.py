"""What the rules take for numbers and names: typed cuts, each with the rule that makes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.mask.bounded import find_bounded_names
from corpus.mask.kinds import begin_of_half, find_named_kinds
from corpus.mask.people import find_people
from corpus.mask.vague import find_unknown_words, find_vague_names
from service.domain.quantity import Kind, Mention, Role
from service.language.names import Name, NameKind, bare_name, find_names, policy_reason
from service.language.numbers import find_numbers

AMOUNT = "〔数量〕"
DATE = "〔日期〕"
SHARE = "〔比例〕"
MONEY = "〔金额〕"
PERSON = "〔人名〕"
PLACE = "〔地名〕"
UNIT = "〔单位〕"
DOCUMENT = "〔文件〕"
ACTIVITY = "〔活动〕"
NAME = "〔名称〕"
NUMBERING = "〔序号〕"

BLANK_OF_NAME = {
    NameKind.PERSON: PERSON,
    NameKind.PLACE: PLACE,
    NameKind.UNIT: UNIT,
    NameKind.DOCUMENT: DOCUMENT,
    NameKind.PROJECT: ACTIVITY,
    NameKind.BRAND: NAME,
}
_BLANK_OF_KIND = {
    Kind.DATE: DATE,
    Kind.YEAR: DATE,
    Kind.MONTH: DATE,
    Kind.QUARTER: DATE,
    Kind.PERIOD: DATE,
    Kind.TIME: DATE,
    Kind.PERCENT: SHARE,
    Kind.PERMILLE: SHARE,
    Kind.RATIO: SHARE,
    Kind.POINT: SHARE,
    Kind.MONEY: MONEY,
    Kind.DOCNUM: DOCUMENT,
}
BLANK = re.compile("〔(?:数量|日期|比例|金额|人名|地名|单位|文件|活动|名称|序号)〕")


class Rule(StrEnum):
    """What a cut rests on; the letters are traits of the weighed evidence."""

    BLANK = "x"
    NUMBER = "m"
    DOCUMENT = "d"
    QUOTED = "q"
    PROJECT = "h"
    NAME = "N"
    DOUBTED_NAME = "n"
    PERSON = "P"
    VAGUE = "V"
    KIND = "K"
    BOUNDED = "B"
    UNKNOWN = "U"
    LIKELY = "L"
    KNOWN = "k"


_RULE_OF_NAME = {
    NameKind.DOCUMENT: Rule.DOCUMENT,
    NameKind.PROJECT: Rule.PROJECT,
    NameKind.BRAND: Rule.QUOTED,
}


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a text that a blank replaces."""

    start: int
    end: int
    blank: str
    rule: Rule


def rule_cuts(text: str) -> Iterator[Cut]:
    """The cuts of every rule; they may overlap. Pure."""
    for mention in find_numbers(text):
        # 由44项减少到33项 is one change with two ends; its words between them are form and stay.
        for part in mention.parts or (mention,):
            if (number := _cut_of_number(text, part)) is not None:
                yield number
    for name in find_names(text):
        if (cut := _cut_of_name(name)) is not None:
            yield _whole(text, cut)
    for start, end in find_people(text):
        yield Cut(start, end, PERSON, Rule.PERSON)
    for rule, other, found in (
        (Rule.VAGUE, UNIT, find_vague_names(text)),
        (Rule.KIND, UNIT, find_named_kinds(text)),
        (Rule.BOUNDED, UNIT, find_bounded_names(text)),
        (Rule.UNKNOWN, NAME, find_unknown_words(text)),
    ):
        for start, end, is_place in found:
            yield _whole(text, Cut(start, end, PLACE if is_place else other, rule))


def _whole(text: str, cut: Cut) -> Cut:
    return replace(cut, start=begin_of_half(text, cut.start, cut.end)) if cut.blank in (PLACE, UNIT) else cut


def _cut_of_number(text: str, mention: Mention) -> Cut | None:
    if mention.role is Role.LEXICAL or mention.role is Role.STRUCTURE:
        return None
    if mention.role is Role.NAME:
        # 十九大 and 四个意识 are state words; 322国道 says where, and its digits are masked below in any case.
        return None
    if mention.kind is Kind.PLACEHOLDER and BLANK.fullmatch(mention.text):
        return None
    blank = _BLANK_OF_KIND.get(mention.kind, AMOUNT) if mention.kind is not None else AMOUNT
    end = mention.end
    if blank == AMOUNT and mention.unit and text[:end].endswith(mention.unit):
        end -= len(mention.unit)
    return Cut(mention.start, end, blank, Rule.NUMBER) if end > mention.start else None


def _cut_of_name(name: Name) -> Cut | None:
    bare = bare_name(name.text)
    if policy_reason(bare) is not None or not bare or BLANK.sub("", bare) == "":
        return None
    rule = _RULE_OF_NAME.get(name.kind, Rule.NAME if name.sure else Rule.DOUBTED_NAME)
    return Cut(name.start, name.end, BLANK_OF_NAME[name.kind], rule)
