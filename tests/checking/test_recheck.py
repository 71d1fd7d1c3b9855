"""Checking again after an edit gives what a check from nothing gives, whatever changed."""

from __future__ import annotations

import random

from service.checking.check import Proof, check_draft
from service.domain.report import ExemplarOriginal
from tests.checking.plant_faults import jotted, sample_texts


def _edited(draft: str, chance: random.Random) -> str:
    """The draft after one change a writer makes: a line moved, dropped, doubled, added or with another figure."""
    lines = draft.split("\n")
    at = chance.randrange(len(lines))
    kind = chance.randrange(5)
    if kind == 0:
        lines.insert(at, lines.pop(chance.randrange(len(lines))))
    elif kind == 1 and len(lines) > 1:
        del lines[at]
    elif kind == 2:
        lines.insert(at, lines[at])
    elif kind == 3:
        lines.insert(at, f"三、下一步计划\n新增公益广告{chance.randrange(10, 90)}处，3月8日完成。")
    else:
        lines[at] = lines[at].replace(str(chance.randrange(10)), str(chance.randrange(10)))
    return "\n".join(lines)


def test_a_check_after_any_edit_equals_a_check_from_nothing() -> None:
    chance = random.Random(17)
    for text in sample_texts()[::8]:
        notes, exemplar = jotted(text, chance), ExemplarOriginal("r", "往期报告", "", text[:400])
        proof, draft = Proof(notes, (exemplar,)), text
        for _ in range(8):
            draft = _edited(draft, chance)
            assert proof.check(draft) == Proof(notes, (exemplar,)).check(draft)


def test_the_same_notes_share_what_was_found_of_unchanged_paragraphs() -> None:
    notes = "3月8日清理卫生死角12处\n3月12日植树120棵"
    first = check_draft(notes, "3月8日，清理卫生死角12处。\n植树120棵。")
    again = check_draft(notes, "本季度工作如下。\n3月8日，清理卫生死角12处。\n植树150棵。")
    assert [one.text for one in first.passed] == ["3月8日", "12处", "120棵"]
    assert [(one.text, one.start) for one in again.passed] == [("3月8日", 9), ("12处", 20)]
    assert [one.text for one in again.findings] == ["150棵"]
