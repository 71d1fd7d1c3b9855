"""What the notes say is not known yet, whatever it is: 2025年还没出, 清单页码没编, 以哪个为准还没问, 文号记不得.

The words that say so are few and closed: to give, count, ask, see, settle or write down, with 没 before them, 待 or 再
in front, or 空着. What they speak of is open, so the question repeats the notes' own words for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.domain.fact import SetAsideReason
from service.domain.quantity import Kind, Mention, Role
from service.drafting.facts.clauses import has_action
from service.drafting.facts.empty_places import empty_places
from service.drafting.facts.kinds import counted
from service.language.pieces import pieces
from service.language.taken_back import Taken

_TOLD = (
    r"(?:给|报|出|算|编|点数?|数|核实?|核对|对(?:过|上|清)|问|说(?:清|明|定|准)?|讲|见|看(?:到|见)|定(?!期|时|向)|排|填|写|记|标|"
    r"统计|汇总|公布|回收|收(?:回|齐|全|上来)|批|拨付?|回(?:复|话|信|音)?|提供|确认|明确|注明|确定|敲定|商量|公示|测算|核算|登记|传|附上?|贴上|发(?:来|过来|我|全))"
)
_AFTER_TOLD = (
    r"(?:过|到|上来|下来|出来|清楚?|准|齐|全|来|下|我们?|你|咱|准?数字?|信儿?|话|时间|期限|日期|结果|原件|下文|人|好|全|一下|"
    r"呢|了|的|啊|吧)*"
)
_SO_FAR = r"(?:还|也|都|尚|暂时?|目前|现在|一直|至今|我|先|就|谁也?|没人|具体|到底)*"
_NOT_TOLD = re.compile(rf"(?P<cue>{_SO_FAR}(?:没(?:有)?|未|没人|无人){_TOLD}{_AFTER_TOLD})[）)]?$")
_FORGOTTEN = re.compile(
    rf"(?P<cue>{_SO_FAR}(?:(?:记|说|弄|搞|分|算|定|吃|拿|看|加|对|凑|合|找)不(?:得|清楚?|准|起来?|住|上来|下来?|出来?|拢|上|着|到|见)|"
    r"不(?:详|清楚|知道|晓得|记得|明确|确定|掌握)|忘(?:了|记了?)|对不上|没(?:找|查)(?:着|到|见)|不见了|有待(?:核实|确认|明确))了?)[）)]?$"
)
_EMPTY = re.compile(
    r"(?P<cue>(?:还|都|先|暂时?|就|是|一栏)*(?:空(?:着|白|缺|在那儿?)?(?!格)|缺数据?|没数|没下文|没有下文|暂缺|待(?:补|定|查|商量|商定|再?议|敲定|明确)|还?在(?:扯皮?|商量|争|定)))[）)]?$"
)
_WHICH = re.compile(
    r"(?P<cue>(?:到底)?(?:以|按|用|写)?(?:哪个|哪家|哪边|谁|哪一个)(?:的)?(?:数字?)?(?:为准|对|准|算数?|是对的)?"
    r"(?:还|也|都|得|要|尚|需)*(?:没问|没定|要问|再问|待定|问清|不知道|不清楚|说不清|定不下来?)?)[）)]?$"
)
_NOBODY = re.compile(
    rf"(?P<cue>{_SO_FAR}(?:没人|无人)(?:应|认领?|接话|吭声|牵头|盯|表态|答(?:得上)?|知道|说得清))[）)]?$"
)
# 等问, 回头核, 财政局回去算, 宣传科补, 明天数: it waits for somebody's word and says nothing else.
_WAITS = re.compile(
    r"(?P<cue>(?:这|那|这个|那个)?(?:我|你|他|小?[\u4e00-\u9fff]{1,5}?)?"
    r"(?:待|等|要|得|还要|还得|需要?|回头|回去|过后|会后|下次|下回|再|另|明天|后面|稍后|尽快|随后|去)+"
    r"(?:去|给|来)?(?:核(?:实|对|准|一下)?|问|补(?:上|报|齐)?|定|报|数|算|议|商量|研究|确认|明确|统计|通知|查(?:一下|了补上)?|给)"
    r"(?:一下|清楚?|了|数|上来?|再(?:写|报|说|定|补))*|"
    r"等[\u4e00-\u9fff]{1,8}?(?:给|报|发|回|定|到位|出数?|通知)[\u4e00-\u9fff]{0,4}|[\u4e00-\u9fff]{2,5}(?:补|补报|提供|去查|去问))[）)]?$"
)
_ASKED_WHO = re.compile(r"(?:由|该|归)?谁(?:来|去)?(?:盯|牵头|负责|管|抓|干|办|担)$|(?:怎么|咋)(?:办|定|写)$")
# 总指挥 市委常委 常…谁?, 有一个人被谈话，算不算？: the question is about what stands before.
_ASKED_ALONE = re.compile(r"^(?:谁|哪位|哪家|哪个(?:单位|科室|部门)|多少)$|(?:算不算数?|够不够|符不符合|作不作数)$")
_COUNTS_IT = re.compile(r"(?:算不算数?|够不够|符不符合|作不作数)$")
# What is not done yet is a problem of the work and no gap of the notes: 死苗470棵没补, 后面没再查过.
_OF_WORK = re.compile(r"没(?:有)?(?:再|人愿|法|办法|地方|物业)|不(?:会|愿|肯|想|让|能|许|准(?!数))")
_VAGUE = re.compile(
    r"^(?:这|那|我|人|具体)*(?:个|些|块|条|事|数|字|据|的|几|我|人)*$|^(?:(?:19|20)\d\d年?|[上下]半年|第?[一二三四]季度?|\d{1,2}月份?|今年|本月|这月|目前|到时候?|具体|其他|其它|都|还|也)+(?:各件|几条|的)?$"
)
_HEAD_MARKS = re.compile(
    r"^[\s◇◆▲△※●■□☆★·•\-—>》]+|^(?:第?\d{1,2}(?:[、)）]|\.(?!\d))|批\d+|任务[一二三四五六七八九十])[\s：:]*"
)
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")  # <img src=x is no thing that somebody could tell
_CAN_BE_BLANK = re.compile(
    r"(?:时间|日期|期限|时限|单位|人|栏|格|项|数|率|号|码|名单|名称|依据|地点|原因|措施|金额|结果|情况|这[里儿条])$"
)
_HONOUR = re.compile(r"公示|荣誉|获评?|称号|评为|评上|授予")
_OF_SOMETHING = re.compile(
    r"(?:具体|最后|总)?(?:结果|情况|进展|数量|人数|数据|金额|时间|日期|名单|比例|面积|地点|标准)"
)
_KEPT_OUT = re.compile(r"(?:不能|不要|不许|不得|别|勿)(?:再)?(?:写|报|提|说)")
_PAIRS = re.compile(r"(?=([\u4e00-\u9fff]{2}))")
_OF_LIST = re.compile(r"[、（(]")
_BRACKET_TAIL = re.compile(r"[—… ]*[（(][^（()）\d]{1,30}[）)]")
_ASKS = re.compile(r"[啥哪谁几多怎咋]|什么")
# 有事打我 13388×××: a number that was hidden is not to be filled in.
_OF_PERSON = re.compile(
    r"(?:(?<!\d)1[3-9]\d{1,8}|(?:身份证|电话|手机|卡号|联系方式)[^，,。；;]{0,6}\d{2,}) ?[×xX*＊]+$"
)
_NAMES_MEASURE = re.compile(r"[率数度量额分]$|时间|期限")
_WHOLE_NAME = 4
_SENTENCE_END = "；;。！!\n"
_LONGEST_PART, _LONGEST_NAME = 14, 30
_FEWEST_CHARS = 2


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the notes say nobody knows yet: what is asked, "" where it is asked already, and the parts of the line
    that only say so."""

    ask: str
    parts: tuple[Taken, ...]


def gaps_in(
    text: str, first: int, number: int, figures: Sequence[Mention], gone: Sequence[Taken], label: str = ""
) -> list[Gap]:
    """What the words `text[first:]` of note line `number` leave unknown, in order. `figures` have offsets into `text`,
    `gone` are parts of it that say nothing any more, `label` is what stood before the line's colon. Pure."""
    places = [(max(start, first), end) for start, end in pieces(text) if end > first]
    blanks = _blanks(text, first, figures)
    figures = counted(figures)
    found: list[Gap] = []
    for blank in blanks:
        if not any(
            part.start <= blank.start < part.end for part in [*gone, *(one for gap in found for one in gap.parts)]
        ):
            found += _of_blank(text, places, blank, figures, label, number)
    gone = [*gone, *(one for gap in found for one in gap.parts)]
    done = -1
    for at, (start, end) in enumerate(places):
        said = text[start:end]
        kept_out = any(part.start < end and start < part.end for part in gone)
        if at <= done or (kept_out and not _COUNTS_IT.search(said.strip())):
            continue
        asked = _ASKED_ALONE.search(said.strip()) if text[end : end + 1] in ("？", "?") else None
        cue = asked.start() if asked else _cue(said, [one for one in figures if start <= one.start < end], start)
        if cue is None:
            continue
        low = _sentence_start(text, places, at)
        own = _plain(text[start : start + cue])
        before_gone = at > low and any(part.start < places[at - 1][1] and places[at - 1][0] < part.end for part in gone)
        if before_gone and len(own) < _FEWEST_CHARS:
            found.append(
                Gap("", (_part(text, start, end),))
            )  # 城管说18处，没对过 doubts the figures asked about already.
            continue
        name = _name(text, places, low, at, own, figures, label)
        if len(name) < _FEWEST_CHARS:
            continue
        if _KEPT_OUT.search(name):
            name = ""  # “零立案”不能写，说对不上: what must not stand there is asked of nobody.
        tail = _tail(text, places, at)
        taken = [_part(text, start, end), *tail]
        done = at + len(tail)
        for before in range(at - 1, low - 1, -1):
            # 市直工委？定不下来; 无烟单位数在疾控那里，还没给: what is not known goes with the words that say so.
            begin, stop = places[before]
            asks = text[stop : stop + 1] in ("？", "?")
            bare = not own and before == at - 1 and not has_action(text[begin:stop])
            if not (asks or bare) or any(begin <= one.start < stop for one in figures):
                break
            taken.append(_part(text, max(begin, _after_label(text, begin, stop)), stop))
        found.append(
            Gap(f"{name}（第{number}行尚未明确）" if name else "", tuple(sorted(taken, key=lambda one: one.start)))
        )
    named = [gap.ask for gap in found if gap.ask]
    # 总指挥…谁? and 组织部还在定 leave one thing open.
    doubled = [ask for ask in named if any(ask is not one and one.startswith(ask.split("（第")[0]) for one in named)]
    return [replace(gap, ask="") if gap.ask in doubled else gap for gap in found]


def _blanks(text: str, first: int, figures: Sequence[Mention]) -> list[Mention]:
    """The unfilled places of `text[first:]`; hidden digits of a phone are none."""
    blanks = [one for one in figures if one.role is Role.DEFECT and one.kind is Kind.PLACEHOLDER]
    seen = [range(one.start, one.end) for one in figures]
    blanks += [one for one in empty_places(text, first) if not any(one.start in other for other in seen)]
    return [one for one in blanks if not _OF_PERSON.search(text[max(first, one.start - 24) : one.end])]


def _tail(text: str, places: Sequence[tuple[int, int]], at: int) -> list[Taken]:
    """The pieces behind a gap that only go on with it: 等供应商发单子, 财政局回去算."""
    taken: list[Taken] = []
    for (_, before), (begin, stop) in pairwise(places[at:]):
        said = text[begin:stop].strip(" （()）")
        waits = _WAITS.fullmatch(said) or _FORGOTTEN.fullmatch(said) or _EMPTY.fullmatch(said)
        if text[before:begin].strip() in tuple(_SENTENCE_END) or not waits:
            break
        taken.append(_part(text, begin, stop))
    return taken


def _of_blank(
    text: str, places: Sequence[tuple[int, int]], blank: Mention, figures: Sequence[Mention], label: str, number: int
) -> list[Gap]:
    """The gap that an unfilled figure leaves: its own words between marks, lists included, and what goes on with it."""
    at = next((at for at, (start, end) in enumerate(places) if start <= blank.start <= end), None)  # ？ ends a piece
    if at is None:
        return []
    start, end = places[at]
    marks = [one.end() for one in _OF_LIST.finditer(text, start, blank.start)]
    begin = max([start, *marks, *(one.end for one in figures if start <= one.start < one.end <= blank.start)])
    stop = next((one.start() for one in _OF_LIST.finditer(text, blank.end, end)), end)
    own = _plain(text[begin : blank.start])
    low = _sentence_start(text, places, at)
    name = _name(text, [*places[:at], (start, begin), (begin, stop)], low, at + 1, own, figures, label)
    if len(name) < _FEWEST_CHARS:
        name = _plain(text[begin:stop])
    if len(name) < _FEWEST_CHARS or not _WORDS.search(name):
        return []
    stop = max(stop, blank.end)  # 评了20户，授牌日期？ leaves no mark behind the 20.
    masked = Taken(_part(text, begin, stop).start, stop, SetAsideReason.MASKED, None)
    bracket = _BRACKET_TAIL.match(text, stop)
    rest = [Taken(stop, bracket.end(), SetAsideReason.UNCONFIRMED, None)] if bracket else _tail(text, places, at)
    return [Gap(f"{name}（第{number}行空着）", (masked, *rest))]


def _after_label(text: str, start: int, stop: int) -> int:
    found = re.compile(r"[^：:，,。；;]{1,10}[：:]").match(text, start, stop)
    return found.end() if found else start


def gap_of_cell(cell: str, head: str, number: int) -> str | None:
    """What a cell of a row leaves unknown (人均投入：没算), by its own words or the row's head; else None. Pure."""
    for start, end in reversed(list(pieces(cell))):
        said = cell[start:end]
        cue = _cue(said, [], 0)
        if cue is not None and not re.search(r"\d", said):
            own = _plain(said[:cue])
            name = own if len(own) >= _FEWEST_CHARS and not _VAGUE.match(own) else head
            name = f"{head}，{name}" if head and not (set(_PAIRS.findall(head)) & set(_PAIRS.findall(name))) else name
            return f"{name}（第{number}行尚未明确）"
    return None


def _cue(said: str, figures: Sequence[Mention], start: int) -> int | None:
    """Where in a piece the words begin that say that something is not known; None where it says something else."""
    plain = said.rstrip(" ，,")
    if (figures and figures[-1].end - start > len(plain) - 12) or _OF_WORK.search(plain):
        # 还有6个没定 tells of six; a figure close before the words is what they are about.
        return None
    for pattern in (_NOT_TOLD, _FORGOTTEN, _EMPTY, _NOBODY):
        if (one := pattern.search(plain)) is not None:
            if one["cue"] == "空" and not _CAN_BE_BLANK.search(plain[: one.start("cue")]):
                return None  # 洗手液空 tells of soap, 完成时间空 of a column.
            if "批" in one["cue"] and _HONOUR.search(said):
                return (
                    None  # 获劳动模范（公示中，没批): an honour still to be given is told nowhere, and asked of nobody.
                )
            return one.start("cue")
    if (one := _WHICH.fullmatch(plain.strip("（( "))) is not None and len(one["cue"]) > 3:
        return plain.find(one["cue"])
    return None


def _sentence_start(text: str, places: Sequence[tuple[int, int]], at: int) -> int:
    low = at
    while low and text[places[low - 1][1] : places[low][0]].strip(" ）)") not in tuple(_SENTENCE_END):
        low -= 1
    return low


def _name(
    text: str, places: Sequence[tuple[int, int]], low: int, at: int, own: str, figures: Sequence[Mention], label: str
) -> str:
    """What is not known, in the notes' words: the topic that the sentence opens with, and the words beside the gap. A
    gap that only asks when or how many (啥时候建完) is named by what its line is about."""
    parts = [own] if len(own) >= _FEWEST_CHARS else []
    vague = not parts or bool(_VAGUE.match(own) or _ASKS.match(own))
    first = 0 if vague and low == at else low
    told = [(place, _told_of(text, place, figures)) for place in places[first:at]]
    told = [(place, words) for place, words in told if len(words) >= _FEWEST_CHARS and not _VAGUE.match(words)]
    if told and (vague or len(own) < _WHOLE_NAME or not _NAMES_MEASURE.search(own)):
        asked = [words for (_, stop), words in told if text[stop : stop + 1] in ("？", "?")]
        beside = [told[-1][1]] if vague and not asked and low < at else []
        parts = [told[0][1], *asked, *beside, *parts]
    if label and (vague or not told or _OF_SOMETHING.fullmatch(own)):
        parts.insert(0, label)
    if vague and not told and not label and not _ASKS.match(own):
        return ""  # 这个数我记不清了 doubts the line above.
    kept: list[str] = []
    for part in parts:
        if not any(part in one for one in kept):
            kept = [*(one for one in kept if one not in part), part]
    return _in_clerks_words("，".join(kept))[:_LONGEST_NAME]


# A question is read by whoever fills the gap: 少年之家啥时候建完 asks as a clerk would.
_CLERKS_WORDS = (("啥时候", "何时"), ("什么时候", "何时"), ("哪天", "何日"), ("啥", "什么"), ("咋", "怎样"))
_TALK_TAIL = re.compile(
    r"(?:，|^)?(?:我|咱)?(?:也|还|又)?(?:弄|搞|说|记)不[清准]楚?$|，?(?:纪检|他们|有人|人家|领导)说$"
)


_HEARSAY = re.compile(
    r"(?:我)?(?:听说|据说|听讲)|好像|似乎|貌似|^(?:1[0-2]|0?[1-9])[月.](?:3[01]|[12]\d|0?[1-9])[日号]?(?=[\u4e00-\u9fff]{2})"
)


def _in_clerks_words(name: str) -> str:
    plain = _HEARSAY.sub("", _TALK_TAIL.sub("", name)) or name
    for spoken, written in _CLERKS_WORDS:
        plain = plain.replace(spoken, written)
    return plain


def _told_of(text: str, place: tuple[int, int], figures: Sequence[Mention]) -> str:
    """What a piece speaks of: its words before its first figure, else all of them."""
    start, end = _after_label(text, *place), place[1]
    stop = next((one.start for one in figures if start <= one.start < end), end)
    words = _plain(text[start:stop])
    return words if len(words) >= _FEWEST_CHARS else _plain(text[start:end])


def _plain(words: str) -> str:
    words = _HEAD_MARKS.sub("", words.strip(" ：:，,、—…-（()）？?"))
    words = re.sub(r"^(?:那个?|这个?|就是|还有|另外|而|但|可是?|不过)(?=[\u4e00-\u9fff]{2})", "", words)
    return re.sub(r"[\s_×*＿]+", "", words).strip("：:，,、—…-（()）？?")[-_LONGEST_PART * 2 :]


def _part(text: str, start: int, end: int) -> Taken:
    comma = start and text[start - 1] in "，,"
    return Taken(start - 1 if comma else start, end, SetAsideReason.UNCONFIRMED, "尚不清楚，已列为待补")
