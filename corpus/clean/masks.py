"""Masks become typed tokens 〔MASK:num〕 〔MASK:year〕 〔MASK:place〕 〔MASK:word〕 and never a value.

Sites hide figures and names behind xx, **, __ or ×; one even wrote a fixed year over every mask. A later step that met
the raw mask could take 520xx for 520.
"""

from __future__ import annotations

import re
from collections import Counter

from corpus.clean.changes import LineEditor
from corpus.clean.characters import CJK

NUMBER = "〔MASK:num〕"
YEAR = "〔MASK:year〕"
PLACE = "〔MASK:place〕"
WORD = "〔MASK:word〕"
TOKEN = re.compile(r"〔MASK:(?:num|year|place|word)〕")

_M = r"[xX×*＊_＿✕╳ｘＸ]"

_PLACE_SUFFIX = (
    "市区县镇乡村旗州省盟路街巷道桥河湖山港局办院校所处站社厂"
    "|街道|社区|大道|广场|公园|小区|新村|党工委|党委|政府|文明|日报|晚报|电视台|中心|公司|集团|学校|小学|中学|大学|医院|单位|机关|委员会"
    "|商场|超市|市场|地区|开发区|学院|派出所|支行|银行|年度"
)
_PLACES = "[" + _PLACE_SUFFIX.split("|")[0] + "]|" + "|".join(_PLACE_SUFFIX.split("|")[1:-1])
_COUNTERS = (
    "[个块条份册本张面幅处家户人名位次场期件起项所支间栋幢座盏台辆艘套部枚棵株亩吨米里斤元户届批篇组类种大岁天日月时分秒号条名%％‰℃㎡度倍成层门批枝片队班]"
    "|(?:把|盒|包|瓶|桶|箱|袋|副|顶|套|束|封)(?=[、，。；])"
    "|余|多|万|亿|千|百|平方|立方|公里|公顷|公斤|小时|分钟|人次|台次|车次|场次|条次|街镇"
)
_COUNT_AHEAD = rf"(?=\s?(?:{_COUNTERS}))"

_YEAR = re.compile(
    rf"(?<![\dA-Za-z])(?:(?:19|20){_M}{{1,4}}|(?:19|20)\d{_M}|{_M}{{2,4}})(?=\s?年(?!级|货|龄|轻))"
    rf"|(?<![\dA-Za-z])20{_M}{{2}}(?=[、，,至到—–~-]{{1,2}}(?:20{_M}{{2}}|\d{{4}})\s?年)"
    rf"|(?<=[\[〔【(（《])20{_M}{{2}}(?=[\]〕】)）》])"
)
# 3×5米 and 8*6 are sizes, not masks: a single sign between two digits is left alone.
_DIGITS_AND_MASK = re.compile(rf"(?<![\dA-Za-z])\d{{1,9}}(?:{_M}{{2,6}}\d{{0,40}}(?!\d)|{_M}(?!\d))")
_ORDINAL = re.compile(rf"(?<=第)(?:[一二三四五六七八九十]{{1,3}})?{_M}{{1,4}}(?![A-Za-z\d])")
_CJK_BEFORE_NUMBER = re.compile(rf"(?<![A-Za-z\d]){_M}{{1,4}}(?:\.{_M}{{1,3}})?(?![A-Za-z\d]){_COUNT_AHEAD}")
_NUMBER_BY_CONTEXT = re.compile(rf"(?<=[达超约近共计为于过在升至到高])(?<![A-Za-z\d]){_M}{{1,4}}(?=[，。；、”）])")
_RUN = re.compile(rf"(?<![A-Za-z\d@/.\-]){_M}{{2,12}}(?![A-Za-z\d])|(?<![A-Za-z\d@/.\-_])_{{3,40}}")
_SINGLE = re.compile(rf"(?<=[{CJK}，。、；：“”《》（）〔〕]){_M}(?=[{CJK}，。、；：”《》（）])|^[xX×](?=[{CJK}])")
_SOMEBODY = re.compile(r"某某(?=[市区县镇乡村街社路局校院办])")
_BULLET = re.compile(r"^(?:[*_×xX]{1,3}|[*_-]{3,})(?=\s)")
_XRAY = re.compile(r"^[光射线片机形型]")


def mask_line(line: LineEditor) -> None:
    """Every mask of the line becomes a typed token (N13 places, N14 words, N15 digits, N16 years)."""
    if not re.search(rf"{_M}|某某", line.text) or _BULLET.match(line.text):
        return
    line.substitute(_YEAR, YEAR, "N16")
    line.substitute(_DIGITS_AND_MASK, lambda found: NUMBER, "N16")
    line.substitute(_ORDINAL, NUMBER, "N15")
    line.substitute(_SOMEBODY, PLACE, "N13")
    text = line.text
    line.substitute(_CJK_BEFORE_NUMBER, lambda found: _number_or_place(found, text), "N15")
    line.substitute(_NUMBER_BY_CONTEXT, NUMBER, "N15")
    for pattern in (_RUN, _SINGLE):
        for kind, rule in ((PLACE, "N13"), (WORD, "N14")):
            _replace_kind(line, pattern, kind, rule)


def _replace_kind(line: LineEditor, pattern: re.Pattern[str], kind: str, rule: str) -> None:
    text = line.text
    line.substitute(pattern, lambda found: kind if _by_what_follows(found, text) == kind else None, rule)


def _number_or_place(found: re.Match[str], text: str) -> str | None:
    """A counter and a place name can begin alike: **处 is a count after 清理, **区 is never one."""
    after = text[found.end() : found.end() + 3].lstrip()
    if _XRAY.match(after):
        return None
    if re.match(
        r"(?:大道|大街|人民|家园|门口|门前|处长|所长|组织|大学|大队|个人|日报|时报|市区|名优|场馆|里程)", after
    ):
        return None
    return NUMBER


def _by_what_follows(found: re.Match[str], text: str) -> str | None:
    after = text[found.end() : found.end() + 4]
    if _XRAY.match(after):
        return None
    if re.match(rf"(?:{_PLACES})", after):
        return PLACE
    # 我x高度重视: what follows 我, 全 or 本 is the unit itself.
    if text[max(0, found.start() - 1) : found.start()] in ("我", "全", "本", "驻"):
        return PLACE
    return WORD


def years_put_over_masks(text: str) -> frozenset[str]:
    """Years that stand where counts should be, so that none of their uses can be believed (N17). Pure.

    A page whose masks were all overwritten by one year says 参加者2024 多人次 and 宣传册2024 余份. One such count is a
    coincidence; two, or one beside a congress of another decade, are not.
    """
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?=\s?年)", text))
    counts = Counter(re.findall(r"(?<!\d)((?:19|20)\d\d)\s?(?=余|多|人次|份|册)", text))
    return frozenset(year for year in years if counts[year] >= 2 or (counts[year] and _wrong_congress(text, int(year))))


_CONGRESS = re.compile(r"(?:党的)?(十[一二三四五六七八九]|二十)(?:届[一二三四五六七八]中全会|大(?:精神|报告|以来))")
_SESSIONS = {"十四": 1992, "十五": 1997, "十六": 2002, "十七": 2007, "十八": 2012, "十九": 2017, "二十": 2022}


def _wrong_congress(text: str, year: int) -> bool:
    """True where the newest congress a text of `year` speaks of is more than six years older: 2024 beside 十六届."""
    named = [_SESSIONS[found] for found in _CONGRESS.findall(text) if found in _SESSIONS]
    return bool(named) and max(named) + 6 < year


def mask_overwritten_years(line: LineEditor, years: frozenset[str]) -> None:
    """Every use of a year that was put over masks becomes a token again (N17)."""
    for year in sorted(years):
        line.substitute(re.compile(rf"(?<!\d){year}(?=\s?年)"), YEAR, "N17")
        line.substitute(re.compile(rf"(?<!\d){year}(?!\s?年|\d)"), NUMBER, "N17")
