"""A page made clean. The contract: no digits that were not there, every change logged, the same again when repeated."""

from __future__ import annotations

from corpus.clean.changes import CleanLine, CleanPage, LineEditor, sorted_changes
from corpus.clean.characters import clean_characters, is_traditional, normalise_characters, simplify, strip_adverts
from corpus.clean.furniture import head_and_tail
from corpus.clean.masks import NUMBER, TOKEN, mask_line, mask_overwritten_years, years_put_over_masks
from corpus.clean.paragraphs import mend_paragraphs, stops_lost
from corpus.clean.printed import broken_at_margin, is_page_counter, running_heads
from corpus.split.labels import find_labels
from service.domain.page import Change, Dropped
from service.domain.text import split_lines

# Dropping one line of furniture can bring another to the head; more rounds than this were never needed.
_MOST_ROUNDS = 4


def clean_page(text: str, *, markdown: bool = False) -> CleanPage:
    """`text` without furniture and noise, masks as typed tokens, every change and dropped line listed. Pure.

    Digits never appear that were not in `text`. Cleaning the clean text changes nothing. Damage is flagged line by
    line, never repaired from outside knowledge.
    """
    page = _clean_once(text, markdown=markdown)
    changes, dropped = list(page.changes), list(page.dropped)
    for _ in range(_MOST_ROUNDS):
        again = _clean_once(page.text, markdown=markdown)
        if again.text == page.text:
            break
        # Lines of the second round are counted in the first's text; say them in the lines of the page.
        origin = page.lines
        changes += [Change(_at(origin, c.line), c.column, c.before, c.after, c.rule) for c in again.changes]
        dropped += [Dropped(_at(origin, d.line), d.text, d.rule) for d in again.dropped]
        lines = tuple(
            CleanLine(
                _at(origin, line.first), _last(origin, line.last), line.text, line.damage | _damage_of(origin, line)
            )
            for line in again.lines
        )
        page = CleanPage(lines)
    return CleanPage(page.lines, sorted_changes(changes), tuple(sorted(dropped, key=lambda one: one.line)))


def _at(origin: tuple[CleanLine, ...], line: int) -> int:
    return origin[min(line, len(origin)) - 1].first


def _last(origin: tuple[CleanLine, ...], line: int) -> int:
    return origin[min(line, len(origin)) - 1].last


def _damage_of(origin: tuple[CleanLine, ...], line: CleanLine) -> frozenset[str]:
    return frozenset().union(*(one.damage for one in origin[line.first - 1 : line.last]))


def _clean_once(text: str, *, markdown: bool) -> CleanPage:
    editors = [LineEditor(line.number, line.text) for line in split_lines(text).lines]
    changes: list[Change] = []
    dropped: list[Dropped] = []
    traditional = is_traditional(text)
    for editor in editors:
        normalise_characters(editor)
        if traditional:
            simplify(editor)
    texts = [editor.text for editor in editors]
    furniture, going_on = _furniture(texts)
    kept: list[CleanLine] = []
    overwritten = years_put_over_masks(text)
    for index, editor in enumerate(editors):
        if index in furniture:
            dropped.append(Dropped(editor.number, editor.text, furniture[index]))
            continue
        if not editor.text:
            continue
        before = len(editor.changes)
        strip_adverts(editor)
        dropped += [Dropped(editor.number, c.before, c.rule) for c in editor.changes[before:]]
        mask_line(editor)
        mask_overwritten_years(editor, overwritten)
        clean_characters(editor, markdown=markdown)
        normalise_characters(editor)
        changes += editor.changes
        if editor.text.strip("。，；："):
            flags = _damage(editor.text) | _figures_damage(editor)
            kept.append(CleanLine(editor.number, editor.number, editor.text, flags))
    mended, more = mend_paragraphs(kept, going_on)
    return CleanPage(tuple(mended), sorted_changes([*changes, *more]), tuple(dropped))


def _furniture(texts: list[str]) -> tuple[dict[int, str], frozenset[int]]:
    """The furniture by index with its rule, and the numbers of the lines that go on in the next.

    Where the margin broke the lines nothing else is judged: half a sentence tells too little. They are joined, and the
    next round judges the paragraphs.
    """
    printed = running_heads(texts) | {index for index, text in enumerate(texts) if is_page_counter(text)}
    written = ["" if index in printed else text for index, text in enumerate(texts)]
    furniture = dict.fromkeys(sorted(printed), "N01")
    if broken := broken_at_margin(written):
        return furniture, frozenset(index + 1 for index in broken)
    labels = [label.index for label in find_labels(written)]
    return furniture | head_and_tail(written, labels), frozenset()


def _damage(text: str) -> frozenset[str]:
    flags = set()
    if TOKEN.search(text):
        flags.add("mask")
    if stops_lost(TOKEN.sub("", text)):
        flags.add("punct_lost")
    return frozenset(flags)


def _figures_damage(editor: LineEditor) -> frozenset[str]:
    """A mask inside a figure (520xx户) puts every figure of the report in doubt; a masked year (20xx年) does not."""
    hit = any(change.rule == "N16" and change.after == NUMBER and change.before[:1] != "2" for change in editor.changes)
    return frozenset(("figures",)) if hit else frozenset()
