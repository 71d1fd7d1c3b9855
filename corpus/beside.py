"""The cleaned report beside the page it came from: which lines became which paragraph, and what changed in between.

Cleaning logs each change with its line, but joins lines, takes the title away and drops whole lines; so the paragraphs
are found again by the words they share with the lines, in the order of both.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.clean.masks import TOKEN
from corpus.show import ReportShown
from service.domain.page import Change, Dropped
from service.language.differences import likeness, pairs_of

# A line that shares fewer of its pairs of characters with a paragraph is not part of it.
_LIKE_ENOUGH = 0.5
_TITLE_ENOUGH = 0.75
_SIGNS = re.compile(r"[\s#*xX_×○]+")
# Longer paragraphs are compared sentence by sentence elsewhere; here the whole is shown as replaced.
_MOST_CHARACTERS = 6_000
# Lines times paragraphs that are weighed against each other; a report has some hundred of each.
_MOST_PAIRS = 2_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters and what became of them: "same", "removed" (original only), "added" (cleaned only).

    `why` says in Chinese why the sentence around them is damaged, "" where it is whole.
    """

    kind: str
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class BesideRow:
    """Some lines of the original, the first of them line `first` of the page, and the paragraph made of them.

    A row without `cleaned` was dropped or became the title; one without `original` was put in. `dropped` and `changes`
    explain it.
    """

    first: int
    last: int
    original: tuple[Run, ...]
    cleaned: tuple[Run, ...]
    changes: tuple[Change, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    is_title: bool = False

    @property
    def changed(self) -> bool:
        """True where original and cleaned differ, or a sentence is damaged."""
        return any(run.kind != "same" or run.why for run in (*self.original, *self.cleaned)) or bool(self.changes)


def rows_beside(shown: ReportShown, why: dict[str, str]) -> list[BesideRow]:
    """Every line of the original and every paragraph of the cleaned text once, in order; `why` names damage flags.
    Pure. Without a kept page each paragraph stands alone."""
    text = shown.report.text
    paragraphs = [(match.start(), match[0]) for match in re.finditer(r"[^\n]+", text)]
    first = shown.report.lines[0]
    whole = {_bare(paragraph) for _, paragraph in paragraphs}
    titles = [
        line
        for line, words in enumerate(shown.original)
        if _is_title(words, shown.report.title) and _bare(words) not in whole
    ]
    gone = {one.line - first for one in shown.dropped if _bare(one.text) == _bare_line(shown, one.line - first)}
    places = _places(shown.original, [paragraph for _, paragraph in paragraphs], gone | set(titles))
    rows: list[BesideRow] = []
    done = 0
    for paragraph, (at, cleaned) in enumerate(paragraphs):
        mine = [line for line, place in enumerate(places) if place == paragraph]
        if mine:
            rows += [_alone(shown, first + line, line) for line in range(done, mine[0])]
            done = mine[-1] + 1
        rows.append(_joined(shown, mine, at, cleaned, why))
    rows += [_alone(shown, first + line, line) for line in range(done, len(places))]
    return [row for row in rows if row.original or row.cleaned]


def _alone(shown: ReportShown, number: int, line: int) -> BesideRow:
    """A line that is in no paragraph: the title, or something that cleaning dropped."""
    text = shown.original[line].strip()
    is_title = _is_title(text, shown.report.title)
    dropped = tuple(one for one in shown.dropped if one.line == number)
    changes = tuple(one for one in shown.changes if one.line == number)
    kind = "same" if is_title else "removed"
    return BesideRow(number, number, (Run(kind, text),) if text else (), (), changes, dropped, is_title and not dropped)


def _is_title(line: str, title: str) -> bool:
    """Whether a line is the title the report has; a masked title shares all but its masks. Pure."""
    return (
        bool(title) and bool(_bare(line)) and likeness(pairs_of(_bare(line)), pairs_of(_bare(title))) >= _TITLE_ENOUGH
    )


def _bare_line(shown: ReportShown, line: int) -> str:
    return _bare(shown.original[line]) if 0 <= line < len(shown.original) else ""


def _bare(text: str) -> str:
    return _SIGNS.sub("", TOKEN.sub("", text))


def _joined(shown: ReportShown, lines: Sequence[int], at: int, cleaned: str, why: dict[str, str]) -> BesideRow:
    first = shown.report.lines[0]
    if not lines:
        return BesideRow(0, 0, (), _with_damage(shown, at, (Run("same", cleaned),), why))
    span = (lines[0], lines[-1])
    original = "\n".join(one.strip() for one in shown.original[span[0] : span[1] + 1] if one.strip())
    left, right = _compared(original, cleaned)
    numbers = range(first + span[0], first + span[1] + 1)
    return BesideRow(
        numbers[0],
        numbers[-1],
        left,
        _with_damage(shown, at, right, why),
        tuple(one for one in shown.changes if one.line in numbers),
        tuple(one for one in shown.dropped if one.line in numbers),
    )


def _compared(original: str, cleaned: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    if len(original) + len(cleaned) > _MOST_CHARACTERS:
        same = original == cleaned
        kinds = ("same", "same") if same else ("removed", "added")
        return (Run(kinds[0], original),), (Run(kinds[1], cleaned),)
    left: list[Run] = []
    right: list[Run] = []
    old, new = list(original), re.findall(rf"{TOKEN.pattern}|.", cleaned)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if i1 < i2:
            left.append(Run("same" if tag == "equal" else "removed", "".join(old[i1:i2])))
        if j1 < j2:
            right.append(Run("same" if tag == "equal" else "added", "".join(new[j1:j2])))
    return tuple(left), tuple(right)


def _with_damage(shown: ReportShown, at: int, runs: Sequence[Run], why: dict[str, str]) -> tuple[Run, ...]:
    """`runs`, which begin at character `at` of the text, cut where a damaged sentence begins and ends."""
    found: list[Run] = []
    for run in runs:
        end = at + len(run.text)
        cuts = [at, end]
        inside = [one for one in shown.damaged if one.span.start < end and one.span.end > at]
        cuts += [place for one in inside for place in (one.span.start, one.span.end) if at < place < end]
        cuts = sorted(set(cuts))
        for start, stop in itertools.pairwise(cuts):
            flags = next((one.flags for one in inside if one.span.start <= start and stop <= one.span.end), ())
            said = "、".join(why.get(flag, flag) for flag in flags)
            found.append(Run(run.kind, shown.report.text[start:stop], said))
        at = end
    return tuple(found)


def _places(lines: Sequence[str], paragraphs: Sequence[str], apart: set[int]) -> list[int | None]:
    """For each line the paragraph it is part of, never going back; None for a line that is in none. Lines in `apart`
    are in none. Pure."""
    paragraph_pairs = [pairs_of(_bare(one)) for one in paragraphs]
    holders: dict[str, list[int]] = {}
    for number, pairs in enumerate(paragraph_pairs):
        for pair in pairs:
            holders.setdefault(pair, []).append(number)
    scores: list[dict[int, float]] = []
    for at, line in enumerate(lines):
        shared: Counter[int] = Counter()
        pairs = pairs_of(_bare(line)) if at not in apart and _bare(line) else Counter()
        for pair, count in pairs.items():
            for number in holders.get(pair, ()):
                shared[number] += min(count, paragraph_pairs[number][pair])
        least = _LIKE_ENOUGH * pairs.total()
        scores.append({number: float(found) for number, found in shared.items() if found >= least})
    return _with_gaps(_best_path(scores, len(paragraphs)), lines, len(paragraphs), apart)


def _with_gaps(
    places: Sequence[int | None], lines: Sequence[str], paragraphs: int, apart: set[int]
) -> list[int | None]:
    """`places` where lines and paragraphs left over between the same neighbours are as many: a date that is all masks
    (20xx年x月x日) shares nothing with what became of it. Pure."""
    found = list(places)
    begin, before = 0, -1
    for end in range(len(found) + 1):
        place = found[end] if end < len(found) else paragraphs
        if place is None:
            continue
        free = [line for line in range(begin, end) if line not in apart and lines[line].strip()]
        left = list(range(before + 1, place))
        if len(free) == len(left):
            for line, number in zip(free, left, strict=True):
                found[line] = number
        begin, before = end + 1, place
    return found


def _best_path(scores: Sequence[dict[int, float]], paragraphs: int) -> list[int | None]:
    """The rising choice of a paragraph for each line whose sum of scores is greatest. Pure."""
    if len(scores) * paragraphs > _MOST_PAIRS:
        return _first_best(scores)
    # best[i][p]: the greatest sum for the lines from i on, among the paragraphs from p on.
    best = [[0.0] * (paragraphs + 1)]
    for score in reversed(scores):
        below, row = best[-1], [0.0] * (paragraphs + 1)
        for place in range(paragraphs - 1, -1, -1):
            row[place] = max(row[place + 1], below[place] + score.get(place, 0.0))
        best.append(row)
    best.reverse()
    places: list[int | None] = []
    place = 0
    for line, score in enumerate(scores):
        while best[line][place] == best[line][place + 1] and place < paragraphs and best[line][place]:
            place += 1
        joined = place in score and best[line][place] == score[place] + best[line + 1][place]
        places.append(place if joined else None)
    return places


def _first_best(scores: Sequence[dict[int, float]]) -> list[int | None]:
    """The paragraph each line is most like, from the one before on: for pages too long to weigh all. Pure."""
    places: list[int | None] = []
    last = 0
    for score in scores:
        place = max((one for one in score if one >= last), key=lambda one: score[one], default=None)
        last = last if place is None else place
        places.append(place)
    return places
