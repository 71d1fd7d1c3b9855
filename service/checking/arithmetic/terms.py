"""The numbers of the notes that a draft's number may be reckoned from, and how each hangs together with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from service.checking.claim import CALENDAR, CLOCK, Claim, once_a_claim, once_a_pool, plain_unit
from service.checking.likeness import alike
from service.checking.phrases import lead_of, words_in
from service.checking.values import Family, factor, family
from service.domain.quantity import Kind
from service.language.numbers import same_counter
from service.language.patterns import deferred

MOST_TERMS = 40  # numbers of one unit; in more than that almost any value is some sum of two
FEW = 3  # numbers of one unit among which a licensed operation is no accident
_NEAR = 200  # characters: figures that belong together stand no further apart
_LINES = 3  # lines between messages of one chat on one matter
_LABELS = frozenset((Kind.ORDINAL, Kind.RANK, Kind.POINT, *CALENDAR, *CLOCK))
_SHARES = frozenset((Kind.PERCENT, Kind.PERMILLE, Kind.RATIO))
_PER = deferred(r"每[个一]?(\d{0,5})((?:(?!每)[\u4e00-\u9fff]){1,4})|([人户日月年周均亩])均|(亩)产|(各)")
_PER_UNIT = deferred(r"^(\d{0,5})([\u4e00-\u9fff]{1,4})")
_DAYS = {"日": "天", "天": "天", "周": "周", "星期": "周", "月": "个月", "年": "年", "小时": "小时", "学期": "学期"}


@dataclass(frozen=True, eq=False)
class Term:
    """A note's exact number, in the unit of the draft's number that it may make. `added` are neighbours counted into
    the value."""

    draft: Claim
    claim: Claim
    value: Decimal
    added: tuple[Claim, ...] = ()

    @cached_property
    def tie(self) -> int:
        """How many words it shares with the draft; asked only of terms whose values fit."""
        return max(tie(self.draft, one) for one in self.all)

    @property
    def all(self) -> tuple[Claim, ...]:
        """The numbers that the value is made of."""
        return (self.claim, *self.added)


@once_a_claim
def own_words(claim: Claim) -> frozenset[str]:
    """The telling pairs of characters of a claim's clause. Pure."""
    return words_in(claim.clause_text)


def tie(draft: Claim, note: Claim) -> int:
    """How many telling words of a note's clause stand in the draft's clause or the one before it. Pure."""
    shared = len(told_words(draft) & own_words(note))
    return shared + (alike(draft.noun, note.noun) >= 0.7) + dated(draft, note)


def is_tied(draft: Claim, note: Claim) -> bool:
    """True where `tie` finds anything; asked of every figure of the notes for every figure of a draft. Pure."""
    told = not told_words(draft).isdisjoint(own_words(note))
    return told or alike(draft.noun, note.noun) >= 0.7 or dated(draft, note)


@once_a_claim
def told_words(claim: Claim) -> frozenset[str]:
    """The telling pairs of characters of a claim's clause and of the one before it. Pure."""
    return own_words(claim) | words_in(claim.earlier)


def dated(draft: Claim, note: Claim) -> bool:
    """True where the draft names the day of a note's own clause: 2025年和2026年合计640台 mean these two. Pure."""
    if not draft.days:
        return False
    day = note.day if note.day is not None and note.clause_span[0] <= note.day.start < note.clause_span[1] else None
    return day is not None and any(one.when == day.when and one.when is not None for one in draft.days)


def terms_like(draft: Claim, notes: Sequence[Claim]) -> list[Term]:
    """The exact numbers of the notes that convert into the draft's unit, in order of the notes. Pure."""
    found = []
    for one in notes:
        if one.mention.kind in _LABELS or one.mention.kind in _SHARES:
            continue
        value = _in_unit_of(draft, one)
        if value is not None:
            found.append(Term(draft, one, value))
    if len(found) > MOST_TERMS:
        kept = sorted(found, key=lambda term: -term.tie)[:MOST_TERMS]
        found = sorted(kept, key=lambda term: term.claim.mention.start)
    return found


def _in_unit_of(draft: Claim, note: Claim) -> Decimal | None:
    amount, by = note.mention.amount, factor(draft.mention, note.mention)
    if amount is None or not amount.exact or amount.lo is None or by is None:
        return None
    ours, theirs = plain_unit(draft.mention.unit), plain_unit(note.mention.unit)
    # A ledger leaves 元 out after 万: 合计37万.
    money = draft.mention.kind is Kind.MONEY and not theirs and note.mention.text.strip()[-1:] in "万亿"
    if family(draft.mention, note.mention) is not Family.SAME or (bool(ours) != bool(theirs) and not money):
        return None
    # 312人 and 14个项目 share a counter that counts anything; only one noun, or people, make them one thing.
    people = note.part or not note.noun or note.noun[-1] in "人员工者民师生众"
    if ours != theirs and "个" in (ours, theirs) and alike(draft.noun, note.noun) < 0.6 and not people:
        return None
    return amount.lo * by


@once_a_pool
def exact_counts(notes: Sequence[Claim]) -> list[Claim]:
    """The exact quantities of the notes, of whatever unit, the first hundred. Pure."""
    return [
        one
        for one in notes
        if one.mention.amount is not None
        and one.mention.amount.exact
        and one.mention.amount.lo
        and one.mention.kind not in _LABELS
        and one.mention.kind not in _SHARES
    ][:100]


def together(one: Claim, other: Claim) -> bool:
    """True where two numbers of the notes belong together: one sentence, neighbouring lines, or one thing. Pure."""
    if one.sentence_span == other.sentence_span:
        return True
    apart = abs(one.mention.start - other.mention.start)
    if abs(one.line - other.line) <= 1 and apart <= _NEAR:
        return True
    if abs(one.line - other.line) <= _LINES and plain_unit(one.mention.unit) == plain_unit(other.mention.unit) != "":
        return apart <= _NEAR
    same = alike(one.noun, other.noun) >= 0.7 or (one.action != "" and alike(one.action, other.action) >= 0.9)
    return same and plain_unit(one.mention.unit) == plain_unit(other.mention.unit)


_SHARE_OF = deferred(r"\s?[约仅已均还大]{0,2}占[^，。；\d]{0,16}$")


def is_part_of_share(one: Claim, rate: Claim) -> bool:
    """True where a share says of a figure right before it which part of something it is: 214万元，占总投资42%. Pure."""
    told = _SHARE_OF.match(lead_of(rate)) is not None
    return told and one.sentence_span == rate.sentence_span and one.mention.end <= rate.mention.start


def part_of(one: Claim, other: Claim) -> bool:
    """True where `other` is the part told right after a whole: 培训3120人，其中取证2496人. Pure."""
    return (
        one.sentence_span == other.sentence_span
        and other.part
        and not one.part
        and other.mention.start - one.mention.end < 24
    )


def follows(one: Claim, other: Claim) -> bool:
    """True where one number is told right after the other, in the next clause at most. Pure."""
    return one.sentence_span == other.sentence_span and 0 <= other.mention.start - one.mention.end < 16


def listed_together(terms: Sequence[Term]) -> Iterator[Sequence[Term]]:
    """The figures that one clause lists with 、, two to eight of them. Pure."""
    spans: dict[tuple[int, int], list[Term]] = {}
    for one in terms:
        if "、" in one.claim.clause_text:
            spans.setdefault(one.claim.clause_span, []).append(one)
    yield from (group for group in spans.values() if 2 <= len(group) <= 8)


def letters_shared(draft: Claim, note: Claim) -> int:
    """How many telling characters a draft's clause shares with a note: 取 and 证 of 未取得证书 and 取证. Pure."""
    ours = {char for pair in own_words(draft) for char in pair}
    return len(ours & {char for pair in words_in(note.item_text) for char in pair})


def hangs(draft: Claim, terms: Sequence[Term], members: Sequence[Term]) -> bool:
    """True where the draft speaks of what `members` count: by their words, or because the notes hold little else."""
    if len(terms) <= FEW:
        return True
    return sum(one.tie > 0 for one in members) * 2 >= len(members)


def named(draft: Claim, note: Claim) -> bool:
    """True where the draft names what a number of the notes counts: 高血压、糖尿病患者 of both. Pure."""
    return (len(note.noun) > 1 and note.noun in draft.clause_text) or bool(own_words(draft) & words_in(note.item_text))


def pairs_of(terms: Sequence[Term], fit: Callable[[Decimal, Decimal], bool]) -> Iterator[tuple[Term, Term]]:
    """Pairs of terms whose values fit and that belong together, the neighbours first. Pure."""
    for gap in range(1, len(terms)):
        for one, other in zip(terms, terms[gap:], strict=False):
            if fit(one.value, other.value) and together(one.claim, other.claim):
                yield one, other


@lru_cache(maxsize=4096)
def per_words(text: str, unit: str) -> tuple[tuple[Decimal, str], ...]:
    """What a number is counted per: for 每月每平方米2元 (1, 月) and (1, 平方米), for 每10股1.5元 (10, 股). Pure.

    `text` is the clause up to and with the number.
    """
    found = [(Decimal(one[1] or 1), one[2] or one[3] or one[4] or one[5]) for one in _PER.finditer(text[-24:])]
    if "/" in unit and not found:
        each = _PER_UNIT.match(unit.split("/", 1)[1])
        if each:
            found.append((Decimal(each[1] or 1), each[2]))
    return tuple(found)


@once_a_claim
def per_of(claim: Claim) -> tuple[tuple[Decimal, str], ...]:
    """What a claim is counted per. Pure."""
    lead = claim.clause_text[: max(0, claim.mention.end - claim.clause_span[0])]
    if claim.part and "每" not in lead and "每" in claim.earlier:
        return per_words(claim.earlier, "")[:1]  # 每份12元，其中政府补贴4元
    number = claim.mention.text.lstrip("每日月年周")
    return per_words(lead[: -len(number)] if number and lead.endswith(number) else lead, claim.mention.unit or "")


def counts(count: Claim, word: str, rated: Claim | None) -> bool:
    """True where `count` counts what another number is counted per: 36个月 for 每月, 20名学生 for 每人. Pure."""
    unit = plain_unit(count.mention.unit)
    if word == "各":
        # 3个社区各发200份: what stands before the word is what each of them is.
        return (
            rated is not None
            and count.sentence_span == rated.sentence_span
            and count.mention.end <= rated.mention.start
        )
    stretch = next((key for key in _DAYS if word.startswith(key)), None)
    if stretch is not None:
        return unit in (_DAYS[stretch], stretch)
    if unit and (word.startswith(unit) or same_counter(word, unit) or same_counter(word[:1], unit)):
        return True
    heads = [
        word[:size] for size in range(1, len(word) + 1)
    ]  # 14个村 for 每村发了: only the first character is the thing
    if unit.endswith("次") and word.startswith(("次", "人")):
        return True
    if count.after_text and word.startswith(count.after_text[:1]):
        return True
    return bool(count.noun) and (word.endswith(count.noun[-2:]) or any(count.noun.endswith(one) for one in heads))
