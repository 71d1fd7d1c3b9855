"""Blocks of notes that are each of a place or group: 北桥市场： above its lines, 【综治股】, 李静(城东社区) in a chat.

Such a head is known by its structure: it stands alone or closes with a colon, lines follow, and at least one other of
its form names another place. What a head names is told by the name itself (a market, a community, a section), by the
person in brackets who reports, or by what its lines count: 摊位168个 under 北桥 and 摊位142个 under 西门. Topics and
parts of a report (宣传, 问题, 下一步) head no block of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from service.language.owner_names import is_no_owner, is_place, is_reporter, is_section, may_be_name
from service.language.patterns import deferred
from service.language.source_heads import source_head


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one place or group, by their numbers from 1: those behind `head` up to `last`, and `head` itself where
    words stand behind the name. `name` is the name in full (北桥市场), `told` what the head writes (北桥), `begins`
    where the words behind it begin, None where the head stands alone."""

    name: str
    told: str
    head: int
    last: int
    begins: int | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    line: int
    told: str
    reporter: str
    style: str
    begins: int | None
    last: int = 0


_LEAD = r"(?P<lead>[ \t　]{0,8}(?:[#*·•●■◆▲△▽▼○□◇◎▶\-—>]{1,4} ?)?)"
_NUMBER = (
    r"(?P<number>[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、．)）](?!\d))? ?"
)
_NAME = r"(?P<name>[\u4e00-\u9fffA-Za-z0-9·]{2,14}?)"
_BRACKET = r"(?: ?[（(](?P<by>[^（()）：:]{1,12})[）)])?"
_CLOSED = deferred(rf"{_LEAD}{_NUMBER}[【\[]{_NAME}{_BRACKET}[】\]] ?[：:]? ?(?P<rest>.*)")
_HEAD = deferred(rf"{_LEAD}{_NUMBER}{_NAME}{_BRACKET} ?(?P<mark>[：:]|$) ?(?P<rest>.*)")
_CLOCK = (
    r"(?:\d{4}[-/.年])?(?:\d{1,2}[-/.月]\d{1,2}日? ?)?(?:上午|下午|晚上|中午)? ?(?<!\d)\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
)
_STAMPED = deferred(
    rf"[ \[【(（@]{{0,3}}(?P<before>{_CLOCK})?[\]】)） ]{{0,3}}@?"
    rf"(?P<who>[^\d：:，,。；;！!？?\[\]【】]{{2,24}}?) ?(?P<after>{_CLOCK})? ?"
    r"(?:[：:] ?(?P<rest>.*)|$)"
)
_WHO = (
    deferred(r"(?P<person>[^（()）]{1,6}) ?[（(](?P<place>[^（()）]{2,12})[）)]"),
    deferred(r"(?P<place>[^（()）]{2,12})[（(](?P<person>[^（()）]{1,6})[）)]"),
    deferred(r"(?P<place>[\u4e00-\u9fff\d]{2,12}?) ?[-—_·/| ] ?(?P<person>[\u4e00-\u9fffA-Za-z]{1,5})"),
    deferred(r"(?P<person>[\u4e00-\u9fffA-Za-z]{1,5}) ?[@\-—_·/|] ?(?P<place>[\u4e00-\u9fff\d]{2,12})"),
)
_PART = deferred(r"问题|不足|困难|短板|差距|下一?步|打算|计划|荣誉|其[他它]|总体|面上|合计|总计|共计")
_SUMS = deferred(
    r"[-—=*~＝]{2,}|[ \-*·•]{0,4}(?:另外|此外|还有)?[，, ]?"
    r"(?:以上|合计|总计|共计|总共|总的|总体|整体|全[镇乡街区市县局院校村]|"
    r"[两三四五六七八九十\d]+[个家]?[\u4e00-\u9fff]{0,4}(?:一共|合计|总共|共|一起|一块|联合|都|全都|统一))"
)
_COUNTS = deferred(r"(?P<thing>[\u4e00-\u9fff]{2})[了共约近设为是有：: ]{0,3}(?:\d[\d,.]*)(?P<unit>[\u4e00-\u9fff%]?)")
_UNDER_HEAD = deferred(r"[ \t　]+|[*·•●■◆▲▶\-—>]")
_LONGEST, _LONGEST_LINE, _FEWEST_OWNERS, _MOST_LINES, _SHARED = 40, 2_000, 2, 20_000, 2


def blocks_of(lines: Sequence[str]) -> tuple[Block, ...]:
    """The blocks of `lines`, in order; empty where fewer than two places or groups stand side by side. Pure."""
    if len(lines) > _MOST_LINES:
        return ()
    heads = [head for number, text in enumerate(lines, 1) for head in _heads_of(text, number)]
    breaks = _breaks(heads, lines)
    kept: list[Block] = []
    for style in dict.fromkeys(head.style for head in heads):
        family = [_ended(head, lines, breaks) for head in heads if head.style == style and not is_no_owner(head.told)]
        kept += _side_by_side([head for head in family if head.begins is not None or head.last > head.line], lines)
    return tuple(_without_overlap(sorted(kept, key=lambda one: (one.head, one.last))))


def _heads_of(text: str, number: int) -> Iterator[_Head]:
    """What may be a head in the line: alone (北桥：), before words (北桥：摊位168个), or a speaker with a place."""
    if not text.strip():
        return
    spoken = _speaker(text) if len(text) < _LONGEST_LINE else None
    if spoken is not None:
        place, begins = spoken
        yield _Head(number, place, "", "speaker", begins)
        return
    closed = _CLOSED.fullmatch(text) if len(text) <= _LONGEST else _CLOSED.match(text)
    found = closed or _HEAD.match(text)
    if found is None:
        return
    rest = found["rest"].strip()
    form = "【】" if closed else found["mark"] and "："
    form = f"{form}{'#' if '#' in found['lead'] else ''}{_form_of(found['number'])}"
    begins = found.start("rest") if rest else None
    yield _Head(number, found["name"], found["by"] or "", f"{form}{'+' if rest else ''}", begins)


def _form_of(number: str | None) -> str:
    return re.sub(r"[一二三四五六七八九十\d]+", "1", number) if number and not number[0].isdigit() else ""


def _speaker(text: str) -> tuple[str, int | None] | None:
    """The place that a speaker's name gives, and where the words begin; None where the line opens no such turn. The
    place is "" where the name gives none: the turn ends that of the speaker before."""
    if (source := source_head(text)) is not None:
        return source.place, source.start if source.place and source.start < len(text.rstrip()) else None
    found = _STAMPED.fullmatch(text.rstrip())
    if found is None:
        return None
    who, clocked = found["who"].strip(" -—"), bool(found["before"] or found["after"])
    posted = [one for pattern in _WHO if (one := pattern.fullmatch(who)) and _may_post(one["place"], one["person"])]
    begins = found.start("rest") if found["rest"] else None
    if not clocked and (begins is None or not any(is_reporter(one["person"]) for one in posted)):
        return None
    place = posted[0]["place"] if posted else (who if is_place(who) else "")
    return place, begins if place else None


def _may_post(place: str, person: str) -> bool:
    """True where a speaker's name may begin with a place: 城东社区 李静, 城东 李静, and not 社工 李静."""
    return not is_no_owner(place) and (is_place(place) or (is_reporter(person) and may_be_name(place)))


def _breaks(heads: Sequence[_Head], lines: Sequence[str]) -> Callable[[int], bool]:
    """Whether a line ends the block above it: another head, or a sum over all. A part of a report that stands under
    several heads (问题： below each community) belongs to each."""
    spoken = any(head.style == "speaker" for head in heads)
    alone = {head.line: head for head in heads if head.begins is None or head.style == "speaker" or spoken}
    often = [head.told for head in heads if is_no_owner(head.told)]
    nested = {name for name in often if name and often.count(name) > 1}
    parts = {head.line: head for head in heads if head.begins is not None and _PART.search(head.told)}
    shut = {
        number
        for number, head in (alone | parts).items()
        if head.told not in nested and (number in parts or _closes(head, lines))
    }
    return lambda number: number in shut or _SUMS.match(lines[number - 1]) is not None


def _closes(head: _Head, lines: Sequence[str]) -> bool:
    """A bare line is a head only where it reads as one: 南坝市场, and not 清理杂物."""
    return head.style != "" or is_place(head.told) or (is_reporter(head.reporter) and not is_no_owner(head.told))


def _ended(head: _Head, lines: Sequence[str], breaks: Callable[[int], bool]) -> _Head:
    last = head.line
    indented = head.begins is not None and head.style != "speaker"
    deeper: bool | None = None  # whether what stands under a head alone stands further in than it
    for number in range(head.line + 1, len(lines) + 1):
        text = lines[number - 1]
        if breaks(number) or (not text.strip() and last > head.line):
            break
        if indented and (_UNDER_HEAD.match(lines[head.line - 1]) or not _UNDER_HEAD.match(text)):
            break  # What goes on with 北桥：摊位168个 stands further in.
        inside = _UNDER_HEAD.match(text) is not None
        if deeper and not inside:
            break
        if deeper is None and text.strip():
            deeper = inside and not _UNDER_HEAD.match(lines[head.line - 1])
        if text.strip():
            last = number
    return replace(head, last=last)


def _side_by_side(heads: Sequence[_Head], lines: Sequence[str]) -> list[Block]:
    """The blocks of heads of one form, where at least two of them name places or groups."""
    counted = {head.line: _counted(head, lines) for head in heads}
    owners = [head for head in heads if _names_owner(head, heads, counted)]
    names = _in_full([head.told for head in owners], lines)
    if len(set(names.values())) < _FEWEST_OWNERS:
        return []
    sections = [head for head in owners if is_section(names[head.told])]
    if not _compared(sections, names, counted):
        # Sections that each report their own work need not be told apart.
        owners = [head for head in owners if head not in sections]
    if len({names[head.told] for head in owners}) < _FEWEST_OWNERS:
        return []
    return [Block(names[head.told], head.told, head.line, head.last, head.begins) for head in owners]


def _names_owner(head: _Head, heads: Sequence[_Head], counted: Mapping[int, frozenset[tuple[str, str]]]) -> bool:
    """True where the name, the person in brackets or what is counted below says that the head is a place or group."""
    if is_place(head.told) or (head.reporter and is_reporter(head.reporter)):
        return True
    if head.style == "speaker":
        # 城西 赵强 beside 城东社区 李静 speaks for a place too.
        return any(is_place(other.told) and other.told[:1] == head.told[:1] for other in heads)
    # 南塘 may be a person, but beside 北桥（孙科） and 西门市场 it is the third market.
    beside_places = any(is_place(other.told) or other.reporter for other in heads if other.told != head.told)
    if not head.style or not may_be_name(head.told, may_be_person=beside_places):
        return False
    shared = 1 if head.begins is None else _SHARED
    return any(
        len(counted[head.line] & counted[other.line]) >= shared
        for other in heads
        if other.told != head.told and (may_be_name(other.told, may_be_person=beside_places) or is_place(other.told))
    )


def _counted(head: _Head, lines: Sequence[str]) -> frozenset[tuple[str, str]]:
    said = [lines[head.line - 1][head.begins :]] if head.begins is not None else []
    said += lines[head.line : head.last]
    return frozenset((found["thing"], found["unit"]) for text in said for found in _COUNTS.finditer(text[:400]))


def _compared(
    owners: Sequence[_Head], names: Mapping[str, str], counted: Mapping[int, frozenset[tuple[str, str]]]
) -> bool:
    """True where two of different names count the same things."""
    by_name: dict[str, frozenset[tuple[str, str]]] = {}
    for head in owners:
        name = names[head.told]
        by_name[name] = by_name.get(name, frozenset()) | counted[head.line]
    return any(len(one & other) >= _SHARED for one, other in combinations(by_name.values(), 2))


def _in_full(told: Sequence[str], lines: Sequence[str]) -> dict[str, str]:
    """Each name with the longest form in which a head or the text gives it: 北桥 is 北桥市场 where that stands too."""
    full: dict[str, str] = {}
    text = "\n".join(lines)
    for name in dict.fromkeys(told):
        longer = [one for one in told if one != name and one.startswith(name)]
        if not longer and not is_place(name):
            ends = {other[-2:] for other in told if is_place(other) and len(other) > 2}
            longer = [name + end for end in sorted(ends) if name + end in text]
        full[name] = longer[0] if len(set(longer)) == 1 else name
    return full


def _without_overlap(found: Sequence[Block]) -> Iterator[Block]:
    """The blocks one after the other: one inside another is the narrower word on whose its lines are, and stays."""
    for place, block in enumerate(found):
        inner = next((one for one in found[place + 1 :] if one.head <= block.last), None)
        yield block if inner is None else replace(block, last=max(block.head, inner.head - 1))


def owner_by_line(found: Sequence[Block]) -> dict[int, Block]:
    """The block of each line that belongs to one, its head included. Pure."""
    return {number: block for block in found for number in range(block.head, block.last + 1)}
