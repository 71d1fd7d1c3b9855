"""What a clause is: its kind, whether it has happened, which period it belongs to, and the notes' own doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain.fact import FactKind, Frame, Tense
from service.domain.period import Period
from service.domain.quantity import Kind, Mention, Role
from service.drafting.facts.clauses import has_action
from service.drafting.facts.lexicon import words

_CALENDAR = (Kind.DATE, Kind.YEAR, Kind.MONTH, Kind.QUARTER, Kind.PERIOD, Kind.TIME)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_WANTS = re.compile(
    r"^(?:我们|社区|街道|单位|也|再|还|后面|然后)?(?:要|得|想|会|将)(?!求|点|素|闻|道|是|员|议|场|上|后|前|同|计|展|馆|费|同|军)"
)
_BEFORE_WORD = re.compile(
    r"(?:比|较|同比|对比|从|由)(?:去年|上年|前年|往年|(?:19|20)\d\d年)|(?:去年|上年)(?:以来|底以来)"
)
# Beside this period's figure a bracket with an earlier one compares: 进馆18万人次（2023年是15万人次）.
_BRACKET = re.compile(r"[（(][^（()）]{1,40}[）)]")
_COMPARING_BRACKET = re.compile(
    r"(?<=[\u4e00-\u9fff\d%])[（(][^（()）]{0,12}(?:去年|上年|年|同期|季度)[^（()）]{0,12}\d[^（()）]{0,16}[）)]"
)


# Staff and parts of a unit, counted without a verb: 职工259人，党员104人，下设7个科室.
_OF_STAFF = re.compile(
    r"(?:(?:我[局校院站行]|全[局校院站行]|单位|现|共|本)?(?:有|共有|现有)?(?:在职|在编|在岗|在册|干部|教|正式)?"
    r"(?:职工|员工|人员|教职工|教师|党员|医护人员|民警|职员|编制|领导班子|班子|学生|师生)(?:成员|总数|总人数)?(?:共|有|共有|为)?[约近]?\d+(?:余)?(?:人|名|个)"
    r"|(?:下设|内设|设有?|下辖|辖)(?:机构|科室|支部|党支部|部门)?\d+个(?:[\u4e00-\u9fff]{1,6})?"
    r"|(?:下设|内设)?(?:科室|部门|班级|党支部|支部|教学班)(?:共|有)?\d+个|[，,、 ])+"
)
_OPENS_PROFILE = re.compile(
    r"(?:总|辖区|占地|建筑)?面积(?:约)?\d|(?:总|居民)?户数\d|\d+户|(?:专职)?(?:社区)?(?:工作者|网格员)\d|(?:楼院|楼栋|网格|小区|驻区单位|居民楼|门栋)(?:共|有)?\d"
)
# 2023年省级文明社区, 去年是区级文明单位: an honour without 获.
_IS_HONOUR = re.compile(
    r"(?:(?:19|20)\d\d年|去年|上年|前年|今年)?(?:起|度)?(?:就|还)?(?:是|为|保留|继续保留|曾是)?(?:全?国|国家|省|市|区|县|镇|街道)(?:级)?(?:[\u4e00-\u9fff“”\"]{0,6})?"
    r"(?:文明|无烟|卫生|绿色|书香|平安|示范|先进|模范|标兵|和谐|五好|最美)[\u4e00-\u9fff“”\"]{1,8}(?:称号)?"
    r"(?:[ ，,、]*(?:(?:19|20)\d\d年)?(?:全?国|国家|省|市|区|县|镇|街道)(?:级)?[\u4e00-\u9fff“”\"]{2,12})*"
)


# 市级民主法治示范社区是2023年拿的, 2022年评上的区文明单位.
_GOT_HONOUR = re.compile(
    r"(?:拿|评|创|挂|得|选)(?:了|的|上|到|过|下)(?:牌子?)?[^，,。；]{0,4}(?:[省市区县镇国]|全国)[^，,。；]{0,12}"
    r"(?:文明|示范|先进|模范|卫生|平安|绿色|无烟|书香|标兵|优秀)|"
    r"(?:[省市区县镇]级|全国|国家级)[^，,。；]{0,14}(?:文明|示范|先进|模范|卫生|平安|绿色|无烟|书香|标兵|优秀)[^，,。；]{0,12}(?:拿|评|创|挂|得)(?:了|的|上|到|过|下)"
)
# 上年遗留的问题已协调: what was left over is dealt with now.
_LEFT_OVER = re.compile(r"(?:去年|上年|前年|往年|上年度)(?:遗留|结转|留下|拖欠|剩下|没完|未完|积压)")


_STOP = re.compile(r"[，,；;]")
_ANY_BRACKET = re.compile(
    r"[（(][^（()）]{0,30}[）)]"
)  # 把路灯修好（坏了17盏）: what is broken happened, the mending did not.
# 飞线还剩4处没弄, 没签的还有17家: what is left undone is told among the problems.
_LEFT_UNDONE = re.compile(
    r"(?:还剩|还有|尚有|仍有|剩下?)[^，,。；]{0,8}\d[^，,。；]{0,6}(?:没|未)(?!有)[\u4e00-\u9fff]|"
    r"\d[^，,。；\d]{1,12}(?:还|尚|仍)(?:没|未)(?!有)[\u4e00-\u9fff]|"
    r"(?:没|未)[\u4e00-\u9fff]{1,4}的[^，,。；]{0,4}(?:还剩|还有|尚有|仍有)[^，,。；]{0,3}\d"
)
_DID_SO_MANY = re.compile(r"[\u4e00-\u9fff]了(?:约|近)?\d")
_AIM_BEHIND = re.compile(
    r"[\u4e00-\u9fff] ?(?:约|近)?\d[^，,。；;]{0,12}[，,]"
    r"(?P<aim>(?:全年|年底|年度|今年|年内|本年)?的?(?:目标|任务|计划)(?:数|值|是|为)? ?(?:约|近)?\d)"
)
_HAS_HAPPENED = re.compile(r"已|了(?!解)|全部完成|完成率|累计|实际|顺利")


def counted(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that count or measure something: claims that are no dates and no times, and those whose hedges
    contradict each other (大概40多处), which still count. Pure."""
    return [
        one
        for one in mentions
        if one.kind not in _CALENDAR and (one.role is Role.CLAIM or (one.role is Role.DEFECT and one.amount))
    ]


def dated(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that name a day, month, quarter, year or span of days. Pure."""
    return [one for one in mentions if one.role is Role.CLAIM and one.kind in _CALENDAR[:5] and one.when is not None]


def tense_of(text: str) -> Tense:
    """Whether the statement has happened, by its own words. Pure."""
    outside = _BRACKET.sub("", text)
    # 完成改厕320户（计划350户）: what a bracket plans is not what the statement says.
    rest = words("not_planned").removed(outside if re.search(r"\d", outside) else text)
    done, planned = words("done").first(rest), words("planned").first(rest) or _WANTS.match(rest)
    if (
        planned
        and not _half_done(rest, planned.start())
        and (not done or _is_to_be_done(rest, planned.start(), done.start()))
    ):
        return Tense.PLANNED
    if words("ongoing").first(rest):
        return Tense.ONGOING
    return Tense.DONE


def _half_done(text: str, planned: int) -> bool:
    """True where the statement tells what was done before it comes to what is left, or to what that is measured by:
    反馈8个，改了6个，剩2个月底前改; 上线24个，年底目标30个."""
    aim = _AIM_BEHIND.search(text)
    if aim is not None and planned >= aim.start("aim"):
        return True
    return _DID_SO_MANY.search(text, 0, planned) is not None and _STOP.search(text, 0, planned) is not None


def _is_to_be_done(text: str, planned: int, done: int) -> bool:
    """True where what is planned is the finishing itself: 下月5号前把4处飞线弄完, 计划5月底完工."""
    return (
        planned < done
        and not _STOP.search(text, planned, done)
        and not _HAS_HAPPENED.search(_ANY_BRACKET.sub("", text))
    )


def frame_of(text: str, mentions: Sequence[Mention], period: Period | None) -> Frame:
    """Which period the statement belongs to; one that sets last year beside this year is of this period. Pure."""
    outside = _COMPARING_BRACKET.sub("", text)
    if re.search(r"\d", outside):
        # What the bracket dates is the other figure; a date the bracket alone holds is none of the statement's.
        text, mentions = outside, [one for one in mentions if one.text in outside]
    rest = _LEFT_OVER.sub("", _BEFORE_WORD.sub("", text))
    before, after = words("before").first(rest), words("after").first(rest)
    years = [int(found[1]) for found in _YEAR.finditer(rest)]
    compared = {found.group()[-5:] for found in _BEFORE_WORD.finditer(text)}
    years += [
        int(one.when.lo[:4])
        for one in dated(mentions)
        if one.when and one.when.lo[:4].isdigit() and one.text not in compared
    ]
    if period is not None and years:
        if any(period.start.year <= year <= period.end.year for year in years):
            return Frame.THIS
        before_years = all(year < period.start.year for year in years)
        return Frame.BEFORE if before_years else Frame.AFTER if min(years) > period.end.year else Frame.THIS
    if before and not words("this").first(rest):
        # 知晓率92%，去年85% names this year's value first; the whole is of this period.
        own = rest[: before.start()]
        return Frame.THIS if re.search(r"\d[^，,]*[，,]", own) else Frame.BEFORE
    if after and not before:
        return Frame.AFTER
    return Frame.THIS


def doubt_of(text: str, mark: str) -> str | None:
    """The notes' own words of doubt in a statement, in their order, or None. A question mark behind a count is one."""
    rest = words("not_unsure").removed(text)
    found = list(dict.fromkeys(words("unsure").every(rest)))
    if "?" in mark or "？" in mark:
        found.append("？")
    return "、".join(found) or None


def kind_of(text: str, mentions: Sequence[Mention], tense: Tense, under: FactKind | None) -> FactKind:
    """The kind of a statement by its words, and by the heading it stands under where its words leave it open. Pure."""
    own = _telling_kind(text, mentions)
    if under in (FactKind.PROBLEM, FactKind.CAUSE, FactKind.MEASURE, FactKind.PROFILE, FactKind.BASIS):
        if under is FactKind.PROBLEM and own in (FactKind.CAUSE, FactKind.MEASURE):
            return own
        return under
    if tense is Tense.PLANNED or under is FactKind.NEXT:
        return FactKind.NEXT
    if own is not None:
        return own
    if under is not None:
        return under
    return _counting_kind(text, mentions)


def _telling_kind(text: str, mentions: Sequence[Mention]) -> FactKind | None:
    counts = counted(mentions)
    if words("basis").opens(text) and words("basis_source").first(text) and not counts and not _then_acts(text):
        return FactKind.BASIS
    if words("cause").opens(text):
        return FactKind.CAUSE
    if words("measure").opens(text):
        return FactKind.MEASURE
    if _is_problem(text):
        return FactKind.PROBLEM
    if words("result").first(text) and not _acts_first(text, "result"):
        return FactKind.RESULT
    if not counts and _GOT_HONOUR.search(text):
        return FactKind.RESULT
    if not counts and _IS_HONOUR.fullmatch(_BRACKET.sub("", text).split("，")[0]):
        return FactKind.RESULT
    if words("meeting").first(text):
        return FactKind.MEETING
    return None


def _then_acts(text: str) -> bool:
    """根据区里部署，3月5日召开动员会 is the meeting, not the basis."""
    _, comma, rest = text.partition("，")
    return bool(comma) and has_action(rest)


def _acts_first(text: str, name: str) -> bool:
    found = words(name).first(text)
    action = words("work_verbs").first(text)
    return bool(found and action and action.start() < found.start() and action.end() <= found.start())


def _is_problem(text: str) -> bool:
    rest = words("not_problem").removed(text)
    found = words("problem").first(rest)
    if found is None:
        return _LEFT_UNDONE.search(rest) is not None
    return not words("remedied").first(rest) or bool(
        re.search(r"仍|还存在|还是|反弹|不够|不到位|有待|屡|没|未|难", rest)
    )


def _counting_kind(text: str, mentions: Sequence[Mention]) -> FactKind:
    counts = counted(mentions)
    percent = any(one.kind in (Kind.PERCENT, Kind.PERMILLE, Kind.POINT) for one in counts)
    acts = has_action(text)
    if words("profile").first(text) and counts and not acts and not percent:
        return FactKind.PROFILE
    if counts and not acts and not percent and _OPENS_PROFILE.match(text):
        return FactKind.PROFILE
    if counts and _OF_STAFF.fullmatch(_BRACKET.sub("", text)):
        return FactKind.PROFILE
    if "现有" in text and len(counts) > 2 and not acts:
        return FactKind.PROFILE
    if counts and words("figure").first(text) and (not acts or percent):
        return FactKind.FIGURE
    return FactKind.ACTIVITY
