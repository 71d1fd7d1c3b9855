"""What one line tells of several items by their numbers: 责任人：1 江一苇 2 季明; 佐证：1)、2)有照片."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.domain.fact import Fact, FactKind
from service.domain.text import Notes
from service.drafting.facts.labels import field_named, ordinal_text

_ID = r"(?:[A-Za-z]{1,2}-?)?\d{1,2}"
_MARK = r"(?:[)）、.．]|条|项|号)?"
_HEAD = re.compile(
    r"^[\s※*·•▲◆\-]*(?P<field>[\u4e00-\u9fff]{2,6}?)"
    r"(?:[（(][^（()）]{1,12}[）)])?[：:] ?(?=(?:第)?[A-Za-z]{0,2}-?\d{1,2})"
)
_PART = re.compile(
    rf"(?:第)?(?P<ids>{_ID}{_MARK}(?:[、,，和及 ]{{0,2}}(?:第)?{_ID}[)）条项]?)*)(?P<gap>[ ：:]*)"
    rf"(?P<said>[\u4e00-\u9fff][^；;。]*?)"
    rf"(?=[，,、；;。 ]*(?:第)?{_ID}(?:[)）、.．]|条|项| [\u4e00-\u9fff])|[；;。]|$)"
)
_ONE = re.compile(_ID)
# 6的还没定, 3)4)没说: nothing is told of these, and the item asks for it.
_UNTOLD = re.compile(
    r"^(?:的)?(?:责任人|原因|时限|佐证|措施)?(?:还|都|也|暂时?|目前)*(?:没|未)(?:有)?(?:说|报|定|给|写|提|收|交|填|明确|落实)|待定|待补|空着|不清楚|不详|谁|？|\?"
)
_OTHERS = re.compile(r"[，,](?:其[他它余]|别的|剩下|余下)")
_FEWEST = 2


def told_by_number(facts: Sequence[Fact], notes: Notes) -> list[Fact]:
    """`facts` in which a line that answers one field for several items by their numbers is an answer of each item. Such
    a line's own facts are those answers then; a line that names no known item is left as it is. Pure."""
    order = list(dict.fromkeys(item for fact in facts if (item := fact.fields.get("item")) is not None))
    if len(order) < _FEWEST:
        return list(facts)
    told = {line.number: parts for line in notes.lines if (parts := list(_parts(line.text, order)))}
    out: list[Fact] = []
    done: set[int] = set()
    for fact in facts:
        number = notes.line_at(fact.span.start).number
        if number not in told:
            out.append(fact)
        elif number not in done:
            done.add(number)
            out += [_answer(fact, at, *part) for at, part in enumerate(told[number], 1)]
    return out


def _answer(fact: Fact, at: int, item: str, field: str, said: str) -> Fact:
    return replace(
        fact,
        id=f"{fact.id}-{at}",
        kind=FactKind.FIELD,
        clean=said,
        unsure=None,
        unsettled=(),
        mentions=(),
        fields={"item": item, field: said},
    )


def _parts(line: str, order: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The item, the field and the words of each part of a line that tells by numbers."""
    head = _HEAD.match(line)
    field = field_named(head["field"]) if head else None
    if head is None or field is None:
        return
    parts = list(_PART.finditer(line, head.end()))
    if sum(len(_ONE.findall(found["ids"])) for found in parts) < _FEWEST and not re.search(
        "[A-Za-z]", line[head.end() :]
    ):
        return  # 措施：1名网格员上门 counts and numbers nothing.
    for found in parts:
        said = _OTHERS.split(found["said"])[0].strip(" ，,、")
        if _UNTOLD.search(said) or not said:
            continue
        for one in _ONE.finditer(found["ids"]):
            item = _item(one.group(), order)
            if item is not None:
                yield item, field, said


def _item(number: str, order: Sequence[str]) -> str | None:
    if number in order:
        return number
    plain = ordinal_text(number)
    return order[int(plain) - 1] if plain.isdigit() and 0 < int(plain) <= len(order) else None
