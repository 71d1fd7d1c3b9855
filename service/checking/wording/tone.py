"""R35, R36 and R38: praise without a source, rates without counts, private numbers."""

from __future__ import annotations

from collections.abc import Iterator

from service.checking.wording.counters import COUNTER
from service.checking.wording.draft_text import DraftText
from service.checking.wording.finding import Occasion, Slip
from service.domain.genre import traits_of
from service.language.patterns import deferred

_REALM = "(?:全[国省市区县州]|国内|省内|市内|区内|县内|世界|国际|同行业|同行|同类|系统内|全系统)"
_SUPERLATIVE = deferred(
    rf"{_REALM}[\u4e00-\u9fff]{{0,4}}?(?:首创|首家|首个|首例|唯一|独有|领先|一流|最好|最佳|最优|最高水平|第一(?![批个名线书责时届中小医人方次期季实高职幼附]))"
    r"|独此一家|绝无仅有|独一无二|史无前例|首屈一指|遥遥领先|无与伦比|举世瞩目|空前绝后|绝对第一|无可比拟|(?<!机遇)(?<!挑战)前所未有"
)
# 打造全国一流 is an aim; 排名全市第一 with its figure is the number checker's to verify.
_AIM = deferred("(?:打造|争创|建设|力争|努力|争当|创建|对标|瞄准|达到|迈向|向着?|争取|走在)[^。；，\n]{0,12}$")


def superlative(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R35: 全国领先 or 独此一家 said as a fact."""
    if traits_of(occasion.genre).ahead:
        return
    for found in _SUPERLATIVE.finditer(draft.own):
        if not _AIM.search(draft.own[max(0, found.start() - 16) : found.start()]):
            message = f"“{found.group()}”是最高级说法，要有文件、排名或证书作依据，没有的请改写。"
            yield Slip(found.start(), found.end(), message)


_WHOLE = deferred(r"(?<![\d.])100(?:\.0{1,2})?[%％]|百分之百")
_CONTENT = deferred(r"(?:满意[率度]|知晓率|支持率|好评率)[^，。；由从\n\d]{0,10}\d{1,3}(?:\.\d{1,2})?[%％]")
_COUNTED = deferred(
    rf"\d{{1,9}}(?:\.\d{{1,4}})?[余多]?[万亿]?[余多]?(?:{COUNTER}|人次|户次|平方米|批次)|[两三四五六七八九十百千]{{1,5}}{COUNTER}"
)
_AIMED = deferred("力争|争取|确保|要求|目标|不低于|以上|达到?到?[^。；\n]{0,4}以上|计划|预计|将")


_NEAR_CHARS = 120  # The counts behind a rate stand in the same sentence or shortly before it.


def bare_rate(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R36: 100% or a satisfaction rate in a paragraph without any count. Aims are left alone."""
    if traits_of(occasion.genre).ahead:
        return
    for pattern in (_WHOLE, _CONTENT):
        for found in pattern.finditer(draft.own):
            start, end = draft.sentence(found.start(), _NEAR_CHARS)
            around = draft.own[start : found.start()] + draft.own[found.end() : end]
            before = draft.own[max(0, start - _NEAR_CHARS) : start].rpartition("\n")[2]
            if _AIMED.search(around) or _COUNTED.search(around) or _COUNTED.search(before):
                continue
            yield Slip(
                found.start(),
                found.end(),
                f"“{found.group()}”前后没有户数、份数等实数支撑，建议写明查了多少、合格多少。",
            )


_IDENTITY = deferred(r"\d(?<![\dA-Za-z]\d)\d{16}[\dXx](?![\dA-Za-z])")
_MOBILE = deferred(r"1(?<![\d.\-]1)[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\d.])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def private_number(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R38: identity-card numbers, told from account numbers by their check digit, and private telephone numbers."""
    for found in _IDENTITY.finditer(draft.raw):
        digits = found.group().upper()
        total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:17], strict=True))
        if _CHECK_DIGITS[total % 11] == digits[17]:
            yield Slip(found.start(), found.end(), "身份证号属个人信息，不写进报告，请删去。")
    for found in _MOBILE.finditer(draft.raw):
        yield Slip(found.start(), found.end(), "个人手机号不写进报告，请删去或改写单位值班电话。")
