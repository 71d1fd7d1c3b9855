"""Places that a form leaves for a figure or a name and nobody has filled in: 借阅量 —— 册, 拆除 ？ 块, 后勤保障：？."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.domain.quantity import Kind, Mention, Role

_UNIT = (
    r"(?:万?(?:人次|户次|元|人|名|户|件|处|块|份|册|张|条|场|次|个|盏|株|辆|间|栋|期|篇|小时|平方米|平米|平方公里|公里|吨|米|亩|%|％|‰)|"
    r"台|套|支|家|位|批|项|所|座|组|本|起|天|年|分)(?![一-龥])"
)
_BEFORE_UNIT = re.compile(
    r"(?P<gap>[（(][ \u3000]*[）)]|(?<=[一-龥：:]) ?(?:[？?]{1,3}|—{2}|-{2,4}) ?|(?<=[一-龥：:])[ \u3000]{3,}|"
    r"(?<=[：:]) )"
    rf"(?={_UNIT})"
)
_NO_DAY = re.compile(r"(?<![\d一二三四五六七八九十])(?P<gap>[ \u3000_]+月[ \u3000_]+日)")
# 获奖情况：空, 后勤保障：？ and 授牌日期？: nothing stands where the value should.
_NO_VALUE = re.compile(r"(?<=[：:]) ?(?P<gap>[（(]?(?:空(?:白|着|缺)?|[？?]{1,3}|—{1,2}|-{1,2}|/)[）)]?)[ 。；;]*$")
_ASKED_FOR = re.compile(r"(?<=[一-龥])(?P<gap>[？?])(?=\s*(?:$|[—…（(；;，,]))")
_CAN_BE_ASKED = re.compile(
    r"(?:日期|时间|期限|时限|地点|单位|金额|人数|数量|名称|文号|名单|负责人|责任人|牵头人|联系人|经费|预算|面积|得分|名次|比例|标准|依据|来源|编号)$"
)
_SPACES = 6  # A label's colon and the blanks behind it are read as no words.
_PIECE_START = re.compile(r"[，,；;。！!？?—…：:（() ]")


def empty_places(text: str, first: int) -> Iterator[Mention]:
    """The empty places of `text[first:]` as unfilled figures, in order of their kind. Pure."""
    for pattern in (_BEFORE_UNIT, _NO_DAY, _NO_VALUE):
        for found in pattern.finditer(text, max(0, first - _SPACES)):
            yield _blank(text, *found.span("gap"))
    for found in _ASKED_FOR.finditer(text, first):
        start = max((one.end() for one in _PIECE_START.finditer(text, first, found.start())), default=first)
        if _CAN_BE_ASKED.search(text[start : found.start()]):
            yield _blank(text, *found.span("gap"))


def _blank(text: str, start: int, end: int) -> Mention:
    return Mention(start, end, text[start:end], Role.DEFECT, Kind.PLACEHOLDER)
