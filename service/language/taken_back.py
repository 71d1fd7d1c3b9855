"""What a line takes back as it goes: 二点七——不是，二点一; 先报3120户，结算核下来是2986户; 别写成37; 这段不写.

Speech and chats correct themselves within a breath. What was taken back is cut from the view before anything else is
read, so that every later step meets the words as the writer meant them; the record keeps all of it, and what was cut is
told with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.fact import SetAsideReason
from service.domain.quantity import Kind, Mention, Role
from service.language import taken_back_words as cues
from service.language.clean_view import tidy
from service.language.numbers.units import convertible, same_counter
from service.language.pieces import piece_at, pieces, with_mark
from service.language.put_right import left_over, puts_right, ruling_behind

_FEWEST_KEPT = 2
_OF_WHICH = frozenset(("里的", "中的", "当中", "里面"))
_SMALL = 3
_NEAR, _FAR_CHARS = 4, 90  # A figure is taken back within the next few; further on is another thing.
_SAID_TO_BE_ALL = re.compile(r"(?:一共|总共|合计|共|应该?[是为]|实际|数了 ?是?|是) ?$")


@dataclass(frozen=True, slots=True)
class Taken:
    """A part `text[start:end]` of a view that no longer holds, and why."""

    start: int
    end: int
    reason: SetAsideReason
    detail: str | None = None


@dataclass(frozen=True)
class TakenBack:
    """What a line takes back: parts to cut, in order; units that a kept figure takes from the one it replaces, by the
    figure's offset; figures called old that stand on another line, each with the one that replaces it; and `pairs`,
    every figure cut with the one that holds in its place."""

    parts: tuple[Taken, ...] = ()
    units: tuple[tuple[int, int, str], ...] = ()
    replaced: tuple[tuple[Mention, Mention], ...] = ()
    pairs: tuple[tuple[Mention, Mention], ...] = ()


def figures_taken_back(text: str, mentions: Sequence[Mention]) -> TakenBack:
    """What `text`, a line's words, takes back of its own figures. `mentions` are its numerals, offsets into `text`.
    Pure."""
    if not cues.MAY_TAKE_BACK.search(text):
        return TakenBack()
    found = _Found(text, [one for one in mentions if _counts(one)])
    found.parts += [
        Taken(one.start(), one.end(), SetAsideReason.SUPERSEDED, "笔记说明原先怎样算错")
        for one in cues.COUNTED_IN.finditer(text)
    ]
    found.figures = [one for one in found.figures if not found.cut(one)]
    for place in range(len(found.figures)):
        found.leave_over(place)
    for place in range(len(found.figures)):
        found.replace_next(place)
    for place in range(len(found.figures)):
        found.deny(place)
        found.call_old(place)
    for place in range(len(found.figures)):
        found.rule(place)
    parts = found.parts
    parts += [
        Taken(one.start(), one.end(), SetAsideReason.SUPERSEDED, "笔记注明不对")
        for pattern in (cues.RUMOUR, cues.STRUCK_OUT, cues.NAMED_ANEW, cues.WRITTEN_WRONG, cues.DAY_MOVED)
        for one in pattern.finditer(text)
    ]
    if cues.DAY_MOVED.search(text):
        parts += [Taken(one.start(), one.end(), SetAsideReason.ASIDE) for one in cues.WHY_MOVED.finditer(text)]
    parts += _words_put_right(text, found.figures)
    kept = [one for one in found.figures if not found.cut(one)]
    parts += _slips(text, bool(parts), kept)
    return TakenBack(tuple(merged(parts)), tuple(found.units), tuple(found.replaced), tuple(found.pairs))


class _Found:
    """What has been found of a line so far; `gone` are the places of figures that a later one replaces."""

    def __init__(self, text: str, figures: Sequence[Mention]) -> None:
        self.text = text
        self.figures = figures
        self.parts: list[Taken] = []
        self.units: list[tuple[int, int, str]] = []
        self.replaced: list[tuple[Mention, Mention]] = []
        self.pairs: list[tuple[Mention, Mention]] = []
        self.gone: set[int] = set()

    def cut(self, mention: Mention) -> bool:
        """True where a part found holds the figure."""
        return any(one.start <= mention.start < one.end for one in self.parts)

    def replace_next(self, place: int) -> None:
        """Cuts the figure at `place` where one behind it takes its place: 先报3120户，核下来2986户."""
        found = _replacement(self.text, self.figures, place) if place not in self.gone else None
        if found is None:
            return
        at, start, end = found
        old, new = self.figures[place], self.figures[at]
        detail = f"以后面的{tidy(new.text)}为准"
        said = _words_between(self.text, old, new) if start == old.start else None
        if said is None:
            self.parts.append(Taken(start, end, SetAsideReason.SUPERSEDED, detail))
        else:
            self.parts.append(Taken(said[0], old.end, SetAsideReason.SUPERSEDED, detail))
            self.parts.append(Taken(*said[1:], SetAsideReason.CHAT))
        self.gone.update(range(place, at))
        # 三座啊不对是三百二十个里的二百六十个 takes back the 三座 alone.
        gone = [self.figures[one] for one in range(place, at)]
        self.pairs += [(one, new) for one in gone if one is old or self.text[one.end : one.end + 2] not in _OF_WHICH]
        if old.unit and not new.unit and not self.text[new.end : new.end + 1].strip(" ，,。；;！!）)、"):
            self.units.append((new.start, new.end, old.unit))
        if (ruled := ruling_behind(self.text, old, new)) is not None:
            self.parts.append(Taken(*ruled, SetAsideReason.CHAT, "写法说明"))
        self.parts += _bracket_rest(self.text, new)
        if missed := cues.MISSED.match(self.text, new.end) or cues.SLIPPED_BEHIND.match(self.text, new.end):
            self.parts.append(Taken(missed.start(), missed.end(), SetAsideReason.CHAT))

    def rule(self, place: int) -> None:
        """Cuts the figures beside the one that the line settles on: 9470个含上年结转的，今年是8240个，用8240."""
        text, chosen = self.text, self.figures[place]
        start, end = piece_at(text, chosen.start, chosen.end)
        if self.cut(chosen) or not cues.SETTLED_BY.match(text[start : chosen.start].strip()):
            return
        alike = [one for one in self.figures[:place] if _same(one, chosen) and _same_unit(one, chosen)]
        standing = [one for one in alike if not self.cut(one)]
        if not standing or not cues.ENDS_PIECE.match(text[chosen.end : end]):
            return
        for at, old in enumerate(self.figures[:place]):
            if at in self.gone or self.cut(old) or not _same_unit(old, standing[-1]) or _same(old, chosen):
                continue
            piece = piece_at(text, old.start, old.end)
            alone = not any(piece[0] <= one.start < piece[1] for one in standing)
            cut = with_mark(text, *piece) if alone else (old.start, old.end)
            self.parts.append(Taken(*cut, SetAsideReason.SUPERSEDED, f"笔记定下用{tidy(chosen.text)}"))
            self.pairs.append((old, standing[-1]))
        self.parts.append(Taken(*with_mark(text, start, end), SetAsideReason.CHAT, "写法说明"))

    def leave_over(self, place: int) -> None:
        """Cuts the figure at `place` and those who left where the line settles on who is left of it."""
        three = self.figures[place : place + 3]
        if len(three) == 3 and (found := left_over(self.text, *three)) is not None:
            cut, note = found
            self.gone.update((place, place + 1))
            detail = f"以后面的{tidy(three[2].text)}为准"
            self.parts.append(Taken(*cut, SetAsideReason.SUPERSEDED, detail))
            self.parts += [Taken(*note, SetAsideReason.CHAT, "写法说明")] if note else []
            self.pairs.append((three[0], three[2]))

    def deny(self, place: int) -> None:
        """Cuts the figure at `place` that the words before it only deny: 数了是33块，不是30块."""
        text, old = self.text, self.figures[place]
        start, end = piece_at(text, old.start, old.end)
        if not place or place in self.gone or self.cut(old) or not cues.ONLY_DENIED.fullmatch(text[start : old.start]):
            return
        new = self.figures[place - 1]
        if self.cut(new) or not _same_unit(new, old) or _same(new, old) or text[old.end : end].strip(" 了的）)"):
            return
        if not text[new.end : start].strip(" ，,") and start > new.end:
            self.parts.append(Taken(*with_mark(text, start, end), SetAsideReason.SUPERSEDED, "笔记注明不是这个数"))
            self.pairs.append((old, new))

    def call_old(self, place: int) -> None:
        """Cuts the figure at `place` where its own words call it old (三十七是连没完工的)."""
        text, old = self.text, self.figures[place]
        if place in self.gone or self.cut(old):
            return
        start, end = piece_at(text, old.start, old.end)
        # 三十一车啊不是三十七车三十一是上个月的旧账: what stands before it in a run without marks is another figure's.
        start = max([start, *(one.end for one in self.figures[:place] if one.end <= old.start)])
        not_as = cues.NOT_AS.search(text[start : old.start])
        called = cues.OLD_AFTER.match(text, old.end)
        if called is None and text[start : old.start].rstrip().endswith(("原", "原来", "之前", "先前", "旧的")):
            called = cues.NO_MORE.match(text, old.end)
        if called is not None and any(called.start() <= one.start < called.end() for one in self.figures[place + 1 :]):
            called = None  # What is old there is the next figure: 三十七车三十一是上个月的旧账.
        if called is None and not_as is None:
            return
        others = [
            one
            for at, one in enumerate(self.figures)
            if at != place and at not in self.gone and _same_unit(one, old) and not _same(one, old)
        ]
        again = [one for one in self.figures if one is not old and _same(one, old)]
        for one in again:
            if not self.cut(one):
                piece = with_mark(text, *piece_at(text, one.start, one.end))
                self.parts.append(Taken(*piece, SetAsideReason.SUPERSEDED, "笔记注明有误"))
        if others or again or not_as:
            head = text[start : old.start]
            if others and head.strip() and not cues.REPORTED.search(head) and cues.BARE_NEW.search(text, old.end):
                start = old.start  # 满意度96.5%——那是去年的，今年94.8%: what is measured stands before the old figure.
            stop = piece_at(text, called.end() - 1, called.end())[1] if called else end
            piece = with_mark(text, start, max(end, stop))
            self.parts.append(Taken(*piece, SetAsideReason.SUPERSEDED, "笔记注明不是这个数"))
        if others:
            newest = _newest(others, text, old)
            self.pairs += [(one, newest) for one in (old, *again)]
            # 讲解210场服务6120人次，刚写的1260是上季度的: the line that wrote 1260 knows of what it was.
            named = others if not old.unit else [newest]
            self.replaced += [(old, one) for one in named] if not again else []


def merged(parts: Sequence[Taken]) -> list[Taken]:
    """`parts` in order, each without what an earlier one holds already. Pure."""
    kept: list[Taken] = []
    for part in sorted(parts, key=lambda one: (one.start, -one.end)):
        start = max(part.start, kept[-1].end) if kept else part.start
        if start < part.end:
            kept.append(Taken(start, part.end, part.reason, part.detail))
    return kept


def _small(mention: Mention) -> bool:
    """一遍 and 两场 between two figures are turns of speech."""
    spelt = not any(character.isdigit() for character in mention.text)
    return spelt and mention.amount is not None and (mention.amount.hi or 0) <= _SMALL


_UNCOUNTED = (Kind.ORDINAL, Kind.DATE, Kind.YEAR, Kind.MONTH, Kind.QUARTER, Kind.PERIOD, Kind.TIME)


def _counts(mention: Mention) -> bool:
    """True for a claim that counts or measures, and for a bare 三十七 said in place of one."""
    claim = mention.role is Role.CLAIM or (mention.role is Role.DEFECT and mention.amount is not None)
    bare = mention.amount is not None and mention.when is None and len(mention.text) > 1 and not mention.text.isascii()
    return (claim and mention.kind not in _UNCOUNTED) or (bare and mention.kind is not Kind.ORDINAL)


def _same_unit(one: Mention, other: Mention) -> bool:
    if not one.unit or not other.unit or one.unit == other.unit:
        return True
    return same_counter(one.unit, other.unit) or convertible(one.unit, other.unit) is not None


def _same(one: Mention, other: Mention) -> bool:
    return (
        one.amount is not None
        and other.amount is not None
        and (one.amount.lo, one.amount.hi) == (other.amount.lo, other.amount.hi)
    )


def _replacement(text: str, figures: Sequence[Mention], place: int) -> tuple[int, int, int] | None:
    """The place of the figure that replaces `figures[place]`, and the part to cut before it; None where none does."""
    old = figures[place]
    piece_start = piece_at(text, old.start, old.end)[0]
    lead = cues.LEAD.search(text[piece_start : old.start])
    for at in range(place + 1, min(len(figures), place + _NEAR + 1)):
        new = figures[at]
        if new.start - old.end > _FAR_CHARS:
            return None
        if not _same_unit(old, new) or _same(old, new):
            continue
        between = text[old.end : new.start]
        if cues.DENIES.search(between) and not cues.BREATH_DENIES.search(between):
            return None  # 下午是11个，不是9个 denies the second.
        others = [one for one in figures[place + 1 : at] if not (_same(one, old) or _same(one, new) or _small(one))]
        # 教师41人，152小时——不对，1152小时 takes back the hours, the last figure before the words that do.
        open_ = text[old.end : others[0].start] if others else between
        told = cues.RETRACTS.search(open_)
        if told and old.unit and new.unit and old.unit != new.unit and cues.CHINESE.search(open_[: told.start()]):
            told = None  # 来600多人 包粽…不对那是端午 takes back what was cooked, not who came.
        told = told or (
            None
            if others
            else cues.DASHED.match(between)
            or cues.UNSETTLED.match(between)
            or cues.ARROW.match(between)
            or cues.RECHECKED.search(between)
        )
        if not told and lead and cues.NEWER.search(open_):
            told = lead
        if not told and not others and _ruled(text, new) and cues.SAYS.search(between):
            told = cues.SAYS.search(between)
        settled = None if told or others else _by_settled_source(text, between, new)
        told = told or settled or (None if others else cues.FIRST_VERSION.match(between))
        if (
            not told
            and (opened := re.match(r"[^，,。；（(]{0,8}[（(][^（()）]{0,6}?", between))
            and cues.RIGHT_IN_BRACKET.search(between[opened.start() :])
        ):
            told = opened
        if not told and puts_right(text, old, new, others):
            return at, old.start, new.start
        if not told and others and _words_between(text, old, new) is not None:
            told = cues.RETRACTS.search(between)
        if told:
            at = at if settled else _what_is_left(figures, place, at)
            start = piece_start + lead.start() if lead else old.start
            return at, start, figures[at].start
    return None


def _words_between(text: str, old: Mention, new: Mention) -> tuple[int, int, int] | None:
    """Where the old figure's words begin, and where what takes them back begins and ends, if words between stay; else
    None: 四十六间宿舍哦不是五十四间 keeps 宿舍, 轮椅两台花了六万八千块钱哦不对轮椅是三台 keeps the sum."""
    between = text[old.end : new.start]
    told = cues.RETRACTS.search(between)
    if told is None:
        return None
    kept, again = between[: told.start()], between[told.end() :]
    if cues.MARKS.search(kept) or len(cues.CHINESE.findall(kept)) < _FEWEST_KEPT:
        return None
    before = text[: old.start]
    named = next((size for size in range(6, 1, -1) if again[:size] == before[-size:] and len(again) >= size), 0)
    if again.strip(" 是有为了应该") and not named:
        return None
    return old.start - named, old.end + told.start(), old.end + told.end() if named else new.start


def _by_settled_source(text: str, between: str, new: Mention) -> re.Match[str] | None:
    """The source of the new figure, where the line says that it holds: 27个→住建口径说24个（3个归鹿鸣，以住建为准）."""
    ruled = cues.SOURCE_RULES.search(text, new.end, new.end + _FAR_CHARS)
    ruled = ruled or cues.BY_SHEET.search(text, new.end, new.end + _FAR_CHARS)
    return re.compile(re.escape(ruled["who"])).search(between) if ruled else None


def _what_is_left(figures: Sequence[Mention], place: int, at: int) -> int:
    """The place of the figure that holds: 280辆，不对，有12辆退役了，268辆 tells of the 12 only how 268 come about."""
    if at + 1 >= len(figures):
        return at
    old, gone, left = (figures[one].amount for one in (place, at, at + 1))
    if not (old and gone and left and old.lo and gone.lo and left.lo) or gone.lo >= left.lo:
        return at  # 5000顶，实发4800顶，200顶在库里
    if left.lo in (old.lo - gone.lo, old.lo + gone.lo):
        return at + 1 if _same_unit(figures[place], figures[at + 1]) else at
    return at


def _ruled(text: str, new: Mention) -> bool:
    start = piece_at(text, new.start, new.end)[0]
    return cues.RULED.match(text[start : new.start].strip()) is not None and bool(text[start : new.start].strip())


def _bracket_rest(text: str, new: Mention) -> list[Taken]:
    """What is left of the bracket the new figure stood in: 60 分钟一次(邢:改成 45 分钟一次,写 45)."""
    opened, closed = max(text.rfind("（", 0, new.start), text.rfind("(", 0, new.start)), -1
    if opened < 0 or re.search(r"[）)]", text[opened : new.start]):
        return []
    found = re.compile(r"[）)]").search(text, new.end)
    if not found:
        return []
    closed = found.end()
    comma = re.compile(r"[，,]").search(text, new.end, closed)
    return [Taken(comma.start() if comma else found.start(), closed, SetAsideReason.CHAT)]


def _newest(others: Sequence[Mention], text: str, old: Mention) -> Mention:
    """Which of the line's other figures holds: the one said to be all, else the next one, else the first."""
    for one in sorted(others, key=lambda one: one.start < old.start):
        if _SAID_TO_BE_ALL.search(text[max(0, one.start - 6) : one.start]):
            return one
    after = [one for one in others if one.start > old.start]
    return (after or list(others))[0]


def _words_put_right(text: str, figures: Sequence[Mention]) -> Iterator[Taken]:
    """县区级……（错，是市直机关级）: the wrong word and what only says so."""
    for found in cues.RIGHT_WORD.finditer(text):
        right = found["right"]
        before = re.search(r"[\u4e00-\u9fff]{1,8}$", text[: found.start()])
        start = before.start() if before else found.start()
        dated = max((one.end for one in figures if one.end <= found.start()), default=0)
        year = re.search(r"\d[年月日号]", text[start - 1 : found.start()]) if start else None
        start = max(start + (year.end() - 1 if year else 0), dated if dated > start else start)
        wrong = text[start : found.start()]
        if wrong and wrong[-1] == right[-1]:
            yield Taken(start, found.start("right"), SetAsideReason.SUPERSEDED, f"以后面的{right}为准")
            yield Taken(found.end("right"), found.end(), SetAsideReason.CHAT)


def _slips(text: str, corrected: bool, kept: Sequence[Mention]) -> Iterator[Taken]:
    """Pieces that only speak of the correction: 刚才漏了个1, 写常住, 就一百 behind a hundred said already."""
    for start, end in pieces(text):
        said = text[start:end].strip()
        first = next((one for one in kept if start <= one.start < end), None)
        fresh = first is not None and not any(
            one is not first and one.start < start and _same(one, first) for one in kept
        )
        if cues.SLIP.match(said) and corrected:
            yield Taken(*with_mark(text, start, end), SetAsideReason.CHAT)
        elif (not fresh and cues.RULING_WORDS.match(said) and (corrected or "为准" not in said)) or (
            corrected and not fresh and cues.SAID_AGAIN.fullmatch(said)
        ):
            yield Taken(*with_mark(text, start, end), SetAsideReason.CHAT, "写法说明")
