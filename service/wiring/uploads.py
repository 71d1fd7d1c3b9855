"""The corpus page's view of the past reports: listed, taken in, shown, corrected, removed."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.ingest import ingest, remove_report
from corpus.read.limits import ReadLimits
from corpus.show import ReportShown, show_report
from corpus.store import correct_report
from service.domain.errors import NotFound, UnusableInput
from service.domain.report import Correction
from service.domain.shelf import ListedReport
from service.wiring.corpus import Corpus


@dataclass(frozen=True)
class UploadedReports:
    """The corpus page's view of the past reports."""

    corpus: Corpus
    limits: ReadLimits

    def reports(self) -> Sequence[Mapping[str, Any]]:
        """Every report as one row."""
        return [report.to_json() for report in self.corpus.shelf.reports()]

    def add(self, name: str, content: bytes) -> Mapping[str, Any]:
        """Takes in one uploaded file. Raises UnusableInput with the reason where it cannot be read."""
        with tempfile.TemporaryDirectory(prefix="zhibi-upload-") as folder:
            path = Path(folder) / (Path(name.replace("\\", "/")).name.lstrip(".") or "upload.txt")
            path.write_bytes(content)
            result = ingest([path], self.corpus.shelf, self.corpus.encoder, self.corpus.index, limits=self.limits)
        answer = result.to_json()
        # Of an archive the rest goes in, and the answer names what could not be read.
        if answer["failed"] and not answer["reports"] and not answer["not_reports"]:
            raise UnusableInput(answer["failed"][0]["error"], file=name)
        return answer

    def listed(self) -> Sequence[ListedReport]:
        """See `CorpusShelf`."""
        return self.corpus.shelf.listed()

    def show(self, report_id: str) -> ReportShown:
        """See `CorpusShelf`."""
        return show_report(report_id, self.corpus.shelf)

    def correct(self, report_id: str, correction: Correction, withdrawn: Collection[str], by: str) -> None:
        """See `CorpusShelf`."""
        corpus = self.corpus
        if withdrawn:
            corpus.shelf.withdraw_corrections(report_id, withdrawn)
        correct_report(report_id, correction, corpus.shelf, corpus.encoder, corpus.index, by)

    def remove(self, report_id: str) -> None:
        """Removes one report from record and index. Raises NotFound."""
        if not remove_report(report_id, self.corpus.shelf, self.corpus.encoder, self.corpus.index):
            raise NotFound("没有这份旧报告，可能已被删除。", report=report_id)
