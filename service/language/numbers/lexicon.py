"""Words that hold a numeral and state no number: everyday words, slogans, feasts, plans; found around a position."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from service.domain.quantity import Mention, Role
from service.language.numbers.view import View

NUMERAL_SIGNS = "0123456789〇零一二两三四五六七八九十百千万亿"
_LONGEST_CHARS = 12


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the lexicon. `before` is how many characters stand ahead of its first numeral."""

    text: str
    before: int
    role: Role
    reason: str
    unless_next: re.Pattern[str] | None = None
    unless_before: re.Pattern[str] | None = None
    bound: bool = False

    @property
    def rank(self) -> tuple[bool, int]:
        """Orders words that overlap: bound ones first, then the longest."""
        return self.bound, len(self.text)


@cache
def _words() -> dict[str, tuple[Word, ...]]:
    """Words keyed by their first numeral with the character after it, or before it where it ends the word."""
    document = tomllib.loads((files(__package__) / "lexicon.toml").read_text(encoding="utf-8"))
    guards = {entry["word"]: entry for entry in document["guarded"]["entries"]}
    found: dict[str, Word] = {}
    for section, role, reason in (
        ("name", Role.NAME, "proper_name"),
        ("slogan", Role.NAME, "slogan"),
        ("lexical", Role.LEXICAL, "word"),
    ):
        for text in document[section]["words"].split():
            found[text] = _word(text, role, reason, guards.pop(text, None))
    for text in document["bound"]["words"].split():
        found[text] = replace(found.get(text) or _word(text, Role.LEXICAL, "word", None), bound=True)
    found = _shortest_names(found)
    for text, entry in guards.items():
        found[text] = _word(text, Role.LEXICAL, "word", entry)
    keyed: dict[str, list[Word]] = {}
    for word in found.values():
        keyed.setdefault(_key(word), []).append(word)
    return {key: tuple(sorted(words, key=lambda word: word.rank, reverse=True)) for key, words in keyed.items()}


def _shortest_names(words: dict[str, Word]) -> dict[str, Word]:
    """Names without those that only add a common noun: 五一 stands for 五一假期, 三公 for 三公经费."""
    kept: dict[str, Word] = {}
    for text, word in words.items():
        shorter = (text[:end] for end in range(2, len(text)) if not any(sign in NUMERAL_SIGNS for sign in text[end:]))
        if word.role is Role.NAME and any(part in words and words[part].role is Role.NAME for part in shorter):
            continue
        kept[text] = word
    return kept


def _word(text: str, role: Role, reason: str, guard: dict[str, str] | None) -> Word:
    before = next((at for at, sign in enumerate(text) if sign in NUMERAL_SIGNS), 0)
    if guard is None:
        return Word(text, before, role, reason)
    return Word(text, before, role, reason, _pattern(guard.get("unless_next")), _pattern(guard.get("unless_before")))


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return None if text is None else re.compile(text)


def _key(word: Word) -> str:
    first = word.text[word.before]
    if word.before + 1 < len(word.text):
        return first + word.text[word.before + 1]
    return word.text[word.before - 1] + "<" + first


def word_at(view: View, start: int) -> Mention | None:
    """The longest lexicon word whose first numeral stands at `start`, or None. Pure."""
    plain = view.plain
    table = _words()
    best: Word | None = None
    keys = (plain[start : start + 2], plain[start - 1 : start] + "<" + plain[start])
    for word in (word for key in keys for word in table.get(key, ())):
        begin = start - word.before
        longer = best is None or word.rank > best.rank
        if longer and begin >= 0 and plain.startswith(word.text, begin) and not _guarded(view, word, begin):
            best = word
    if best is None:
        return None
    end = start - best.before + len(best.text)
    # 第 and 双 belong to the numeral: 第一书记, 双十一.
    joined = 1 if best.before and plain[start - 1] in "第双" and start > view.floor else 0
    return view.mention(start - joined, end, best.role, reason=best.reason)


def _guarded(view: View, word: Word, begin: int) -> bool:
    """True where the company of the word makes it a count after all."""
    if word.unless_next is not None and word.unless_next.match(view.plain, begin + len(word.text)):
        return True
    return word.unless_before is not None and word.unless_before.search(view.before(begin, 8)) is not None
