"""A numbered line of a rectification list as one item: which of its clauses tells what the genre asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.domain.fact import Fact, FactKind
from service.domain.text import Notes
from service.drafting.compose_by_rules.problems import says_wrong
from service.drafting.compose_by_rules.rewrite import split_clauses

_NUMBERED = re.compile(
    r"\s*(?:\d{1,2}(?:[、)）]|[.．](?!\d))|[（(][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑩])"
)
_TELLS_AN_ITEM = frozenset({FactKind.PROBLEM, FactKind.CAUSE, FactKind.MEASURE, FactKind.FIELD})
_MAY_BE_THE_PROBLEM = frozenset({FactKind.ACTIVITY, FactKind.FIGURE, FactKind.PROFILE})
_DAY = r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|底|初|中旬|上旬|下旬|份)?"
_UNIT = r"[\u4e00-\u9fff]{1,10}(?:站|科|办|所|局|队|社区|街道|村|镇|中心|室|股|处|公司|物业|学校|医院|委|部|组)"
# What a clause answers, by the words it is made of; the first that fits counts, any other clause is a measure.
_ANSWERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("原因", re.compile(r"(?:主要)?(?:原因)?(?:是因为|因为|由于|主要是|原因是)(?P<value>.{2,60})$")),
    ("责任单位", re.compile(rf"(?:由)?(?P<value>{_UNIT})(?:负责|牵头)?$")),
    ("责任人", re.compile(r"(?:由)?(?P<value>[\u4e00-\u9fff]{2,10})负责$")),
    ("整改时限", re.compile(rf"(?P<value>(?:要?在)?{_DAY}(?:之?前|以前|底前)(?:要?完成|整改到位|办结)?)$")),
    (
        "佐证材料",
        re.compile(
            r"(?:有|附|附有)?(?P<value>[\u4e00-\u9fff]{0,6}(?:照片|台账|记录|合同|单据|影像|截图)\d{0,4}[张份页本个]?)$"
        ),
    ),
    (
        "完成情况",
        re.compile(
            rf"(?P<value>(?:{_DAY})?(?:已|已经)?(?:全部)?(?:完成|办结|销号|整改到位|整改完毕|解决)(?:了)?"
            r"|(?:还|仍|正)?在(?:整改|推进|办理)(?:中)?|正在推进|(?:需要?)?长期坚持|持续推进|基本完成)$"
        ),
    ),
)
_IS_DONE = re.compile(r"已|了|完成|更换|清理|安排|重新|加强")


def with_numbered_issues(facts: Sequence[Fact], notes: Notes) -> list[Fact]:
    """`facts` in which those of one numbered line of a list of problems share an item, with the fields their clauses
    tell (市场办负责 is 责任单位). A line is an item where its notes number it, or where it begins with a problem and
    goes on; facts that are of an item already only have their columns put right. Pure."""
    lines: dict[int, list[Fact]] = {}
    for fact in facts:
        lines.setdefault(notes.line_at(fact.span.start).number, []).append(fact)
    settled: dict[str, Fact] = {}
    for number, group in lines.items():
        first = group[0]
        line = notes.line_at(first.span.start)
        numbered = _NUMBERED.match(notes.raw[line.start : first.span.end]) is not None
        begins = first.kind is FactKind.PROBLEM or (numbered and first.kind in _MAY_BE_THE_PROBLEM)
        tells = any(one.kind in _TELLS_AN_ITEM for one in group)
        if len(group) < 2 or not begins or not tells or any(one.fields.get("item") for one in group):
            continue
        item = {"item": f"line {number}"}
        settled[first.id] = replace(first, kind=FactKind.PROBLEM, fields={**first.fields, **item})
        for one in group[1:]:
            settled[one.id] = replace(one, fields={**(one.fields or _fields_told(one)), **item})
    return [_columns_put_right(settled.get(fact.id, fact)) for fact in facts]


_PERSON_COLUMNS = ("责任人", "负责人", "责任")
_STATE_COLUMNS = ("完成情况", "整改结果", "进展", "进度", "整改完成情况", "结果", "状态", "整改进展")
_UNIT_ALONE = re.compile(rf"(?:{_UNIT})(?:、{_UNIT}){{0,4}}$")


def _columns_put_right(fact: Fact) -> Fact:
    """A unit in the column of persons is the unit that answers, and photos in the column of states are the proof."""
    fields = dict(fact.fields)
    for name in _PERSON_COLUMNS:
        if _UNIT_ALONE.match(fields.get(name, "")) and not any(
            "责任单位" in key or "责任科室" in key for key in fields
        ):
            fields["责任单位"] = fields.pop(name)
    for name in _STATE_COLUMNS:
        clauses = split_clauses(fields.get(name, ""))
        proofs = [clause for clause in clauses if _answer(clause)[0] == "佐证材料"]
        if proofs and len(proofs) < len(clauses) and not any("佐证" in key for key in fields):
            fields[name] = "，".join(clause for clause in clauses if clause not in proofs)
            fields["佐证材料"] = "，".join(proofs)
    return replace(fact, fields=fields) if fields != dict(fact.fields) else fact


def _fields_told(fact: Fact) -> dict[str, str]:
    """What the clauses of `fact` answer; none for a cause or a measure that is one as a whole."""
    if fact.kind in (FactKind.CAUSE, FactKind.MEASURE):
        return {}
    told: dict[str, list[str]] = {}
    for clause in split_clauses(fact.clean):
        ask, value = _answer(clause)
        told.setdefault(ask, []).append(value)
    return {ask: "，".join(values) for ask, values in told.items()}


def _answer(clause: str) -> tuple[str, str]:
    for ask, pattern in _ANSWERS:
        found = pattern.match(clause)
        if found:
            return ask, found["value"]
    return ("原因", clause) if says_wrong(clause) and not _IS_DONE.search(clause) else ("整改措施", clause)
