"""Fields of a rectification item (责任人：张某；时限：3月底) and the item that lines belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.fact import FactKind
from service.drafting.facts.labels import FIELDS, LabelSort, field_named, is_person, read_label
from service.drafting.facts.lexicon import trie_pattern
from service.drafting.facts.read_lines import ReadLine
from service.drafting.facts.standing import Standing

_NAMES = trie_pattern(name for names in FIELDS.values() for name in names)
_WITH_COLON = re.compile(rf"({_NAMES})(?:[（(][^（()）]{{1,10}}[）)])? ?(?:[：:]|[—–]{{1,2}}) ?")
# Without a colon only names that cannot open a sentence of another sense: 责任人张某, but not 问题突出, 措施得力.
_BARE = re.compile(
    r"(责任人|责任领导|包保领导|责任单位|责任科室|责任部门|牵头单位|牵头科室|牵头部门|整改时限|"
    r"完成时限|时限|佐证材料)(?:是|为)? ?(?=[\u4e00-\u9fff\d])"
)
_LED_BY = re.compile(r"由([\u4e00-\u9fff]{2,10}?)(?:同志)?(?:牵头|负责|包保|督办|具体负责)")
# 2月20日完成 tells when it was done; only 前, 底 or 末 makes a deadline of it.
_DONE_BY = re.compile(
    r"((?:\d{4}年)?\d{1,2}月(?:(?:底|末)(?:之?前)?|(?:\d{1,2}[日号]|中旬|上旬|下旬|初)?之?前))(?:全部|全面)?"
    r"(?:完成|办结|整改到位|整改完毕|销号|完工)"
)
# 3.25之前弄完, 4月10日前: a day with 前 alone, or with what is to be done by then.
_BY_DAY = re.compile(
    r"(?:^|[，,；;、]|[\u4e00-\u9fff] ?)((?:\d{1,2}月(?:\d{1,2}[日号]?|底|末|[上中下]旬)|\d{1,2}[.．]\d{1,2})"
    r"(?:之前|以前|前))(?:必须|要|得|全部)?(?:[弄搞做改整修]|整改|处理|解决)?(?:完|好|到位|掉)?(?=$|[，,；;。])"
)
# 环卫所牵头, 城管中队李建国负责: who stands right before the word of duty.
_LEADS = re.compile(r"(?:^|[，,；;。])([\u4e00-\u9fff]{2,10}?)(?:同志)?(?:牵头|负责|包保)(?=$|[，,；;。])")
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


def _next_ordinal(standing: Standing) -> str:
    return str(int(standing.item) + 1 if standing.item and standing.item.isdigit() else 1)


def embedded_fields(text: str) -> dict[str, str]:
    """The fields that a statement of an item names in passing: 由环卫所牵头, 5月底前完成. Pure."""
    fields: dict[str, str] = {}
    for found in _LED_BY.finditer(text):
        fields["责任人" if is_person(found[1]) else "责任单位"] = found[1]
    for found in _LEADS.finditer(text):
        who = found[1]
        body, person = next(
            ((who[:-n], who[-n:]) for n in (3, 2) if is_person(who[-n:]) and _is_body(who[:-n])), (who, "")
        )
        if person:
            fields.setdefault("责任人", person)
        if _is_body(body):
            fields.setdefault("责任单位", body)
        elif is_person(who):
            fields.setdefault("责任人", who)
    if (deadline := _DONE_BY.search(text) or _BY_DAY.search(text)) and not text.startswith("已"):
        fields["时限"] = deadline[1]
        if _is_body(before := text[: deadline.start(1)].strip()):
            fields.setdefault("责任单位", before)
    return fields


def lists_issues(lines: Sequence[ReadLine]) -> bool:
    """True where the notes go issue by issue: 问题：… followed by its 措施, 责任人 or 时限, more than once. Pure."""
    names = [line.label.value for line in lines if line.label and line.label.sort is LabelSort.FIELD]
    return names.count("问题") > 1 and bool({"原因", "措施", "责任人", "责任单位", "时限", "完成情况"} & set(names))


def item_named(line: ReadLine, standing: Standing) -> str | None:
    """The ordinal of the rectification item that `line` opens or names, or None. Pure."""
    if line.label and line.label.sort is LabelSort.ISSUE:
        return line.label.value
    if line.label and line.label.sort is LabelSort.FIELD:
        # （2）问题：公厕异味 opens the second item; 责任人：… goes on with the item before it.
        opens = line.label.value == "问题" and standing.by_issue
        return (line.number or _next_ordinal(standing)) if opens else None
    quoted = _QUOTED_ISSUE.match(line.words)
    if quoted and line.number is not None:
        return line.number
    if quoted:
        return _next_ordinal(standing)
    # 四、下一步 below 三、存在问题 is the next part, not a fourth problem.
    entry = line.number is not None and line.style not in ("-", "一是", standing.kind_style)
    if entry and standing.kind is FactKind.PROBLEM:
        return line.number
    return None


def _is_body(text: str) -> bool:
    return read_label(text).sort in (LabelSort.BODY, LabelSort.PLACE)
