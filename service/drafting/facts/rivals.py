"""A second figure for the same thing in one line, from another mouth: 在岗32人（人事科说33）, 工程部说投的是9.1万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.domain.fact import SetAsideReason
from service.domain.quantity import Kind, Mention
from service.drafting.facts.kinds import counted
from service.drafting.facts.likeness import same_unit
from service.language.pieces import pieces
from service.language.taken_back import Taken
from service.language.words import segment

# The notes' own words that two figures do not agree.
DISPUTED = re.compile(
    r"对不上|没对上|口径(?:不同|不一|没统一|没对|待|未)|(?:再|还要|还得|得|要|本周|下周)(?:对|核|问)(?:一下|一对|一次|清)?(?:$|[，,。；;）)])|"
    r"(?:[报写算]多了|[报写算]少了|[报写算]错了)(?:吧|？)|不一样|不一致|有出入|你们定|谁也说服不了谁|谁也不服谁|存疑|不是一(?:个|回)(?:数|事)|谁(?:包含|含|算)谁|各说各|弄不清|搞不清|写哪个|用哪个|以哪个|待对|说法不"
)
_SOURCE = re.compile(
    r"(?:^|[（(])[—…\s]*(?:但|不过|可|可是|有)?(?!(?:也|那)?就是说)(?P<who>[\u4e00-\u9fff]{0,8}?)(?P<says>插话|说|(?<![演宣听])讲|报的?|给的?|登的?|登记|记的?|写的?|算的?|"
    r"统计的?|表(?:上|里)|单子上|系统(?:上|里)|反映|那边|口径|表(?:上|里)|单子上|台账(?:上|里)?(?:写)?)(?!明|服|法|课|座|解|师|堂|述|台|评)"
)
_ANOTHER_MOUTH = re.compile(r"说|讲|插话|反映")
_OWN_SOURCE = re.compile(r"(?:给的?|报的?|说|登记的?|统计的?)(?:的|是|有|为)?$")
_ONLY_SOURCE = re.compile(
    r"(?:[^：:]{0,24}[：:] ?)?(?P<who>[\u4e00-\u9fff]{1,6})(?:说|讲|报|给|记)(?:的)?(?:是|有|为|约)?$"
)
# 就是说一共85个 sums up, and 反诈讲课8回 and 演讲赛1场 were held: neither is another mouth.
# Who gives a figure stands right before it.
_GIVES = re.compile(
    r"(?:表(?:上|里)|台账(?:上|里)?|系统(?:里|上)?|单子上|材料(?:上|里)|说|报|登|写|给)(?:的|了|是|有)? ?"
    r"[约近]?\d[\d.,]*[^，,、\d]{0,3}$"
)
_TWO = 2
_LEAST_RATIO, _MOST_RATIO = 0.4, 2.5  # 19户 and 21户 may be one thing; 2户 and 21户 are none
_FEWEST_ABOUT = 4
_LONGEST_TOPIC = 8
_ABOUT_MOST_CHARS = 24


@dataclass(frozen=True, slots=True)
class Rival:
    """Two figures for one thing: `stands` was said first, `other` by someone else; `cut` are the words that give it."""

    stands: Mention
    other: Mention
    about: str
    cut: tuple[Taken, ...]
    doubt: str


def rivals_in(text: str, mentions: Sequence[Mention]) -> list[Rival]:
    """The figures of a line that another source gives otherwise, in order. `mentions` have offsets into `text`.
    Pure."""
    figures = counted(mentions)
    if len(figures) < 2:
        return []
    places = [part for place in pieces(text) for part in _by_sources(text, *place)]
    found: list[Rival] = []
    taken: set[int] = set()
    for at, (start, end) in enumerate(places):
        inside = [one for one in figures if start <= one.start < end]
        if not inside or (not at and not re.search(r"[（(]", text[start:end])):
            continue
        other = _said_by_another(text, start, inside)
        if other is None:
            continue
        disputed = DISPUTED.search(text, other.end) or text[start - 1 : start] == "、"
        before = text[
            max(start, text.rfind("（", start, other.start), text.rfind("(", start, other.start)) : other.start
        ]
        if not disputed and not _ANOTHER_MOUTH.search(before):
            continue
        earlier = [one for one in figures if one.end <= other.start and one.start not in taken]
        # A bracket is about the figure it stands behind.
        stands = nearest(other, earlier[-1:] if before[:1] in "（(" else earlier)
        if stands is None or stands.text.strip() == other.text.strip():
            continue
        taken.add(other.start)
        cut = _cut(text, places, at, other, figures)
        found.append(
            Rival(stands, other, _about(text, places, stands, figures), cut, before.strip(" （(—…，,") or "另一来源")
        )
    return found


def _by_sources(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A piece as the parts that name a source each: 区里表上12所、局里表上14所."""
    cut = [found.end() for found in re.finditer("、", text[start:end])]
    parts = [start, *(start + at for at in cut), end]
    spans = [(low, high - (high < end)) for low, high in pairwise(parts)]
    named = [_GIVES.search(text[low:high]) for low, high in spans]
    return spans if len(spans) == _TWO and all(named) else [(start, end)]


def _said_by_another(text: str, start: int, inside: Sequence[Mention]) -> Mention | None:
    for one in inside:
        opened = max(text.rfind("（", start, one.start), text.rfind("(", start, one.start))
        head = text[opened if opened >= 0 else start : one.start]
        source = _SOURCE.match(head.strip()) if opened < 0 else _SOURCE.match(head)
        if source and (opened >= 0 or len(head) - source.end() <= _FEWEST_ABOUT * 2) and not re.search(r"\d", head):
            return one
    return None


def nearest(other: Mention, earlier: Sequence[Mention]) -> Mention | None:
    """The earlier figure of the same unit whose value lies nearest: 十九户 and not 两户 beside 二十一户. Pure."""
    best: tuple[float, Mention] | None = None
    for one in earlier:
        if not same_unit(one, other) or one.amount is None or other.amount is None:
            continue
        shares = one.kind is other.kind and one.kind in (Kind.PERCENT, Kind.PERMILLE)
        bare = _counted_by_someone(one, other)
        if not (one.unit or other.unit or shares or bare) or (one.unit and other.unit and one.kind is not other.kind):
            continue
        low, high = one.amount.lo, other.amount.lo
        if not low or not high:
            continue
        ratio = float(high / low)
        if not _LEAST_RATIO <= ratio <= _MOST_RATIO:
            continue
        away = abs(ratio - 1)
        if best is None or away < best[0]:
            best = (away, one)
    return best[1] if best else None


def _counted_by_someone(one: Mention, other: Mention) -> bool:
    """True for two bare figures of the same size, as people give them by word of mouth: 我登了180，志愿者说210."""
    return len(one.text.strip()) == len(other.text.strip()) and len(one.text.strip()) > 1 and one.kind is other.kind


def _cut(
    text: str, places: Sequence[tuple[int, int]], at: int, other: Mention, figures: Sequence[Mention]
) -> tuple[Taken, ...]:
    start, end = places[at]
    opened = max(text.rfind("（", start, other.start), text.rfind("(", start, other.start))
    closed = re.compile(r"[）)]").search(text, other.end) if opened >= 0 else None
    if closed:
        return (Taken(opened, closed.end(), SetAsideReason.UNCONFIRMED, "另一个数，待核实"),)
    for place in range(at + 1, len(places)):
        said = text[slice(*places[place])]
        if any(places[place][0] <= one.start < places[place][1] for one in figures) or not DISPUTED.search(said + "，"):
            break
        end = places[place][1]
    comma = start and text[start - 1] in "，,"
    return (Taken(start - 1 if comma else start, end, SetAsideReason.UNCONFIRMED, "另一个数，待核实"),)


def _about(text: str, places: Sequence[tuple[int, int]], stands: Mention, figures: Sequence[Mention]) -> str:
    """What both figures are of: the topic that opens the sentence (满意度，区里抽了150户…) and the words beside."""
    words = _beside(text, places, stands, figures)
    stop = next((start for start, end in places if start <= stands.start < end), 0)
    opened = [
        place for place in places if place[0] <= stop and re.split(r"[；;。！!]", text[: place[0]])[-1].strip() == ""
    ]
    start, end = opened[-1] if opened else (0, 0)
    topic = re.split(r"[：:]", text[start:end])[-1].strip()
    start = end - len(topic)
    plain = end <= stop and not any(start <= one.start < end for one in figures) and len(topic) <= _LONGEST_TOPIC
    return f"{topic}，{words}"[:_ABOUT_MOST_CHARS] if plain and topic and topic not in words else words


def _beside(text: str, places: Sequence[tuple[int, int]], stands: Mention, figures: Sequence[Mention]) -> str:
    start = next((first for first, last in places if first <= stands.start < last), 0)
    start = max([start, *(one.end for one in figures if start <= one.end <= stands.start)])
    if source := _ONLY_SOURCE.match(text[start : stands.start].strip(" ，,、")):
        # 文明科室评选评了几个：医务说8个: what is told of stands before whoever tells it.
        start += len(text[start : stands.start]) - len(text[start : stands.start].lstrip(" ，,、"))
        before = text[:start].rstrip(" ：:，,、—…（(") + text[start : start + source.start("who")]
        named = before.rstrip(" ：:，,、—…（(")
        quoted = re.search(r"[“\"]([^“”\"]{2,12})[”\"]", named)
        if quoted or len(named) >= _FEWEST_ABOUT:
            return quoted[1] if quoted else re.split(r"[，,；;。：:]", named)[-1].strip()[-_ABOUT_MOST_CHARS:]
    words = _OWN_SOURCE.sub("", text[start : stands.start].strip(" ：:，,、（(")) or text[start : stands.start].strip()
    if len(words) < _FEWEST_ABOUT and places[0][0] < start:
        head = re.split(r"[：:]", text[slice(*places[0])])[-1]
        first = next((one.start - places[0][0] for one in figures if places[0][0] <= one.start < places[0][1]), None)
        named = re.split(r"[：:]", text[places[0][0] : places[0][0] + first])[-1] if first is not None else head
        if named.strip() and named.strip() not in words:
            words = named.strip(" 原共有") + words
    before = next((text[first:last] for first, last in reversed(places) if last <= start), "")
    if before and not re.search(r"\d", before) and all(one.tag[:1] != "n" for one in segment(words)):
        words = f"{before.strip()}{words}"  # 加装电梯的意见，现在一半是十一栋: the thing was named a breath before.
    return re.sub(r"\s", "", words)[-_ABOUT_MOST_CHARS:]
