"""The columns of a pasted table: which cell is the thing, which its figure, its unit, its remark; the row as words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from service.domain.fact import SetAsideReason
from service.domain.period import Period
from service.drafting.facts.cells import EMPTY_CELLS, SERIAL_NAMES, Cell
from service.language.numbers.units import unit_of

NUMERIC = re.compile(r"[约近]?[\d,.]{1,12}[万千]?[余多+]?%?$")
_UNIT_OF_HEADER = re.compile(r"[（(/]([^（()）/]{1,4})[）)]?$")
_REMARK_NAME = re.compile(r"备注|说明|其他|补充")
_PLAIN_NAME = re.compile(r"^(?:完成)?(?:数量|数值|数|数据|总数|合计|完成数|完成量|实际|指标值|数目|小计)$")
_RIGHT = re.compile(r"(?:更正|更改|改为|改成|应为|应是|实为|实际为?)(?:是|为)?[：: ]*(?P<figure>\d[\d,.]*[万千]?)")
_PEOPLE = re.compile(r"(?:志愿者|人员|党员|居民|职工|学生|群众|队员|教师|家长|师生|骨干|代表)$")
_BEFORE_NAME = re.compile(r"去年|上年|前年|同期|往年")
_PLAN_NAME = re.compile(r"计划|目标|任务|应完成|指标数")
_LATEST_NAME = re.compile(r"累计|至今|总计")
_QUARTER = re.compile(r"第?([一二三四1234])季度?")
_MONTHS = re.compile(r"(?<!\d)(1[0-2]|[1-9])月?(?:[-~～至到](1[0-2]|[1-9]))?月")
_YEAR_NAME = re.compile(r"(?:19|20)\d\d年?")
_HALF = {"上半年": (1, 6), "下半年": (7, 12)}
_LONGEST_BRACKET = 40
# What a clerk writes above a column, by the name a ledger has for it.
_SPOKEN_NAMES = (
    (re.compile(r"(?:啥|什么)?事(?:情|儿)?|(?:干|做|搞)(?:了|的)?(?:啥|什么)"), "活动内容"),
    (re.compile(r"哪一?天|几号|(?:啥|什么)时候|日子"), "日期"),
    (re.compile(r"多少人|几个?人|来了?(?:多少|几个?)人?|到了?(?:多少|几个?)人|来人"), "人数"),
    (re.compile(r"(?:花|用)了?(?:多少)?钱?|多少钱|开销"), "经费"),
    (re.compile(r"在?哪(?:儿|里)|(?:啥|什么)地方"), "地点"),
    (re.compile(r"谁(?:负责|管|牵头|干的?|办的?)|哪个(?:部门|单位)"), "责任单位"),
    (re.compile(r"还有(?:啥|什么)|别的"), "备注"),
)
# What counts of a named thing: 人次 says it all, 发放份数 keeps its 发放.
_COUNTED_THING = (
    ("人次", "人次"), ("场次", "场次"), ("人数", "人"), ("份数", "份"), ("场数", "场"), ("次数", "次"), ("户数", "户"),
    ("处数", "处"), ("张数", "张"), ("条数", "条"), ("块数", "块"), ("件数", "件"), ("册数", "册"), ("家数", "家"),
    ("个数", "个"), ("支数", "支"), ("对数", "对"), ("起数", "起"), ("车数", "车"), ("吨数", "吨"),
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A filled cell under its column's name, "" where the table has none; `text` may differ from the cell's own words,
    private ones left out."""

    name: str
    cell: Cell
    text: str


@dataclass(frozen=True)
class RowWords:
    """A row as words; `units` gives the unit of the figure that begins at an offset of the view; `left_out` are cells
    that are not said, each with the reason and a detail."""

    words: str
    units: dict[int, str]
    left_out: tuple[tuple[Cell, SetAsideReason, str], ...] = ()


def column_name(said: str) -> str:
    """The name a ledger has for a column that its writer calls `said` (哪天 is 时间); other names as they are. Pure."""
    return next((name for spoken, name in _SPOKEN_NAMES if spoken.fullmatch(said)), said)


def unit_columns(columns: Sequence[Column]) -> list[Column]:
    """The columns that hold nothing but the unit of a figure beside them. Pure."""
    numeric = any(_is_value(one) for one in columns)
    return [one for one in columns if numeric and (unit_of(one.text) is not None or one.text in ("%", "‰"))]


def by_periods(columns: Sequence[Column]) -> bool:
    """True for a row whose figures stand under parts of the year (一季度, 上半年, 去年同期). Pure."""
    values = [one for one in columns if _is_value(one)]
    dated = [
        one
        for one in values
        if _BEFORE_NAME.search(one.name) or _months_of(one.name) is not None or _YEAR_NAME.fullmatch(one.name)
    ]
    return len(dated) > 1 and not _is_value(columns[0])


def _unit_of_label(label: str) -> tuple[str, str]:
    """A row's label without its unit, and the unit: 送戏下乡(场) is 送戏下乡 and 场. Pure."""
    bracket = _UNIT_OF_HEADER.search(label)
    if bracket:
        return label[: bracket.start()], bracket[1]
    if label.endswith(("%", "％", "‰")):
        return label[:-1], label[-1]
    if people := _PEOPLE.search(label) or re.search(r"人口$|工作者$|网格员$", label):
        return label, "人" if people else ""
    ending = next(((ending, unit) for ending, unit in _COUNTED_THING if label.endswith(ending)), None)
    return (label.removesuffix(ending[0]), ending[1]) if ending else (label, "")


def row_in_words(columns: Sequence[Column], period: Period | None) -> RowWords:
    """A row whose unit has a cell of its own, as one statement: 公交新能源车更新28辆（另有12辆在途）. Figures of
    another part of the year are left out, last year's stand in brackets, a remark that puts the figure right does.
    Pure."""
    units = unit_columns(columns)
    label, unit = ("", units[0].text) if units else _unit_of_label(columns[0].text)
    if label:
        columns = [replace(columns[0], text=label), *columns[1:]]
    values = [one for one in columns if _is_value(one)]
    whole = [one for one in values if _is_whole(one.name, period)]
    head = [one.text for one in columns if one not in values and one not in units and not _is_remark(one, columns)]
    remarks = [one for one in columns if _is_remark(one, columns) and one not in values]
    left: list[tuple[Cell, SetAsideReason, str]] = []
    said: list[str] = []
    beside: list[str] = []
    several = sum(not _elsewhere(one.name, period) for one in values) > 1
    right = next((found for one in remarks if (found := _RIGHT.match(one.text))), None)
    for one in values:
        if _elsewhere(one.name, period):
            left.append((one.cell, SetAsideReason.OFF_TOPIC, f"{one.name}的数，不在本报告期"))
            continue
        if whole and one not in whole and _months_of(one.name) and not _BEFORE_NAME.search(one.name):
            left.append((one.cell, SetAsideReason.DUPLICATE, f"已含在{whole[0].name}的数里"))
            continue
        if _BEFORE_NAME.search(one.name):
            beside.append(f"{one.name}{'为' if one.name.endswith('年') else ''}{one.text}{unit}")
            continue
        if one.text.strip("0.") == "":
            left.append((one.cell, SetAsideReason.NO_CONTENT, "数为0，未写入"))
            continue
        if right is not None and len(values) == 1:
            left.append((one.cell, SetAsideReason.SUPERSEDED, f"以备注的{right['figure']}为准"))
            said.append(f"{right['figure']}{unit}")
            continue
        name = "" if one in whole else _name_said(one.name, several)
        said.append(f"{name}{one.text.removesuffix('%')}{unit}")
    beside += _remarks_told(remarks, right, unit)
    if values and not said and not beside:
        return RowWords("", {}, tuple(left))
    words = "".join(head) + "、".join(said)
    plain = all(not re.search(r"[（()）]", one) for one in beside) and sum(map(len, beside)) <= _LONGEST_BRACKET
    told = "，".join(beside)
    if told and said and plain:
        words += f"（{told}）"
    elif told:
        words += f"，{told}"
    marks = {one.cell.start: unit for one in values}
    return RowWords(words, marks, tuple(left))


def _name_said(name: str, several: bool) -> str:
    """A column's name before its figure, "" where the row is told without it."""
    plain = not name or _PLAIN_NAME.match(name) or not (several or _PLAN_NAME.search(name))
    if plain:
        return ""
    # 2024 before 418 would be one number.
    return re.sub(r"(?<=\d)[-~～](?=\d)", "至", f"{name}年" if re.fullmatch(r"(?:19|20)\d\d", name) else name)


def _remarks_told(remarks: Sequence[Column], right: re.Match[str] | None, unit: str) -> list[str]:
    out = []
    for one in remarks:
        text = one.text
        if right is not None and (found := _RIGHT.match(text)):
            text = text[found.end() :].strip(" ，,。；").removeprefix(unit).strip("（()） ")
        out += [text] if text else []
    return out


def value_in_words(column: Column) -> tuple[str, str]:
    """A figure without a cell for its unit, as words, and its unit: 人次 260 is 260人次, 户数 12 is 户数12户. Pure."""
    name = column.name
    bracket = _UNIT_OF_HEADER.search(name)
    bare = name[: bracket.start()] if bracket else name
    ending, unit = next(((ending, unit) for ending, unit in _COUNTED_THING if bare.endswith(ending)), ("", ""))
    unit = bracket[1] if bracket else unit or ("人" if _PEOPLE.search(bare) else "")
    if column.text.endswith("%"):
        unit = ""
    if bare == ending and ending:
        bare = "参加" if unit in ("人", "人次") else ""
    elif ending and bare.endswith(ending):
        bare = bare.removesuffix(ending)
    return f"{bare}{column.text}{unit}", unit


def _is_value(column: Column) -> bool:
    return bool(NUMERIC.match(column.text)) and column.name not in SERIAL_NAMES and column.text not in EMPTY_CELLS


def _is_remark(column: Column, columns: Sequence[Column]) -> bool:
    if _REMARK_NAME.search(column.name):
        return True
    figures = [place for place, one in enumerate(columns) if _is_value(one)]
    units = unit_columns(columns)
    return (
        not column.name
        and bool(figures)
        and columns.index(column) > max(figures[-1], columns.index(units[0]) if units else 0)
    )


def _elsewhere(name: str, period: Period | None) -> bool:
    """True where the column's name tells of a part of the year that is not in the report's period."""
    if period is not None and _YEAR_NAME.fullmatch(name):
        return not period.start.year <= int(name[:4]) <= period.end.year
    if period is None or not name or _BEFORE_NAME.search(name) or _PLAN_NAME.search(name) or _LATEST_NAME.search(name):
        return False
    span = _months_of(name)
    if span is None:
        return False
    year = period.end.year
    first, last = date(year, span[0], 1), date(year, span[1], 1)
    return not (period.start <= first and last <= period.end)


def _is_whole(name: str, period: Period | None) -> bool:
    """True where the column's name is the report's period itself: its parts need not be told beside it."""
    if period is not None and _YEAR_NAME.fullmatch(name):
        return int(name[:4]) == period.end.year
    span = _months_of(name) if period is not None and not _BEFORE_NAME.search(name) else None
    return span is not None and period is not None and span == (period.start.month, period.end.month)


def _months_of(name: str) -> tuple[int, int] | None:
    for word, months in _HALF.items():
        if word in name:
            return months
    if found := _QUARTER.search(name):
        quarter = "一二三四".find(found[1]) + 1 or int(found[1])
        return 3 * quarter - 2, 3 * quarter
    if found := _MONTHS.search(name):
        return int(found[1]), int(found[2] or found[1])
    return None
