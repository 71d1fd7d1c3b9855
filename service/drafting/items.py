"""The items of a rectification list in notes of any form: numbered lines, entries inside one line, rows of a ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from service.domain.fact import Fact, FactKind
from service.domain.text import Notes
from service.drafting.compose_by_rules.breaks import with_breaks
from service.drafting.compose_by_rules.problems import says_wrong
from service.drafting.facts.clauses import has_action
from service.drafting.facts.enumerators import counted_up
from service.drafting.facts.issue_rows import OTHER
from service.drafting.facts.labels import field_named, ordinal_text
from service.drafting.facts.likeness import bigrams
from service.drafting.fields_told import (
    ALL_DONE,
    DEADLINE,
    OFFICE,
    PERSON,
    PROBLEM,
    PROOF,
    STATE,
    answer_of_cell,
    fields_told,
    pieces_of_item,
    with_spoken_days,
)

_NUMBERED = re.compile(
    r"\s*(?:\d{1,2}(?:[、)）]|[.．](?!\d))|[（(][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑩])"
)
_TELLS_AN_ITEM = frozenset({FactKind.PROBLEM, FactKind.CAUSE, FactKind.MEASURE, FactKind.FIELD})
_MAY_BE_THE_PROBLEM = frozenset({FactKind.ACTIVITY, FactKind.FIGURE, FactKind.PROFILE})
_INLINE = re.compile(r"(?:[①-⑩]|[（(]?\d{1,2}[)）、.．]|第[一二三四五六七八九十][条个项点]?[，,、：: ]?)\s*$")
_INLINE_HEAD = re.compile(r"(?:[①-⑩]|[（(]?\d{1,2}[)）、.．](?!\d)|第[一二三四五六七八九十][条个项点][，,、：: ]?)")
_OF_PROBLEMS = re.compile(r"问题|反馈|通报|扣分|不到位|短板|交办|督办|暗访")
_NAMES_ITEM = re.compile(
    r"(?:第|问题)?(?P<number>[①-⑩]|(?<=第)\d{1,2}|(?<=第)[一二三四五六七八九十]{1,2}|(?<=问题)[一二三四五六七八九十\d]{1,2})(?:条|项|个|点)?"
)
_CODE = re.compile(r"[\s※*·•▲◆\-]*([A-Za-z]{1,2}-?\d{1,3})(?!\d)")
_NO_ITEM_OF = frozenset({FactKind.BASIS, FactKind.MEETING, FactKind.RESULT, FactKind.PROFILE})
_FEWEST_SHARED = 1
_TELLS_ENOUGH = 2  # The item itself and one answer beside the problem.
_NAMED_FIRST = re.compile(r"(?P<problem>[\u4e00-\u9fff“”]{3,14})[：:] ?(?=[\u4e00-\u9fff\d])")


def with_items(facts: Sequence[Fact], notes: Notes) -> list[Fact]:
    """`facts` in which those of one problem share an item and name what they tell of it (市场办负责 is 责任单位).

    An item is a numbered line, an entry of a list inside a line, a line that begins with a problem and goes on, or a
    row of a ledger. What stands loose below goes to the problem whose words it shares. Pure."""
    facts = _apart_by_place(facts)
    settled = {fact.id: fact for fact in facts}
    by_line: dict[int, list[Fact]] = {}
    for fact in facts:
        by_line.setdefault(notes.line_at(fact.span.start).number, []).append(fact)
    entries = counted_up([line.text for line in notes.lines])
    lists = _lists_of_items(by_line, {number: entry.list_line for number, entry in entries.items()})
    listed = False
    for number, group in by_line.items():
        if any(one.fields.get("item") for one in group):
            settled |= {one.id: _with_answers(one) for one in group[1:] if one.fields.get("item")}
            continue
        inline = _entries_inside(group, notes, notes.lines[number - 1].text)
        if inline:
            settled |= inline
            listed = True
            continue
        first = group[0]
        line = notes.lines[number - 1]
        numbered = number in entries or _NUMBERED.match(notes.raw[line.start : first.span.end]) is not None
        begins = first.kind is FactKind.PROBLEM or (numbered and first.kind in _MAY_BE_THE_PROBLEM)
        told = _as_item(group, f"line {number}", number in entries)
        tells = any(one.kind in _TELLS_AN_ITEM for one in group) or sum(len(one.fields) - 1 for one in told) > 1
        of_list = number in entries and entries[number].list_line in lists
        if of_list or (begins and tells and (len(group) > 1 or len(told[0].fields) > _TELLS_ENOUGH)):
            settled |= {one.id: one for one in told}
    out = [_columns_put_right(settled[fact.id]) for fact in facts]
    return _bound(out, notes, listed)


def _apart_by_place(facts: Sequence[Fact]) -> list[Fact]:
    """`facts` whose items are numbered anew under each place, so that 1. of one market is not 1. of the next."""
    places: dict[str, set[str | None]] = {}
    for fact in facts:
        if item := fact.fields.get("item"):
            places.setdefault(item, set()).add(fact.whose)
    twice = {item for item, of in places.items() if len(of) > 1}
    return [
        replace(fact, fields={**fact.fields, "item": f"{fact.whose}{item}"})
        if (item := fact.fields.get("item")) in twice and fact.whose
        else fact
        for fact in facts
    ]


def _with_answers(fact: Fact) -> Fact:
    """A statement of an item with the office, the person, the day, the state and the proof that its pieces name:
    公卫科，责任人 宁若，11月7日前. What it names already stays."""
    if fact.kind is FactKind.FIELD:
        return fact
    told = [
        one
        for piece in pieces_of_item(fact.text)
        if not has_action(piece) or ALL_DONE.fullmatch(piece)
        for one in answer_of_cell(piece)
    ]
    fields = {name: words for name, words in told if name in (OFFICE, PERSON, DEADLINE, STATE, PROOF)}
    asked_as = {"责任单位": OFFICE, "责任人": PERSON, "时限": DEADLINE, "完成情况": STATE, "佐证": PROOF}
    known = {asked_as.get(name, name) for name in fact.fields}
    return replace(fact, fields={**fact.fields, **{name: fields[name] for name in fields if name not in known}})


def _lists_of_items(by_line: Mapping[int, Sequence[Fact]], lists: Mapping[int, int]) -> set[int]:
    """The lists, by their first line, most of whose entries tell a problem with something that was done about it."""
    told: dict[int, list[bool]] = {}
    for number, opened in lists.items():
        group = by_line.get(number, ())
        fields = [key for one in _as_item(group, "", True) for key in one.fields if key not in ("item", PROBLEM)]
        wrong = any(one.kind is FactKind.PROBLEM for one in group)
        told.setdefault(opened, []).append(len(set(fields)) > 1 or (wrong and bool(fields)))
    return {opened for opened, entries in told.items() if sum(entries) * 2 >= len(entries)}


def _as_item(group: Sequence[Fact], item: str, telegraphic: bool) -> list[Fact]:
    """The facts of a line as one item; `telegraphic` reads blanks as marks between its pieces."""
    out: list[Fact] = []
    opened = False
    for place, fact in enumerate(group):
        if fact.fields or (place and fact.kind in (FactKind.CAUSE, FactKind.MEASURE) and not telegraphic):
            out.append(replace(fact, fields={**fact.fields, "item": item}))
            opened = True
            continue
        plain = "".join(fact.text.split()) == "".join(fact.clean.split())
        said = fact.text if telegraphic and plain else with_breaks(fact.text, fact.clean)
        named = None if place else _NAMED_FIRST.match(said)
        # 公厕异味：环卫所负责 names its problem before a colon.
        pieces = [named["problem"]] if named and field_named(named["problem"]) is None else []
        pieces += pieces_of_item(said[named.end() :] if named and pieces else said)
        told = list(fields_told(pieces, opened))
        fields = _gathered(told)
        opened = True
        only = fields.keys() == {PROBLEM}
        kind = FactKind.PROBLEM if PROBLEM in fields else fact.kind
        # A piece of the problem alone is told by its fact, doubts and questions included.
        out.append(replace(fact, kind=kind, fields={"item": item} if only and not place else {**fields, "item": item}))
    return out


def _gathered(told: Sequence[tuple[str, str]]) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    for name, words in told:
        fields.setdefault(name, []).append(words)
    return {name: "，".join(words) for name, words in fields.items()}


def _entries_inside(group: Sequence[Fact], notes: Notes, line: str) -> dict[str, Fact]:
    """The entries of a list of problems inside one line, each an item: ①市场占道 ②死角; empty where none is."""
    opened = [
        fact
        for fact in group
        if _INLINE.search(notes.raw[max(0, fact.span.start - 5) : fact.span.start]) or _INLINE_HEAD.match(fact.text)
    ]
    wrong = sum(fact.kind is FactKind.PROBLEM or says_wrong(fact.clean) for fact in opened)
    if len(opened) < 2 or not (_OF_PROBLEMS.search(line) or wrong * 2 > len(opened)):
        return {}
    out: dict[str, Fact] = {}
    item = ""
    for fact in group:
        if fact in opened:
            item = f"entry {fact.id}"
            told = _gathered(list(fields_told(pieces_of_item(with_breaks(fact.text, fact.clean)))))
            fields = {} if told.keys() == {PROBLEM} else told
            out[fact.id] = replace(fact, kind=FactKind.PROBLEM, fields={**fields, "item": item})
        elif item:
            out[fact.id] = _as_item([fact], item, False)[0] if fact.fields else replace(fact, fields={"item": item})
    return out


_PERSON_COLUMNS = ("责任人", "负责人", "责任")
_STATE_COLUMNS = ("完成情况", "整改结果", "进展", "进度", "整改完成情况", "结果", "状态", "整改进展")
_DAY_COLUMNS = ("时限", "整改时限", "完成时限", "完成时间", "期限", "整改期限")


def _columns_put_right(fact: Fact) -> Fact:
    """A unit in the column of persons is the unit that answers, one with a person both, and photos in the column of
    states are the proof."""
    fields = dict(fact.fields)
    for name in _PERSON_COLUMNS:
        told = dict(answer_of_cell(fields[name])) if fields.get(name) else {}
        told = told or _office_and_person(fields.get(name, ""))
        if OFFICE in told and not any(key in fields for key in (OFFICE, "责任科室")):
            fields.pop(name)
            fields |= {key: told[key] for key in (OFFICE, PERSON) if key in told}
    for name in [key for key in fields if key.startswith(OTHER)]:
        # A column of a name nobody knows answers by what it holds; what answers nothing tells more of the problem.
        words = fields.pop(name)
        told = dict(answer_of_cell(words))
        remark = re.search(r"备注|说明|其他|结果|进展|落实", name)
        fields |= told or {STATE if remark else PROBLEM: words if remark else f"{name.removeprefix(OTHER)}{words}"}
    for name in (*_STATE_COLUMNS, *_DAY_COLUMNS):
        if fields.get(name):
            fields[name] = with_spoken_days(fields[name])
    for name in _STATE_COLUMNS:
        pieces = pieces_of_item(fields.get(name, ""))
        proofs = [piece for piece in pieces if any(one == PROOF for one, _ in answer_of_cell(piece))]
        if proofs and len(proofs) < len(pieces) and not any("佐证" in key for key in fields):
            fields[name] = "，".join(piece for piece in pieces if piece not in proofs)
            fields[PROOF] = "，".join(proofs)
    return replace(fact, fields=fields) if fields != dict(fact.fields) else fact


def _office_and_person(words: str) -> dict[str, str]:
    """物业 秋雯 names who answers by its two parts, whatever the surname."""
    office, _, person = words.strip().partition(" ")
    told = dict(answer_of_cell(office))
    return {OFFICE: told[OFFICE], PERSON: person} if OFFICE in told and _NAME.fullmatch(person) else {}


_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")


def _bound(facts: Sequence[Fact], notes: Notes, listed: bool) -> list[Fact]:
    """`facts` with the loose ones at the item they speak of: the one they number, else, where the problems were only
    listed above, the one whose words they share, else that of the statement they go on with."""
    problems = _problems_by_item(facts)
    if len(problems) < 2:
        return list(facts)
    order = list(problems)
    shared = _words_of_one(problems)
    out: list[Fact] = []
    last: tuple[int, str] | None = None
    for fact in facts:
        line = notes.line_at(fact.span.start).number
        item = fact.fields.get("item")
        if item is None and fact.kind not in _NO_ITEM_OF:
            item = _named_item(fact, notes, order) or (_alike(fact, shared) if listed else None)
            if item is None and listed and last is not None and line == last[0]:
                item = last[1]
            if item is not None:
                kind = FactKind.MEASURE if fact.kind in _MAY_BE_THE_PROBLEM else fact.kind
                fact = replace(fact, kind=kind, fields={**_told_of(fact), "item": item})
        if item is not None:
            last = (line, item)
        out.append(fact)
    return out


def _told_of(fact: Fact) -> Mapping[str, str]:
    """What a statement told of an item in talk answers as a whole: its state, its proof; else nothing by name."""
    told = answer_of_cell(with_breaks(fact.text, fact.clean))
    return dict(told) if not fact.fields and fact.kind is not FactKind.CAUSE else fact.fields


def _problems_by_item(facts: Sequence[Fact]) -> dict[str, str]:
    """The words of each item's problem, in the order of the items."""
    out: dict[str, str] = {}
    for fact in facts:
        item = fact.fields.get("item")
        if item is not None and (fact.kind is FactKind.PROBLEM or PROBLEM in fact.fields):
            out[item] = out.get(item, "") + (fact.fields.get(PROBLEM) or fact.clean)
    return out


def _words_of_one(problems: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The pairs of characters that one problem has and no other."""
    pairs = {item: bigrams(words) for item, words in problems.items()}
    return {
        item: own - frozenset().union(*(other for key, other in pairs.items() if key != item))
        for item, own in pairs.items()
    }


def _alike(fact: Fact, shared: Mapping[str, frozenset[str]]) -> str | None:
    said = bigrams(fact.clean)
    scores = {item: len(said & own) for item, own in shared.items()}
    best = max(scores, key=lambda item: scores[item])
    second = max((score for item, score in scores.items() if item != best), default=0)
    return best if scores[best] > second and scores[best] >= _FEWEST_SHARED else None


def _named_item(fact: Fact, notes: Notes, order: Sequence[str]) -> str | None:
    line = notes.line_at(fact.span.start)
    coded = _CODE.match(line.text)
    if coded and coded[1] in order:
        return coded[1]  # ※A-02 登记簿是18车 goes back to the row of that number.
    found = _NAMES_ITEM.match(fact.text) or _NAMES_ITEM.match(line.text.split("：")[-1].strip())
    number = ordinal_text(found["number"]) if found else ""
    if not number.isdigit():
        return None
    if number in order:
        return number
    return order[int(number) - 1] if 0 < int(number) <= len(order) else None
