"""Numerals inside names: roads, schools, document numbers, hotlines, plates, addresses, versions, titles, slogans."""

from __future__ import annotations

import re

from service.domain.quantity import Kind, Mention, Role
from service.language.numbers.units import unit_at
from service.language.numbers.view import View

_CN = "〇零一二两三四五六七八九十百千万亿"
_OPEN = r"[〔\[(【《{<]"
_CLOSE = r"[〕\])】》}>]"
_DOCUMENT = re.compile(
    rf"(?P<org>[\u4e00-\u9fffA-Za-zxX*×]{{0,10}}){_OPEN} ?(?:\d{{4}}|\d{{0,2}}(?:[xX×*]{{2}}|_{{2,4}})) ?{_CLOSE} ?(?:第 ?)?(?:\d{{1,5}}|[xX×*_]{{1,4}}) ?号文?"
)
_AFTER_YEAR = re.compile(
    rf"(?:\d{{4}}|\d{{0,2}}(?:[xX×*]{{2}}|_{{2,4}})) ?{_CLOSE} ?(?:第 ?)?(?:\d{{1,5}}|[xX×*_]{{1,4}}) ?号文?"
)
_ORGAN = re.compile(r"[\u4e00-\u9fffA-Za-zxX*×]{0,8}(?:发|办|字|函|文|委|政|党|通|明|教|城|令|创|组|宣)$")
_ADDRESS = re.compile(r"(?:https?://|www\.)[A-Za-z0-9./?=&_%#:~+@!,;-]{1,300}", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\d.])(?:1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8}|\d{3,4}-\d{7,8}|(?:400|800)[- ]?\d{3,4}[- ]?\d{3,4}|\d{17}[\dXx]|1[3-9]\d[- ]\d{4}[- ]\d{4})(?![\d.])"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?[A-Z0-9]{5,6}(?![A-Z0-9])"
)
_LATIN = re.compile(r"[A-Za-z]")
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[-./·_][A-Za-z0-9]+){0,6}")
_VERSION = re.compile(r"[vV]?\d{1,4}(?:\.\d{1,4}){2,5}(?![\d%])")
_PLUS = re.compile(r"[\dA-Za-z]{1,4}(?:\+[\dA-Za-zX]{1,4}){1,5}(?!\+)")
_FEAST = re.compile(
    r"\d{1,2}[·•．.]\d{1,2}(?=[”\"'’)]|[\u4e00-\u9fff]{0,6}(?:日|节|活动|宣传|普法|禁毒|维权|消防|地震|学雷锋|专项|打假))"
)
_DOT_FEAST = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})[·•](?:\d{1,2}|[一二三四五六七八九十]{1,2})|[七八一五]\.一(?!\d)"
)
_LABEL = (
    "国道|省道|县道|乡道|高速|热线|平台|专线|路公交|公路|铁路|工程|计划|行动|模式|工作法|创业园|产业园|文化园|创意园|号楼|号院|号地|号线|号路|号街|号门|号机|号文|号令|"
    "号公告|号文件|号公馆|号广场|号工程|号台|号桌|号馆|号厅|号库|号井|号坝|号桥|号岗|号码|号点|号窗口|号信箱|号公路|号卡|路车|路公共|路军|电影院|医院|中学|小学|社区|幼儿园|"
    "频道|频率|电影|号商铺|号通道|号出口|号小区|号组团|号片区|号病房|号仓|号泵站|体系|机制|工作站|服务圈|生活圈|作战法|警种|兵团|军|师部|团部|班车|酒店|商场|大厦|广场"
)
_LABELLED = re.compile(rf"(?P<n>\d{{1,6}}|[{_CN}]{{1,6}})(?:-\d{{1,4}})?(?P<label>{_LABEL})")
_ZONED = re.compile(
    rf"(?:[{_CN}]{{1,3}}|\d{{1,3}})(?:组|队|社|村|区|街|路|巷|弄|里|环|经路|纬路|马路|中心小学|中(?=[,。、])|小(?=[,。、]))(?![{_CN}\d])"
)
_HOUSE = re.compile(
    r"\d{1,4}(?:-\d{1,4}){0,2}(?:号楼|号院|号|栋|幢|单元|室|弄|楼|座)(?:\d{1,4}(?:单元|室|号|楼|层)){0,3}"
)
_HOUSE_BEFORE = re.compile(
    r"(?:路|街|巷|大道|胡同|弄|里|小区|花园|苑|新村|家园|公寓|社区|大街|广场|院|村|组|号楼|栋|幢|单元)$"
)
_GRADE = re.compile(
    rf"(?:[一二三四五六七八九]|\d{{1,2}}|[高初大][一二三四]) ?(?:年级|\(\d{{1,2}}\)班|\d{{1,2}}班(?!次|子|车|组))(?:\(?\d{{1,2}}\)?班)?|[高初大][一二三四](?=年级|学生|班|[,。、])"
)
_ORDERED_NAME = re.compile(
    r"第(?P<n>[一二三四五六七八九十百]{1,4}|\d{1,4})(?P<head>(?:人民)?(?:医院|中学|小学|幼儿园|高级中学|实验|职业|职高|中心|社区|居委会|党支部|支部|支队|大队|中队|分局|派出所|敬老院|福利院|"
    r"中级|初级|师范|中等|中专|工程|建筑|建设|污水|水厂|自来水|检察|产业|课堂|故乡|生命|军医|集团|附属|分公司|分校|分院|网格|检查组|督查组|督导组|工作组|调研组|责任|方|者))"
)
_MEETING = re.compile(
    rf"(?P<n>[{_CN}]{{1,3}}|\d{{1,2}})(?:届[一二三四五六七八九十]{{1,2}}(?:次)?(?:中全会|全会|次会议|次全体|中)|次党代会|次人代会|次团代会|中全会|[大]精神|大(?=报告|以来|召开|胜利|会议|代表|关于|提出|党章|作出))"
)
_PLAN = re.compile(rf"(?:[{_CN}]{{2,3}})(?:五规划|个五年规划|五)(?=规划|时期|期间|末|开局|以来|目标|[,。”\"])")
_CONSTANT = re.compile(
    r"(?:\d{1,3}|[二十四一三五六八]{1,3})字(?=[\u4e00-\u9fff]{0,4}(?:规范|道德|价值观|方针|精神|经|诀|守则|公约|要求|核心|教育|真经|口诀))"
)
_PAIRS = re.compile(
    r"[一二两三四五六七八九十百千万][\u4e00-\u9fff][一二两三四五六七八九十百千万][\u4e00-\u9fff](?:[一二两三四五六七八九十][\u4e00-\u9fff]){0,3}"
)
_QUOTES = {"“": "”", "‘": "’", "「": "」", '"': '"', "《": "》", "〈": "〉", "『": "』"}
_SAID = re.compile(r"[,。;:!?\n]")
_COUNTED = re.compile(
    r"\d[\d,.]*[余多]?[万千百亿]?[余多]?(?:[人名位份张条块处户家次场册吨元%起件项]|个(?!好))|[年月日]"
)


def read_address(view: View, start: int) -> Mention | None:
    """A web address that begins at `start`, or None. Pure."""
    found = _ADDRESS.match(view.plain, start)
    return view.mention(start, found.end(), Role.NAME, reason="address") if found else None


def read_document_number(view: View, start: int) -> Mention | None:
    """A document number whose year stands at `start` after its bracket, with the letters of its office. Pure."""
    plain = view.plain
    if start == view.floor or plain[start - 1 : start] not in tuple("〔[(【《{<"):
        return None
    found = _AFTER_YEAR.match(plain, start)
    if found is None:
        return None
    bracket = start - 1
    low = max(view.floor, bracket - 10)
    begin = bracket
    while begin > low and ("\u4e00" <= plain[begin - 1] <= "\u9fff" or plain[begin - 1] in "xX*×"):
        begin -= 1
    return view.mention(_office(plain, begin, bracket), found.end(), Role.NAME, Kind.DOCNUM, reason="document_number")


def _office(plain: str, begin: int, bracket: int) -> int:
    """Where the office's letters begin: 根据中文明办〔…〕 leaves 根据 outside."""
    lead = re.match(
        r"(?:根据|按照|依据|印发|转发|下发|见|以|和|及|与|的|了|由|发布|制定|收到|执行|落实|贯彻|文号|为)+",
        plain[begin:bracket],
    )
    return begin + (lead.end() if lead and begin + lead.end() < bracket else 0)


def read_identifier(view: View, start: int) -> Mention | None:
    """Phone, identity card and plate numbers, versions, G107, 5G, 12+4, 4+N: whatever names and does not count. Pure."""
    plain = view.plain
    begin = start
    while (
        begin > view.floor
        and start - begin < 12
        and (plain[begin - 1].isascii() and (plain[begin - 1].isalnum() or plain[begin - 1] in "+-_.@/·"))
    ):
        begin -= 1
    while begin < start and not plain[begin].isalnum():
        begin += 1
    if (
        begin > view.floor
        and begin < start
        and plain[begin - 1] in "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
    ):
        if found := _PLATE.match(plain, begin - 1):
            return view.mention(begin - 1, found.end(), Role.NAME, reason="identifier")
    for pattern in (_PHONE, _PLUS, _VERSION):
        found = pattern.match(plain, begin)
        if found and found.end() > start:
            if pattern is _VERSION and begin == start and re.match(r"(?:19|20)\d\d\.", found[0]):
                continue
            return view.mention(begin, found.end(), Role.NAME, reason="identifier")
    return _latin_token(view, begin, start)


def _latin_token(view: View, begin: int, start: int) -> Mention | None:
    """Letters joined to digits name something, unless what follows counts: gdp443.52亿元, 5km, 80kg."""
    plain = view.plain
    found = _TOKEN.match(plain, begin)
    if found is None or found.end() <= start:
        return None
    if begin == start:
        if not _LATIN.search(found[0]):
            return None
        digits = len(found[0]) - len(found[0].lstrip("0123456789."))
        unit = unit_at(plain, begin + digits)
        if unit is not None and not _LATIN.match(
            plain[begin + digits + len(unit.text) : begin + digits + len(unit.text) + 1]
        ):
            return None
        return view.mention(begin, found.end(), Role.NAME, reason="identifier")
    if plain[found.end() : found.end() + 1] in tuple("万亿余多元%") or "@" in plain[begin:start]:
        return None
    unit = unit_at(plain, found.end())
    if (
        unit is not None
        and unit.dimension in ("money", "mass")
        or (unit and unit.text in ("个", "名", "人", "份", "台"))
    ):
        return None
    end = found.end() - (1 if found[0][-1] in ".-/" else 0)
    return view.mention(begin, end, Role.NAME, reason="identifier")


def read_name(view: View, start: int) -> Mention | None:
    """The name whose numeral stands at `start`: a school, a road, a house, a meeting, a policy, a slogan. Pure."""
    plain = view.plain
    if start > view.floor and plain[start - 1] == "第" and (found := _ORDERED_NAME.match(plain, start - 1)):
        return view.mention(start - 1, found.start("head"), Role.NAME, reason="institution")
    if start > 0 and plain[start - 1] in "高初大" and (found := _GRADE.match(plain, start - 1)):
        return view.mention(start, max(found.end(), start + 1), Role.NAME, reason="grade_or_class")
    for pattern, reason in (
        (_MEETING, "meeting"),
        (_CONSTANT, "policy_constant"),
        (_PLAN, "plan_period"),
        (_GRADE, "grade_or_class"),
        (_DOT_FEAST, "feast"),
        (_FEAST, "feast"),
    ):
        if found := pattern.match(plain, start):
            return view.mention(start, found.end(), Role.NAME, reason=reason)
    if found := _LABELLED.match(plain, start):
        return _labelled(view, found)
    if (found := _HOUSE.match(plain, start)) and _HOUSE_BEFORE.search(view.before(start, 4)):
        return view.mention(start, found.end(), Role.NAME, reason="place")
    return _paired(view, start)


def _labelled(view: View, found: re.Match[str]) -> Mention | None:
    label, number = found["label"], found["n"]
    if not label.startswith("号") and not number.isdigit() and label not in ("国道", "省道", "县道"):
        return None
    if (
        label
        in (
            "社区",
            "医院",
            "中学",
            "小学",
            "幼儿园",
            "体系",
            "机制",
            "平台",
            "工程",
            "计划",
            "行动",
            "公路",
            "高速",
            "大厦",
            "广场",
            "酒店",
            "商场",
            "电影",
            "军",
        )
        and number.isdigit()
        and len(number) != 3
        and label not in ("平台", "高速")
    ):
        return None
    end = found.end() if label.startswith("号") or label.startswith("路") else found.start("label")
    return view.mention(found.start(), end, Role.NAME, reason="place" if label.startswith("号") else "label")


def _paired(view: View, start: int) -> Mention | None:
    """八荣八耻, 一约四会, 两横一纵: two numerals in four characters are a formula unless both count with counters."""
    found = _PAIRS.match(view.plain, start)
    if found is None:
        return None
    word = found[0][:4]
    if (
        word[1] in "月年日十百千万亿点时分几多余来是为成号至到、"
        or word[1] in _CN
        or word[3] in _CN
        or word[3] in "日号月年"
    ):
        return None
    if (
        unit_at(word[1], 0)
        and unit_at(word[3], 0)
        and unit_at(word[1], 0).text in tuple("名个户位条张份册辆台块次场项家人处件起座所支")
    ):  # type: ignore[union-attr]
        return None
    return view.mention(start, found.end(), Role.NAME, reason="slogan")


def read_quoted(view: View, start: int) -> Mention | None:
    """The whole short quotation or title that holds `start` where it is a name: “四清”, 《2024年工作方案》. Pure.

    A quotation that makes a statement (“清理了12处”) is read like any text.
    """
    plain = view.plain
    for sign, closing in _QUOTES.items():
        low = max(view.floor, start - (40 if sign == "《" else 12))
        open_at = plain.rfind(sign, low, start)
        if open_at < 0 or closing in plain[open_at + 1 : start]:
            continue
        close_at = plain.find(closing, start, open_at + (60 if sign == "《" else 14))
        if close_at < 0:
            continue
        inside = plain[open_at + 1 : close_at]
        if sign in "《〈":
            return view.mention(start, _last_numeral(plain, start, close_at), Role.NAME, reason="title")
        if _SAID.search(inside) or _COUNTED.search(inside):
            continue
        return view.mention(start, close_at, Role.NAME, reason="quoted_name")
    return None


def _last_numeral(plain: str, start: int, close_at: int) -> int:
    """The end of the first numeral of a title with its word: a title may hold several."""
    end = start
    while end < close_at and (plain[end].isdigit() or plain[end] in _CN or plain[end] in "xX*×_~-."):
        end += 1
    return min(close_at, end + 1) if plain[end : end + 1] in tuple("年届次字星号月日") else max(end, start + 1)
