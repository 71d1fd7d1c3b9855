"""Genres of reports and types of units, with the Chinese names people use for them."""

from __future__ import annotations

from enum import StrEnum

from service.domain.errors import UnknownGenre, UnusableInput


class Genre(StrEnum):
    """The eight kinds of report; the values are a public contract."""

    SELF_INSPECTION = "self-inspection"
    RECTIFICATION = "rectification"
    SUMMARY = "summary"
    PROGRESS = "progress"
    COMMUNITY = "community"
    PLAN = "plan"
    DECLARATION = "declaration"
    INDICATOR = "indicator"

    @property
    def chinese(self) -> str:
        """The name people use."""
        return _GENRE_NAMES[self]


_GENRE_NAMES = {
    Genre.SELF_INSPECTION: "自查报告",
    Genre.RECTIFICATION: "整改报告",
    Genre.SUMMARY: "工作总结",
    Genre.PROGRESS: "进展情况汇报",
    Genre.COMMUNITY: "社区创建汇报材料",
    Genre.PLAN: "实施方案",
    Genre.DECLARATION: "文明单位申报材料",
    Genre.INDICATOR: "测评指标说明",
}


class UnitType(StrEnum):
    """The kind of unit a report is about; the values are a public contract."""

    STREET = "street"
    COMMUNITY = "community"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    BUREAU = "bureau"
    TOWN = "town"
    DISTRICT = "district"
    CITY = "city"
    COMPANY = "company"
    OTHER = "other"

    @property
    def chinese(self) -> str:
        """The name people use."""
        return _UNIT_TYPE_NAMES[self]


_UNIT_TYPE_NAMES = {
    UnitType.STREET: "街道",
    UnitType.COMMUNITY: "社区",
    UnitType.SCHOOL: "学校",
    UnitType.HOSPITAL: "医院",
    UnitType.BUREAU: "机关局办",
    UnitType.TOWN: "乡镇",
    UnitType.DISTRICT: "区县",
    UnitType.CITY: "市",
    UnitType.COMPANY: "企业",
    UnitType.OTHER: "其他",
}


class Level(StrEnum):
    """The administrative level a report speaks for; the values are a public contract."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    GRASSROOTS = "grassroots"

    @property
    def chinese(self) -> str:
        """The name people use."""
        return _LEVEL_NAMES[self]


_LEVEL_NAMES = {
    Level.PROVINCE: "省级",
    Level.CITY: "市级",
    Level.COUNTY: "区县级",
    Level.TOWN: "街镇级",
    Level.GRASSROOTS: "基层",
}


def parse_level(name: str) -> Level:
    """The level called `name`, by code (`county`) or Chinese name (`区县级`). Pure.

    Raises UnusableInput, whose message lists them.
    """
    wanted = name.strip()
    for level in Level:
        if wanted in (level.value, level.chinese):
            return level
    known = "、".join(f"{one.value}（{one.chinese}）" for one in Level)
    raise UnusableInput(f"没有级别“{wanted}”。可选：{known}。", level=wanted)


def parse_genre(name: str) -> Genre:
    """The genre called `name`, by code (`progress`) or Chinese name (`进展情况汇报`). Pure.

    Raises UnknownGenre, whose message lists the eight.
    """
    wanted = name.strip()
    for genre in Genre:
        if wanted in (genre.value, genre.chinese):
            return genre
    raise UnknownGenre(wanted, [f"{genre.value}（{genre.chinese}）" for genre in Genre])


def parse_unit_type(name: str) -> UnitType:
    """The type of unit called `name`, by code (`street`) or Chinese name (`街道`). Pure.

    Raises UnusableInput, whose message lists them.
    """
    wanted = name.strip()
    for unit_type in UnitType:
        if wanted in (unit_type.value, unit_type.chinese):
            return unit_type
    known = "、".join(f"{one.value}（{one.chinese}）" for one in UnitType)
    raise UnusableInput(f"没有单位类型“{wanted}”。可选：{known}。", unit_type=wanted)
