"""Hedges: the words that make a number approximate, and the closed range each one states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from service.domain.quantity import Amount, Approx
from service.language.patterns import deferred
from service.language.words import is_known, segment


@dataclass(frozen=True, slots=True)
class HedgeWidths:
    """How wide an approximate number reaches, as factors of the number; house choices, each a setting.

    `near_from`: 近百 begins at 85. `about_part`: 约百 is 90 to 110. `upwards_to`: 上百 ends before 200.
    `some_ten_from` and `some_ten_to`: 十来 is 8 to 13, in parts of the written place.
    """

    near_from: Decimal = Decimal("0.85")
    about_part: Decimal = Decimal("0.1")
    upwards_to: Decimal = Decimal(2)
    some_ten_from: Decimal = Decimal("0.2")
    some_ten_to: Decimal = Decimal("0.3")


class Hedge(Enum):
    """What a hedge word states of a number."""

    OVER = "above it"
    AT_LEAST = "it and above"
    NEAR = "just below it"
    ABOUT = "around it"
    UNDER = "below it"
    AT_MOST = "it and below"
    UPWARDS = "it up to its double"


# Spoken before the number.
BEFORE: dict[str, Hedge] = {
    **dict.fromkeys(("不少于", "不低于", "不下于", "不小于", "至少", "最少", "起码"), Hedge.AT_LEAST),
    **dict.fromkeys(("超过", "超", "突破", "逾", "多于", "高于", "大于", "超出", "破", "过", "超越"), Hedge.OVER),
    **dict.fromkeys(("近", "将近", "接近", "约近"), Hedge.NEAR),
    **dict.fromkeys(("约", "大约", "大概", "约有", "约为", "约计", "差不多", "近约"), Hedge.ABOUT),
    **dict.fromkeys(("不足", "不到", "未满", "不满", "少于", "低于", "小于", "未达"), Hedge.UNDER),
    **dict.fromkeys(("不超过", "不高于", "至多", "最多", "不多于", "不大于", "不超"), Hedge.AT_MOST),
    "上": Hedge.UPWARDS,
}
# Spoken after the number and its unit.
AFTER: dict[str, Hedge] = {
    **dict.fromkeys(("以上", "及以上", "(含)以上", "(及)以上"), Hedge.AT_LEAST),
    **dict.fromkeys(("以下", "及以下", "以内", "之内", "(含)以下"), Hedge.AT_MOST),
    **dict.fromkeys(("左右", "上下"), Hedge.ABOUT),
    **dict.fromkeys(("开外", "有余"), Hedge.OVER),
    "不到": Hedge.UNDER,
}
# 附近3公里 is no upper bound.
_NO_HEDGE_AFTER = {
    "近": "附最就临靠贴邻远亲新邻",
    "超": "高反",
    "过": "超通经不路越",
    "破": "突打攻侦冲告爆",
    "上": "以网马线路身会车早晚班岗街之道墙地手船台桌",
    "逾": "",
}
# 过 and 破 hedge only a bare magnitude (过百, 破亿); 走过3个村 is a walk. 上 too: 上3楼.
_BARE_ONLY = frozenset({"过", "破", "上"})
_BEFORE = deferred("(" + "|".join(sorted(BEFORE, key=len, reverse=True)) + r") {0,2}$")
_BEFORE_LAST = frozenset(word[-1] for word in BEFORE) | {" "}
_AFTER = deferred(" {0,2}(" + "|".join(re.escape(word) for word in sorted(AFTER, key=len, reverse=True)) + ")")
_LONGEST_BEFORE_CHARS = 5
_WORDS_BEFORE = 8  # characters in which the segmenter sees what 约 belongs to


@dataclass(frozen=True, slots=True)
class HedgeWord:
    """A hedge where it stands."""

    start: int
    end: int
    hedge: Hedge


def hedge_before(view: str, start: int, floor: int, bare_magnitude: bool) -> HedgeWord | None:
    """The hedge that ends at `start`, not reaching below `floor`. Pure."""
    if start <= floor or view[start - 1] not in _BEFORE_LAST:
        return None
    low = max(floor, start - _LONGEST_BEFORE_CHARS)
    found = _BEFORE.search(view[low:start])
    if found is None:
        return None
    word, at = found[1], low + found.start()
    if word in _BARE_ONLY and not bare_magnitude:
        return None
    if at > 0 and (view[at - 1] in _NO_HEDGE_AFTER.get(word, "") or (word == "约" and _ends_word(view, at))):
        return None
    return HedgeWord(at, start, BEFORE[word])


def _ends_word(view: str, at: int) -> bool:
    """True where the sign at `at` ends a word: 节约30吨 saves thirty tonnes, 村规民约43份 are so many."""
    if not is_known(view[at - 1 : at + 1]) and not is_known(view[max(0, at - 3) : at + 1]):
        return False
    words = segment(view[max(0, at - _WORDS_BEFORE) : at + 1])
    last, earlier = words[-1].text, words[-2].text if len(words) > 1 else ""
    # The segmenter takes 印制约 for 印 and 制约; what can be told as 印制 and a hedge is told so.
    return len(last) > 1 and not (len(earlier) == 1 and is_known(earlier + last[0]))


def hedge_after(view: str, end: int) -> HedgeWord | None:
    """The hedge that begins at `end`, after at most two blanks. Pure."""
    found = _AFTER.match(view, end)
    # 左右两侧 are the two sides of something.
    if found is None or (found[1] == "左右" and view[found.end() : found.end() + 1] in ("两", "侧", "邻")):
        return None
    # 三成不到 is a share below it; 3人不到场 stayed away.
    if found[1] == "不到" and view[found.end() : found.end() + 1] not in (
        "",
        "\n",
        ",",
        "。",
        ";",
        "、",
        ")",
        "的",
        "!",
        " ",
    ):
        return None
    return HedgeWord(end, found.end(), AFTER[found[1]])


_CONTRADICTS = {Hedge.ABOUT, Hedge.NEAR, Hedge.UNDER, Hedge.AT_MOST}


def contradict(before: Hedge | None, after: Hedge | None, over: bool) -> bool:
    """True where two hedges deny each other: 约100余, 近万余, 不到30个左右, 近50人以上. Pure.

    至少20次以上 only says the same twice and stays a number that can be verified; 不到30人以下 likewise.
    """
    if before is None or (after is None and not over):
        return False
    if before in _CONTRADICTS:
        return over or after in {Hedge.OVER, Hedge.AT_LEAST, Hedge.ABOUT}
    return after in {Hedge.AT_MOST, Hedge.UNDER, Hedge.ABOUT}


def hedged(lo: Decimal, hi: Decimal, step: Decimal, hedge: Hedge, widths: HedgeWidths) -> tuple[Amount, Approx | None]:
    """The range of a number `lo` to `hi` under `hedge`; `step` is the smallest difference that still counts. Pure."""
    if hedge is Hedge.OVER:
        return Amount(lo + step if lo == hi else lo, None), Approx.OVER
    if hedge is Hedge.AT_LEAST:
        return Amount(lo, None), Approx.OVER
    if hedge is Hedge.NEAR:
        # 近3个 is below three persons, where 0.85 of it is no longer below: the range is the one count left.
        top = max(hi - step, Decimal(0))
        return Amount(min(lo * widths.near_from, top), top), Approx.NEAR
    if hedge is Hedge.ABOUT:
        return Amount(lo - lo * widths.about_part, hi + hi * widths.about_part), Approx.ABOUT
    if hedge is Hedge.UNDER:
        return Amount(None, hi - step), Approx.NEAR
    if hedge is Hedge.AT_MOST:
        return Amount(None, hi), None
    return Amount(lo, max(lo, lo * widths.upwards_to - step)), Approx.VAGUE
