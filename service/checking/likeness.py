"""How alike two words of the trade are, and two circumstances of a claim. Explicit scores, no model."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from service.checking.cues import OPPOSED
from service.language.patterns import deferred


@cache
def _groups() -> dict[str, frozenset[int]]:
    rows = Path(__file__).with_name("synonyms.tsv").read_text(encoding="utf-8").splitlines()
    groups: dict[str, set[int]] = {}
    for number, row in enumerate(rows):
        for word in row.split("\t") if not row.startswith("#") else ():
            groups.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


@lru_cache(maxsize=65536)
def alike(a: str, b: str) -> float:
    """From 0 to 1, how far two nouns (or two verbs) may name the same thing; 0 where one is missing. Pure.

    Equal 1; one group of near words 0.9; the same head with more or less before it 0.85 (创城宣传手册, 手册); then by
    the shared end, for the head of a Chinese noun stands last: 宣传栏 and 宣传单 share a beginning and are two things.
    """
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    groups = _groups()
    if a in groups and _near(a, b):
        return 0.9
    if len(a) == len(b) == 2 and a[1] == b[1] and _near(a[0], b[0]):
        return 0.9  # 种树 and 植树: near verbs grown together with the same thing
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) > 1 and long.endswith(short):
        return 0.85
    if short in groups and any(_near(long[size:], short) for size in range(1, len(long) - 1)):
        return 0.8
    if len(long) == 2 * len(short) and abbreviates(short, long):
        return 0.8
    alike_letters = set(short).intersection(long)
    if not alike_letters:
        return 0.0
    shared = 0
    while shared < len(short) and a[-1 - shared] == b[-1 - shared]:
        shared += 1
    if shared >= 2:
        return 0.7
    if len(short) > 1 and short in long:
        return 0.55
    letters = len(alike_letters) / len(set(short))
    # 满意率 and 知晓率 share only 率; that says the kind of figure, not which.
    return min(0.5, 0.35 * letters + 0.1 * shared)


def abbreviates(short: str, long: str) -> bool:
    """True where `short`, a word or a clause, takes the first characters of two neighbouring words of two characters
    that `long` writes in full: 电诈案 of 电信诈骗案件. Pure."""
    heads = (long[at] + long[at + 2] for at in range(len(long) - 3))
    return any(pair in short and pair not in long and _HAN.fullmatch(pair) for pair in heads)


_HAN = deferred("[一-鿿]{2}")


def _near(a: str, b: str) -> bool:
    groups = _groups()
    return bool(groups.get(a, frozenset()) & groups.get(b, frozenset()))


def shared(a: frozenset[str], b: frozenset[str]) -> float:
    """The part, 0 to 1, of the smaller set that stands in the other; 0 where one is empty. Pure."""
    if not a or not b:
        return 0.0
    return len(a & b) / min(len(a), len(b))


_ORDINAL = deferred(
    r"(?<![一二三四五六七八九十\d])([一二三四五六七八九十]{1,2}|\d{1,2})([队组班期批村片区号标星院]|网格(?!员)|支部|中队|小组|等(?=[奖功品]))(?!别|织|人|长)"
)


@lru_cache(maxsize=16384)
def sides(text: str) -> frozenset[tuple[int, str]]:
    """The words of `text` that set circumstances apart (上午, 党员 …), each with the number of its group. Pure."""
    words = {(number, word) for number, group in enumerate(OPPOSED) for word in group if word in text}
    # 一队 and 二队, 3号楼 and 5号楼: the same class with another ordinal.
    words |= {(ord(found[2][0]), found.group()) for found in _ORDINAL.finditer(text)}
    return frozenset(words)


# Circumstances that govern the whole sentence they open: 小学在校生4200人，教师260人 are all of the 小学.
_GOVERNING = deferred(
    "[上下]午|晚上|夜间|城区|农村|乡镇|线[上下]|室[内外]|[一二三]期|小学|初中|高中|[上下]半年|[一二三四五六七八九十\\d]{1,3}(?:网格|支部|中队|小组)"
)


@lru_cache(maxsize=16384)
def inherited(before: str, own: frozenset[tuple[int, str]]) -> frozenset[tuple[int, str]]:
    """The circumstances that earlier clauses of a sentence lend a claim which has none of their group. Pure."""
    groups = {number for number, _ in own}
    last: dict[int, tuple[int, str]] = {}
    for number, word in sides(before):
        at = before.rfind(word)
        if _GOVERNING.fullmatch(word) and number not in groups and at >= last.get(number, (-1, ""))[0]:
            last[number] = at, word
    return own | {(number, word) for number, (_, word) in last.items()}


def opposed(a: frozenset[tuple[int, str]], b: frozenset[tuple[int, str]]) -> str:
    """The word of `b` that excludes what `a` says (下午 against 上午), or "". Pure."""
    if not a or not b:
        return ""
    if a & b:
        a, b = a - b, b - a
    groups = {number for number, _ in a}
    return next((word for number, word in sorted(b) if number in groups), "")
