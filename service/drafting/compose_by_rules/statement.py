"""One fact as a statement in official Chinese: its time in front, its clauses rewritten, its doubt said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.fact import Conflict, Fact, FactKind, Frame, Tense
from service.domain.quantity import When
from service.drafting.compose_by_rules.breaks import with_breaks, with_count_breaks
from service.drafting.compose_by_rules.doubts import (
    TWICE_HEDGED,
    in_doubt,
    with_doubtful,
    with_open_questions,
    with_unsettled,
)
from service.drafting.compose_by_rules.feelings import without_feelings
from service.drafting.compose_by_rules.labels import without_label
from service.drafting.compose_by_rules.nominal import ends_with_event, with_verb, with_verbs
from service.drafting.compose_by_rules.patterns import before_and_now, years_beside
from service.drafting.compose_by_rules.rewrite import Voice, split_clauses, without_head
from service.drafting.compose_by_rules.spoken import noun_held
from service.drafting.compose_by_rules.surface import day_words, with_bare_dates, with_money_unit, written_form
from service.drafting.compose_by_rules.times import leading_time, movable_time
from service.drafting.compose_by_rules.wording import reworded
from service.language.words import segment

_DOUBT = re.compile(
    r"^(?:具体|数字|人数|数量|数据|这个数|这个)?(?:还|也|我)?(?:有)?(?:待核实|待确认|待核|待定|需核实|没核实|未核实|不确定|不太确定|记不清|记不太清|"
    r"不太清楚|没细算|没细数|没数过|没统计|没算过|没细统计|拿不准|说不准|要再核|再核|回头核|得再问|再问|再确认)[\u4e00-\u9fff]{0,8}$"
    r"|^(?:数字|人数|这个数|数据|这个|这)?(?:是|都是)?(?:估的|估计的|估算的|大概数|毛估的|大概的数)$"
)
_DOUBT_MARK = re.compile(
    r"[（(][^（）()]{0,12}(?:没数过|没细算|没统计|估的|没核|待核|记不清|不准|说不准|要核|再核)[^（）()]{0,8}[）)]|[（(](?:待核实|待确认|不确定|未核实|存疑|\?|？)[）)]|(?<=[\u4e00-\u9fff\d])[?？]"
)
_FUTURE = re.compile(r"计划|拟|将|力争|确保|预计|下一步|继续|今后|要|做到|达到|不断|进一步|持续")
# 书记说：11月10日前再报一次, 舒站长边走边讲：全镇22个村: who said it in the room is no news to a reader.
_SAID_BY = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,3}(?:书记|主任|局长|院长|校长|园长|所长|站长|科长|队长|馆长|经理|镇长|部长|老师|师傅)|领导|[\u4e00-\u9fff]{1,2}(?:姐|哥|叔|工))"
    r"(?:[\u4e00-\u9fff]{0,4}?(?:说|讲|补充|插话|强调|回复|答)[：:，,] ?|说(?![明服法道])(?=[\u4e00-\u9fff\d]))"
)
_FAR_HEDGE = re.compile(
    r"(?:大概|差不多|估计|大约)(?P<between>[能可放有来到共是换清发收要用需花]{1,3})(?=[\d一二两三四五六七八九十])"
)
_DOUBT_WORD = re.compile(r"好像是?|貌似|似乎|可能是?|估计是?(?!\d)|应该是?|听说|据说")
# 停车难 and 修外墙 are what is wrong and what comes next, not topics that something is said of.
_NO_TOPIC = frozenset({FactKind.PROBLEM, FactKind.CAUSE, FactKind.NEXT, FactKind.PROFILE})
# Praise of oneself that no line can bear out is no fact; 获全省第一名 and 排名第一 are.
_BOAST = re.compile(
    r"^(?:我们|我|可以说|应该说)?(?:一直|始终|向来)?(?:是|算是|都是)?(?:全[国省市区县镇]|同行|同类|系统)[^\d《》“”获评排]{0,10}最(?:好|强|牛|美)的?[^\d获评排]{0,8}$|^(?:没有之一|无人能比|首屈一指|独一无二|遥遥领先|没得说|数一数二)$"
)
_BOAST_END = re.compile(
    r"(?:我们|我)(?:一直|始终)?(?:是|都是)全[国省市区县镇][^\d《》“”获评排]{0,8}最(?:好|强)的[^\d]{0,6}$"
)
_EVENTS = frozenset({FactKind.ACTIVITY, FactKind.MEETING, FactKind.NEXT})
_OWN_DAY = re.compile(r"[（(](?P<day>[^（）()]{2,12})[）)]")
# 理事会是3月成立的, 食堂5月8日开的: the day has moved to the front.
_IT_WAS_THEN = re.compile(r"(?<=[\u4e00-\u9fff]{2}[立办建成设])的$")
_IT_OPENED_THEN = re.compile(r"(?<=[堂室馆站园场店棚])开的?$")
# 花了多少钱没算出来，大概七八万: what was spent stays, that nobody has counted is said by 待核实.
_NOT_COUNTED = re.compile(
    r"^(?:一共|总共)?花了?多少钱?[还也]?没(?:有)?(?:算|统计|汇总)(?:出来|清楚?|过)?[，, ]"
    r"(?=.{0,6}[\d一二三四五六七八九十几])"
)
_MEANING_TO = re.compile(r"^(?:计划)?(?:想要?|准备|打算)(?!法|的)")
_FINISHED = re.compile(r"已|完成\d")  # 今年计划80条，完成71条: the second is no plan
_LAST_YEAR = re.compile(r"去年|上年|往年|同期|前年|(?:19|20)\d\d年")
_BARE_VERB_CHARS = 3  # 11月20日完成
_NO_COMMA = re.compile(
    r"今年|去年|上年|下一步|下周.?|下月|本月|上月|本周.?|上周.?|去年同期|本季度|目前|全年|每[日天周月年]|(?:19|20)\d\d年"
)


@dataclass(frozen=True)
class Statement:
    """A fact ready to be joined with others: `time` goes in front where it differs from the one before, `body` ends
    without a mark, `lines` are the note lines both rest on, `dropped` are sighs and names called that were left out."""

    time: str
    body: str
    lines: tuple[int, ...]
    fact: Fact
    dropped: tuple[str, ...] = ()

    @property
    def alone(self) -> str:
        """Time and body as one clause."""
        return timed(self.time, self.body)


def timed(time: str, body: str) -> str:
    """`body` with its time in front; a bare 今年, 去年 or 下一步 takes no comma. Pure."""
    if not time:
        return body
    return f"{time}{body}" if _NO_COMMA.fullmatch(time) or len(body) <= _BARE_VERB_CHARS else f"{time}，{body}"


# The last row of a ledger is a sum over all rows, no aspect of the work (共方面).
_SUM = re.compile(r"(?:共|合计|总计|共计|总数)(?:方面)?")


def state(
    fact: Fact, voice: Voice, conflicts: Sequence[Conflict] = (), future: str = "计划", carries_day: bool = True
) -> Statement | None:
    """`fact` as a statement; None where its words hold nothing but chatter and doubt. `future` is what a plan that does
    not say so begins with, "" for nothing. `carries_day` puts the fact's day in front where its words name no time:
    right for a day given by a heading, wrong for one that another clause of the line names. Pure."""
    planned = fact.tense is Tense.PLANNED
    text = with_bare_dates(written_form(TWICE_HEDGED.sub("", with_breaks(fact.text, fact.clean))), fact.day)
    text, open_lines = with_open_questions(text, fact, conflicts)
    text = before_and_now(_NOT_COUNTED.sub("投入资金", text))
    text = with_count_breaks(with_money_unit(text))
    text, asked = with_unsettled(text, fact)
    open_lines = open_lines or asked
    if not open_lines:
        text, open_lines = with_doubtful(text, fact)
    text = _SAID_BY.sub("", without_head(without_label(without_head(text), fact)))
    text = _DOUBT_MARK.sub("", text)
    if fact.unsure:
        text = _DOUBT_WORD.sub("", _FAR_HEDGE.sub(lambda found: f"{found['between']}约", text))
    if "今年" in text and ("去年" in text or "上年" in text):
        text = "，".join(years_beside(clause) for clause in split_clauses(text))
    time, text = leading_time(text, fact.day, voice.year)
    clauses = [_BOAST_END.sub("", clause) for clause in split_clauses(without_head(text))]
    doubted = any(_DOUBT.match(clause) for clause in clauses)
    told = [without_feelings(clause) for clause in clauses if not _DOUBT.match(clause) and not _BOAST.match(clause)]
    clauses = [clause for clause, _ in told if clause]
    clauses = _columns_said(clauses, fact)
    if time and clauses and fact.kind in _EVENTS:
        clauses[0] = with_verb(clauses[0])  # what has a day is an event and no topic: 4月11日，河道清淤
    worded = reworded(clauses, voice, planned, fact.kind not in _NO_TOPIC)
    clauses = list(worded.clauses)
    if not clauses:
        return None
    if len(clauses) > 1 and _SUM.fullmatch(clauses[0]):
        clauses[0] = "各项合计"
    if not time:
        time, clauses[0] = movable_time(clauses[0])
        clauses[0] = noun_held(_IT_OPENED_THEN.sub("启用", _IT_WAS_THEN.sub("", clauses[0]))) if time else clauses[0]
        clauses = [clause for clause in clauses if clause]
    if not time and fact.day is not None and carries_day and not _says_a_time(text):
        time = _inherited_time(fact.day, voice.year)
    if fact.kind in _EVENTS:
        clauses = with_verbs(clauses, bool(time))
    clauses[0] = _with_speaker(_without_own_day(clauses[0], time), fact)
    if (in_doubt(fact) or doubted) and not open_lines:
        clauses = _marked_unsure(clauses)
    body = _framed("，".join(clauses), time, fact, future, voice.year)
    if not body:
        return None
    dropped = tuple(part for _, parts in told for part in parts)
    return Statement(_plain_time(time, fact), body, tuple(sorted({*fact.lines, *open_lines})), fact, dropped)


def _inherited_time(day: When, year: int) -> str:
    """The time a heading gives; "" for a stretch of months, which in front of each sentence says nothing. Pure."""
    return (day_words(day, year) or "") if day.lo[:7] == day.hi[:7] else ""


def _without_own_day(clause: str, time: str) -> str:
    """A clause without the day in brackets that stands before it already: 10月29日，青石村（10月29日）清理."""
    return _OWN_DAY.sub(lambda found: "" if found["day"] == time else found.group(), clause) or clause


def _plain_time(time: str, fact: Fact) -> str:
    # The heading of the section says 下一步 already.
    return "" if fact.kind is FactKind.NEXT and time in ("下一步", "下步", "接下来") else time


_ACTIVITY_COLUMNS = ("活动", "活动名称", "活动内容", "活动主题", "项目", "事项", "工作内容", "内容", "主题")
_PLACE_COLUMNS = ("地点", "活动地点", "场所", "位置", "地址", "点位")


def _columns_said(clauses: Sequence[str], fact: Fact) -> list[str]:
    """The cells of a ledger row as clauses: the activity with the verb its noun takes, 在 and the place before it. A
    cell that holds a verb of its own stays. Other facts come back as they are."""
    named = next((key for key in _ACTIVITY_COLUMNS if fact.fields.get(key)), None)
    if named is None or not clauses or written_form(fact.fields[named]) != clauses[0]:
        return list(clauses)
    first, rest = _with_verb(clauses[0]), list(clauses[1:])
    place = next((written_form(fact.fields[key]) for key in _PLACE_COLUMNS if fact.fields.get(key)), "")
    if place in rest and not re.search(r"[，、；]", place):
        rest.remove(place)
        first = f"{'' if place.startswith('在') else '在'}{place}{first}"
    return [first, *rest]


def _with_verb(cell: str) -> str:
    """A cell that names a doing, with its verb: 爱心送考启动会 is 召开, 礼让培训 is 开展."""
    named = with_verb(cell)
    if named != cell or re.search(r"\d", cell) or cell[:2] in ("召开", "举办", "开展", "组织", "参加"):
        return named
    words = segment(cell.strip("“”"))
    # In the column of activities 学雷锋义务维修 is one; 农家书屋新书(册) is a thing; a cell may have its verb already.
    does = words[-1].tag[:1] == "v" or ends_with_event(cell.strip("“”"))
    return cell if words[0].tag[:1] in "vpd" or not does else f"开展{cell}"


_FIRST_PERSON = re.compile(r"^(?:然后|另外|还有|今天|昨天)?(?:我们|咱们|俺们|咱|我)(?!街道|镇|区|县|市|校|院|局)")


def _with_speaker(clause: str, fact: Fact) -> str:
    # 我们 in a chat of several units is the unit that speaks; dropping it would give its figure to the whole report.
    if fact.where and fact.where not in fact.clean and _FIRST_PERSON.match(fact.clean) and fact.where not in clause:
        return f"{fact.where}{clause}"
    return clause


def _says_a_time(text: str) -> bool:
    return bool(
        re.search(
            r"\d{1,2}月|\d{1,2}日|今年|去年|本月|上月|本周|上周|季度|半年|期间|\d{4}年|每[日天周月年]|截至|以来", text
        )
    )


def _framed(body: str, time: str, fact: Fact, future: str, year: int) -> str:
    if fact.tense is Tense.PLANNED:
        body = _MEANING_TO.sub("计划", body)
    ahead = fact.tense is Tense.PLANNED and fact.kind is not FactKind.FIELD
    if ahead and not _FUTURE.search(time + body) and not _FINISHED.match(body):
        body = future + body
    this_year = fact.day is not None and fact.day.lo[:4] == str(year)  # 6月20日 before a third quarter is no last year
    if fact.frame is Frame.BEFORE and not this_year and not _LAST_YEAR.search(time + body):
        body = f"去年{body}"
    return body


def _marked_unsure(clauses: Sequence[str]) -> list[str]:
    """`clauses` with （待核实） behind the one that is in doubt: the hedged one, else the first with a figure. Pure."""
    marked = list(clauses)
    if any("待核实" in clause for clause in marked):
        return marked
    doubtful = [at for at, clause in enumerate(marked) if re.search(r"[约近]\d|(?<![准得能不未])超过\d", clause)]
    doubtful = doubtful or [at for at, clause in enumerate(marked) if re.search(r"\d", clause)] or [len(marked) - 1]
    marked[doubtful[0]] += "（待核实）"
    return marked
