"""R07–R13 and R15–R18: how numbers are written. After the national standard on numerals in publications."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

from service.checking.wording.counters import ARABIC, CHINESE, CHINESE_OF, COUNTER, DIGIT_OF
from service.checking.wording.draft_text import DraftText
from service.checking.wording.finding import Occasion, Severity, Slip
from service.language.patterns import deferred

_NUMBER = f"(?:{ARABIC}|{CHINESE})"

# 3、4月 and 1、2号楼 are lists, so only counters of things follow; 三、 at a line's start is a heading.
_ADJACENT_ARABIC = deferred(rf"(?<![\d.、，,第])([1-8])、([2-9])(?={COUNTER})")
_ADJACENT_CHINESE = deferred(
    rf"(?<=[\u4e00-\u9fff])(?<![第一二三四五六七八九十])([一二三四五六七八])、([二三四五六七八九])(?=[十百千万]?{COUNTER})"
)
# 一、二次供水 and 一、二次网 are lists of kinds.
_SECOND_WORD = deferred("二次|二人转")


def adjacent_digits(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R07: 3、4个 for 三四个."""
    for found in _ADJACENT_ARABIC.finditer(draft.own):
        if int(found[2]) == int(found[1]) + 1:
            mended = CHINESE_OF[found[1]] + CHINESE_OF[found[2]]
            yield _adjacent(found, mended)
    for found in _ADJACENT_CHINESE.finditer(draft.own):
        neighbours = int(DIGIT_OF[found[2]]) == int(DIGIT_OF[found[1]]) + 1
        if neighbours and not _SECOND_WORD.match(draft.own, found.start(2)):
            yield _adjacent(found, found[1] + found[2])


def _adjacent(found: re.Match[str], mended: str) -> Slip:
    message = f"相邻两个数字连用表示概数，用汉字且不加顿号，宜写“{mended}”；若是分指两项，请写明。"
    return Slip(found.start(), found.end(), message, mended)


_SEVERAL_AFTER = deferred(rf"(?<![\d.])(\d{{1,5}})几(?=[万亿]|{COUNTER})")
_SEVERAL_BEFORE = deferred(rf"几(10{{1,4}})(?=[余多]?{COUNTER})")
_ROUND = {"10": "十", "100": "百", "1000": "千", "10000": "万"}


def several_with_digits(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R08: 10几处 for 十几处."""
    message = "“几”与汉字数字连用，不与阿拉伯数字连用。"
    for found in _SEVERAL_AFTER.finditer(draft.own):
        tens, ones = divmod(int(found[1]), 10)
        mended = None
        if ones == 0 and 1 <= tens <= 9:
            mended = ("" if tens == 1 else CHINESE_OF[str(tens)]) + "十几"
        yield Slip(found.start(), found.end(), message, mended)
    for found in _SEVERAL_BEFORE.finditer(draft.own):
        yield Slip(found.start(), found.end(), message, "几" + _ROUND[found[1]])


# 附近 最近 and 签约 节约 end in the same signs as the hedges 近 and 约. Each lookbehind stands after its sign: a
# pattern that begins with plain signs is searched for several times faster.
_HEDGE = r"(?P<hedge>大约|大概|约(?<![预签节公集制契履违特邀续条大]约)|将近|接近|近(?<![附临靠邻最相亲将接就新远]近))"
_OVER_TWICE = deferred(rf"{_HEDGE}\s?(?P<over>{_NUMBER}[余多][万亿]?)(?!元化)")
_UNIT = r"[\u4e00-\u9fff%％]{0,4}?"
_AROUND = "(?:左右|上下)"
_HEDGE_AROUND = deferred(
    rf"{_HEDGE}\s?(?P<kept>{_NUMBER}[余多]?{_UNIT})(?P<tail>{_AROUND})(?![\u4e00-\u9fff]{{0,2}}[手脚级])"
)
_OVER_AROUND = deferred(rf"(?P<kept>{_NUMBER}[余多]{_UNIT})(?P<tail>{_AROUND})")


def doubled_hedge(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R09: 约30余处, 近50多人, 约40个左右 say the vagueness twice."""
    for found in _OVER_TWICE.finditer(draft.own):
        # 近50多人 is either below or above 50: only the writer knows which word must go.
        mended = None if "近" in found["hedge"] else found["over"]
        yield Slip(found.start(), found.end(), f"“{found['hedge']}”与“余、多”重复或矛盾，只留一个。", mended)
    if "左右" not in draft.own and "上下" not in draft.own:
        return
    taken: set[int] = set()
    for found in _HEDGE_AROUND.finditer(draft.own):
        taken.add(found.start("kept"))
        mended = draft.raw[found.start() : found.start("tail")]
        yield Slip(found.start(), found.end(), f"概数词与“{found['tail']}”重复，只留一个。", mended)
    for found in _OVER_AROUND.finditer(draft.own):
        if found.start("kept") not in taken:
            yield Slip(found.start(), found.end(), f"“余、多”与“{found['tail']}”重复，只留一个。", found["kept"])


_AT_LEAST = deferred(
    rf"(?:至少|最少|起码|不少于|不低于|不下于|超过(?<![不赶]超过)|超出)(?!时|的)[^，。；：\n\d]{{0,6}}?{_NUMBER}{_UNIT}(?P<tail>以上|左右|以下)"
)
_AT_MOST = deferred(
    rf"(?:最多|至多|不超过|不到|不足|不满|不多于|不高于)(?!时|的)[^，。；：\n\d]{{0,6}}?{_NUMBER}{_UNIT}(?P<tail>以下|以内|之内|左右|以上)"
)


def contradictory_bound(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R10: 至少20次以上, 不到30个左右."""
    for pattern in (_AT_LEAST, _AT_MOST):
        for found in pattern.finditer(draft.own):
            kept = draft.raw[found.start() : found.start("tail")]
            message = f"前面已限定范围，“{found['tail']}”与之重复或矛盾，宜删。"
            yield Slip(found.start(), found.end(), message, kept)


_RANGE = deferred(
    rf"(?<![\d.,\-–—~～〔/:：A-Za-z年月第])(\d{{1,6}}(?:\.\d{{1,2}})?)(?:-{{1,2}}|–|~)(\d{{1,6}}(?:\.\d{{1,2}})?)(?=[万亿]?{COUNTER})"
)


def number_range_sign(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R11: 15-20处 for 15～20处. Either long sign is right: ～ or —."""
    for found in _RANGE.finditer(draft.own):
        # 0571-8800人工 is a telephone number: a range rises, and neither end begins with 0.
        if not re.match(r"0\d", found[1]) and Decimal(found[1]) < Decimal(found[2]):
            yield Slip(found.start(), found.end(), "数量起止用浪纹号“～”，不用半角短横。", f"{found[1]}～{found[2]}")


_SPAN_SIGN = "[～~—–至到-]"
_SHARE_RANGE = deferred(rf"(?<![\d.%％])(\d{{1,3}}(?:\.\d{{1,4}})?)({_SPAN_SIGN})(\d{{1,3}}(?:\.\d{{1,4}})?)([%％])")
_LARGE_RANGE = deferred(rf"(?<![\d.])(\d{{1,4}}(?:\.\d{{1,4}})?)({_SPAN_SIGN})(\d{{1,4}}(?:\.\d{{1,4}})?)([万亿])")


def share_range(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R12: 15～20% for 15%～20%."""
    yield from _short_ranges(_SHARE_RANGE, draft, "百分数的起止，前一个“%”不能省略。")


def large_range(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R13: 2～5万元 for 2万～5万元."""
    yield from _short_ranges(_LARGE_RANGE, draft, "大数的起止，前一个“万、亿”不能省略，否则会读成个位数。")


def _short_ranges(pattern: re.Pattern[str], draft: DraftText, message: str) -> Iterator[Slip]:
    for found in pattern.finditer(draft.own):
        # 由800到2万元 rises from 800, not from 800万: a first number above the second is a number of its own.
        if Decimal(found[1]) < Decimal(found[3]):
            sign = "～" if found[2] in "~-–" else found[2]
            yield Slip(found.start(), found.end(), message, f"{found[1]}{found[4]}{sign}{found[3]}{found[4]}")


_WIDE_DIGITS = deferred("[０-９]{1,12}(?:[．.，][０-９]{1,6})?")
_NARROW = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_GAP_AFTER = deferred(rf"(?<=\d) {{1,3}}(?=[余多万亿%％年月日]|{COUNTER})")
_GAP_BEFORE = deferred(
    r"(?<=[\u4e00-\u9fff]) {1,3}(?=\d{1,9} {0,2}[余多万亿%％年月日个名家处条次户人场件块份张项吨米元])"
)
_PROSE = deferred("[，。；,;]")


def broken_digits(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R15: full-width digits, and blanks between a number and the word it belongs to."""
    for found in _WIDE_DIGITS.finditer(draft.own):
        yield Slip(found.start(), found.end(), "数字用半角。", found.group().translate(_NARROW))
    for pattern in (_GAP_AFTER, _GAP_BEFORE):
        for found in pattern.finditer(draft.own):
            line = draft.line_at(found.start())
            # 时间 3月5日 on a line without any stop is a row of a form, where the blank parts two fields.
            if line is not None and _PROSE.search(draft.raw, line.start, line.end):
                yield Slip(found.start(), found.end(), "数字与汉字之间不空格。", "")


_MIXED_MAGNITUDE = deferred(r"(?<![\d.])(\d{1,4})(?:万(\d)千|亿(\d)千万|千(\d)百)(?![分克米瓦]?\d)")


# 5千米 and 3千克 hold a unit of their own.
_SHORT_MAGNITUDE = deferred(rf"(\d)(?<![\d.万千亿]\d)([百千])(?![克米瓦赫卡帕伏分])(?=[余多]|{COUNTER})")


def mixed_magnitude(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R16: 3万5千 for 3.5万."""
    for found in _MIXED_MAGNITUDE.finditer(draft.own):
        if found[2]:
            mended = f"{found[1]}.{found[2]}万"
        elif found[3]:
            mended = f"{found[1]}.{found[3]}亿"
        else:
            mended = f"{found[1]}{found[4]}00"
        yield Slip(found.start(), found.end(), "一个数里只用一个“万”或“亿”，其余用阿拉伯数字。", mended)
    for found in _SHORT_MAGNITUDE.finditer(draft.own):
        mended = found[1] + ("00" if found[2] == "百" else "000")
        message = f"阿拉伯数字后只用“万、亿”，“{found.group()}”宜写“{mended}”。"
        yield Slip(found.start(), found.end(), message, mended, Severity.SUGGESTION)


_NEAR_CHARS = 12  # Two items of one list stand this close; further apart they are two statements.
_CLAUSE_COUNT = deferred(
    r"(?P<number>[\d二三四五六七八九十百两](?<=[\u4e00-\u9fff].)(?<![第每前后首近\d.].)[\d二三四五六七八九十百]{0,6})"
    rf"(?P<counter>{COUNTER})(?=[、，；。])"
)


_RATE = deferred("[每各均][^，。；、\n]{0,12}$")


def one_form(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R17: 设岗三个、立牌12块 writes figures of one list in two ways.

    Only figures that end their item are compared: in 三项制度 and 四个工作组 the number belongs to a name.
    """
    rows: dict[int, list[re.Match[str]]] = {}
    for found in _CLAUSE_COUNT.finditer(draft.own):
        rows.setdefault(draft.sentence(found.start())[0], []).append(found)
    for row in rows.values():
        for left, right in pairwise(row):
            one, other = (right, left) if left["number"].isdecimal() else (left, right)
            mixed = other["number"].isdecimal() and not any(sign.isdecimal() for sign in one["number"])
            # 广播每日播两次 tells a rate, not one of the counts beside it.
            rate = _RATE.search(draft.own, max(0, one.start() - _NEAR_CHARS), one.start())
            if mixed and not rate and right.start() - left.end() <= _NEAR_CHARS:
                message = f"同一列举里数量有的用汉字（{one.group()}）、有的用阿拉伯数字（{other.group()}），宜统一。"
                yield Slip(one.start(), one.end(), message)


_WORD_NUMERAL = deferred("二十|十[一八九]|[一二三四五六七八九十]")
_DIGITS_OF = DIGIT_OF | {"十": "10", "二十": "20", "十一": "11", "十八": "18", "十九": "19"}
_SHORT_RUN = deferred(r"(?<![\d.,第])\d{1,2}(?![\d.,])|(?<=第)\d(?!\d)")


def _spellings(word: str) -> Iterator[str]:
    """Every way to write `word` with at least one of its numerals in digits."""
    written = [""]
    last = 0
    for found in _WORD_NUMERAL.finditer(word):
        between, sign = word[last : found.start()], found.group()
        written = [head + between + form for head in written for form in (sign, _DIGITS_OF[sign])]
        last = found.end()
    yield from (head + word[last:] for head in written[1:])


@cache
def _fixed_words() -> dict[str, tuple[tuple[int, str, str], ...]]:
    """By the first digits of a wrong spelling: how far before them it begins, the spelling, and the right word."""
    rows = Path(__file__).with_name("fixed_words.txt").read_text(encoding="utf-8").splitlines()
    by_digits: dict[str, list[tuple[int, str, str]]] = {}
    for word in (row.strip() for row in rows if row.strip() and not row.startswith("#")):
        for spelling in _spellings(word):
            digits = re.search(r"\d+", spelling)
            if digits is not None:
                by_digits.setdefault(digits.group(), []).append((digits.start(), spelling, word))
    return {digits: tuple(sorted(row, key=lambda one: -len(one[1]))) for digits, row in by_digits.items()}


def fixed_word(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R18: 3八节, 10星级. Names mostly stand in quotation marks, so quotations are read too, titles are not."""
    floor = 0
    for run in _SHORT_RUN.finditer(draft.untitled):
        for lead, spelling, word in _fixed_words().get(run.group(), ()):
            start = run.start() - lead
            if start >= floor and draft.untitled.startswith(spelling, start):
                floor = start + len(spelling)
                yield Slip(start, floor, f"“{word}”是固定词语，用汉字数字。", word)
                break
