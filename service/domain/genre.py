"""Genres of reports and types of units, with the Chinese names people use for them.

Eight genres ship with the program. Others are files that whoever runs it adds; they are learned by key and name once a
process starts, so that every later step meets them as it meets the eight.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from service.domain.errors import UnknownGenre, UnusableInput


class Genre(StrEnum):
    """A kind of report by its key. The eight values written here are a public contract."""

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

    @classmethod
    def _missing_(cls, value: object) -> Genre | None:
        return _LEARNED.get(value) if isinstance(value, str) else None


_LEARNED: dict[str, Genre] = {}
_KEY = re.compile(r"[a-z][a-z0-9-]{1,30}")


def learn_genre(key: str, chinese: str) -> Genre:
    """The genre of this key, known from now on as `chinese`; learning it twice changes nothing.

    Raises UnusableInput for a key that is no lower-case word, one of the eight, or a name that another genre has.
    """
    if key in _LEARNED and _GENRE_NAMES[_LEARNED[key]] == chinese:
        return _LEARNED[key]
    if not _KEY.fullmatch(key) or not chinese.strip():
        raise UnusableInput(f"文种代号“{key}”须为小写字母、数字和连字符，并须写明中文名称。", genre=key)
    if key in Genre._value2member_map_ or key in _LEARNED or chinese in _GENRE_NAMES.values():
        raise UnusableInput(f"文种“{key}（{chinese}）”与已有的文种重复。请换一个代号或名称。", genre=key)
    added = str.__new__(Genre, key)
    added._name_, added._value_ = key.upper().replace("-", "_"), key
    _LEARNED[key], _GENRE_NAMES[added] = added, chinese
    return added


def forget_genre(key: str) -> None:
    """Takes back what `learn_genre` learned under `key`; one of the eight, or an unknown key, stays as it is."""
    if learned := _LEARNED.pop(key, None):
        del _GENRE_NAMES[learned]
        _TRAITS.pop(learned, None)


@dataclass(frozen=True, slots=True)
class GenreTraits:
    """What judging a draft must know of its genre: whether all of it lies ahead (a 方案), whether it goes item by item
    (an 整改报告), and whether it may ask for approval. A report of work done does none of these."""

    ahead: bool = False
    by_items: bool = False
    may_ask: bool = False


def learn_traits(genre: Genre, traits: GenreTraits) -> None:
    """Keeps what the file of a genre of one's own says of it."""
    _TRAITS[genre] = traits


def traits_of(genre: Genre | None) -> GenreTraits:
    """The traits of a genre; None and an unknown one are judged as a report of work done."""
    return _TRAITS.get(genre, GenreTraits()) if genre is not None else GenreTraits()


_TRAITS: dict[Genre, GenreTraits] = {
    Genre.RECTIFICATION: GenreTraits(by_items=True),
    Genre.PLAN: GenreTraits(ahead=True, may_ask=True),
    Genre.DECLARATION: GenreTraits(may_ask=True),
}


def known_genre(key: str) -> Genre | None:
    """The genre kept under `key`, or None where its file is no longer there."""
    try:
        return Genre(key)
    except ValueError:
        return None


def genres() -> tuple[Genre, ...]:
    """Every genre there is: the eight in their order, then those learned."""
    return (*Genre, *_LEARNED.values())


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


def genre_names() -> dict[str, str]:
    """The Chinese name of each genre by its key, in the order of `genres`."""
    return {str(genre): genre.chinese for genre in genres()}


def genre_name(key: str) -> str:
    """The Chinese name of the genre kept under `key`; the key itself where its file is no longer there. Pure."""
    try:
        return Genre(key).chinese
    except ValueError:
        return key


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

    Raises UnknownGenre, whose message lists them.
    """
    wanted = name.strip()
    for genre in genres():
        if wanted in (genre.value, genre.chinese):
            return genre
    raise UnknownGenre(wanted, [f"{genre.value}（{genre.chinese}）" for genre in genres()])


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
