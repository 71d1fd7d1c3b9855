"""The genre of a report, by what it says.

The title of the page is the weakest witness: a page of ten 整改报告 held three.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from service.domain.genre import Genre, UnitType


@dataclass(frozen=True, slots=True)
class Witness:
    """One feature: where it is looked for, the pattern, and what each hit weighs, up to `most` hits."""

    genre: Genre
    where: str
    pattern: re.Pattern[str]
    weight: float
    most: int = 1


def _witness(genre: Genre, where: str, pattern: str, weight: float, most: int = 1) -> Witness:
    return Witness(genre, where, re.compile(pattern), weight, most)


# 现将近期整改情况报告如下 announces a rectification, whatever else it says.
_NAMES_NO_OTHER = r"^(?!.{0,80}(?:自查|自评|自检|整改|总结|方案|申报)).{0,80}?"

# `title` is the report's own title, `page` that of the page around it, `opening` the first 400 characters, `headings`
# all headings, `closing` the last 300 characters, `text` everything.
_WITNESSES = (
    # The announcement, 现将…如下, names the genre; 汇报如下 alone is said of nearly everything.
    _witness(Genre.SELF_INSPECTION, "announced", r"自查|自检|自评", 6),
    _witness(Genre.RECTIFICATION, "announced", r"整改", 6),
    _witness(Genre.SUMMARY, "announced", r"总结", 6),
    _witness(Genre.PLAN, "announced", r"方案|计划|安排", 5),
    _witness(
        Genre.DECLARATION,
        "announced",
        r"申报|精神文明(?:创建|建设)|文明(?:单位|校园|机关|村镇)创建|创建[^。，]{0,6}文明单位",
        5,
    ),
    _witness(Genre.PROGRESS, "announced", _NAMES_NO_OTHER + r"(?:进展|推进情况|阶段|近期|目前|月份|上半年|季度)", 5),
    _witness(Genre.PROGRESS, "announced", _NAMES_NO_OTHER + r"(?:有关|开展|工作|推进|相关|落实)[^。]{0,6}情况", 2.5),
    _witness(Genre.PROGRESS, "announced", _NAMES_NO_OTHER + r"汇报", 1.5),
    _witness(
        Genre.SELF_INSPECTION,
        "opening",
        r"自查[^。]{0,24}(?:报告|汇报)|(?:进行|开展)了?[^。，]{0,10}自查|逐[条项][^。，]{0,10}(?:对照|自查|查看)",
        3,
    ),
    _witness(Genre.RECTIFICATION, "opening", r"整改到位|逐(?:一|项|条)(?:抓好)?整改|完成整改|立行立改|整改清单", 3),
    _witness(Genre.SUMMARY, "opening", r"回顾|一年来|全年|过去的?一年|(?:^|[。\n])(?:19|20)\d\d年度?，", 2),
    _witness(Genre.SELF_INSPECTION, "title", r"自查|自检|自评", 6),
    _witness(Genre.SELF_INSPECTION, "page", r"自查|自检|自评", 2.0),
    _witness(Genre.SELF_INSPECTION, "headings", r"自查", 1.5, 2),
    _witness(Genre.SELF_INSPECTION, "text", r"逐[条项][^。，]{0,8}(?:自查|对照)|自查自评|自查出|经自查", 0.6, 2),
    _witness(Genre.SELF_INSPECTION, "closing", r"不妥之处|批评指正", 1.5),
    _witness(Genre.RECTIFICATION, "title", r"整改", 6),
    _witness(Genre.RECTIFICATION, "page", r"整改", 2.0),
    _witness(
        Genre.RECTIFICATION, "opening", r"(?:反馈|通报|指出|交办|督办|暗访|督查)[^。]{0,40}(?:问题|清单|意见|通知)", 2.5
    ),
    _witness(Genre.RECTIFICATION, "headings", r"整改|针对[“\"「]?[^”]{0,40}(?:问题)?", 1.0, 3),
    _witness(
        Genre.RECTIFICATION,
        "text",
        r"针对[“\"][^”\"]{2,60}[”\"](?:的)?问题|销号|整改时限|责任人：|完成情况：|整改措施[：:]",
        0.8,
        5,
    ),
    _witness(Genre.SUMMARY, "title", r"总结", 6),
    _witness(Genre.SUMMARY, "page", r"总结", 2.0),
    _witness(
        Genre.SUMMARY,
        "closing",
        r"总之|一年来|今后|明年|(?:^|[。\n])20\d\d年，|新的一年|贡献。?$|不懈(?:努力|奋斗)",
        1.2,
        2,
    ),
    _witness(
        Genre.SUMMARY,
        "text",
        r"(?:取得了?|收到了?|有了)(?:较大|明显|显著|良好|一定|可喜|新的|阶段性)?(?:的)?(?:成绩|成效|效果|进步|变化)",
        0.4,
        2,
    ),
    _witness(
        Genre.PROGRESS,
        "title",
        r"进展|(?:工作|情况|专题)汇报|(?:开展|推进|工作|创建)情况(?:的)?(?:报告|汇报)?$|迎检",
        5,
    ),
    _witness(Genre.PROGRESS, "page", r"进展|汇报", 2.0),
    _witness(
        Genre.PROGRESS, "opening", r"截至|阶段性|近期|目前|今年以来|(?:\d{1,2}|[一二三四])(?:月|季度|月份)", 0.8, 2
    ),
    _witness(
        Genre.PROGRESS,
        "headings",
        r"开展情况|进展|主要(?:做法|工作|措施)|成效|存在的?(?:主要)?(?:问题|困难|不足)|下(?:一)?(?:步|阶段)",
        0.9,
        3,
    ),
    _witness(Genre.COMMUNITY, "title", r"社区[^。]{0,16}(?:汇报|材料)|(?:社区|小区)[^。]{0,12}创建", 6),
    _witness(Genre.COMMUNITY, "page", r"社区[^。]{0,10}(?:汇报|材料)", 2.0),
    _witness(
        Genre.COMMUNITY,
        "opening",
        r"社区[^。]{0,40}(?:位于|东至|地处|东起|成立于|始建|辖区(?:总)?面积|总面积|现有居民|由[^。]{0,10}组成)",
        4,
    ),
    _witness(
        Genre.COMMUNITY,
        "opening",
        r"(?:总户数|户数|居民|住户|常住)[^。]{0,14}\d+[^。]{0,3}户|楼(?:栋|宇|院)\s?\d+|\d+\s?[栋幢]",
        1.5,
    ),
    _witness(Genre.COMMUNITY, "headings", r"(?:社区|辖区)?基本情况|社区概况", 1.5),
    _witness(Genre.COMMUNITY, "text", r"我?社区", 0.06, 20),
    _witness(Genre.PLAN, "title", r"方案|计划|安排|规划|工作要点", 7),
    _witness(Genre.PLAN, "page", r"方案|计划|工作要点", 2.0),
    _witness(
        Genre.PLAN,
        "opening",
        r"制定(?:本|如下|以下|此)[^。，]{0,10}(?:方案|计划)|特制[定订]|制[定订][^。，《]{0,8}方案(?:如下|。|：)",
        5,
    ),
    _witness(
        Genre.PLAN,
        "headings",
        r"指导思想|(?:总体|目标)(?:目标|要求|任务|思路)|主要目标|目标任务|工作(?:目标|步骤|要求|原则|重点)|(?:实施|方法|时间)步骤|时间安排|组织(?:机构|保障)|保障措施|责任分工|职责分工|工作任务|重点任务|活动(?:时间|内容|主题|安排)|第[一二三四]阶段|工作内容|进度安排|有关要求",
        1.4,
        5,
    ),
    _witness(
        Genre.PLAN,
        "text",
        r"(?:要|须|应)(?:严格|加强|认真|按照|高度|切实|进一步|制定|明确|及时|积极|组织|做到|结合|充分|于|在)",
        0.25,
        10,
    ),
    _witness(
        Genre.PLAN, "text", r"(?:牵头|责任)(?:单位|部门|科室)[：:]|完成时限[：:]|\d{1,2}月底前|\d{1,2}日前", 0.5, 6
    ),
    _witness(
        Genre.DECLARATION,
        "title",
        r"申报|申请|文明(?:单位|校园|村镇|村|乡镇|社区|家庭)(?:标兵)?[^。]{0,10}(?:材料|情况)|事迹",
        6,
    ),
    _witness(Genre.DECLARATION, "page", r"申报|事迹", 2.0),
    _witness(
        Genre.DECLARATION,
        "closing",
        r"特此申报|特此申请|(?:以|借)此次申报|以[^。，]{0,8}申报[^。，]{0,16}为(?:契机|动力)|恳请[^。]{0,20}(?:批准|评审|审核)",
        5,
    ),
    _witness(
        Genre.DECLARATION,
        "opening",
        r"(?:现|拟|特)?申报[^。，参]{0,20}文明(?:单位|校园|机关|村|社区|乡镇|家庭|窗口|标兵)|创建(?:全国|省级?|市级?|县级?|区级?|自治区级?)?文明(?:单位|校园|机关)",
        3,
    ),
    _witness(Genre.DECLARATION, "opening", r"精神文明(?:创建|建设)工作", 1.5),
    _witness(Genre.DECLARATION, "text", r"文明单位|精神文明(?:建设|创建)", 0.15, 12),
    _witness(Genre.DECLARATION, "headings", r"基本(?:情况|概况)|单位(?:概况|简介)|所获荣誉|主要荣誉|荣誉", 0.5, 2),
    _witness(
        Genre.INDICATOR,
        "title",
        r"(?:测评)?指标[^。]{0,10}(?:说明|情况|报告)|测评(?:指标|项目|内容)|实地说明|[ⅠⅡⅢIVⅤ]{1,4}-\d",
        7,
    ),
    _witness(Genre.INDICATOR, "page", r"指标[^。]{0,8}说明", 2.0),
    _witness(
        Genre.INDICATOR,
        "opening",
        r"(?:测评)?指标(?:名称|内容|编号|要求|项目)|测评(?:内容|标准|要求)|对应(?:测评)?(?:指标|点位)",
        4,
    ),
    _witness(Genre.INDICATOR, "text", r"测评(?:指标|标准|内容|体系)|指标要求|达标|佐证", 0.3, 3),
)
# A declaration or an indicator's explanation is known by its words; a bare text of work done is a summary.
_DEFAULT = Genre.SUMMARY
_PLACE_NAMES = {
    "title": "标题",
    "page": "页面标题或文件名",
    "opening": "开头",
    "announced": "引出下文的话",
    "headings": "各级标题",
    "closing": "结尾",
    "text": "正文",
}
_SHORT_TEXT_CHARS = 620
_LONGEST_OPENING = 900
# A text that begins with a heading has lost its opening; only its first lines are read as one.
_OPENING_UNDER_HEADING = 120


@dataclass(frozen=True)
class GenreGuess:
    """The genre and how far it stands before the next one, 0 (a toss) to 1; `why` says in Chinese what spoke for it."""

    genre: Genre
    confidence: float
    scores: tuple[tuple[Genre, float], ...] = ()
    why: str = ""


def classify_genre(
    *, title: str, page: str, headings: tuple[str, ...], text: str, unit_type: UnitType = UnitType.OTHER, hint: str = ""
) -> GenreGuess:
    """The genre of a report. Pure.

    `title` is its own title or "", `page` the title of the page it was found on, `hint` the file's name; only the
    first is more than a weak hint.
    """
    # What stands before the first heading opens a report, however long a city describes itself there.
    first = next((text.find(heading) for heading in headings if text.find(heading) > 0), 0)
    least = _OPENING_UNDER_HEADING if headings and text.startswith(headings[0]) else 400
    opening = text[: min(max(least, first), _LONGEST_OPENING)]
    places = {
        "title": title,
        "page": f"{page}\n{hint}" if page != title else hint,
        "opening": opening,
        "announced": _announcement(text),
        "headings": "\n".join(headings),
        "closing": text[-300:],
        "text": text,
    }
    scores: dict[Genre, float] = dict.fromkeys(Genre, 0.0)
    heard: list[tuple[float, Witness, str]] = []
    for witness in _WITNESSES:
        hits = list(islice(witness.pattern.finditer(places[witness.where]), witness.most))
        scores[witness.genre] += witness.weight * len(hits)
        if hits:
            heard.append((witness.weight * len(hits), witness, hits[0][0]))
    _adjust(scores, places, unit_type)
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    (best, most), (_, second) = ranked[0], ranked[1]
    if most < 2:
        return GenreGuess(_DEFAULT, 0.0, tuple(ranked), "没有哪个文种的特征，按工作总结处理")
    return GenreGuess(best, min(1.0, (most - second) / most), tuple(ranked), _why(best, heard))


def _why(genre: Genre, heard: Sequence[tuple[float, Witness, str]]) -> str:
    """The three weightiest witnesses for `genre`, as words for people."""
    spoke = sorted((one for one in heard if one[1].genre is genre), key=lambda one: -one[0])[:3]
    words = [f"{_PLACE_NAMES[witness.where]}“{found.strip()[-24:]}”" for _, witness, found in spoke]
    return "、".join(words) if words else "单位类型和篇幅"


def _announcement(text: str) -> str:
    """The clause that announces what follows (现将自查情况报告如下); "" where the first 1,200 characters hold none."""
    for found in re.finditer(r"(?:如下|制定(?:本|以下|此)[^。，]{0,8}(?:方案|计划))", text[:1_200]):
        start = max(text.rfind(mark, 0, found.start()) for mark in "。；\n！") + 1
        clause = text[start : found.end()]
        cut = max(clause.rfind("，现"), clause.rfind("，特"), clause.rfind("，下面"), clause.rfind("，就将"), 0)
        clause = clause[cut:]
        if re.search(r"汇报|报告|总结|情况|说明|自查|方案|计划|做法|介绍|安排", clause):
            return clause[-80:]
    return ""


def _adjust(scores: dict[Genre, float], places: dict[str, str], unit_type: UnitType) -> None:
    """What no single pattern sees: the same words weigh otherwise in another company."""
    text, headings, opening = places["text"], places["headings"], places["opening"]
    problems = bool(re.search(r"问题|不足|困难", headings))
    next_steps = bool(re.search(r"下(?:一)?(?:步|阶段)|打算|计划|安排", headings))
    if problems and next_steps:
        scores[Genre.PROGRESS] += 1.5
    # A plan speaks of what will be; three or more works done with figures make it a report about a plan.
    done = len(re.findall(r"(?:完成|开展|清理|投入|发放|组织|召开|整治|新增|建成|悬挂)了?[^。，]{0,16}\d", text))
    if done >= 4:
        scores[Genre.PLAN] -= min(6.0, done * 0.6)
    if len(text) > _SHORT_TEXT_CHARS:
        scores[Genre.INDICATOR] -= 4.0
    # A street's report names 社区 everywhere; a community's own work is told by the community.
    if unit_type is UnitType.COMMUNITY:
        scores[Genre.COMMUNITY] += 4.0
    else:
        scores[Genre.COMMUNITY] *= 0.3
    if len(text) <= _SHORT_TEXT_CHARS and not places["announced"]:
        scores[Genre.INDICATOR] += 3.0 if not re.search(r"^[一二三四]、", text, re.MULTILINE) else 0.0
    # The work of an 文明单位 is told in the words of 精神文明, without the city's campaign.
    if (
        len(re.findall(r"文明城[市区]|创城|创文|文明县城", text)) <= 2
        and len(re.findall(r"精神文明|文明单位|文明机关", text)) >= 6
    ):
        scores[Genre.DECLARATION] += 3.0
    # 整改 is a chapter of many reports; as their subject it comes with an origin or a list.
    if not re.search(r"整改", opening + places["title"]):
        scores[Genre.RECTIFICATION] *= 0.3
