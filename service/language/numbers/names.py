"""Numerals inside names: roads, schools, houses, grades, meetings, plans, feasts, slogans, titles and quotations."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.domain.quantity import Mention, Role
from service.language.numbers.units import unit_at
from service.language.numbers.view import View
from service.language.patterns import deferred

_CN = "〇零一二两三四五六七八九十百千万亿"
_FEAST_WORD = "日|节|活动|宣传|普法|禁毒|维权|消防|地震|学雷锋|专项|打假|防灾|献血"
_NUMBER = deferred(rf"(?:\d{{1,6}}|[{_CN}]{{1,6}})(?:-\d{{1,4}})?")
_HOUSE = deferred(
    r"\d{1,4}(?:-\d{1,4}){0,2}(?:号楼|号院|号|栋|幢|单元|室|弄|楼|座)(?:\d{1,4}(?:单元|室|号|楼|层)){0,3}"
)
_HOUSE_BEFORE = deferred(
    r"(?:路|街|巷|大道|胡同|弄|里|小区|花园|苑|新村|家园|公寓|社区|大街|广场|院|村|组|单元|[\d一二三四五六七八九十](?:号楼|栋|幢)|住在|入住|府|居|\d[栋幢][、和及与])$"
)
_ALL = deferred(r"[全共各]|下辖|现有")
_STARS = deferred(r"[一二三四五](?:星级|星(?=酒店|饭店|农家|民宿|级))")
_GENERATION = deferred(r"[5-9]0后|[01][05]后|[五六七八九]十后")
_STAIR = deferred(
    r"\d{1,3}(?:、\d{1,3}){1,6}(?:号楼?|栋|幢)(?!人)|\d{1,3}[栋幢](?=[、和及与]\d{1,3}[栋幢])|\d{1,3}#(?:楼|栋)?|\d{1,3}[栋幢](?=\d{1,4}(?:单元|室|号|楼|层|-)|[一二三四五六]单元)|\d{1,2}单元(?=楼|门|居民|住户|业主|梯|\d|房|一楼)|\d{3,4}室"
)
_GRADE = deferred(
    r"(?:[一二三四五六七八九]|\d{1,2}|[高初大][一二三四]) ?"
    r"(?:年级|\(\d{1,2}\)班|\d{1,2}班(?!次|子|车|组))(?:\(?\d{1,2}\)?班)?|[高初大][一二三四](?=年级|学生|班|[,。、])"
)
_SCHOOL_YEAR = deferred(r"[一二三四](?=学生|新生|学子|班|年级|[,。、]|的学)")
_MEETING = deferred(
    rf"(?:[{_CN}]{{1,3}}|\d{{1,2}})(?:届[一二三四五六七八九十]{{1,2}}(?:次)?(?:中全会|全会|次会议|次全体|中)"
    r"|届(?:人大|政协|纪委|党代会|职代会|团代会|妇代会)(?:常委会)?第?[一二三四五六七八九十]{1,2}次(?:全体)?(?:会议|全会)"
    r"|届[一二三四五六七八九十]{1,2}次|次党代会|次人代会|次团代会|中全会"
    r"|大(?=精神|报告|以来|召开|胜利|会议|代表|关于|提出|党章|作出))"
)
_PLAN = deferred(
    r"[一二三四五六七八九十]{1,2}五(?=规划|时期|期间|末|开局|以来|目标|[,。”\"])|[十四五三二]{2,3}个五年规划"
)
_CONSTANT = deferred(
    r"(?:\d{1,3}|[二十四一三五六八]{1,3})字(?=[\u4e00-\u9fff]{0,4}"
    r"(?:规范|道德|价值观|方针|精神|经|诀|守则|公约|要求|核心|教育|口诀|内容))"
)
_DOT_FEAST = deferred(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})[·•](?:\d{1,2}|[一二三四五六七八九十]{1,2})|[七八一五]\.一(?!\d)"
)
_FEAST = deferred(
    r"(?:1[0-2]|0?[1-9])\.(?:[12]\d|3[01]|0?[1-9])(?! ?[\d日号万亿余多元吨亩米公平千倍个名人%])"
    rf"(?=[”\"'’]{{1,2}}|\)|[\u4e00-\u9fff]{{0,6}}(?:{_FEAST_WORD}))"
)
_DAY_BEFORE = deferred(r"(?:[今昨明前后当][天日]|本月|[本上下]周|[周期][一二三四五六日天]|节) ?\($")
_PAIRS = deferred(
    r"[一二两三四五六七八九十百千万][\u4e00-\u9fff][一二两三四五六七八九十百千万][\u4e00-\u9fff]"
    r"(?:[一二两三四五六七八九十][\u4e00-\u9fff]){0,3}"
)
_SHARED_OUT = deferred(
    rf"一[^{_CN}月年日天季周十多余来是为号至到、，。和与及的了个些系]一[^{_CN}、，。次]|一[月年季周日天]一[^{_CN}次场遍回轮届日号月、，。]"
)
_NOT_PAIRED = frozenset("月年日十百千万亿点时分几多余来是为成号至到、，。比较和与及的了、")
_ADVERBS = frozenset(("一共", "一起", "一直", "一并", "一同", "一律", "一样", "一些", "一块", "一下"))
_STRONG_COUNTERS = frozenset("部栋名个户位条张份册辆台块次场项家人处件起座所支本间幅期周天岁元斤吨米")
_CLOSINGS = {"“": "”", "‘": "’", "「": "」", '"': '"', "『": "』"}
_SAID = deferred(r"[,。;:!?\n]")
_COUNTED = deferred(
    r"\d[\d,.]{0,12}[余多]?[万千百亿]?[余多]?(?:[人名位份张条块处户家次场册吨元%起件项]|个(?!好))|\d[年月日]"
)
_QUOTED_CHARS = 14
_TITLE_CHARS = 60


@dataclass(frozen=True, slots=True)
class _Labels:
    whole: tuple[str, ...]
    apart: tuple[str, ...]
    ordered: re.Pattern[str]
    dialled: re.Pattern[str]
    hotlines: frozenset[str]
    counting: frozenset[str]


@cache
def _labels() -> _Labels:
    document = tomllib.loads((files(__package__) / "names.toml").read_text(encoding="utf-8"))
    ordered = "|".join(sorted(document["ordered"].split(), key=len, reverse=True))
    return _Labels(
        tuple(sorted(document["whole"].split(), key=len, reverse=True)),
        tuple(sorted(document["apart"].split(), key=len, reverse=True)),
        re.compile(rf"第(?P<n>[一二三四五六七八九十百]{{1,4}}|\d{{1,4}})(?=(?:人民|实验|职业|机关)?(?:{ordered}))"),
        re.compile("(?:" + "|".join(document["dialled"].split()) + r")[:“”\"]?$"),
        frozenset(document["hotlines"].split()),
        frozenset(document["counting"].split()),
    )


def read_name(view: View, start: int) -> Mention | None:
    """The name whose numeral stands at `start`: a school, a road, a house, a meeting, a policy, a slogan. Pure."""
    plain = view.plain
    before = plain[start - 1] if start > view.floor else ""
    if before and before in "高初大" and _SCHOOL_YEAR.match(plain, start):
        return view.mention(start, start + 1, Role.NAME, reason="grade_or_class")
    if before and before in "市县区镇乡州旗城" and (found := _SCHOOL.match(plain, start)):
        return view.mention(start, found.end(), Role.NAME, reason="institution")
    for pattern, reason in _BY_PATTERN:
        # 昨天(10.29) gives the day, and so does 重阳节(10.11); 消费者权益日(3.15) names itself.
        if pattern is _FEAST and _DAY_BEFORE.search(view.before(start, 4)):
            continue
        if found := pattern.match(plain, start):
            return view.mention(start, found.end(), Role.NAME, reason=reason)
    house = _HOUSE.match(plain, start) if _HOUSE_BEFORE.search(view.before(start, 4)) else None
    # 全社区37栋楼均无电梯 counts houses; 幸福里小区3栋 names one.
    counted = house is not None and house[0][-1] in "栋幢座楼" and _ALL.search(view.clause_before(start, 10))
    if (found := house) and not counted:
        return view.mention(start, found.end(), Role.NAME, reason="place")
    return _labelled(view, start) or _paired(view, start)


_SCHOOL = deferred(r"[一二三四五六七八九十]{1,2}(?:中|小|幼|附院|附中|附小|院(?!子|落|里|内))(?![国全心学华央型扫])")
# 国家二级档案馆 has a grade; 市、区、街道三级网络 has three levels.
_LEVEL = deferred(
    r"(?P<alone>一级(?!一级|抓|做|带)|[二三四五特]级(?=甲等|乙等|医院|响应|以上|资质|风险|档案|保护|标准|单位|建筑师|建造师|教师|警|英模|运动员|残疾)|二[级类等层](?!台阶|半)|一类(?!人|问题)|[一二三特]等(?!奖|功|次))|[二三四五]级"
)
_LEVEL_BEFORE = deferred(r"(?:国家|省|全国|甲|乙|评为|达到|晋升|获|评定|认定|晋级|列为|省级|为|国)$")
_ROAD = deferred(
    r"[一二三四五六七八九十]{1,3}(?:路|街|巷|弄|村|社区|组|队|里|坊|道街|经路|纬路|马路|环路)(?!公交|人马|长|队)"
)
_MOST_OF_A_GROUP = 3  # characters: 十二组
_FLOOR = deferred(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})楼(?!房|栋|宇|盘)")
_HOTLINE_WORK = deferred("工单|转办|交办|派单|系统|来电|诉求|举报|投诉|承办|热线|市民|案件|政务|便民|服务")
_DIVIDES = frozenset("分兵共有的等在了对为各两第个每入进访到全下乡辖是由从和与及以这那其")
_BY_PATTERN = (
    (_MEETING, "meeting"),
    (_CONSTANT, "policy_constant"),
    (_PLAN, "plan_period"),
    (_GRADE, "grade_or_class"),
    (_DOT_FEAST, "feast"),
    (_FEAST, "feast"),
    (_STAIR, "place"),
    (_STARS, "grade_or_class"),
    (_GENERATION, "generation"),
)


def read_institution(view: View, start: int) -> Mention | None:
    """The number of a school, hospital or party branch (市第八小学) whose numeral stands at `start`, or None. Pure."""
    if start == view.floor or view.plain[start - 1] != "第":
        return None
    found = _labels().ordered.match(view.plain, start - 1)
    return view.mention(start - 1, found.end(), Role.NAME, reason="institution") if found else None


def feast_at(plain: str, start: int) -> bool:
    """True where a day of the calendar stands for its feast at `start`: 3.15消费者权益日. Pure."""
    return _FEAST.match(plain, start) is not None


_OPENS = ("", *"，。；：、,;:（(【[")


def _labelled(view: View, start: int) -> Mention | None:
    """322国道, 3号楼, 8路公交, 12345热线: the number is a name by what follows, or by being dialled."""
    plain = view.plain
    number = _NUMBER.match(plain, start)
    if number is None:
        return None
    end, labels = number.end(), _labels()
    for label in labels.whole:
        if plain.startswith(label, end) and plain[end + len(label) : end + len(label) + 1] not in ("前", "口"):
            return view.mention(start, end + len(label), Role.NAME, reason="place")
    # 3网格排查完了 opens with who did it; 共12网格 counts.
    if (
        plain.startswith("网格", end)
        and view.before(start, 1).strip() in _OPENS
        and not plain.startswith("员", end + 2)
    ):
        return view.mention(start, end + 2, Role.NAME, reason="place")
    # 门 before 前 or 口 is where something stands; the number ends with 号.
    if plain.startswith(("号门前", "号门口"), end):
        return view.mention(start, end + 1, Role.NAME, reason="place")
    if plain.startswith(labels.apart, end):
        tail = 1 if plain.startswith("路", end) else 0
        return view.mention(start, end + tail, Role.NAME, reason="label")
    if (found := _LEVEL.match(plain, start)) and (found["alone"] or _LEVEL_BEFORE.search(view.before(start, 4))):
        return view.mention(start, found.end(), Role.NAME, reason="grade_or_class")
    found = _ROAD.match(plain, start)
    # 补了车架四十二组 counts: no village has so many groups.
    if found and ends_name(view, start) and not (found[0][-1] in "组队" and len(found[0]) > _MOST_OF_A_GROUP):
        return view.mention(start, found.end(), Role.NAME, reason="place")
    if found := _FLOOR.match(plain, start):
        return view.mention(start, found.end(), Role.NAME, reason="place")
    public = len(number[0]) == 5 and unit_at(plain, end) is None
    if number[0] in labels.hotlines and (public or _HOTLINE_WORK.match(plain, end)):
        return view.mention(start, end, Role.NAME, reason="label")
    if number[0] in labels.hotlines and labels.dialled.search(view.before(start, 4)):
        return view.mention(start, end, Role.NAME, reason="label")
    return None


def ends_name(view: View, start: int) -> bool:
    """True where a proper name runs up to `start`: 安居三路, 太平一社区; false for 兵分三路 and 覆盖三村. Pure."""
    before = view.before(start, 2)
    return (
        len(before) == 2
        and all("\u4e00" <= sign <= "\u9fff" and sign not in _CN for sign in before)
        and before[1] not in _DIVIDES
        and before not in _labels().counting
    )


def _paired(view: View, start: int) -> Mention | None:
    """八荣八耻, 一约四会, 两横一纵: two numerals in four characters are a formula unless both count with counters."""
    found = _PAIRS.match(view.plain, start)
    if found is None or (start > 0 and view.plain[start - 1] in "第每" + _CN):
        return None
    word = found[0][:4]
    # 一户一档 and 一人一策 share out; 一周一次 tells how often and is no formula.
    if word[0] == word[2] == "一" and _SHARED_OUT.match(word):
        return view.mention(start, found.end(), Role.NAME, reason="slogan")
    # 直梯两台一共十四台 adds up.
    if word[2:] in _ADVERBS or word[1] in _NOT_PAIRED or word[1] in _CN or word[3] in _CN or word[3] in _NOT_PAIRED:
        return None
    if word[1] in _STRONG_COUNTERS and word[3] in _STRONG_COUNTERS:
        return None
    # 三人两骑车 and 一是四处: the first half counts already, and the second begins a clause of its own.
    if word[1] in _STRONG_COUNTERS and unit_at(view.plain, start + 3) is not None and len(found[0]) == 4:
        return None
    return view.mention(start, found.end(), Role.NAME, reason="slogan")


def read_quoted(view: View, start: int) -> Mention | None:
    """The name in quotation marks that holds `start` (“四清”), or a numeral of a title (《2024年工作方案》). Pure.

    A quotation that makes a statement (“清理了12处”) is read like any text. Of a title every numeral is a mention of
    its own; of a quotation one mention reaches to the closing mark.
    """
    plain = view.plain
    low = max(0, start - _TITLE_CHARS)
    title = plain.rfind("《", low, start)
    if title >= 0 and plain.find("》", title, start) < 0:
        close_at = plain.find("》", start, start + _TITLE_CHARS)
        if close_at >= 0 and "\n" not in plain[title:close_at]:
            return view.mention(start, _numeral_end(plain, start, close_at), Role.NAME, reason="title")
    for sign, closing in _CLOSINGS.items():
        open_at = plain.rfind(sign, max(view.floor, start - _QUOTED_CHARS + 2), start)
        if open_at < 0 or closing in plain[open_at + 1 : start]:
            continue
        close_at = plain.find(closing, start, open_at + _QUOTED_CHARS)
        if close_at < 0 or (sign == closing and plain.count(sign, max(0, open_at - 200), open_at) % 2):
            continue
        inside = plain[open_at + 1 : close_at]
        if _SAID.search(inside) or _COUNTED.search(inside):
            continue
        return view.mention(start, close_at, Role.NAME, reason="quoted_name")
    return None


def _numeral_end(plain: str, start: int, close_at: int) -> int:
    """The end of a numeral in a title, with the year, edition or number sign behind it."""
    end = start + 1
    while end < close_at and (plain[end] in "0123456789" or plain[end] in _CN or plain[end] in "xX*×_~-."):
        end += 1
    return end + 1 if end < close_at and plain[end] in "年届次字星号月日" else end
