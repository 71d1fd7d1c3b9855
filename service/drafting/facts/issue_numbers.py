"""The number of an item that words go back to: 第1条的佐证：…, 2号原因：…, 核改：第3条 歇业的是3家, 补5：…."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.drafting.facts.labels import ordinal_text
from service.drafting.facts.lexicon import words
from service.drafting.facts.reading import Reading

_OF_ITEM = re.compile(
    r"(?:问题|第)(\d{1,2}|[一二三四五六七八九十]{1,3})(?:条|项|个)?(?:问题)?的?"
    r"(?=(?:佐证|责任|牵头|整改|完成|时限|原因|措施|负责)[\u4e00-\u9fff]{0,4}[：:是])"
)
# 3号责任区：… is a place.
_BY_NUMBER = re.compile(
    r"(\d{1,2}|[一二三四五六七八九十]{1,3})(?:号|[#＃])(?:问题|整改项)?的?"
    r"(?=(?:佐证|责任(?:人|单位|部门|科室|领导)|牵头|整改(?:措施|时限|情况)|完成(?:情况|时限)|时限|原因|措施|负责人)[\u4e00-\u9fff]{0,2}[：:是])"
)
# 核改：第3条 歇业的是3家不是2家 goes back to an item as well.
_AT_ITEM = re.compile(
    r"(?:[\u4e00-\u9fff]{1,4}[：:] ?)?(?:补(?:充|报)? ?(?:第)?(?P<added>\d{1,2}) ?[)）.、条]?(?=[：:])|"
    r"(?:更正|改正|订正|补充|补报)[：:，, ]*问题(?P<named>\d{1,2}|[一二三四五六七八九十]{1,3})(?:的|里|中)?|"
    r"第(?P<ordinal>\d{1,2}|[一二三四五六七八九十]{1,3})(?:条|项|个问题|号)|(?P<ringed>[①-⑩])条?)[：:，, ]*"
)


@dataclass(frozen=True, slots=True)
class ItemReference:
    """An item by its ordinal, how many characters name it, and whether what follows puts it right."""

    item: str
    length: int
    corrects: bool = False


def item_referred(reading: Reading, text: str) -> ItemReference | None:
    """The item that a line opens with the number of, None where it names none or one that nobody has told of. Pure."""
    if (of_field := item_of_field(reading, text)) is not None:
        return of_field
    found = _AT_ITEM.match(text)
    if found is None:
        return None
    ordinal = ordinal_text(found["named"] or found["ordinal"] or found["added"] or found["ringed"])
    corrects = bool(found["added"] or words("correction").first(found.group()))
    return ItemReference(ordinal, found.end(), corrects) if _is_told(reading, ordinal) else None


def item_of_field(reading: Reading, text: str) -> ItemReference | None:
    """The item whose field `text` opens with: 第1条的佐证：…, and, of an item told of before, 2号原因：…. Pure."""
    if found := _OF_ITEM.match(text):
        return ItemReference(ordinal_text(found[1]), found.end())
    if (found := _BY_NUMBER.match(text)) and _is_told(reading, ordinal_text(found[1])):
        return ItemReference(ordinal_text(found[1]), found.end())
    return None


def _is_told(reading: Reading, ordinal: str) -> bool:
    return any(fact.fields.get("item") == ordinal for fact in reading.facts)
