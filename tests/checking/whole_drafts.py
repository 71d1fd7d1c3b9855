"""Whole drafts beside the notes they were written from: run `python -m tests.checking.whole_drafts` for the figures.

Each file of `drafts/` holds raw notes, the report that a careful clerk wrote of them, and single edits that make one
of its claims wrong, as tired people and language models do. The report as written must not be accused; each edit must
be. Nobody looks at the files of `drafts/set_aside/` while developing; of those only counts are printed. Ten denser ones
that were read stand in `drafts/open_later/`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from service.checking.check import check_draft
from service.domain.errors import UnusableInput
from service.domain.finding import Band, CheckResult, Finding, Verdict
from service.domain.period import Period, parse_period

FOLDER = Path(__file__).with_name("drafts")
SETS = ("open", "open_later", "set_aside")
_OF_NAMES = ("名称“", "文件名“", "人名“", "地名“", "活动名称“")


@dataclass(frozen=True, slots=True)
class Fault:
    """One edit of a draft: `before` becomes `after`, in which `claim` is wrong; `kind` says how."""

    before: str
    after: str
    claim: str
    kind: str


@dataclass(frozen=True, slots=True)
class WholeDraft:
    """A draft with its notes and form, and the edits that make it wrong."""

    name: str
    unit: str
    period: str
    notes: str
    draft: str
    faults: tuple[Fault, ...]


@dataclass
class Figures:
    """Counts over whole drafts: claims of honest ones and those accused, edits and those found, both by kind."""

    honest: int = 0
    accused: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        accused, faults, found = (sum(one.values()) for one in (self.accused, self.faults, self.found))
        blocked = sum(count for told, count in self.accused.items() if told.startswith(str(Band.BLOCK.value)))
        kinds = ", ".join(f"{kind} {self.found[kind]}/{count}" for kind, count in sorted(self.faults.items()))
        return (
            f"honest claims {self.honest}, flagged {accused} ({accused / max(1, self.honest):.1%}), blocked {blocked}: "
            f"{dict(self.accused.most_common())}\n"
            f"faults {faults}, flagged {found} ({found / max(1, faults):.1%}): {kinds}"
        )


def whole_drafts(which: str) -> Iterator[WholeDraft]:
    """The drafts of one set, or of a folder by its whole path, in the order of their names."""
    for path in sorted((FOLDER / which).glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        faults = tuple(Fault(one["from"], one["to"], one["claim"], one["kind"]) for one in told["faults"])
        yield WholeDraft(path.stem, told["unit"], told["period"], told["notes"], told["draft"], faults)


def checked(one: WholeDraft, draft: str) -> CheckResult:
    """The check of a text against the notes of a whole draft."""
    return check_draft(one.notes, draft, (), period_of(one), (one.unit,))


def period_of(one: WholeDraft) -> Period | None:
    """The period as the form reads it, None where it would ask again: 2023年至2026年8月."""
    try:
        return parse_period(one.period)
    except UnusableInput:
        return None


def accusations(result: CheckResult) -> list[Finding]:
    """The findings about figures: of a name or a blank this measure says nothing."""
    return [
        one
        for one in result.findings
        if one.verdict is not Verdict.PLACEHOLDER and not any(word in one.message for word in _OF_NAMES)
    ]


def edited(one: WholeDraft, fault: Fault) -> tuple[str, int, int]:
    """The draft with one edit, and where in it the wrong claim stands."""
    at = one.draft.index(fault.before)
    start = at + fault.after.index(fault.claim)
    return one.draft.replace(fault.before, fault.after, 1), start, start + len(fault.claim)


def finds(one: WholeDraft, fault: Fault) -> bool:
    """True where anything at all is said of the wrong claim."""
    draft, start, end = edited(one, fault)
    return any(found.start < end and start < found.end for found in checked(one, draft).findings)


def figures(which: str, show: bool = False) -> Figures:
    """The counts of one set; `show` prints each failure, which is for the open set alone."""
    counts = Figures()
    for one in whole_drafts(which):
        result = checked(one, one.draft)
        accused = accusations(result)
        counts.honest += len(result.passed) + len(accused)
        counts.accused.update(f"{found.band.value} {found.verdict}" for found in accused)
        if show:
            for found in accused:
                told = one.draft[max(0, found.start - 30) : found.end + 20].replace("\n", "/")
                print(f"accused {one.name} {found.text} {found.verdict}: {found.message}\n    {told}")
        for fault in one.faults:
            hit = finds(one, fault)
            counts.faults[fault.kind] += 1
            counts.found[fault.kind] += hit
            if show and not hit:
                print(f"missed {one.name} {fault.kind}: {fault.before} → {fault.after} [{fault.claim}]")
    return counts


def main() -> None:
    """The counts of both sets, with `--show` each failure of the open one, or those of the folder asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.checking.whole_drafts")
    parser.add_argument("--show", action="store_true", help="print the failures of the open set")
    parser.add_argument("--folder", type=Path, help="a folder of drafts to measure instead of both sets")
    asked = parser.parse_args()
    for which in SETS if asked.folder is None else (str(asked.folder.absolute()),):
        found = figures(which, asked.show and which != "set_aside")
        print(f"{which}: {len(list(whole_drafts(which)))} drafts, {found}")


if __name__ == "__main__":
    main()
