"""Heads that say where the lines below come from: 邮件3 发件 门诊部 9.28, 【转发 8月30日 老鸹巷社区】.

Such a head is made of nothing but the medium and its number, who sent it, the day and the hour, and what the message
is about; it states no work. In brackets two of these are enough, in the open the medium is among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.language.owner_names import is_no_owner, is_place, is_reporter, may_be_name
from service.language.patterns import deferred


@dataclass(frozen=True, slots=True)
class SourceHead:
    """What a head tells. `start` is where the words behind it begin, the line's length where none do; `place` and
    `person` are "" where it names none; `stamp` is the day as 9月28日 or "", `subject` what it says it is about."""

    start: int
    place: str = ""
    person: str = ""
    stamp: str = ""
    subject: str = ""


_LONGEST = 60
_BRACKETED = deferred(r"[ \t　]*(?:[【\[](?P<a>[^【】\[\]]{2,40})[】\]]|[（(](?P<b>[^（）()]{2,40})[）)]) ?[：:]? ?")
_TOKEN = deferred(r"[^ \t　|/／·,，;；：:]+(?:[:：]\d{2}(?::\d{2})?)?")
_BETWEEN = deferred(r"[ \t　|/／·,，;；：:]*")
_MEDIUM = deferred(
    r"(?:邮件|电邮|来信|短信|微信|转发自?|转自|转|来自|来源|语音|来电|电话|通话|留言|回复|接龙|钉钉|群里|传真|截图|摘自|fwd|fw|re)"
    r"(?:\d{1,2}|[一二三四五六七八九十①-⑨])?",
    re.IGNORECASE,
)
_ROLE = deferred(r"发件人?|发信人|寄件人|发自|发送|发|报送|上报|填报|提供|报|来|收")
_TIME = deferred(
    r"(?:(?:19|20)\d\d[-./年])?(?P<month>1[0-2]|0?[1-9])[-./月](?P<day>3[01]|[12]\d|0?[1-9])[日号]?|"
    r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|(?:星期|周)[一二三四五六日天]|[上下]午|中午|晚上|早上|昨天|今天"
)
_SUBJECT = deferred(r"主题|关于|标题")
_SHORT_BODY = deferred(r"[\u4e00-\u9fff]{1,8}(?:科|股|组|队|室|办|站|所|处|部|班|委|院|中心|工会|会)")
_SIDE = deferred(r"(?:内部|这边|那边|报的?|发的?|来的?)$")


def source_head(text: str) -> SourceHead | None:
    """The head that the line opens with, or None. Pure."""
    found = _BRACKETED.match(text) if len(text) else None
    if found is not None:
        inner = found["a"] or found["b"]
        read = _read(inner, found["b"] is None)
        if read is None or read.start < len(inner):
            return None
        return SourceHead(found.end(), read.place, read.person, read.stamp, read.subject)
    return _read(text[:_LONGEST], False, open_=True)


def _read(text: str, square: bool, *, open_: bool = False) -> SourceHead | None:
    """The head made of the first words of `text`; None where they make none."""
    told: dict[str, str] = {}
    at, before = _BETWEEN.match(text).end(), 0  # type: ignore[union-attr]
    for kind, value, end in _parts(text, at, told):
        told.setdefault(kind, value)
        before = end
    if not _is_head(told, square, open_):
        return None
    start = _BETWEEN.match(text, before).end()  # type: ignore[union-attr]
    return SourceHead(
        start, told.get("place", ""), told.get("person", ""), told.get("stamp", ""), told.get("subject", "")
    )


def _is_head(told: dict[str, str], square: bool, open_: bool) -> bool:
    named = bool(told.get("place") or told.get("person"))
    if open_:
        return "medium" in told and (named or "time" in told)
    if "medium" in told:
        return named or "time" in told
    # 【8月31日 南河沿社区】 and 【槐荫社区 赵姐】; （9月 李静） beside a figure says who reported it and heads nothing.
    return square and named and len({"time", "place", "person"} & told.keys()) > 1


def _parts(text: str, at: int, told: dict[str, str]) -> Iterator[tuple[str, str, int]]:
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            return
        word, end = found.group(), found.end()
        if _SUBJECT.fullmatch(word):
            rest = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]
            yield "subject", text[rest:].strip(), len(text)
            return
        kind = _kind_of(word, told)
        if kind is None:
            return
        if kind == "time" and (day := _TIME.fullmatch(word)) and day["month"]:
            yield "stamp", f"{int(day['month'])}月{int(day['day'])}日", end
        yield kind, _SIDE.sub("", word) if kind == "place" else word, end
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]


def _kind_of(word: str, told: dict[str, str]) -> str | None:
    if _MEDIUM.fullmatch(word):
        return "medium"
    if _ROLE.fullmatch(word):
        return "role"
    if _TIME.fullmatch(word):
        return "time"
    plain = _SIDE.sub("", word)
    if "place" not in told and _names_place(plain, told):
        return "place"
    return "person" if "person" not in told and is_reporter(plain) else None


def _names_place(plain: str, told: dict[str, str]) -> bool:
    if not plain.isalpha():
        return False  # 电话 96户 counts calls.
    if "medium" in told and _SHORT_BODY.fullmatch(plain):
        return True
    return not is_no_owner(plain) and (is_place(plain) or ("medium" in told and len(plain) <= 8 and may_be_name(plain)))
