"""The reporting period as a report names it, and the administrative level it speaks for."""

from __future__ import annotations

import re

from service.domain.errors import UnusableInput
from service.domain.genre import Level, UnitType
from service.domain.period import parse_period

_YEAR = r"(?<!\d)(?:19|20)\d\d年"
_OWN = re.compile(
    rf"{_YEAR}(?:第?[一二三四1-4]季度|[上下]半年|(?:1[0-2]|0?[1-9])月?份?[-—–~～至到](?:1[0-2]|0?[1-9])月份?|度|全年|(?:1[0-2]|0?[1-9])月份?(?![\d日号]))"
    rf"|{_YEAR[:-1]}[-—–~～至到](?:19|20)\d\d年"
)
# 上半年 without a year of its own belongs to the year of the report.
_PART = re.compile(
    r"(?:^|(?<=[，。\n今本]))(?:年)?(第?[一二三四]季度|[上下]半年|(?:1[0-2]|[1-9])[-—–~～至到](?:1[0-2]|[1-9])月份?)"
)
_OPENING_CHARS = 400

_BY_TYPE = {
    UnitType.CITY: Level.CITY,
    UnitType.DISTRICT: Level.COUNTY,
    UnitType.STREET: Level.TOWN,
    UnitType.TOWN: Level.TOWN,
}
_VILLAGE = re.compile(r"村(?:民委员会|委会|党支部|两委)?$")


def find_period(*, title: str, text: str, year: int | None) -> tuple[str, float, str]:
    """(the period in official Chinese, how sure, why); ("", 0, …) where the report names none. Pure."""
    for place, words, sure in (("标题", title, 0.95), ("开头", text[:_OPENING_CHARS], 0.75)):
        for found in _OWN.finditer(words):
            if named := _official(found[0]):
                return named, sure, f"{place}写明“{found[0]}”"
    if year is not None:
        for place, words, sure in (("标题", title, 0.8), ("开头", text[:_OPENING_CHARS], 0.6)):
            if (part := _PART.search(words)) and (named := _official(f"{year}年{part[1]}")):
                return named, sure, f"{place}写有“{part[1]}”，年份为{year}年"
    return "", 0.0, "没有写明报告期"


def _official(named: str) -> str:
    try:
        return parse_period(named).chinese
    except UnusableInput:
        return ""


def find_level(*, unit: str, unit_type: UnitType, text: str) -> tuple[Level, float, str]:
    """(the administrative level a report speaks for, how sure, why). Pure."""
    if unit_type is UnitType.TOWN and _VILLAGE.search(unit):
        return Level.GRASSROOTS, 0.9, f"“{unit}”是村"
    if unit_type in _BY_TYPE:
        if re.search(r"省(?:委|政府|人民政府)?$", unit):
            return Level.PROVINCE, 0.9, f"“{unit}”是省级单位"
        return _BY_TYPE[unit_type], 0.9 if unit else 0.6, f"单位类型为{unit_type.chinese}"
    if unit_type is UnitType.BUREAU:
        return _level_of_bureau(unit, text)
    return Level.GRASSROOTS, 0.8 if unit else 0.5, f"单位类型为{unit_type.chinese}"


def _level_of_bureau(unit: str, text: str) -> tuple[Level, float, str]:
    # 璟川市榆堤区交通运输局: the last seat in the name is the bureau's own.
    seats = re.findall(r"[一-龥]{2,6}?(省|市|[区县旗](?!域))(?=[一-龥])", unit)
    if seats:
        seat = seats[-1]
        level = Level.PROVINCE if seat == "省" else Level.CITY if seat == "市" else Level.COUNTY
        return level, 0.9, f"名称“{unit}”里的“{seat}”"
    city, county = len(re.findall(r"[全我]市", text)), len(re.findall(r"[全我][区县旗]", text))
    if city or county:
        level = Level.CITY if city > county else Level.COUNTY
        return level, 0.6, f"正文提到全市{city}处、全区（县）{county}处"
    return Level.COUNTY, 0.3, "名称和正文都没有写明级别"
