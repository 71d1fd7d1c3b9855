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
from service.language.clean_view import tidy
from service.language.numbers.units import convertible, same_counter
from service.language.patterns import deferred
from service.language.pieces import piece_at, pieces, with_mark

_NEW = (
    r"实(?:栽|际|有|为|到|收|发|种|拆|装|得|测)|核(?:定|实|对|下来|过|准|后|完)|(?:我|又|再|重新|刚)?(?:数|点|量)了|复核|结算|后来|更正|重(?:数|新|核)|对(?:完|了|过)?账|"
    r"现(?:在)?按|现在(?:是|按|定)|最后(?:定|是)|应该?[是为]|其实|改(?:成|为|到|了)?|砍|压到|清点|盘点"
)
_NEWER = deferred(_NEW)
_LEAD = deferred(
    r"(?:我先|刚才|先|原先|原来|原本|原|起先|起初|最初|一开始|开头|上次|之前|前面|早先|初步|头一回)"
    r"(?:的)?(?:[\u4e00-\u9fff]{0,3}?)(?:是|说|报|定|写|填|登|记|统计|估)(?:的|了|个|数|是)*[\u4e00-\u9fff]{0,4} ?$"
)
_RETRACTS = deferred(
    r"(?:^|[—…\-，,。；;？?（( ])(?:嗯|哦|啊|哎|呃)?[，, ]?(?:不是|"
    r"不对|错了|[说写报数算填打抄搞弄听看记念]错|等等|等下|等一下|等会|更正|口误)"
)
_DENIES = deferred(r"(?:不是|并非|而非|不应是) ?$")
_DASHED = deferred(r"^ ?[—…\-]{1,4} ?(?:[（(][^（()）]{1,10}[）)])? ?[—…\-]{0,4} ?(?:是|应该是|应为)? ?$")
_ARROW = deferred(
    r"^ ?(?:[—-]{0,2}→|-{1,2}>|=>|⇒|—>) ?(?:\d{1,2}月)?[\u4e00-\u9fff]{0,6}?(?:改|更正|应|实|核|现|普查|清点|后来)"
)
_RECHECKED = deferred(
    r"(?:后|复|又|再|重新)(?:来)?(?:核|查|数|点)[^。；]{0,16}?(?:改|"
    r"是|为|实)[^\d，,]{0,4}$|[，,；;。（(] ?(?:后来?)?(?:更正|"
    r"改正|订正)(?:为|成|是|一下)?[：:，, ]*$"
)
_OLD_AFTER = deferred(
    r" ?[\u4e00-\u9fff]{0,3}?(?:那|这)?(?:个|些)?(?:数)?(?:是|"
    r"为)[^，,。；;]{0,8}?(?:去年|上年|前年|合并|旧(?:数|的|账|口径|表)|老数|老的|"
    r"图纸|估|毛估|户籍|漏(?:算|报|数|统计|登|记)|多(?:算|报|数|写|统计|加)|含|"
    r"连[^，,。；;]{1,10}算|没(?:有)?(?:算|含|加|计)|不(?:算|含|包括)|少(?:算|计|报)|只算|听错|误|错|"
    r"(?:上个?月|上次|上半年)(?:的|报|那|数|口径|$|[，,。；;）)])|"
    r"\d{1,2}月(?:份)?(?:的|那|数|报|口径|[，,。；;）)]|$))|"
    r"(?:把|将)[^，,。；;]{2,16}?(?:算|加|补|计|统计)(?:了|上|进)|的?[，, ]{0,2}(?:那|这)?(?:是|"
    r"都是|纯属)?(?:听错|"
    r"说错|瞎说|误传|谣传)"
)
_NOT_AS = deferred(
    r"(?:可|千万|你)?(?:别|莫|不要|不能|不)(?:再)?(?:(?:写|报|记|说|念)(?:成|为|作)|(?:写|报|用|填)(?:那个?|这个?)?) ?$"
)
_SAYS = deferred(r"[报说登]|表里|原来|先")
_RULED = deferred(r"^(?:那|就|还是|都|也)*(?:写|按|报|用|填)(?:成|为|的)? ?$|^就(?:是|按)? ?$")
_RIGHT_IN_BRACKET = deferred(r"(?:改成|改为|应是|应为|更正为?|错[，,]?(?:应该)?是|实际是?) ?$")
_RIGHT_WORD = deferred(
    r"(?:…|\.){0,6}[（(](?:错|错了|不对|写错|有误)[，, ]*(?:应该?)?[是为](?P<right>[\u4e00-\u9fff]{2,12})[）)]"
)
_SLIP = deferred(
    r"^(?:刚才|前面|上面)?(?:漏|少|多|写|打)(?:说|写|打|报|了)*(?:个|一个)?[零一二三四五六七八九十\d]{0,3}(?:字|位)?[啊了吧]?$|^刚才[^，,。；;]{0,3}(?:漏|少|多|错)[^，,。；;]{0,6}$"
)
_RULING_WORDS = deferred(
    r"^(?:以|按) ?(?:\d[\d.,]*|这个|这次|这边|此|后面|后者|"
    r"表|系统|台账|新的?|最新的?)(?:的)?(?:数|数字)?(?:为准|"
    r"算|来)?$|^(?:就|那就)?写[\u4e00-\u9fff]{1,4}$|^别(?:弄混|"
    r"搞混|加)[^，,]{0,6}$"
)
_MISSED = deferred(r" ?[（(][^（()）]{0,10}(?:漏|少|多)(?:了|报|算|导|登)[^（()）]{0,8}[）)]")
# 又有人报成6/1，以表为准; （上次报12个，含了3个2024年的，核掉）
_RUMOUR = deferred(
    r"[^，,。；;]{0,16}?(?:又|还)?有人(?:说|报|写|记|传)(?:成|是|的是|过|有)?[^，,。；;]{1,20}[，,](?:以[^，,。；;]{1,8}为准|别信|不对|听错了|没有的事)"
)
_STRUCK_OUT = deferred(
    r"[（(](?:上次|上回|之前|原来|先前|前面)[^（()）]{2,30}(?:核掉|扣掉|剔除|去掉|作废|核减|不算|报错|写错|重复)[^（()）]{0,6}[）)]"
)
_SAID_AGAIN = deferred(
    r"(?:那|就|还是)*(?:写|按|就)(?:是)? ?[零一二三四五六七八九十百千万两\d.]+[\u4e00-\u9fff]{0,3}[)）]?"
)
# Without one of these nothing is taken back: most lines are read no further.
_MAY_TAKE_BACK = deferred(
    r"[用写按取报] ?\d|"
    r"[—…→]|->|=>|⇒|不是|不对|错|等[等下会一]|更正|改正|订正|口误|先|原|起初|最初|一开始|开头|头一回|上[次回]|之前|前面|刚才|初步|"
    r"[后复再]来?核|[后复再]查|重新|[别不]要?写|[别不]要?报|有人|写|为准|别|[把将][^，,。；;]{2,16}[算加补计][了上进]|核|数了|点了|量了|是[^，,。；;]{0,8}(?:去年|上年|前年|合并|旧|老|图纸|估|毛|户籍|漏|多|含|"
    r"连|误|没|不|少|只算|上个?月|上半年|\d{1,2}月)"
)
_SMALL = 3
_NEAR = 4  # A figure is taken back within the next few; further on is another thing.
_FAR_CHARS = 90


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
    if not _MAY_TAKE_BACK.search(text):
        return TakenBack()
    found = _Found(text, [one for one in mentions if _counts(one)])
    for place in range(len(found.figures)):
        found.replace_next(place)
    for place in range(len(found.figures)):
        found.call_old(place)
    for place in range(len(found.figures)):
        found.rule(place)
    parts = found.parts
    parts += [
        Taken(one.start(), one.end(), SetAsideReason.SUPERSEDED, "笔记注明不对")
        for pattern in (_RUMOUR, _STRUCK_OUT)
        for one in pattern.finditer(text)
    ]
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
        self.parts.append(Taken(start, end, SetAsideReason.SUPERSEDED, f"以后面的{tidy(new.text)}为准"))
        self.gone.update(range(place, at))
        self.pairs += [(self.figures[one], new) for one in range(place, at)]
        if old.unit and not new.unit and not self.text[new.end : new.end + 1].strip(" ，,。；;！!）)、"):
            self.units.append((new.start, new.end, old.unit))
        self.parts += _bracket_rest(self.text, new)
        if missed := _MISSED.match(self.text, new.end):
            self.parts.append(Taken(missed.start(), missed.end(), SetAsideReason.CHAT))

    def rule(self, place: int) -> None:
        """Cuts the figures beside the one that the line settles on: 9470个含上年结转的，今年是8240个，用8240."""
        text, chosen = self.text, self.figures[place]
        start, end = piece_at(text, chosen.start, chosen.end)
        if self.cut(chosen) or not _SETTLED_BY.match(text[start : chosen.start].strip()):
            return
        alike = [one for one in self.figures[:place] if _same(one, chosen) and _same_unit(one, chosen)]
        standing = [one for one in alike if not self.cut(one)]
        if not standing or not _ENDS_PIECE.match(text[chosen.end : end]):
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

    def call_old(self, place: int) -> None:
        """Cuts the figure at `place` where its own words call it old (三十七是连没完工的)."""
        text, old = self.text, self.figures[place]
        if place in self.gone or self.cut(old):
            return
        start, end = piece_at(text, old.start, old.end)
        not_as = _NOT_AS.search(text[start : old.start])
        called = _OLD_AFTER.match(text, old.end)
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
            piece = with_mark(text, start, max(end, called.end()) if called else end)
            self.parts.append(Taken(*piece, SetAsideReason.SUPERSEDED, "笔记注明不是这个数"))
        if others:
            newest = _newest(others, text, old)
            self.pairs += [(one, newest) for one in (old, *again)]
            self.replaced += [(old, newest)] if not again else []


_SETTLED_BY = deferred(
    r"^(?:会上|最后|领导|主任|书记|就|那就?|都|统一|现在)*(?:定(?:了|的)?[：:，, ]*)?(?:就|都)?"
    r"(?:写|按|用|取|报)(?:的)?(?:是)? ?$"
)
_ENDS_PIECE = deferred(r"[\u4e00-\u9fff]{0,3}(?:吧|的|了|算)?[）)]? ?$")


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
    return (
        not any(character.isdigit() for character in mention.text)
        and mention.amount is not None
        and (mention.amount.hi or 0) <= _SMALL
    )


_CALENDAR = (Kind.DATE, Kind.YEAR, Kind.MONTH, Kind.QUARTER, Kind.PERIOD, Kind.TIME)


def _counts(mention: Mention) -> bool:
    """True for a claim that counts or measures, and for a bare 三十七 said in place of one."""
    claim = mention.role is Role.CLAIM or (mention.role is Role.DEFECT and mention.amount is not None)
    bare = mention.amount is not None and mention.when is None and len(mention.text) > 1 and not mention.text.isascii()
    return (claim and mention.kind not in _CALENDAR) or bare


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
    lead = _LEAD.search(text[piece_start : old.start])
    for at in range(place + 1, min(len(figures), place + _NEAR + 1)):
        new = figures[at]
        if new.start - old.end > _FAR_CHARS:
            return None
        if not _same_unit(old, new) or _same(old, new):
            continue
        between = text[old.end : new.start]
        if _DENIES.search(between):
            return None  # 下午是11个，不是9个 denies the second.
        others = [one for one in figures[place + 1 : at] if not (_same(one, old) or _same(one, new) or _small(one))]
        # 教师41人，152小时——不对，1152小时 takes back the hours, the last figure before the words that do.
        open_ = text[old.end : others[0].start] if others else between
        told = _RETRACTS.search(open_) or (
            None if others else _DASHED.match(between) or _ARROW.match(between) or _RECHECKED.search(between)
        )
        if not told and lead and _NEWER.search(open_):
            told = lead
        if not told and not others and _ruled(text, new) and _SAYS.search(between):
            told = _SAYS.search(between)
        if (
            not told
            and (opened := re.match(r"[^，,。；（(]{0,8}[（(][^（()）]{0,6}?", between))
            and _RIGHT_IN_BRACKET.search(between[opened.start() :])
        ):
            told = opened
        if told:
            at = _what_is_left(figures, place, at)
            start = piece_start + lead.start() if lead else old.start
            return at, start, figures[at].start
    return None


def _what_is_left(figures: Sequence[Mention], place: int, at: int) -> int:
    """The place of the figure that holds: 280辆，不对，有12辆退役了，268辆 tells of the 12 only how 268 come about."""
    if at + 1 >= len(figures):
        return at
    old, gone, left = (figures[one].amount for one in (place, at, at + 1))
    if old and gone and left and old.lo and gone.lo and left.lo in (old.lo - gone.lo, old.lo + gone.lo):
        return at + 1 if _same_unit(figures[place], figures[at + 1]) else at
    return at


def _ruled(text: str, new: Mention) -> bool:
    start = piece_at(text, new.start, new.end)[0]
    return _RULED.match(text[start : new.start].strip()) is not None and bool(text[start : new.start].strip())


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
    for one in others:
        if re.search(
            r"(?:一共|总共|合计|共|应该?[是为]|实际|数了 ?是?|是) ?$", text[max(0, one.start - 6) : one.start]
        ):
            return one
    after = [one for one in others if one.start > old.start]
    return (after or list(others))[0]


def _words_put_right(text: str, figures: Sequence[Mention]) -> Iterator[Taken]:
    """县区级……（错，是市直机关级）: the wrong word and what only says so."""
    for found in _RIGHT_WORD.finditer(text):
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
        if _SLIP.match(said) and corrected:
            yield Taken(*with_mark(text, start, end), SetAsideReason.CHAT)
        elif (not fresh and _RULING_WORDS.match(said) and (corrected or "为准" not in said)) or (
            corrected and not fresh and _SAID_AGAIN.fullmatch(said)
        ):
            yield Taken(*with_mark(text, start, end), SetAsideReason.CHAT, "写法说明")
