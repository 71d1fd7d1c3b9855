"""Words that a site deleted from one copy of a report, taken back from another copy that still holds them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from corpus.classify.damage import damaged_sentences, deleted_word, usable_for
from service.domain.page import Change
from service.domain.report import Report, Section

RULE = "N10"

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*")
# Deleted are the words a site links elsewhere (领导, 思想, 工作方案): Chinese, no figure, no mask, never a clause.
_WORD = re.compile(r"[\u4e00-\u9fff]{1,8}")
# Below this likeness the other copy's sentence is another sentence.
_LEAST_LIKENESS = 0.7
_GRAM = 3


def restored(kept: Report, copies: Sequence[Report]) -> Report:
    """`kept` with the deleted words that a copy of it still holds put back, each listed in `restored`. Pure.

    Only sentences with a hole are touched, and only where the words close it. `line` of such a change is the 1-based
    paragraph of the report's text, `column` the place in it; nothing is guessed, and no figure ever comes in.
    """
    if "deleted_word" not in kept.damage:
        return kept
    known = _Sentences([copy.text for copy in copies])
    report, changes = kept, list(kept.restored)
    for damaged in damaged_sentences(kept.text):
        if "deleted_word" not in damaged.flags:
            continue
        sentence = kept.text[damaged.span.start : damaged.span.end]
        whole = known.closest(sentence)
        mended = _mended(sentence, whole) if whole else None
        if mended is None:
            continue
        after = _replaced(report, sentence, mended)
        if after is not None:
            changes += _changes(report.text, sentence, mended)
            report = after
    return report if report is kept else _judged_anew(replace(report, restored=tuple(changes)))


class _Sentences:
    """The sentences of the copies, found by the characters they share."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._all = [found[0] for text in texts for found in _SENTENCE.finditer(text)]
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for place, sentence in enumerate(self._all):
            for gram in _grams(sentence):
                self._holders[gram].append(place)

    def closest(self, sentence: str) -> str:
        """The sentence most like `sentence`, "" where none is like enough."""
        votes = Counter(place for gram in _grams(sentence) for place in self._holders.get(gram, ()))
        if not votes:
            return ""
        best = self._all[votes.most_common(1)[0][0]]
        alike = SequenceMatcher(None, sentence, best, autojunk=False).ratio() >= _LEAST_LIKENESS
        return best if alike or sentence in best else ""


def _grams(sentence: str) -> set[str]:
    return {sentence[start : start + _GRAM] for start in range(len(sentence) - _GRAM + 1)}


def _mended(sentence: str, whole: str) -> str | None:
    """`sentence` with the fewest words of `whole` that close its hole; None where none do."""
    matcher = SequenceMatcher(None, sentence, whole, autojunk=False)
    inserted = [
        (start, whole[first:last])
        for kind, start, _, first, last in matcher.get_opcodes()
        if kind == "insert" and _WORD.fullmatch(whole[first:last])
    ]
    for chosen in ([[one] for one in inserted], [inserted]):
        for some in chosen:
            mended = _with(sentence, some)
            if some and not deleted_word(mended):
                return mended
    return None


def _with(sentence: str, inserted: Sequence[tuple[int, str]]) -> str:
    for start, words in reversed(inserted):
        sentence = sentence[:start] + words + sentence[start:]
    return sentence


def _replaced(report: Report, sentence: str, mended: str) -> Report | None:
    """The report with the sentence replaced in its text and in the one section that holds it; None where unsure."""
    holders = [
        place
        for place, section in enumerate(report.sections)
        if section.text.count(sentence) + section.heading.count(sentence) == 1
    ]
    if report.text.count(sentence) != 1 or len(holders) != 1:
        return None
    sections = list(report.sections)
    held = sections[holders[0]]
    sections[holders[0]] = Section(
        held.heading.replace(sentence, mended), held.level, held.text.replace(sentence, mended)
    )
    return replace(report, text=report.text.replace(sentence, mended), sections=tuple(sections))


def _changes(text: str, sentence: str, mended: str) -> list[Change]:
    at = text.index(sentence)
    line, column = text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1)
    opcodes = SequenceMatcher(None, sentence, mended, autojunk=False).get_opcodes()
    return [
        Change(line, column + start, "", mended[first:last], RULE)
        for kind, start, _, first, last in opcodes
        if kind == "insert"
    ]


def _judged_anew(report: Report) -> Report:
    left = any("deleted_word" in one.flags for one in damaged_sentences(report.text))
    damage = tuple(flag for flag in report.damage if flag != "deleted_word" or left)
    uses = usable_for(report.text, report.sections, damage, figures_corrupt="facts" not in report.usable_for)
    return replace(report, damage=damage, usable_for=uses)
