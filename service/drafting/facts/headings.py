"""Headings in notes, and what they give to the lines below: a day, a part of the report, a place, an item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from service.domain.fact import FactKind
from service.domain.period import Period
from service.domain.quantity import Kind, Mention, When
from service.drafting.facts.clauses import has_action
from service.drafting.facts.days import NEXT_YEAR, day_of
from service.drafting.facts.kinds import counted, dated
from service.drafting.facts.labels import LabelSort, part_kind, read_label
from service.drafting.facts.lexicon import words
from service.drafting.facts.read_lines import ReadLine, Shape
from service.drafting.facts.spoken_parts import LATER, is_later
from service.drafting.facts.standing import Standing
from service.language.names import NameKind, find_names

_CARD = re.compile(r"(?:活动|会议|举办)?(时间|日期|地点|地址)[：:] ?")
_LONGEST_HEADING = 24
_RANKS = {"#": 0, "一、": 1, "（一）": 2, "1、": 3, "1.": 3, "1 ": 3, "(1)": 4, "1)": 4, "①": 5}
_STOPS = re.compile(r"[，,。；;！!？?]")
_AROUND_DATE = re.compile(
    r"[ （()）:：、,，-]|(?:星期|周)[一二三四五六日天]|上午|下午|晚上|晴|阴|雨|多云|工作日志|日志|"
    r"记录|小结|情况|工作"
)
_TITLE_WORDS = re.compile(
    r"素材|材料|情况|方案|总结|汇报|进展|自查|申报|记录|汇总|清单|台账|报表|笔记|要点|创建组|工作群|交流群|"
    r"讨论群|群[里聊](?![\u4e00-\u9fff])|微信群|会议|报告|简报"
)
_MEANS_TO = re.compile(r"(?:打算|计划|准备|想|要|拟|预计|争取|力争|得|再)(?=[\u4e00-\u9fff\d]{3})")
_IN_BRACKETS = re.compile(r"[（(【][^（()）【】]{0,24}[）)】]")
# Titles of what was written down, not of what was done: their day is that of the writing.
_OF_NOTES = re.compile(
    r"(?:会议?|务会)?(?:记录|纪要)|聊天|群[里聊]|微信群|日报|汇总|素材|台账|整理|讨论|起草|申报|总结|进展|周会|例会|随手记|口述|要点|方案|汇报|报告|导出|更新"
)
_TITLE = re.compile(
    r"(?:工作|活动|创建|创城|整改)?(?:笔记|记录|素材|材料|台账|日志|要点|汇总|统计|清单|情况|小结|"
    r"流水|纪要|要点|工作群)(?:[（(][^（()）]{0,16}[）)])?$"
)


_UNIT_AND_PERIOD = re.compile(
    r"[\u4e00-\u9fff]{2,10}(?:街道|镇|乡|村|区|社区|局|院|校|学|所|中心|公司|办|园|馆) ?(?:20\d\d年)?"
    r"(?:第?[一二三四]季度|[上下]半年|全年|年度|(?:1[0-2]|[1-9])月份?)"
)
_PLAN_TITLE = re.compile(
    r"(?:20\d\d年)?(?:[上下]半年|第?[一二三四]季度|\d{1,2}月份?|全年|明年|今年)(?:的)?(?:工作|创建)?(?:打算|计划|方案|安排|思路)(?:[（(][^（()）]{1,6}[）)])?"
)


def is_heading(line: ReadLine, following: ReadLine | None, mentions: Sequence[Mention], first: bool = False) -> bool:
    """True where `line` only gives a day, a place or a part to the lines below it. Pure.

    `first` says that no words stand above it: a title may hold words of work (三季度自查材料汇总).
    """
    text = line.words
    if line.label is not None and line.label.sort in (LabelSort.FIELD, LabelSort.ISSUE):
        return False
    if asks_for_part(text) or card_label(text):
        return True
    unlabelled = line.label is None or line.label.sort is LabelSort.OTHER  # 【汇总】三季度自查材料
    sheet = first and following is not None and _heads_sheet(text, mentions)
    if (sheet or (first and _is_title(text))) and unlabelled and line.style != "-":
        return True  # - 依据：区教育局《关于…自查的通知》 is no title of the notes.
    if line.label is not None and line.label.sort is LabelSort.SPEAKER:
        return False
    if len(text) > _LONGEST_HEADING or _STOPS.search(text) or _plans_something(text, mentions):
        return False
    if is_date_alone(line, mentions):
        return True
    if part_kind(text) is not None and len(text) <= 10 and not has_action(text) and following is not None:
        return True
    if counted(mentions) or line.label is not None:
        return False
    if line.style == "#" or (line.line.number == 1 and _TITLE.search(text)):
        return True
    if following is None:
        return False
    if line.style in _RANKS:
        # 一、宣传 above 1、发放… is a heading; 1、加强领导 above 2、开展宣传 is an entry of a list.
        # 2、… above 四、… closes its list and is an entry too.
        deeper = _RANKS.get(following.style, len(_RANKS)) > _RANKS[line.style]
        return deeper and len(text) <= 20 and (following.style != "" or not has_action(text))
    named = text.endswith(("方面", "情况", "部分", "如下")) or part_kind(text) is not None
    short = len(text) <= 10 and not words("work_verbs").opens(text)
    return (named and short) or _is_place_alone(text)


def _plans_something(text: str, mentions: Sequence[Mention]) -> bool:
    """打算7月补齐指引牌 and 二季度想办夜市 say what is meant to be done and when; 下一步打算 only names a part."""
    return bool(dated(mentions)) and bool(_MEANS_TO.search(text)) and not _TITLE_WORDS.search(text)


def card_label(text: str) -> str | None:
    """The name of a line that only gives the time or place of an activity (地点：文化广场), or None. Pure."""
    found = _CARD.match(text)
    return found[1] if found and not has_action(text[found.end() :]) and not _STOPS.search(text) else None


def asks_for_part(text: str) -> bool:
    """True where a speaker only asks for a part of the report (问题？ 下一步呢？): the answers below belong
    to it. Pure."""
    bare = text.rstrip("？?呢啊吧： :")
    return bare != text.rstrip("： :") and len(bare) <= 8 and part_kind(bare) is not None and not has_action(bare)


_OF_INDICATOR = re.compile(r"(?:测评)?(?:指标|测评项目?|条目|考核项|项目名称)[：:]")


def _is_title(text: str) -> bool:
    if _PLAN_TITLE.fullmatch(text.strip()) or _UNIT_AND_PERIOD.fullmatch(text.strip()):
        return True
    if _OF_INDICATOR.match(text) and not re.search(r"[。；;]", text):
        return True
    bare = _IN_BRACKETS.sub("", text).strip()
    return (
        len(bare) <= 40
        and bool(_TITLE_WORDS.search(bare))
        and not _STOPS.search(bare)
        and not re.search(r"[了过]|\d+[人名个处条份户次场]", bare)
    )


def _heads_sheet(text: str, mentions: Sequence[Mention]) -> bool:
    """True for the first line of a sheet that begins with a unit or a period, counts nothing and says who put the notes
    together and when: 沣泽县中医医院 文明创建 小结 —— 科室各交一份 院办柳辞拼的."""
    outside = _IN_BRACKETS.sub("", text)
    if (
        len(outside) > _LONGEST_SHEET
        or re.search(r"[。；;，,]|[了过](?!解)", outside)
        or not _PUT_TOGETHER.search(text)
    ):
        return False
    if any(one.text in outside and one.unit and re.search(r"\d", one.text) for one in counted(mentions)):
        return False
    if _PERIOD_FIRST.match(text):
        return True
    return any(one.start == 0 and one.kind in (NameKind.UNIT, NameKind.PLACE) for one in find_names(text[:24]))


_LONGEST_SHEET = 48
_PERIOD_FIRST = re.compile(r"(?:20\d\d年?)?(?:春|秋|[上下]半年|[一二三四]季度|1?\d月(?!\d))|20\d\d")
_PUT_TOGETHER = re.compile(
    r"[（(][^（()）]*(?:\d{1,2}[月./]\d{1,2}|汇|填|记|摘|整理|稿|第.遍|群|审|看过)[^（()）]*[）)]|"
    r"(?:归总|汇总|整理|执笔|记录|填报?|汇)[：:]|[—-]{1,2}.{0,24}(?:拼|写|凑|整理|汇|交|填)"
)


def _is_place_alone(text: str) -> bool:
    """去年被评为市级文明社区 ends as a place does and states something."""
    says = has_action(text) or words("result").first(text) or words("before").first(text)
    return len(text) <= 12 and not says and read_label(text).sort is LabelSort.PLACE


def is_date_alone(line: ReadLine, mentions: Sequence[Mention]) -> bool:
    """True where `line` holds a day and nothing but the words around one (3月12日 周二 晴). Pure."""
    found = dated(mentions)
    if not found:
        return False
    rest = list(line.line.text)
    for one in mentions:
        for place in range(one.start - line.line.start, one.end - line.line.start):
            rest[place] = " "
    return not _AROUND_DATE.sub("", "".join(rest)[_raw_first(line) :]).strip("【】[]#*-—=·•年月日号份 ")


def _raw_first(line: ReadLine) -> int:
    return line.view.offsets[line.first] - line.line.start if line.first < len(line.view.offsets) else 0


def _under_card(
    standing: Standing, text: str, mentions: Sequence[Mention], period: Period | None, number: int
) -> Standing:
    """The time or place holds for the other lines of its card (主题：…, 人数：…), not for what follows below."""
    if card_label(text) in ("地点", "地址"):
        place = _CARD.sub("", text).strip()
        return replace(standing, where=place, where_line=number, card=True)
    day = day_of(text, mentions, period, standing.stamp)
    return replace(standing, day=day, day_line=number if day else 0, card=True)


def _bare(standing: Standing) -> Standing:
    """What outlasts every heading: the chat stamp and that the notes go issue by issue."""
    return Standing(stamp=standing.stamp, stamp_line=standing.stamp_line, by_issue=standing.by_issue)


def _date_of(day: When) -> date | None:
    try:
        return date.fromisoformat(day.lo) if day.lo == day.hi else None
    except ValueError:
        return None


def heading_words(line: ReadLine) -> str:
    """What a heading says: its label, or the words that a speaker asks. Pure."""
    spoken = line.label is not None and line.label.sort is LabelSort.SPEAKER
    return line.words if spoken else line.labelled or line.words


def under_heading(standing: Standing, line: ReadLine, mentions: Sequence[Mention], period: Period | None) -> Standing:
    """What stands for the lines below the heading `line`. Pure."""
    number = line.line.number
    text = heading_words(line)
    if line.label and line.label.sort is LabelSort.ISSUE:
        return replace(
            standing, item=line.label.value, item_line=number, kind=FactKind.PROBLEM, kind_line=number, field=None
        )
    if line.label and line.label.sort is LabelSort.FIELD and standing.item is not None:
        return replace(standing, field=line.label.value, kind=part_kind(text), kind_line=number)
    if card_label(text):
        return _under_card(standing, text, mentions, period, number)
    if part_kind(text) is None and LATER.fullmatch(text.strip("：: ")) and is_later(text.strip(), period):
        return replace(
            _bare(standing),
            kind=FactKind.NEXT,
            kind_line=number,
            ahead=bool(NEXT_YEAR.search(text)),
            speaking=standing.speaking,
        )
    years = [one for one in mentions if one.kind is Kind.YEAR and one.when]
    before = bool(words("before").first(text)) or bool(
        period and years and all(one.when and one.when.lo[:4] < str(period.start.year) for one in years)
    )
    # 办公室（发件 9月24日 17:40) tells when it was sent.
    bare = _IN_BRACKETS.sub("", text)
    day = day_of(text, [one for one in mentions if one.text in bare], period, standing.stamp)
    if day is not None and part_kind(text) is None and _OF_NOTES.search(bare):
        # 园务会记录 2025年10月20日 tells when it was said: 昨天 below means the 19th, and nothing was done on the 20th.
        said = _date_of(day)
        return replace(standing, stamp=said or standing.stamp, stamp_line=number if said else standing.stamp_line)
    if day is not None and part_kind(text) is None:
        return replace(standing, day=day, day_line=number, before=before, field=None)
    standing = replace(standing, ahead=bool(NEXT_YEAR.search(text)))
    label = line.label or read_label(text)
    if label.sort in (LabelSort.PLACE, LabelSort.BODY) and part_kind(text) is None:
        above = standing if line.style not in _RANKS else _bare(standing)
        if label.sort is LabelSort.PLACE:
            return replace(above, where=label.value, where_line=number, before=before)
        return replace(above, who=label.value, who_line=number, before=before)
    # A new part of the notes ends what the part before it gave: 下一步 below 3月12日 has no day.
    return Standing(
        kind=part_kind(text),
        kind_line=number if part_kind(text) else 0,
        kind_style=line.style,
        prompted=asks_for_part(text),
        stamp=standing.stamp,
        stamp_line=standing.stamp_line,
        speaking=standing.speaking,
        before=before,
        by_issue=standing.by_issue,
        ahead=standing.ahead,
        where=standing.where if line.shape is Shape.HEADING and line.style == "" else None,
        where_line=standing.where_line,
    )
