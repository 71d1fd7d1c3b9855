"""A figure that another sheet, system or colleague gives for what the notes count, or that a question doubts.

注册志愿者2764人 and, lines below, 我们年报上注册志愿者写的是2674，谁对？: neither is marked as the right one, so both
are asked about. `repeats` finds what contradicts in the same words; here the second figure names its source or the
first value.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from service.domain.fact import Conflict, Fact, SetAside, SetAsideReason, Tense
from service.domain.quantity import Approx, Kind, Mention
from service.domain.text import Line, Notes
from service.drafting.facts.kinds import counted
from service.drafting.facts.lexicon import words
from service.drafting.facts.likeness import bigrams, same_unit
from service.language.clean_view import tidy
from service.language.numbers import find_numbers
from service.language.pieces import pieces

_BODY = (
    r"(?:第三方|上级|团委|妇联|工会|财政|民政|城管|住建|物业|社区|财务|统计|人事|后勤|总务|教务|医务|环卫|交警|公安|园林|[区市县镇局]里|"
    r"[一-龥]{1,4}(?:局|科|办|所|处|委|站|队|组|股|室|公司|中心|联盟|大队)|老[一-龥]|小[一-龥]|[一-龥](?:姐|工|主任|老师|会计))"
)
_SELF = r"(?:我们?自己|自己|我们?这边|我们?这|我们|咱们?|我|你们那个?|你们|他们)"
_PAPER = r"(?:平台|系统|表|清单|截图|记录|材料|口径|会上|账上|群里|(?:规划|设计)?图纸?|公示栏|公众号|牌子|那版|上一?版)"
_BOOK = r"(?:台账|名册|底册|册子|单子|年报|月报|周报|简报|通报|日报|登记簿|合同|验收单|结算单?)"
_VERB = r"(?:说|讲|报|登|写|打|评|测|记|统计|填|给|算|数|点|量|核|显示|印象)"
_SAYS = rf"(?:后来|又|再|现在|{_VERB}|着|是|有|为|的|了|过|出|才|只|应该|上|里|中|面|字|数据|那边|这边|手里|下来)"
# 老梁的表里, 宣传科说是, 财务上个月给的表是, 住建局周报是, 我这边登记的是: who gives the second figure.
_GIVEN_BY = re.compile(
    rf"(?:{_SELF}|{_BODY})[一-龥]{{0,5}}?{_VERB}{_SAYS}*(?:{_PAPER}|{_BOOK})?{_SAYS}*|"
    rf"(?:{_SELF}|{_BODY})[一-龥]{{0,4}}?(?:{_PAPER}(?={_SAYS})|{_BOOK}){_SAYS}*|"
    rf"(?:财务|财政|统计|人事|团委|妇联|物业|社区|[区市县镇局]里)(?:口径|数据|那边)?(?:的|是|有)+"
)
_PAPER_FIRST = re.compile(rf"(?!其中|有|没|无)[一-龥]{{0,6}}?(?:{_PAPER}(?={_SAYS})|{_BOOK}){_SAYS}*")
_PAPER_LAST = re.compile(rf"(?:{_PAPER}(?={_SAYS})|{_BOOK}){_SAYS}*$")
_NAMES_SOURCE = re.compile(rf"{_PAPER}|{_BOOK}|{_SELF}|{_BODY}")
_ENUMERATOR = re.compile(r"^[\s（(]*(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]\s*")
_IS_SOURCE = re.compile(rf"(?:{_PAPER}|{_BOOK})$|^(?:{_SELF}|{_BODY})$")
# Whoever asks which of both holds doubts both.
_WHICH = re.compile(
    r"(?:谁|哪个|哪一?(?:个|家|边))的?(?:数字?)?(?:对|准|为准|算数)|写反|记反|搞反|[反错]了[？?吧]|对不上|不是一(?:个|回)(?:数|事)|"
    r"不一样|不一致|有出入|是不是|算[？?]|(?:用|写|按|报)哪个|(?:没|对|核)(?:过|对)?清楚|"
    r"(?:请|麻烦|你们?|再|要|去|得)[一-龥]{0,8}(?:核|问|对|查|确认)(?:实|一下|对|清|准|一核|问)?(?:后|再|$|[，,。；;？?)）])|"
    r"差\d|(?:还是|究竟|到底)\d|[？?](?:$|[，,)）])"
)
_INSTEAD = re.compile(r"先(?:按|用|写|报|填)|没过会|没批|未批|口径|印象")
_VERSIONS = re.compile(
    r"(?P<about>[一-龥]{2,12}?)(?:有|是|出了)?[两二2三3] ?(?:个|种|套|版)(?:口径|数字?|说法|版本|数据|结果)"
)
# 一个说36%，一个说41%; 是十二万还是十五万; 八期吧也可能九期; 14次（安监科）/11次（人事科）.
_FIGURE = r"[约近]?(?:百分之)?[\d.,一二三四五六七八九十百千两零]{1,12}[万亿]?(?:%|％|[一-龥]{0,3}?)"
_ONE_SAYS = r"(?:一个|有的|另一个|一边|一会儿?|也有)(?:说|报|写)"
_WITH_MOUTH = r"\d[\d.,]*[万亿]? ?[一-龥]{1,3} ?[（(][一-龥]{2,8}[）)]"
_OF_TALK = re.compile(r"[我你他]|来着|不准|不清|问")
_TWO_MOUTHS = re.compile(
    rf"(?P<about>[一-龥“”]{{4,24}})(?={_ONE_SAYS}(?:是|有)?{_FIGURE}[^。；;]{{0,12}}{_ONE_SAYS}|"
    rf"(?:是|有|了)?{_FIGURE}(?:吧|呢)?[，,]?(?:还是|也可能是?|要么是?|或者是?){_FIGURE})|"
    r"(?P<asked>[一-龥“”]{2,20}多少[一-龥]{0,2})(?=[？?] ?[^\d。；;]{1,12}说[^\d。；;]{0,4}\d[^。；;]{0,12}说)|"
    rf"(?P<thing>[一-龥“”]{{2,24}}?) ?(?={_WITH_MOUTH} ?[/／、,，] ?{_WITH_MOUTH})"
)
_SETTLES = re.compile(
    r"为准|不算|作废|更正|改成|改用|应为|写错|打错|报错|敲反|打颠倒|其中|每|人均|户均|累计|新增|[增减]加|去年|上年|同期|上月|上季|目标|计划|"
    r"任务|占|剩|还有|另有|又(?!说|报|讲|给)|退了"
)
_CORRECTS = re.compile(r"(?<!是不是)(?:写|打|报|算|抄|记)(?:错|颠倒|反)了(?![？?吧])|为准|更正|订正")
_OF_OTHER = re.compile(r"其中|去年|上年|同期|上月|上季|目标|计划|任务|占|剩|还有|另有|缺|差")
_WHEN = re.compile(
    r"今年|本年|全年|[上下]半年|目前|现在|截至|[上这]个?月|[上这]次|一?共|总共|合计|\d{1,2}月份?|\d{1,2}日|\d{4}年|平均|日均"
)
_LOOSE = re.compile(r"[了的呢吧呀啦嘛也都就又还再那这我们是有为在给和与约近等到个上里完做搞弄好“”]")
_NO_SIDE = frozenset((SetAsideReason.SUPERSEDED, SetAsideReason.INSTRUCTION, SetAsideReason.PRIVATE))
_LOOK_BACK = 40  # lines: whoever doubts a figure names it again
_NEAR_LINES = 2
_MOST_FIGURES = 12  # a line of more is a table or a whole report
_LONGEST_LINE = 200  # characters; who puts a second figure beside another writes a remark
_SIDES = 2
_PERCENT = 100
_FEWEST_NAMING, _SHORT = 2, 6  # characters
_PROPOSES = re.compile(r"^(?:那就)?(?:先(?:按|用|写|报)|是不是(?:应?该|要)?按?|还是)")
_ENDS_LOOSE = re.compile(
    r"(?:那边|[一二三四]季度|日均|(?:一?共|总共)[换发做清修用]?|合计|大概|改好了|的|是|了|有|到)+$"
)
_LEAST_SHARE = Decimal("0.4")  # 19 and 21 may be one thing, 2 and 21 are none
_OF_PEOPLE = frozenset(("人", "名", "位", "个"))  # 爱心妈妈76人 and 67个 count the same


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of a line, with offsets into the line: what it counts, the topic of its sentence, and whether its words
    name somebody who gives it."""

    line: Line
    mention: Mention
    thing: str
    topic: str
    sourced: bool
    said: str

    @property
    def behind(self) -> str:
        """The rest of the figure's sentence."""
        return re.split(r"[。；;]", self.line.text[self.mention.end :])[0]


def second_figures(
    notes: Notes, facts: Sequence[Fact], aside: Sequence[SetAside], known: Sequence[Conflict]
) -> list[Conflict]:
    """Contradictions between a fact's figure and one that the notes give from another source, or with a question which
    holds; none of a line that `known` asks about already. Pure."""
    settled = {line for one in known for line in one.lines}
    gone = [one.span for one in aside if one.reason in _NO_SIDE]
    standing = [
        _figure(notes.line_at(one.start), one, notes.line_at(one.start).start)
        for fact in facts
        if len(fact.mentions) <= _MOST_FIGURES and fact.tense is not Tense.PLANNED and not fact.unsettled
        if not fact.unsure or "不一致" not in fact.unsure
        for one in counted(fact.mentions)
        if not any(span.covers(one.span) for span in gone)
    ]
    standing.sort(key=_place)
    found: list[Conflict] = []
    for line in notes.lines:
        if line.number in settled or len(line.text) > _LONGEST_LINE or "\t" in line.text or _CORRECTS.search(line.text):
            continue
        here = [
            one
            for one in _figures_of(line)
            if not any(span.start <= line.start + one.mention.start < span.end for span in gone)
        ]
        if not here or len(here) > _MOST_FIGURES:
            continue
        pair = _versions(line, here) or _first_rival(standing, here, line.number, settled)
        if pair is None:
            continue
        first, second, about = pair
        found.append(
            Conflict(
                tuple(dict.fromkeys((first.line.number, line.number))),
                about,
                (tidy(first.mention.text), tidy(second.mention.text)),
            )
        )
        settled |= {first.line.number, line.number}
    return found


def named_conflict(notes: Notes, conflict: Conflict) -> Conflict:
    """`conflict` of two lines, about what the words beside both figures name (投诉, not 我们这边登记的是). Pure."""
    told = [
        next((one for one in _figures_of(notes.lines[number - 1]) if tidy(one.mention.text) == value), None)
        for number, value in zip(conflict.lines, conflict.values, strict=False)
    ]
    sides = [one for one in told if one is not None]
    single = len(conflict.lines) < _SIDES
    if single:
        line = notes.lines[conflict.lines[0] - 1]
        sides = [one for one in _figures_of(line) if tidy(one.mention.text) in conflict.values]
    if (
        (single and not _OF_TALK.search(conflict.about))
        or len(sides) < _SIDES
        or any("\t" in one.line.text for one in sides)
    ):
        return conflict
    about = _called(sides[0], sides[1])
    return replace(conflict, about=about) if _names(about) else conflict


def _versions(line: Line, here: Sequence[_Figure]) -> tuple[_Figure, _Figure, str] | None:
    """The two figures of which a line says that there are two: 免疫率有两个口径，农业站97.3%，宠物医院联盟95.1%."""
    told = _VERSIONS.search(line.text) or _TWO_MOUTHS.search(line.text)
    behind = [one for one in here if told and one.mention.start >= told.end()]
    if told is None or len(behind) < _SIDES or not _alike(behind[0].mention, behind[1].mention):
        return None
    return behind[0], behind[1], next(words for words in told.groups() if words)


def _alike(one: Mention, other: Mention) -> bool:
    """True for two values of one size; 百分之三十五 and a bare 四十 are both shares."""
    bare = one.kind is Kind.PERCENT and other.kind is not Kind.PERCENT and not other.unit and other.amount
    if bare and one.amount and one.amount.lo and other.amount and other.amount.lo:
        low, high = sorted((one.amount.lo, other.amount.lo / _PERCENT))
        return _LEAST_SHARE <= low / high < 1
    return _may_be_one(one, other)


def _first_rival(
    standing: Sequence[_Figure], here: Sequence[_Figure], number: int, settled: set[int]
) -> tuple[_Figure, _Figure, str] | None:
    """The last figure of a fact before that one of the figures of line `number` contradicts, that one, and what both
    count."""
    text = here[0].line.text
    for second in here:
        if _SETTLES.search(second.said) or _SETTLES.search(second.behind[:12]) or second.mention.approx is Approx.VAGUE:
            continue
        asked = _WHICH.search(second.behind) is not None
        if not (second.sourced or asked or _INSTEAD.search(text)):
            continue
        for place in range(bisect_left(standing, (number, second.mention.start), key=_place) - 1, -1, -1):
            first = standing[place]
            if number - first.line.number > _LOOK_BACK:
                break
            if first.line.number in settled:
                continue
            if _rivals(first, second, here, asked):
                return first, second, _called(first, second)
    return None


def _place(one: _Figure) -> tuple[int, int]:
    return one.line.number, one.mention.start


def _called(first: _Figure, second: _Figure) -> str:
    """What both figures count, in the words of the notes: the topic before it where a figure's own words are few."""
    for one in (first, second):
        own = _ENDS_LOOSE.sub("", _PROPOSES.sub("", one.thing))
        if _names(own):
            joined = one.topic and len(own) <= _SHORT and not set(one.topic) & set(own)
            return f"{one.topic}{own}" if joined else own
    named = next((one for one in (first, second) if one.topic), first)
    return f"{named.topic}{named.thing}" or second.topic or first.said


def _names(said: str) -> bool:
    """True where words hold more than verbs and times."""
    return len(words("work_verbs").removed(_LOOSE.sub("", _WHEN.sub("", said))).strip()) >= _FEWEST_NAMING


def _rivals(first: _Figure, second: _Figure, here: Sequence[_Figure], asked: bool) -> bool:
    """True where `second` is another value for what `first` counts. `here` are all figures of its line."""
    one, other = first.mention, second.mention
    if not (same_unit(one, other) or {one.unit, other.unit} <= _OF_PEOPLE) or not _may_be_one(one, other):
        return False
    if one.kind is not other.kind and not (one.kind is Kind.MONEY and not other.unit):
        return False
    if _OF_OTHER.search(first.said):
        return False
    same_line = first.line.number == second.line.number
    if (same_line and not (asked or second.sourced)) or (same_line and second.thing):
        return False  # 志愿者登记238人，有服务记录的176人: a part, and no second mouth.
    near = second.line.number - first.line.number
    # 老旧小区完工11个？住建局周报是10个: the line names the value that it doubts.
    same = [two for two in here if two is not second and two.mention.amount == one.amount]
    names_it = [two for two in same if two.mention.unit in (one.unit, None) and not same_line]
    if names_it and (asked or second.sourced or _INSTEAD.search(second.line.text)):
        return near <= _LOOK_BACK
    pairs, others = _pairs(first.thing), _pairs(second.thing)
    if asked and not pairs & others and one.unit:
        pairs |= _pairs(first.topic)
    if not others:
        # 财务上个月给的表是38.6万: nothing is named, so it speaks of what stands right before.
        between = second.line.text[one.end : other.start] if same_line else second.line.text[: other.start]
        return near <= _NEAR_LINES and not any(same_unit(two, other) for two in counted(find_numbers(between)))
    return bool(pairs) and len(pairs & others) * 2 >= min(len(pairs), len(others))


def _pairs(words: str) -> frozenset[str]:
    return bigrams(_LOOSE.sub("", _WHEN.sub("", words)))


def _may_be_one(one: Mention, other: Mention) -> bool:
    """True for two values of one size that exclude each other."""
    if one.amount is None or other.amount is None or not one.amount.lo or not other.amount.lo:
        return False
    low, high = sorted((one.amount.lo, other.amount.lo))
    lies_in = one.amount.hi is None or one.amount.lo <= other.amount.lo <= one.amount.hi
    return not lies_in and low / high >= _LEAST_SHARE


def _figures_of(line: Line) -> list[_Figure]:
    return [_figure(line, one, 0) for one in _counted_in(line.text)]


@lru_cache(maxsize=256)
def _counted_in(text: str) -> tuple[Mention, ...]:
    return tuple(counted(find_numbers(text)))


def _figure(line: Line, one: Mention, by: int) -> _Figure:
    """`one` with what its words say; its offsets are `by` further than those in the line."""
    text, at = line.text, one.start - by
    start = next((first for first, last in pieces(text) if first <= at < max(last, first + 1)), 0)
    cut = max([start, *(two.end for two in _counted_in(text) if two.end <= at)])
    said = re.split(r"[（(、]", text[cut:at])[-1]
    label, own = _parted(said)
    thing, sourced = _without_source(own.strip(" ，,约近-*·•"))
    head, opened = _parted(re.split(r"[。；;]", text[:at])[-1])
    head = _ENUMERATOR.sub("", head).strip(" -*·•“”")
    topic = re.split(r"[，,：:]|\d", opened)[0].strip(" -*·•“”")
    # （2）老旧小区：改造开工18个，完工11个: what stands before the colon is what both are of.
    topic = head if _names(head) and not _IS_SOURCE.search(head) else topic
    topic = topic if topic not in said and not _NAMES_SOURCE.fullmatch(topic) else ""
    label = label.strip(" -*·•")
    from_label = _IS_SOURCE.search(label) is not None
    if len(_LOOSE.sub("", _WHEN.sub("", thing))) < _FEWEST_NAMING and label and not from_label:
        thing = label + thing
    sourced = sourced or from_label
    behind = re.match(r"[一-龥]{2,6}", text[at + one.end - one.start :])
    if len(_LOOSE.sub("", thing)) < _FEWEST_NAMING and not sourced and behind:
        thing = behind.group()
    thing = thing if len(_LOOSE.sub("", thing)) >= _FEWEST_NAMING else ""
    return _Figure(line, _moved(one, -by) if by else one, thing, topic, sourced, said)


def _parted(said: str) -> tuple[str, str]:
    """The label before the last colon, and what stands behind it."""
    at = max(said.rfind("："), said.rfind(":"))
    return (re.split(r"[：:\]】>]", said[:at])[-1], said[at + 1 :]) if at >= 0 else ("", said)


def _without_source(own: str) -> tuple[str, bool]:
    """The words of a figure without whoever gives it, and whether somebody does."""
    for pattern in (_GIVEN_BY, _PAPER_LAST):
        if found := next(iter(pattern.finditer(own)), None):
            return _GIVEN_BY.sub("", own[: found.start()] + own[found.end() :]).strip(" ，,"), True
    found = _PAPER_FIRST.match(own)
    return (own[found.end() :].strip(" ，,"), True) if found else (own, False)


def _moved(one: Mention, by: int) -> Mention:
    return Mention(
        one.start + by, one.end + by, one.text, one.role, one.kind, one.amount, one.when, one.unit, one.approx,
        one.reason, one.parts,
    )  # fmt: skip
