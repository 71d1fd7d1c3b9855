"""The web application with everything behind it, opened once for a process."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from threading import Thread
from typing import TYPE_CHECKING, Any

from corpus.index.opening import OpeningIndex
from corpus.search import CorpusSearch, is_same_unit
from service.domain.draft import Draft, DraftRequest
from service.domain.errors import NotFound, StorageFailed, ZhibiError
from service.domain.finding import CheckResult
from service.domain.genre import Genre
from service.domain.period import parse_period
from service.domain.report import ExemplarOriginal
from service.drafting.draft_report import draft_report
from service.jobs.roles import FinishedSteps, Tell, TextToCheck, WrittenAgain
from service.jobs.workers import DraftWorkers
from service.jobs.write import writing_with
from service.settings import Settings
from service.storage.audit import AuditStore
from service.storage.decisions import DecisionStore
from service.storage.directory import DirectoryStore
from service.storage.discussion import DiscussionStore
from service.storage.drafts import DraftStore
from service.storage.offers import OfferStore
from service.storage.operations import OperationStore
from service.storage.pairs import PairStore
from service.storage.queue import QueueStore
from service.storage.reports import DatabaseShelf
from service.storage.retention import RetentionStore
from service.storage.reviews import ReviewStore
from service.storage.runs import RunStore
from service.storage.working_copies import WorkingCopyStore
from service.web.services import Services, WebLimits
from service.wiring.corpus import Corpus, choose_encoder
from service.wiring.drafting import checker, drafting_tools
from service.wiring.genres import learn_genres
from service.wiring.long_texts import Readers, long_texts
from service.wiring.models import asker, shared_record
from service.wiring.reading import read_limits
from service.wiring.record import account_store, index_folder, make_home, open_record
from service.wiring.single_sign_on import open_sign_on
from service.wiring.uploads import UploadedReports

if TYPE_CHECKING:
    from service.jobs.long_texts import LongTexts
    from service.model.asking import Asker
    from service.storage.database import Database

log = logging.getLogger(__name__)


@contextmanager
def open_services(settings: Settings) -> Iterator[Services]:
    """Everything the web application needs, open; closed again at the end. The vector index opens in the background."""
    learn_genres(settings)
    with open_record(settings) as database:
        shelf = DatabaseShelf(database)
        encoder = choose_encoder(settings, database)
        index = OpeningIndex(shelf, encoder, index_folder(settings), settings.chroma_url)
        try:
            corpus = Corpus(shelf, encoder, index, CorpusSearch(shelf, index, encoder))
            Thread(target=_warm_up, args=(settings, corpus), name="warm-up", daemon=True).start()
            with long_texts(settings) as apart:
                yield _services(settings, database, corpus, index, apart)
        finally:
            index.close()


def _warm_up(settings: Settings, corpus: Corpus) -> None:
    """Loads word segmenter, encoder and keywords before the first person waits for them: a first draft took seconds."""
    request = DraftRequest("3月8日，组织志愿者清理卫生死角2处。", Genre.PROGRESS, "本单位", parse_period("2024年"))
    try:
        draft_report(request, drafting_tools(settings, corpus))
    except ZhibiError as failed:
        log.warning("warming up failed: %s", failed.message)


def _services(
    settings: Settings, database: Database, corpus: Corpus, index: OpeningIndex, apart: LongTexts | None
) -> Services:
    runs = RunStore(database, settings.lease_seconds * 1000)
    models = asker(settings, shared_record(settings, database)) if settings.model else None
    readers = Readers(apart, checker(settings))
    check = _TextCheck(readers.check, corpus.shelf)
    writer = _DraftWriter(settings, corpus, models, apart)
    workers = DraftWorkers(
        runs,
        writer,
        # A run waits its turn; a page is told to come again.
        _TextCheck(replace(readers, patient=True).check, corpus.shelf),
        count=settings.draft_workers,
        lease_seconds=settings.lease_seconds,
        attempts=settings.run_attempts,
    )
    return Services(
        accounts=account_store(settings, database),
        drafts=DraftStore(database),
        reviews=ReviewStore(database),
        decisions=DecisionStore(database),
        discussion=DiscussionStore(database),
        queue=QueueStore(database),
        audit=AuditStore(database),
        directory=DirectoryStore(database, settings.sign_in_link_hours),
        offers=OfferStore(database),
        operations=OperationStore(database),
        pairs=PairStore(database),
        retention=RetentionStore(database),
        runs=runs,
        working=WorkingCopyStore(database),
        workers=workers,
        check=check,
        read_notes=readers.read_notes,
        search=corpus.search.search,
        corpus=UploadedReports(corpus, read_limits(settings)),
        evaluation_folder=settings.home / "evaluation",
        single_sign_on=open_sign_on(settings),
        composer=settings.model or "rules",
        version=version("zhibi"),
        limits=WebLimits(
            reading=read_limits(settings),
            notes_max_chars=settings.notes_max_chars,
            upload_max_bytes=settings.upload_max_bytes,
            heartbeat_seconds=settings.heartbeat_seconds,
            session_hours=settings.session_hours,
            secure_cookies=settings.secure_cookies,
            label_generated=settings.label_generated,
            wording_switched_off=settings.wording_switched_off,
            price_prompt=settings.model_price_prompt,
            price_completion=settings.model_price_completion,
        ),
        ready=lambda: _ready(settings, database, index),
    )


def _ready(settings: Settings, database: Database, index: OpeningIndex) -> Mapping[str, str | None]:
    """What is needed to serve: None where it answers, else the reason in Chinese."""
    state: dict[str, str | None] = {"database": None, "home": None, "index": None}
    try:
        DatabaseShelf(database).revision()
    except ZhibiError as failed:
        state["database"] = failed.message
    try:
        make_home(settings.home)
    except StorageFailed as failed:
        state["home"] = failed.message
    # An index that failed to open does not stop the service: the vectors of the record answer instead.
    if settings.chroma_url and index.failure:
        state["index"] = index.failure.message
    return state


@dataclass(frozen=True)
class _DraftWriter:
    """The drafting path as the jobs room calls it."""

    settings: Settings
    corpus: Corpus
    models: Asker | None
    apart: LongTexts | None

    def __call__(self, request: DraftRequest, tell: Tell, steps: FinishedSteps, again: WrittenAgain | None) -> Draft:
        """See `WriteDraft`."""
        models = self.models.for_run(steps.name) if self.models else None
        return writing_with(drafting_tools(self.settings, self.corpus, models, self.apart))(request, tell, steps, again)


@dataclass(frozen=True)
class _TextCheck:
    """The checker as web and jobs call it; stored exemplars are looked up on the shelf."""

    check: Any
    shelf: DatabaseShelf

    def __call__(self, asked: TextToCheck) -> CheckResult:
        """See `CheckText`."""
        given = [ExemplarOriginal(f"given-{n}", f"旧稿{n}", "", text) for n, text in enumerate(asked.exemplars, 1)]
        originals = [*given, *self._stored(asked.exemplar_ids, asked.known)]
        result: CheckResult = self.check(asked.notes, asked.draft, originals, asked.period, asked.known)
        return result

    def _stored(self, keys: Sequence[tuple[str, str]], known: Sequence[str]) -> Iterator[ExemplarOriginal]:
        for report_id, heading in keys:
            try:
                report = self.shelf.report(report_id)
            except NotFound:
                continue  # removed since: what is gone cannot be compared with
            own = any(is_same_unit(name, report.unit) for name in known)
            for section in report.sections:
                if section.heading == heading:
                    yield ExemplarOriginal(report_id, report.title, heading, section.text, own)
