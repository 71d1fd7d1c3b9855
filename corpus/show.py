"""One report as a person judges it: cleaned beside original, every change explained, damage sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from corpus.classify.damage import DamagedSentence, damaged_sentences
from corpus.clean.rules import damage_name, rule_name
from corpus.shelf import ReportShelf
from service.domain.page import Change, Dropped, LeftOut
from service.domain.report import Report
from service.domain.shelf import TwinPair

# Masked places as people read them; the stored form is for programs.
_MASKS = {"num": "〔遮盖的数字〕", "year": "〔遮盖的年份〕", "place": "〔遮盖的地名〕", "word": "〔遮盖的词〕"}
_MASK = re.compile(r"〔MASK:(num|year|place|word)〕")


def masks_named(text: str) -> str:
    """`text` with what a site masked named in Chinese. Pure."""
    return _MASK.sub(lambda found: _MASKS[found[1]], text)


@dataclass(frozen=True)
class ReportShown:
    """A report with all that is known of it.

    `original` are its lines of the page before cleaning, the first of them line `report.lines[0]`; empty where the page
    is not kept. `corrections` map a field to {value, by, at}. `repeated_by` are the ids of its copies, `twins` the
    reports that share sentences with it, `left_out` what reading its file did not take in.
    """

    report: Report
    original: tuple[str, ...]
    changes: tuple[Change, ...]
    dropped: tuple[Dropped, ...]
    damaged: tuple[DamagedSentence, ...]
    corrections: dict[str, Any]
    repeated_by: tuple[str, ...]
    twins: tuple[TwinPair, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape of `zhibi report show --json`."""
        report = self.report
        return {
            **report.to_json(),
            "text": report.text,
            "sections": [{"heading": one.heading, "level": one.level, "text": one.text} for one in report.sections],
            "damaged_sentences": [
                {
                    "start": one.span.start,
                    "end": one.span.end,
                    "text": report.text[one.span.start : one.span.end],
                    "flags": list(one.flags),
                    "why": "、".join(damage_name(flag) for flag in one.flags),
                }
                for one in self.damaged
            ],
            "original": list(self.original),
            "changes": [_change_json(one) for one in self.changes],
            "restored": [_change_json(one) for one in report.restored],
            "dropped": [
                {"line": one.line, "text": one.text, "rule": one.rule, "why": rule_name(one.rule)}
                for one in self.dropped
            ],
            "corrections": self.corrections,
            "repeated_by": list(self.repeated_by),
            "twins": [
                {"report_id": one.second if one.first == report.report_id else one.first, "share": one.share}
                for one in self.twins
            ],
            "left_out": [{**one.to_json(), "why": one.sentence} for one in self.left_out],
            "page": report.page_id,
            "understanding": report.understanding,
        }


def show_report(report_id: str, shelf: ReportShelf) -> ReportShown:
    """The report `report_id` with its original lines, changes and damage. Raises NotFound."""
    report = shelf.report(report_id)
    page = shelf.page(report.page_id) if report.page_id else None
    first, last = report.lines
    lines = page.text.split("\n")[first - 1 : last] if page else []
    return ReportShown(
        report=report,
        original=tuple(line.rstrip("\r") for line in lines),
        changes=tuple(one for one in page.changes if first <= one.line <= last) if page else (),
        dropped=tuple(one for one in page.dropped if first <= one.line <= last) if page else (),
        damaged=damaged_sentences(report.text),
        corrections=dict(shelf.corrections(report_id)),
        repeated_by=tuple(shelf.copies_of(report_id)),
        twins=tuple(shelf.twins(report_id)),
        left_out=page.left_out if page else (),
    )


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "line": change.line,
        "column": change.column,
        "before": change.before,
        "after": change.after,
        "rule": change.rule,
        "why": rule_name(change.rule),
    }
