"""Everything the web application needs from the rooms below, filled once by the wiring."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from corpus.read.limits import ReadLimits
from corpus.show import ReportShown
from service.domain.fact import NotesRead
from service.domain.genre import Genre, UnitType
from service.domain.period import Period
from service.domain.report import Correction, SearchHit
from service.domain.shelf import ListedReport
from service.jobs.roles import CheckText
from service.jobs.workers import DraftWorkers
from service.storage.accounts import AccountStore
from service.storage.audit import AuditStore
from service.storage.decisions import DecisionStore
from service.storage.directory import DirectoryStore
from service.storage.discussion import DiscussionStore
from service.storage.drafts import DraftStore
from service.storage.offers import OfferStore
from service.storage.operations import OperationStore
from service.storage.pairs import PairStore
from service.storage.queue import QueueStore
from service.storage.retention import RetentionStore
from service.storage.reviews import ReviewStore
from service.storage.runs import RunStore
from service.storage.working_copies import WorkingCopyStore

if TYPE_CHECKING:
    from service.web.single_sign_on import SingleSignOn


class CorpusShelf(Protocol):
    """The corpus as the web application sees it. Safe to call from several threads."""

    def reports(self) -> Sequence[Mapping[str, Any]]:
        """Every report, each as one row of `ingest --json`."""
        ...

    def listed(self) -> Sequence[ListedReport]:
        """Every report as a list shows it, the newest first."""
        ...

    def show(self, report_id: str) -> ReportShown:
        """One report with its original lines, every change explained, and its damage. Raises NotFound."""
        ...

    def correct(self, report_id: str, correction: Correction, withdrawn: Collection[str], by: str) -> None:
        """Takes back a person's word on the fields `withdrawn`, then keeps `correction`. Raises NotFound."""
        ...

    def add(self, name: str, content: bytes) -> Mapping[str, Any]:
        """Takes in one uploaded file called `name`; the answer as `ingest --json`. Raises UnusableInput."""
        ...

    def remove(self, report_id: str) -> None:
        """Removes one report from record and index. Raises NotFound."""
        ...


class SearchSections(Protocol):
    """Finds past sections."""

    def __call__(self, query: str, k: int, genre: Genre | None, unit_type: UnitType | None) -> Sequence[SearchHit]:
        """The `k` best sections, best first."""
        ...


@dataclass(frozen=True, slots=True)
class WebLimits:
    """What one request may bring and how streams and cookies behave; the values of the settings of the same names.

    `reading` bounds what an uploaded file may hold, as it does for `zhibi ingest`. Prices are of a million tokens, 0
    where none is set.
    """

    notes_max_chars: int = 100_000
    upload_max_bytes: int = 20_000_000
    reading: ReadLimits = field(default_factory=ReadLimits)
    heartbeat_seconds: int = 10
    session_hours: int = 12
    secure_cookies: bool = False
    label_generated: bool = True
    wording_switched_off: frozenset[str] = frozenset()
    price_prompt: float = 0.0
    price_completion: float = 0.0


def _nothing_missing() -> Mapping[str, str | None]:
    return {}


@dataclass(frozen=True)
class Services:
    """The rooms below, by role. `ready` names each thing needed to serve: None where it answers, else the reason why
    not in Chinese. `evaluation_folder` holds one folder a run. `composer` is "rules" or the model's name, shown on the
    page."""

    accounts: AccountStore
    drafts: DraftStore
    reviews: ReviewStore
    decisions: DecisionStore
    discussion: DiscussionStore
    queue: QueueStore
    audit: AuditStore
    directory: DirectoryStore
    offers: OfferStore
    operations: OperationStore
    pairs: PairStore
    retention: RetentionStore
    runs: RunStore
    working: WorkingCopyStore
    workers: DraftWorkers
    check: CheckText
    read_notes: Callable[[str, Period | None], NotesRead]
    search: SearchSections
    corpus: CorpusShelf
    evaluation_folder: Path | None = None
    composer: str = "rules"
    version: str = ""
    limits: WebLimits = field(default_factory=WebLimits)
    single_sign_on: SingleSignOn | None = None
    ready: Callable[[], Mapping[str, str | None]] = _nothing_missing
