"""Fields of a rectification item (责任人：张某；时限：3月底) and the item that lines belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.domain.fact import FactKind
from service.drafting.facts.labels import FIELDS, LabelSort, field_named
from service.drafting.facts.lexicon import trie_pattern
from service.drafting.facts.read_lines import ReadLine
from service.drafting.facts.standing import Standing

_NAMES = trie_pattern(name for names in FIELDS.values() for name in names)
_WITH_COLON = re.compile(rf"({_NAMES})(?:[（(][^（()）]{{1,10}}[）)])? ?[：:] ?")
# Without a colon only names that cannot open a sentence of another sense: 责任人张某, but not 问题突出, 措施得力.
_BARE = re.compile(
    r"(责任人|责任领导|包保领导|责任单位|责任科室|责任部门|牵头单位|牵头科室|牵头部门|整改时限|完成时限|时限|佐证材料)(?:是|为)? ?(?=[\u4e00-\u9fff\d])"
)
_QUOTED_ISSUE = re.compile(r"(?:针对|关于|对)?[“\"「]([^”\"」]{4,60})[”\"」](?:的|这一|等)?问题")


@dataclass(frozen=True, slots=True)
class FieldRead:
    """A field by its one name, and its value: literal words of the notes."""

    name: str
    value: str


def read_field(text: str) -> FieldRead | None:
    """The field that a clause gives, or None. Pure."""
    found = _WITH_COLON.match(text) or _BARE.match(text)
    if not found or not text[found.end() :].strip():
        return None
    name = field_named(found[1])
    return FieldRead(name, text[found.end() :].strip(" ，,；;。")) if name else None


def opens_field(text: str) -> bool:
    """True where a clause opens with a field's name and a value. Pure."""
    return read_field(text) is not None


def item_named(line: ReadLine, standing: Standing) -> str | None:
    """The ordinal of the rectification item that `line` opens or names, or None. Pure."""
    if line.label and line.label.sort is LabelSort.ISSUE:
        return line.label.value
    quoted = _QUOTED_ISSUE.match(line.words)
    if quoted and line.number is not None:
        return line.number
    if quoted:
        return str(int(standing.item) + 1 if standing.item and standing.item.isdigit() else 1)
    if line.number is not None and standing.kind is FactKind.PROBLEM and line.style not in ("-", "一是"):
        return line.number
    return None
