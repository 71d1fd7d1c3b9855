"""R20, R30 and R34: numbering, requests inside reports, problems without a next step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from service.checking.wording.draft_text import DraftText, MarkedLine, chinese_number
from service.checking.wording.finding import Occasion, Slip
from service.domain.genre import traits_of
from service.language.patterns import deferred

_LEVEL_MARKS = ("", "一、", "（一）", "1.", "（1）")
_CHINESE = "一二三四五六七八九十"
# 一是 at a clause start opens or continues a row; 这一是 and 唯一是 do not.
_ROW = deferred(rf"(?:(?<=[，。；：！\s】”）])|^)([{_CHINESE}]{{1,2}})(?:是(?![否非])|要(?!么|不|素|点))")
# 一加强思想教育 … 二开展活动: rows that lost 是. 一些 一批 一线 二手 begin words of their own.
_BARE = deferred(
    r"(?:(?<=[。；：！])|^)([一二三四五六七八九])(?![是要抓、.．）)，：一二三四五六七八九十百千万]|\s)"
    r"(?![些个批系直度旦般致方边路律年次名场份条块位户家处站体心起面同共样齐切定经再线如手维级期等者楼月层代孩氧把支本句段]"
    r"|[十百千万来大小生流农轮甲角季周星保夕项类件天人组队间所座条])(?=[\u4e00-\u9fff]{3})",
    re.MULTILINE,
)


def numbering(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R20: numbers of a level that skip or repeat, in headings and in rows 一是…二是…."""
    yield from _heading_steps(draft)
    yield from _row_steps(draft)
    yield from _bare_rows(draft)


# 附件：1.任务清单 holds the first item of a list that goes on in the next line.
_OTHER_PAPER = deferred(r"(?:#{1,2} )?\s{0,8}附[件表：:录](?P<first>[^\n]{0,6}[：:]\s{0,3}1[.．、])?|# ")


def _heading_steps(draft: DraftText) -> Iterator[Slip]:
    last = [0, 0, 0, 0, 0]
    fresh = [True] * 5
    for place, line in enumerate(draft.lines):
        if not line.level:
            if other := _OTHER_PAPER.match(draft.raw, line.start):
                last, fresh = [0, 0, 0, int(bool(other["first"])), 0], [True] * 5
            continue
        level, number = line.level, line.number
        # A lower level begins again under each heading, or counts on through the whole document: both are in use.
        goes_on = number == last[level] + 1 and (number != 1)
        if number != 1 and not goes_on and not (place == 0 and last[level] == 0):
            yield Slip(line.mark_start, line.body_start, _step_message(level, number, last[level], fresh[level]))
        elif number == 1 and not fresh[level] and (level == 1 or (level == 2 and last[level] == 1)):
            yield Slip(line.mark_start, line.body_start, _again_message(level))
        last[level] = number
        fresh[level] = False
        for lower in range(level + 1, 5):
            fresh[lower] = True


def _again_message(level: int) -> str:
    return f"这一层序号（{_LEVEL_MARKS[level]}）又从头开始，请核对层次。"


def _step_message(level: int, number: int, before: int, fresh: bool) -> str:
    shown = _LEVEL_MARKS[level]
    if fresh or not before:
        return f"这一层序号（{shown}）没有从第一项开始，这里已是第{number}项，可能缺了内容。"
    if number == before:
        return f"序号重复：第{number}项出现了两次。"
    return f"序号不连续：第{before}项之后是第{number}项。"


def _row_steps(draft: DraftText) -> Iterator[Slip]:
    last = 0
    for found in _ROW.finditer(draft.own):
        number = chinese_number(found[1])
        if number is None:
            continue
        if number != 1 and number != last + 1:
            line = draft.line_at(found.start())
            # A row may go on from a paragraph that counts otherwise; only a step inside a known row is certain.
            if last or (line is not None and line.level == 0):
                before = f"前面是第{last}项" if last else "前面没有第一项"
                yield Slip(found.start(), found.end(), f"序号“{found.group()}”不连续，{before}。")
        last = number


def _bare_rows(draft: DraftText) -> Iterator[Slip]:
    row: list[re.Match[str]] = []
    for found in _BARE.finditer(draft.own):
        number = chinese_number(found[1])
        if number == len(row) + 1:
            row.append(found)
            continue
        yield from _bare_row(row)
        row = [found] if number == 1 else []
    yield from _bare_row(row)


def _bare_row(row: list[re.Match[str]]) -> Iterator[Slip]:
    # One number alone may begin a word that the pattern does not know; two in a row count.
    if len(row) < 2:
        return
    for one in row:
        message = f"序号“{one[1]}”后面缺“是”或标点，宜写“{one[1]}是”。"
        yield Slip(one.start(1), one.end(1), message, f"{one[1]}是")


_REQUEST = deferred(
    r"(?:妥否|当否|可否|是否妥当|以上请示)[，,]?\s?(?:请|恳请|敬请)?[^，。；\n]{0,8}?(?:批示|批复|批准|审批|示复)"
    r"|(?:^|(?<=[，。；\s]))(?:恳请|敬请|请予?|望予?|特此请示)[^，。；\n]{0,10}?(?:批示|批复|批准)(?=[。！，；\n]|$)",
    re.MULTILINE,
)


def request_inside(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R30: a request for approval inside a report. Plans and declarations may ask for approval."""
    if traits_of(occasion.genre).may_ask:
        return
    for found in _REQUEST.finditer(draft.own):
        yield Slip(found.start(), found.end(), "报告里不夹带请示事项；需要批准的，请另行文请示。")


@dataclass(frozen=True, slots=True)
class _Part:
    heading: MarkedLine
    title: str
    start: int
    end: int


def _parts(draft: DraftText, level: int) -> list[_Part]:
    """The parts under each heading of `level`, each up to the next heading of this level or a higher one."""
    heads = [line for line in draft.lines if 0 < line.level <= level and _is_heading(draft, line)]
    ends = [*(line.start for line in heads), len(draft.raw)]
    return [
        _Part(head, draft.raw[head.body_start : head.end].strip(), head.end, end)
        for head, (_, end) in zip(heads, pairwise(ends), strict=True)
        if head.level == level
    ]


def _is_heading(draft: DraftText, line: MarkedLine) -> bool:
    return line.level <= 2 or line.end - line.start < 40


_PROBLEMS = deferred("问题|不足|短板|困难|差距|薄弱环节")
_STEPS = deferred(
    "下(?:一?步|一?阶段|个?月|周|季度|年|学期)|安排|思路|要点|整改|今后|改进|努力方向|打算|计划|将|拟|措施|对策|建议|力争|下半年|明年|来年"
)
_LONGEST_TITLE = 30


def problem_without_step(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R34: a section of problems with no next step in it or after it; a rectified item without a required part."""
    if traits_of(occasion.genre).ahead:
        return
    # One look for the last next step: a search from each of 10,000 headings would read the draft 10,000 times.
    last_step = max((found.start() for found in _STEPS.finditer(draft.raw)), default=-1)
    for part in _parts(draft, 1):
        title = part.title
        tells = len(title) <= _LONGEST_TITLE and _PROBLEMS.search(title) and not _STEPS.search(title)
        if tells and last_step < part.start:
            yield Slip(part.heading.start, part.heading.end, "写了存在的问题，后面没有下一步措施。")
    if traits_of(occasion.genre).by_items:
        yield from _unfinished_items(draft)


# A placeholder 【待补：责任人】 counts as present: it is tracked elsewhere.
_REQUIRED = (
    (
        "责任单位或责任人",
        deferred(
            "责任|牵头|负责|科室|主任|组长|专人|【待补"
            "|由[^，。；\n]{1,16}(?:处|科|股|室|队|组|局|办|部|所|中心|公司|社区)"
        ),
    ),
    (
        "时限",
        deferred(
            r"时限|\d月|\d{1,2}日|日前|底前|期限|天内|日内|小时内|当[日天]|即知即改|立行立改|长期坚持|截至|【待补"
        ),
    ),
    ("完成情况", deferred("完成|已|整改到位|销号|办结|解决|推进|正在|恢复|长期坚持|全部|【待补")),
)


def _unfinished_items(draft: DraftText) -> Iterator[Slip]:
    items = [part for part in _parts(draft, 2) if "问题" in part.title]
    for part in items:
        text = part.title + draft.raw[part.start : part.end]
        lacking = [name for name, sign in _REQUIRED if not sign.search(text)]
        if lacking:
            message = f"这一条整改没有写明：{'、'.join(lacking)}。"
            yield Slip(part.heading.start, part.heading.end, message)
