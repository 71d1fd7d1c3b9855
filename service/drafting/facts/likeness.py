"""How alike two statements are: by their words without numerals, and by what a figure counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from service.domain.fact import Fact
from service.domain.quantity import Mention
from service.drafting.facts.lexicon import words
from service.language.numbers.units import convertible, same_counter

_NO_WORD = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fffA-Za-z0-9]+")
_LOOSE = re.compile(r"[了的呢吧呀啦嘛也都就又还再刚那这个我们咱一共总共大概约共有是为在被把将从到去来等及和与]")
_WHEN = re.compile(
    r"(?:今|去|本|全|上半|下半)年度?(?:底|初)?|年[底初内]|(?:本|上|当)(?:月|季度|周)|目前|现在|现有|截至"
)
_LOCAL = re.compile(r"[，,。；;：:、！？!?\t]")


@lru_cache(maxsize=4096)
def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters in `text`, signs left out. Pure."""
    plain = _NO_WORD.sub(" ", text)
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1) if " " not in plain[place : place + 2])


def bare_words(fact: Fact, without: Callable[[str], str] = str) -> str:
    """The statement's words without its numerals and loose words; `without` takes away more. Pure."""
    text = list(fact.text)
    for one in fact.mentions:
        for place in range(one.start - fact.span.start, one.end - fact.span.start):
            if 0 <= place < len(text):
                text[place] = " "
    return _LOOSE.sub(" ", without("".join(text)))


def same_words(fact: Fact) -> str:
    """The key by which repeated statements know each other: letters and digits without loose words. Pure."""
    return _NO_WORD.sub("", re.sub(r"[了的呢吧呀啦嘛哈]", "", fact.clean))


def same_unit(one: Mention, other: Mention) -> bool:
    """True where both count in the same unit, or one of them names none. Pure."""
    if not one.unit or not other.unit or one.unit == other.unit:
        return True
    return same_counter(one.unit, other.unit) or convertible(one.unit, other.unit) is not None


def counted_thing(fact: Fact, mention: Mention) -> frozenset[str]:
    """What `mention` counts in the fact: the nouns of its part of the sentence, verbs left out. Pure."""
    beside = words_beside(fact, mention)
    if beside is None:  # A corrected figure stands on another line: the whole clean text speaks.
        return bigrams(_nouns(re.sub(r"\d[\d.,]*", " ", fact.clean)))
    # 教师41人 学生家庭210户: what stands before the figure names it; what follows names it only where nothing does.
    return bigrams(_nouns(beside[0])) or bigrams(_nouns(beside[1]))


def words_beside(fact: Fact, mention: Mention) -> tuple[str, str] | None:
    """The words before and behind the figure in its part of the sentence, up to the next figures; None for a corrected
    figure, which stands on another line. Pure."""
    text, start = fact.text, mention.start - fact.span.start
    end = mention.end - fact.span.start
    if not 0 <= start < end <= len(text):
        return None
    before = _LOCAL.split(text[max(0, start - 40) : start])[-1]
    after = _LOCAL.split(text[end : end + 30])[0]
    for one in fact.mentions:
        if one is not mention:
            before = before.replace(one.text, " ") if one.end <= mention.start else before
            after = after.split(one.text)[0] if one.start >= mention.end else after
    return before, after


def _nouns(text: str) -> str:
    text = without_times(text)
    return _LOOSE.sub(" ", words("spoken_verbs").pattern.sub(" ", words("work_verbs").pattern.sub(" ", text)))


def without_times(text: str) -> str:
    """`text` without the words that only say since when: 今年新购16 and 今年新7 have no thing in common. Pure."""
    return _WHEN.sub(" ", text)


def digits_of(mention: Mention) -> str:
    """The digits of a figure as the notes write them. Pure."""
    return re.sub(r"[^\d.]", "", mention.text)
