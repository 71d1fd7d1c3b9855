"""A real server of the web application in a thread, over a real database, for tests that speak HTTP to it."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import uvicorn

from corpus.show import ReportShown
from service.checking.check import check_draft
from service.domain.errors import NotFound
from service.domain.finding import CheckResult, Evidence, Finding, Overlap, Verdict
from service.domain.genre import Genre, Level, UnitType
from service.domain.quantity import Kind, Role
from service.domain.report import Correction, ExemplarOriginal, SearchHit
from service.domain.shelf import ListedReport
from service.domain.text import split_lines
from service.drafting.read_notes import read_notes
from service.drafting.tools import DraftingTools
from service.jobs.roles import CheckText, TextToCheck, WriteDraft
from service.jobs.workers import DraftWorkers
from service.jobs.write import writing_with
from service.language.numbers import find_numbers
from service.storage.accounts import AccountRules, AccountStore
from service.storage.audit import AuditStore
from service.storage.database import open_database
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
from service.web.application import create_application
from service.web.services import Services, WebLimits
from tests.storage import databases
from tests.storage.databases import new_database_url


def check_by_words(asked: TextToCheck) -> CheckResult:
    """A small checker: a number that stands in the notes letter by letter is exact, any other has no source.

    The web room is tested with it, so that its tests do not change with every judgement of the real one.
    """
    notes = split_lines(asked.notes)
    known = {one.text: one for one in find_numbers(asked.notes) if one.role is Role.CLAIM}
    findings: list[Finding] = []
    passed: list[Finding] = []
    for mention in find_numbers(asked.draft):
        at = (mention.start, mention.end, mention.text, str(mention.kind))
        if mention.kind is Kind.PLACEHOLDER:
            findings.append(Finding(*at, Verdict.PLACEHOLDER, "N02", f"{mention.text}还没有填写。"))
        elif mention.role is not Role.CLAIM or any(mention.text in name for name in asked.known):
            continue
        elif found := known.get(mention.text):
            line = notes.line_at(found.start)
            proof = Evidence(line.number, found.start, found.end, found.text)
            said = f"笔记第{line.number}行写有“{found.text}”。"
            passed.append(Finding(*at, Verdict.EXACT, "N00", said, evidence=(proof,)))
        else:
            said = f"笔记中没有找到“{mention.text}”。"
            findings.append(Finding(*at, Verdict.NO_SOURCE, "N01", said, "请核对笔记。"))
    return CheckResult(tuple(findings), tuple(passed), (), (), Overlap(0, None))


class ShelfInMemory:
    """A corpus of uploaded names, enough to show that the web room passes things on."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def reports(self) -> Sequence[Mapping[str, Any]]:
        """See `CorpusShelf`."""
        return self.rows

    def add(self, name: str, content: bytes) -> Mapping[str, Any]:
        """See `CorpusShelf`."""
        row = {
            "id": f"r{len(self.rows) + 1}",
            "source": name,
            "title": content.decode("utf-8", "replace").split("\n")[0],
            "genre": "progress",
            "unit_type": "street",
            "year": 2031,
            "chars": len(content),
        }
        self.rows.append(row)
        return {"files": 1, "reports": [row], "dropped": [], "not_reports": [], "failed": []}

    def listed(self) -> list[ListedReport]:
        """See `CorpusShelf`."""
        return [
            ListedReport(
                report_id=row["id"],
                source=row["source"],
                title=row["title"],
                genre=Genre.PROGRESS,
                unit="云溪街道",
                unit_type=UnitType.STREET,
                level=Level.TOWN,
                year=2031,
                chars=row["chars"],
                damage=(),
                usable_for=("structure",),
                duplicate_of=None,
                doubted=(),
                corrected=(),
                avoided=False,
            )
            for row in self.rows
        ]

    def show(self, report_id: str) -> ReportShown:
        """See `CorpusShelf`."""
        raise NotFound("没有这篇报告。", report=report_id)

    def correct(self, report_id: str, correction: Correction, withdrawn: Collection[str], by: str) -> None:
        """See `CorpusShelf`."""
        raise NotFound("没有这篇报告。", report=report_id)

    def remove(self, report_id: str) -> None:
        """See `CorpusShelf`."""
        if not any(row["id"] == report_id for row in self.rows):
            raise NotFound("没有这篇报告。", report=report_id)
        self.rows = [row for row in self.rows if row["id"] != report_id]

    def search(self, query: str, k: int, genre: Genre | None, unit_type: UnitType | None) -> list[SearchHit]:
        """See `SearchSections`."""
        del genre, unit_type
        return [
            SearchHit(
                row["id"], row["source"], row["title"], Genre.PROGRESS, UnitType.STREET, "一、做法", row["title"], 1.0
            )
            for row in self.rows
            if query in row["title"]
        ][:k]


@dataclass(frozen=True)
class Serving:
    """A running server: its address, the services behind it, and the first administrator's one-time link secret."""

    address: str
    services: Services
    first_link: str
    server: uvicorn.Server

    def token(self, name: str) -> str:
        """A bearer token for the person called `name`."""
        return self.services.accounts.new_token(name)


def check_in_earnest(asked: TextToCheck) -> CheckResult:
    """The checker of this house."""
    originals = [ExemplarOriginal(f"given-{n}", "", "", text) for n, text in enumerate(asked.exemplars, 1)]
    return check_draft(asked.notes, asked.draft, originals, asked.period, asked.known)


def services_at(
    folder: Path,
    *,
    check: CheckText = check_by_words,
    write: WriteDraft | None = None,
    rules: AccountRules | None = None,
    limits: WebLimits | None = None,
    workers: int = 2,
    evaluation_folder: Path | None = None,
    database_url: str = "",
) -> Services:
    """Real services over the database at `database_url`, or a SQLite file in `folder`."""
    database = open_database(database_url or new_database_url(databases.chosen_kind, folder, "zhibi.db"))
    runs = RunStore(database, lease_ms=3000)
    tools = DraftingTools(
        check=lambda notes, draft, exemplars=(), period=None, known=(): check(
            TextToCheck(notes, draft, period, tuple(known))
        )
    )
    shelf = ShelfInMemory()
    return Services(
        accounts=AccountStore(database, rules),
        drafts=DraftStore(database),
        reviews=ReviewStore(database),
        decisions=DecisionStore(database),
        discussion=DiscussionStore(database),
        queue=QueueStore(database),
        audit=AuditStore(database),
        directory=DirectoryStore(database),
        offers=OfferStore(database),
        operations=OperationStore(database),
        pairs=PairStore(database),
        retention=RetentionStore(database),
        runs=runs,
        working=WorkingCopyStore(database),
        workers=DraftWorkers(runs, write or writing_with(tools), check, count=workers, lease_seconds=3),
        check=check,
        read_notes=read_notes,
        search=shelf.search,
        corpus=shelf,
        evaluation_folder=evaluation_folder,
        limits=limits or WebLimits(heartbeat_seconds=1),
        version="test",
    )


@contextmanager
def serving(services: Services, host: str = "127.0.0.1") -> Iterator[Serving]:
    """The application over `services`, answering on a free port until the block ends."""
    first = services.accounts.ensure_administrator() or ""
    listening = socket.socket()
    listening.bind((host, 0))
    listening.listen(128)
    config = uvicorn.Config(
        create_application(services), log_level="critical", access_log=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield Serving(f"http://{host}:{listening.getsockname()[1]}", services, first, server)
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@dataclass(frozen=True)
class Answered:
    """An answer over the wire; header names in small letters."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.content)


def _lower(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}


def call(
    serving: Serving,
    method: str,
    path: str,
    body: Any = None,
    token: str | None = None,
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
) -> Answered:
    """One request; `body` goes as JSON, `content` as it is."""
    every = dict(headers or {})
    if token:
        every["Authorization"] = f"Bearer {token}"
    if body is not None:
        content = json.dumps(body).encode()
        every.setdefault("Content-Type", "application/json")
    request = Request(serving.address + path, content, every, method=method)
    try:
        with urlopen(request, timeout=30) as response:
            return Answered(response.status, _lower(response.headers.items()), response.read())
    except HTTPError as refused:
        return Answered(refused.code, _lower(refused.headers.items()), refused.read())
