"""Quantities: a number with its hedges, unit, rate and span; changes from one number to another; zero."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from service.domain.quantity import Amount, Approx, Kind, Mention, Role
from service.language.numbers.hedges import contradict, hedge_after, hedge_before, hedged
from service.language.numbers.numeral import Numeral, read_numeral
from service.language.numbers.units import Unit, unit_at, unit_of
from service.language.numbers.view import View

_TO = re.compile(r" {0,2}(?:~{1,2}|-{1,2}|至|到) {0,2}")
_LIST = re.compile(r"[、,](?=[1-9一二三四五六七八九])")
_KINDS = {"money": Kind.MONEY, "dollar": Kind.MONEY, "euro": Kind.MONEY, "hongkong_dollar": Kind.MONEY}
_KINDS |= {"time": Kind.DURATION, "workday": Kind.DURATION, "months": Kind.DURATION, "age": Kind.AGE}
_KINDS |= {"point": Kind.POINT, "times": Kind.RATIO, "count": Kind.COUNT, "score": Kind.COUNT}
_CONTINUOUS = frozenset({"time", "months", "workday", "age", "times", "length", "area", "mass", "volume"})
_AFTER_UNIT = re.compile(r"(?P<half>半)|(?P<over>[多余])(?!方|元|层|种|部门|次|渠|媒|功|样|形|数|点|人|个|处|家|项)")
_HALF_UNIT = re.compile(r"个?半(?=小时|月|钟头|年|天|学期)")
_GUESSED = frozenset("盏杆溜帖锅勺辈")
# A unit that begins a word of its own is none: 3部门联合, 120人民币, 5项目部.
_NOT_UNIT = {
    "部": "门|署|队|委|长|分|位",
    "项": "目部",
    "人": "民|大|社局|武部|口",
    "户": "外|籍",
    "个": "性|别|体",
    "点": "位|击|评",
    "条": "件|例",
    "场": "所|地|馆",
    "次": "日|年|月|序|要",
    "位": "于|置",
    "名": "称|单|牌",
    "处": "理|置|罚|于|在",
    "家": "庭|长|园|属|政|具",
    "门": "前|口|店",
    "面": "积|对|向|貌|试",
    "组": "织|成|建|团|长",
    "级": "别",
    "年": "轻|龄",
    "分": "别|布|析|类|工|为|局|管|配|发|钟",
    "班": "子",
    "站": "长|台",
    "台": "账",
    "路": "灯|边|长|线",
    "段": "落",
    "车": "辆|站|间|位",
    "村": "民|委|庄",
    "天": "然|桥",
    "周": "边|围|年",
    "期": "间|待|望",
    "代": "表|码",
    "讲": "话",
    "课": "程|堂",
    "手": "机",
    "本": "市|区|年|月|地|着|次|身|校|院|局",
    "度": "假|过|夏",
    "口": "号|碑",
    "片": "区",
    "行": "政|动|业|为|人|驶",
    "块": "头",
    "环": "境|保|卫",
    "队": "伍|员|列",
    "对": "象|照|外|接|口|标|全|于|此|各|重|违",
    "层": "面|级",
    "方": "面|案|式|便|法|向",
    "副": "主|书|局|区|县|市|镇|组|校|院",
    "道": "路|德",
    "把": "关|握",
    "只": "有|要|能",
    "栋": "梁",
    "楼": "道|宇|房|长",
    "套": "餐",
    "单": "位|一|独|元",
    "等": "|",
    "口人": "^",
    "元": "旦|素|宵",
    "节": "约|能|假|日",
    "首": "先|次|批|届",
    "号": "召",
    "件": "套",
    "里": "面|程",
    "卷": "入",
    "样": "本|板|式",
    "类": "型|别",
    "封": "闭|堵|控",
    "双": "方|向|创",
    "股": "份|东|权",
    "句": "子",
    "集": "中|体|团|市|镇|合|贸",
    "排": "查|名|队|放|水|污|列",
    "顿": "时",
    "票": "据",
    "批": "发|评|准|示",
    "届": "时|满",
    "则": "",
    "码": "头",
    "M": "",
    "时": "",
    "月": "",
    "枝": "叶",
    "支": "持|部|队|撑|付|农|教",
    "所": "有|属|在|以|谓|需",
    "升": "级|温|高|至|到|为",
    "船": "",
    "包": "括|含|保|联|抓|围|装|干",
    "会": "",
    "字": "样",
    "线": "",
    "篇": "章",
    "页": "面",
    "张": "贴|罗|望",
    "幅": "度",
    "份": "额|量",
    "起": "到|来|步|草|点|诉|初",
    "种": "植|类|子",
    "店": "",
    "版": "权|面",
    "圈": "子",
    "步": "行|入|骤",
    "池": "塘",
    "伏": "天|击",
    "罐": "头",
    "招": "商|聘|募|生|收|标|呼|投",
    "根": "据|本",
    "束": "缚",
    "担": "任|当|负|保",
    "扇": "",
    "杯": "",
}
_BLOCKED = {unit: re.compile(f"(?:{pattern})") for unit, pattern in _NOT_UNIT.items() if pattern.strip("|")}
_PER = re.compile(
    r"(?:(?P<mean>[人户日月年周均])均|每(?:个|一|位|名)?(?P<every>周|星期|月|年|天|日|季度|季|学期|小时|半年|半月|学年|人|户|次|场|班|晚|夜|分钟|公里|平方公里|万人|千人|百户|车|个月|村|社区|楼|所)|(?<![今当同昨次近生节假工每即整])(?P<daily>日)(?=清运|处理|产|供|清|接待|巡|销|消纳|排|收|转运|用水|保洁))"
    r"(?P<middle>[^，。；！？,;!?\n0-9每均]{0,12})$"
)
_ADJACENT_PER = re.compile(r"每(?:个|一)?(?:周|星期|月|年|天|日|季度|季|学期|小时|半年|半月|学年|晚|夜)$")
_OCCASIONS = frozenset({"次", "场", "遍", "回", "轮", "期", "场次", "趟", "班次", "节", "课时", "讲", "篇", "封"})
_NEGATION = re.compile(r"(?:从未发生|未发生过?|没有发生过?|没有出现|未出现过?|无|没有|未有|未见|未接到|杜绝|零发生)$")
_ZERO = re.compile(
    r"零(?P<noun>投诉|事故|失误|差错|发生|上访|违规|违法|违纪|案件|感染|伤亡|死亡|增长|举报|火灾|信访|积压|溺水|辍学|疫情|隐患|报告|缺陷|遗漏|漏报|瞒报|纠纷|发案|越级|返贫|中毒|超时|逾期|退件|出错|破坏|冲突|输入|新增|复发|反弹|拖欠|欠薪|聚集|偏差|污染|犯罪|警情|延误|缺席|缺勤|复吸|命案|争议|诈骗|直排|焚烧|火点|填埋)"
)
_YEAR_LIKE = range(1990, 2036)
_LARGE_GROUP = re.compile(
    r"大(?=系列|行动|工程|活动|任务|举措|战役|主题|板块|类|项|重点|方面|领域|体系|专项|内容|机制|模块|环节|品牌|抓手|载体|目标|措施|平台|问题|制度|部分|版块|亮点|特色|中心|步骤|创建|突破|关键|整治|阵地)"
)
_VERBS = "(?:上升|提高|提升|增加|增长|减少|下降|降低|降|增|减|扩大|压缩|缩短|缩减|升|增至|减至|扩展|发展|变|延长|攀升|回落|上涨|增强|跃升|调整|压减|精简|翻)"
_CHANGE = re.compile(rf"(?:年|月|时|底|初)?的? ?{_VERBS}?(?:到了?|至|为|成)(?:现在|目前|今年|如今)?的? ?")


@dataclass(frozen=True, slots=True)
class _Unit:
    text: str | None
    end: int
    unit: Unit | None = None
    half: bool = False
    over: bool = False


def read_quantity(view: View, start: int) -> Mention | None:
    """The quantity whose numeral begins at `start`, with hedges, unit and the second end of a span, or None. Pure."""
    if zero := _zero(view, start):
        return zero
    number = read_numeral(view.plain, start, view.widths)
    if number is None:
        return None
    if pair := _listed_pair(view, number):
        number = pair
    elif joined := _range(view, number):
        return joined
    return _quantity(view, number)


def read_change(view: View, start: int) -> Mention | None:
    """A change with both ends (由44项减少到33项) whose first numeral begins at `start`, or None. Pure."""
    if start == 0 or view.plain[start - 1] not in "由从自" or start - 1 < view.floor:
        return None
    first = read_end(view, start)
    if first is None:
        return None
    verb = _CHANGE.match(view.plain, first.end)
    if verb is None or verb.end() >= len(view.plain):
        return None
    kept, view.floor = view.floor, verb.end()
    second = read_end(view, verb.end())
    view.floor = kept
    if second is None or second.role is not Role.CLAIM:
        return None
    unit = second.unit or first.unit
    return view.mention(start - 1, second.end, Role.CLAIM, Kind.DELTA, unit=unit, parts=(first, second))


def read_end(view: View, start: int) -> Mention | None:
    """One end of a change: a part or a quantity that begins at `start`, no calendar point. Pure."""
    from service.language.numbers.ratios import read_ratio

    if view.plain[start] not in "0123456789一二两三四五六七八九十百千万亿零〇":
        return None
    found = read_ratio(view, start) or read_quantity(view, start)
    if found is None or found.start != start or found.kind in (Kind.RANGE, None) or "月" in found.text[-1:]:
        return None
    return found


def _zero(view: View, start: int) -> Mention | None:
    plain = view.plain
    if plain[start] == "零" and (found := _ZERO.match(plain, start)):
        zero = Decimal(0)
        return view.mention(start, found.end(), Role.CLAIM, Kind.ZERO, amount=Amount(zero, zero))
    if plain[start] not in "一1":
        return None
    negation = _NEGATION.search(view.before(start, 6))
    unit = unit_at(plain, start + 1)
    if negation is None or unit is None or start - len(negation[0]) < view.floor:
        return None
    zero = Decimal(0)
    begin = start - len(negation[0])
    return view.mention(
        begin, start + 1 + len(unit.text), Role.CLAIM, Kind.ZERO, amount=Amount(zero, zero), unit=unit.text
    )


def _listed_pair(view: View, number: Numeral) -> Numeral | None:
    """3、4个 and 三、四个: neighbouring digits with a comma between are one approximate number."""
    plain = view.plain
    mark = _LIST.match(plain, number.end)
    if mark is None or not number.exact or number.hi > 9 or number.lo < 1 or plain[number.end] == ",":
        return None
    second = read_numeral(plain, mark.end(), view.widths)
    if second is None or second.lo != number.lo + 1 or not second.exact or second.arabic != number.arabic:
        return None
    unit = unit_at(plain, second.end)
    if unit is None or unit.text in ("月", "年", "期", "级", "号", "季度", "点", "等"):
        return None
    return Numeral(number.start, second.end, number.lo, second.hi, Decimal(1), number.arabic, vague=True, adjacent=True)


def _range(view: View, first: Numeral) -> Mention | None:
    """15~20处, 2万~5万元, 2～5万元, 3到5天, 50米至80米."""
    plain = view.plain
    left = _unit_after(view, first)
    for at in {first.end, left.end}:
        joined = _TO.match(plain, at)
        if joined is None:
            continue
        second = read_numeral(plain, joined.end(), view.widths)
        if second is None or second.over or first.over:
            continue
        right = _unit_after(view, second)
        if right.text is None and left.text is None and plain[at] not in "~-":
            continue
        if at == left.end and left.text is not None and left.text != right.text and right.text is not None:
            continue
        lo, hi = first.lo, second.hi
        # 2～5万元 gives the magnitude once, for both ends.
        if lo < 1000 <= hi and at == first.end and plain[second.end - 1] in "万亿千百":
            scale = {"万": 10**4, "亿": 10**8, "千": 1000, "百": 100}[plain[second.end - 1]]
            lo *= scale
        if lo > hi:
            continue
        return _finish(view, first.start, right, lo, hi, first, kind=Kind.RANGE, adjacent_range=True)
    return None


def _unit_after(view: View, number: Numeral) -> _Unit:
    """The unit of a number, over at most two blanks: a table unit, a half unit, or a rare measure word."""
    plain = view.plain
    at = number.end
    while at < len(plain) and at - number.end < 2 and plain[at] == " ":
        at += 1
    if (half := _HALF_UNIT.match(plain, at)) and (unit := unit_at(plain, half.end())):
        return _Unit(
            ("个" if unit.text == "月" else "") + unit.text,
            half.end() + len(unit.text),
            unit_of("个月") if unit.text == "月" else unit,
            half=True,
        )
    if (
        (plain[at : at + 2] in ("个多", "个余"))
        and (unit := unit_at(plain, at + 2))
        and unit.dimension in ("time", "months")
    ):
        return _Unit("个" + unit.text, at + 2 + len(unit.text), unit, over=True)
    if plain[at : at + 1] == "余" and number.over:
        at += 1
    unit = unit_at(plain, at)
    while unit is not None and unit.text in _BLOCKED and _BLOCKED[unit.text].match(plain, at + len(unit.text)):
        unit = unit_of(unit.text[:-1]) if len(unit.text) > 1 else None
    if unit is None or (unit.text in ("月", "日") and not number.arabic):
        if plain[at : at + 1] in _GUESSED:
            return _Unit(plain[at], at + 1)
        return _Unit(None, number.end)
    if (
        unit.text.isascii()
        and plain[at + len(unit.text) : at + len(unit.text) + 1].isascii()
        and plain[at + len(unit.text) : at + len(unit.text) + 1].isalpha()
    ):
        return _Unit(None, number.end)
    end = at + len(unit.text)
    told = unit.text
    # 个百分点 and 百分点 are one unit; 个月 stays, since 3月 is a month of the year.
    if told.startswith("个") and told != "个月" and (short := unit_of(told[1:])) and short.factor == unit.factor:
        told = short.text
    if (
        unit.dimension in _CONTINUOUS
        and (more := _AFTER_UNIT.match(plain, end))
        and not (more["half"] and plain[end + 1 : end + 2] in tuple("数年月天小径夜"))
    ):
        return _Unit(told, more.end(), unit, half=bool(more["half"]), over=bool(more["over"]))
    return _Unit(told, end, unit)


def _quantity(view: View, number: Numeral) -> Mention | None:
    plain = view.plain
    unit = _unit_after(view, number)
    lo, hi = number.lo, number.hi
    if unit.half:
        lo, hi = lo + Decimal("0.5"), hi + Decimal("0.5")
    if unit.over and not number.over and number.exact:
        lo, hi = lo + Decimal("0.01"), hi + Decimal("0.99")
    if unit.text is None:
        if group := _LARGE_GROUP.match(plain, number.end):
            unit = _Unit("项", group.end())
        elif not number.arabic and not _stands_alone(view, number):
            return None
    return _finish(view, number.start, unit, lo, hi, number)


def _stands_alone(view: View, number: Numeral) -> bool:
    """A Chinese numeral without a unit is a number only if it is hedged or long: 三百, 近百, 数十; 三 is part of a word."""
    if number.over or number.around or (number.vague and number.end - number.start > 1):
        return True
    bare_hedged = hedge_before(view.plain, number.start, view.floor, number.bare) is not None
    return bare_hedged or (not number.bare and number.lo >= 11)


def _finish(
    view: View,
    start: int,
    unit: _Unit,
    lo: Decimal,
    hi: Decimal,
    number: Numeral,
    kind: Kind | None = None,
    adjacent_range: bool = False,
) -> Mention | None:
    plain = view.plain
    before = hedge_before(plain, start, view.floor, number.bare)
    after = hedge_after(plain, unit.end)
    over = number.over or unit.over
    if number.bare and not over and before is None and after is None and unit.unit is not None and unit.unit.is_counter:
        # 百场宣传进社区 and 千名干部 are figures of speech; 近百场 is a number.
        return view.mention(start, unit.end, Role.NAME, reason="figure_of_speech")
    amount, approx = Amount(lo, hi), _approx(number, over, lo, hi)
    word = before or after
    denied = contradict(before.hedge if before else None, after.hedge if after else None, over)
    if word is not None and not (denied and over):
        amount, approx = hedged(lo, hi, _step(unit, lo, hi), word.hedge, view.widths)
    begin = before.start if before else start
    end = after.end if after else unit.end
    if before is not None and plain[before.start] == "近" and _is_recent(unit, number):
        return view.mention(begin, end, Role.CLAIM, Kind.PERIOD)
    chosen = kind or _kind(unit, number)
    told = unit.text
    if per := _rate(view, begin, unit):
        told = f"{unit.text}/{per[0]}" if unit.text else None
        if unit.text in _OCCASIONS and not per[1]:
            chosen = Kind.FREQUENCY
        if (
            before is None
            and (each := _ADJACENT_PER.search(view.before(begin, 5)))
            and begin - len(each[0]) >= view.floor
        ):
            begin -= len(each[0])
    role, reason = Role.CLAIM, None
    if denied:
        role, reason = Role.DEFECT, "contradictory_hedges"
    elif number.over and number.exact is False and _year_for_count(plain, number):
        return view.mention(begin, end, Role.DEFECT, Kind.CORRUPT, unit=told, reason="year_for_count")
    elif _moved(view, begin, number):
        return view.mention(
            begin - 1, end, Role.DEFECT, Kind.CORRUPT, amount=amount, unit=told, reason="words_transposed"
        )
    return view.mention(begin, end, role, chosen, amount=amount, unit=told, approx=approx, reason=reason)


def _is_recent(unit: _Unit, number: Numeral) -> bool:
    """近两年 is the time up to now, not almost two years."""
    dimension = unit.unit.dimension if unit.unit else ""
    return dimension in ("months", "time") and number.exact and number.lo <= 12 and not unit.over


def _approx(number: Numeral, over: bool, lo: Decimal, hi: Decimal) -> Approx | None:
    if over:
        return Approx.OVER
    return Approx.VAGUE if number.vague else None


def _kind(unit: _Unit, number: Numeral) -> Kind:
    if number.adjacent:
        return Kind.RANGE
    if unit.unit is None:
        return Kind.COUNT
    return _KINDS.get(unit.unit.dimension, Kind.MEASURE)


def _step(unit: _Unit, lo: Decimal, hi: Decimal) -> Decimal:
    """The smallest difference that counts: persons come whole, tonnes and hours do not, large figures are whole."""
    measured = unit.unit is not None and not unit.unit.is_counter
    whole = lo == lo.to_integral_value() and hi == hi.to_integral_value()
    if whole and (not measured or hi >= 1000):
        return Decimal(1)
    return Decimal("0.01")


def _rate(view: View, begin: int, unit: _Unit) -> tuple[str, bool] | None:
    """What a figure is per: 日 of 日清运320吨, 人 of 人均; with True where it is a mean."""
    clause = view.clause_before(begin, 18)
    if not ("每" in clause or "均" in clause or "日" in clause):
        return None
    found = _PER.search(clause)
    if found is None or unit.text is None:
        return None
    if found["mean"]:
        return found["mean"], True
    return (found["every"] or found["daily"]), found["every"] is None or found["every"] in ("人", "户", "次", "场")


def _year_for_count(plain: str, number: Numeral) -> bool:
    """2024余份: a year-replacer hit a count; nobody hedges a figure that is exact to the last digit."""
    digits = plain[number.start : number.start + 4]
    return (
        digits.isdigit()
        and int(digits) in _YEAR_LIKE
        and digits[-1] != "0"
        and plain[number.start + 4 : number.start + 6].strip()[:1] in ("余", "多")
    )


def _moved(view: View, begin: int, number: Numeral) -> bool:
    """个42班次: a counter ahead of its number, where two words changed places."""
    if not number.arabic or begin < 2 or view.plain[begin - 1] != "个" or begin - 1 < view.floor:
        return False
    return view.plain[begin - 2] not in "几多各这那哪每整一二两三四五六七八九十百千万0123456789余"
