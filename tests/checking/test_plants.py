"""Faults planted into faithful pairs are found; the faithful pairs themselves are not accused."""

from __future__ import annotations

import random

from service.checking.check import check_draft
from service.domain.finding import Band, Verdict
from service.domain.report import ExemplarOriginal
from tests.checking.plant_faults import jotted, planted, sample_texts


def test_planted_faults_of_every_kind_are_caught() -> None:
    chance = random.Random(11)
    texts = sample_texts()[::4]
    total = caught = 0
    kinds: set[Verdict] = set()
    for index, text in enumerate(texts):
        for one in planted(text, texts[index - 1], chance, per_verdict=1):
            exemplars = [ExemplarOriginal("r", "往期报告", "", one.exemplar)] if one.exemplar else []
            found = check_draft(one.notes, one.draft, exemplars).findings
            total += 1
            hit = any(f.start < one.end and one.start < f.end and f.rule != "N53" for f in found)
            caught += hit
            kinds.add(one.verdict)
    assert len(kinds) >= 15
    assert caught >= 0.95 * total, (caught, total)


def test_a_report_is_not_accused_by_its_own_notes_shuffled() -> None:
    numbers = blocked = 0
    for text in sample_texts():
        result = check_draft(jotted(text, random.Random(3)), text)
        judged = [one for one in (*result.findings, *result.passed) if one.kind != "name"]
        claims = [one for one in judged if one.verdict is not Verdict.PLACEHOLDER]
        numbers += len(claims)
        blocked += sum(one.band is Band.BLOCK for one in claims)
    assert numbers > 1000
    assert blocked <= 0.005 * numbers, (blocked, numbers)
