"""Counts, measures, money and shares that were spoken or written in Chinese numerals, in the digits a report has.

GB/T 15835 asks for Arabic digits in measurements, counts with units and percentages, and for Chinese ones in fixed
words and in approximate numbers of two neighbouring digits (三四十) or with 几. The value never changes.
"""

from __future__ import annotations

import re
from decimal import Decimal

from service.domain.quantity import Approx, Kind, Mention, Role, decimal_text
from service.language.numbers import find_numbers
from service.language.numbers.numeral import adjacent, chinese_to_decimal

# 每周五 is a day, though it stands like 每周2次: frequencies keep their words.
_KINDS = frozenset((Kind.COUNT, Kind.MEASURE, Kind.MONEY, Kind.DURATION))
_RUN = re.compile(
    r"[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+(?:点[零〇一二三四五六七八九]+)?[万亿]?"
)
_PERCENT = re.compile(r"百分之(?P<run>[零〇一二三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?)")
# Thousands set apart by commas. A full-width comma parts clauses: 清理5，300人参加 are two figures.
_GROUPED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?!,?\d)")
# 一 and 两 are words as often as they are counts (一个, 两委); so are small numbers of kinds and sides (四个方面).
_SMALLEST = 3
_OF_KINDS = frozenset(("个", "方面", "大", "种", "类", "项", "年", "点", "级", "层", "步", "条"))
# 三院41人: short names of hospitals and schools are no counts; where the text ends, there is none.
_HOUSES = ("院", "中", "小", "幼", "附", "医")
# 环境卫生五个，市政设施四个: behind its noun a small number counts like any other; 这三个 only points.
_ENDS_THERE = re.compile(r"(?=[，；。、）]|$)")
_POINTED_AT = re.compile(r"(?:[这那头前后第上下每另]|[\d一二三四五六七八九十]、?|[，；。、（：]|^)$")
# 9万6 is 9.6万; 9万600 and 9万6千 are something else, and so is 3万6名.
_SHORT_TENTH = re.compile(r"(?<![\d.])(?P<whole>\d{1,4})万(?P<tenth>[1-9])(?=$|[，。；、（）元块])")
# 一公里半 and 四个半小时 are decimals; 半 of a kilometre alone is a word.
_HALF = re.compile(
    r"(?<![零〇一二两三四五六七八九十百千万亿点\d.])(?P<run>[零一二两三四五六七八九十百千万]{1,9}|\d{1,9})"
    r"(?:(?P<unit>公里|里|米|亩|吨|斤|年|天|小时|万元?|公斤)半(?![\u4e00-\u9fff]?[个天年日])|"
    r"(?<!一)个?半(?P<after>小时|公里|钟头|亩|吨))"
)
_TENTHS = re.compile(
    r"(?<![\u4e00-\u9fff\d][完])(?P<ten>[一二三四五六七八九])成(?P<one>[一二三四五六七八九])(?=$|[，。；、）以左])"
)
_LARGE = {"亿": Decimal(10**8), "万": Decimal(10**4)}


def arabic_form(text: str) -> str:
    """`text` with exact Chinese numerals of claims in Arabic digits: 三十八次 → 38次, 四百余册 → 400余册,
    百分之九十五 → 95%, 一万二千元 → 1.2万元, 2,800份 → 2800份. Names, order words and 三四十名 stay. Pure."""
    text = _GROUPED.sub(lambda found: found.group().replace(",", ""), text)
    text = _PERCENT.sub(_percent, text)
    text = _TENTHS.sub(lambda found: f"{_small(found['ten'])}{_small(found['one'])}%", text)
    text = _HALF.sub(_with_half, text)
    if not _RUN.search(text):
        return text
    for mention in reversed(find_numbers(text)):
        if not mention.unit and text[mention.end : mention.end + 1] in _HOUSES:
            continue
        last = _ENDS_THERE.match(text, mention.end) is not None and not _POINTED_AT.search(text[: mention.start])
        written = _written(mention, _SMALLEST if last else 10)
        if written is not None:
            text = text[: mention.start] + written + text[mention.end :]
    return text


def _with_half(found: re.Match[str]) -> str:
    # 九百三十七个半小时到场的: hundreds are counted, and the half hour is how fast.
    if found["after"] and re.search("[百千万]", found["run"]):
        return f"{_small(found['run'])}{found.group()[len(found['run']) :]}"
    return f"{_small(found['run'])}.5{found['unit'] or _hours(found['after'])}"


def _small(run: str) -> str:
    value = Decimal(run) if run.isascii() else chinese_to_decimal(run)
    return str(decimal_text(value)) if value is not None else run


def _hours(unit: str) -> str:
    return "小时" if unit == "钟头" else unit


def _written(mention: Mention, smallest: int) -> str | None:
    if mention.role is not Role.CLAIM or mention.kind not in _KINDS or mention.approx is Approx.VAGUE:
        return None
    runs = list(_RUN.finditer(mention.text))
    if len(runs) != 1 or "半" in mention.text or any(mark.isdigit() and mark.isascii() for mark in mention.text):
        return None
    run = runs[0].group()
    value = None if adjacent(run) else chinese_to_decimal(run)
    if value is not None and "点" in run:
        return mention.text[: runs[0].start()] + str(decimal_text(value)) + mention.text[runs[0].end() :]
    if value is None or value < (smallest if mention.unit in _OF_KINDS else _SMALLEST):
        return None
    return mention.text[: runs[0].start()] + _digits(value) + mention.text[runs[0].end() :]


def _digits(value: Decimal) -> str:
    for mark, size in _LARGE.items():
        share = value / size
        if value >= size and share == share.quantize(Decimal("0.01")):
            return f"{decimal_text(share)}{mark}"
    return str(decimal_text(value))


def _percent(found: re.Match[str]) -> str:
    value = chinese_to_decimal(found["run"])
    return found.group() if value is None else f"{decimal_text(value)}%"
