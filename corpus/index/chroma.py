"""The vector index in Chroma: embedded in a folder of ours, or a Chroma server. The one file that imports chromadb.

Chroma holds nothing that the shelf does not: ids made of section and window, and vectors. Filters are answered
exactly from the shelf's vectors, because Chroma's own take 60 to 170 ms at 100,000 rows and exact ones 5 ms.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import chromadb
from chromadb.config import Settings
from chromadb.errors import ChromaError

from corpus.index.vectors import ExactVectors, best_of_each, unpacked
from corpus.shelf import ReportShelf
from service.domain.errors import ServiceUnavailable, StorageFailed, UnusableInput
from service.domain.shelf import SectionKey, VectorKey

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

    from corpus.index.vectors import Vector

# Chroma's Rust core raises its own panics as BaseException's child and bare ValueError/RuntimeError beside ChromaError.
CHROMA_FAILURES = (ChromaError, ValueError, RuntimeError, OSError)

# Chroma takes at most 5,461 rows at once.
_BATCH = 5000
_PAGE_OF_IDS = 20_000
_REPORTS_IN_ONE_FILTER = 200

# Rows go into the index file each time this many have gathered; those that wait are put in again at every opening, by
# the child and by us (10,000 of them made an opening take 40 s on a busy machine). Writing seldom would leave fewer
# moments in which a kill breaks the file; but a broken one is noticed and built anew, and a slow start is felt daily.
_SYNC_EVERY = 5_000

# A wider search list than Chroma's 100 and more links than its 16: recall@10 against exact search stays over .97.
_HNSW = {
    "space": "cosine",
    "ef_search": 200,
    "ef_construction": 200,
    "max_neighbors": 24,
    "sync_threshold": _SYNC_EVERY,
}


def embedded_client(folder: Path) -> ClientAPI:
    """Chroma inside this process, its files in `folder`. Raises ServiceUnavailable where that can be no folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failed:
        why = "那里是一个文件" if folder.exists() else failed.strerror or "系统拒绝"
        raise ServiceUnavailable(
            f"检索索引的文件夹 {folder} 建不成：{why}。旧报告都在数据库里，没有丢失；"
            "请移开它或检查权限，再运行 zhibi reindex。"
        ) from failed
    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))


def close_client(client: ClientAPI) -> None:
    """Lets go of the files of a client. Its interface lacks the method that both of its implementations have."""
    client.close()  # type: ignore[attr-defined]


def server_client(url: str) -> ClientAPI:
    """A Chroma server at `url` (http://host:port). Raises ServiceUnavailable where none answers."""
    parts = urlsplit(url if "//" in url else f"http://{url}")
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise UnusableInput(f"ZHIBI_CHROMA_URL“{url}”不是地址。可写 http://127.0.0.1:8001。")
    try:
        is_secure = parts.scheme == "https"
        client = chromadb.HttpClient(
            host=parts.hostname,
            port=parts.port or (443 if is_secure else 8000),
            ssl=is_secure,
            settings=Settings(anonymized_telemetry=False),
        )
        client.heartbeat()
    except CHROMA_FAILURES as error:
        raise _no_answer(url) from error
    return client


def _no_answer(where: str) -> ServiceUnavailable:
    return ServiceUnavailable(
        f"向量索引 {where} 没有答复。请检查 ZHIBI_CHROMA_URL 和 Chroma 服务；数据库里的报告完好。", chroma=where
    )


def collection_name(encoder: str) -> str:
    """The collection of an encoder's vectors: readable, unique, and within Chroma's rules for names. Pure."""
    readable = re.sub(r"[^a-z0-9]+", "-", encoder.lower()[:40]).strip("-") or "encoder"
    return f"zhibi-{readable}-{hashlib.sha256(encoder.encode()).hexdigest()[:8]}"


class ChromaVectors:
    """A VectorIndex in a Chroma collection. One process owns a folder; a server serves many."""

    def __init__(
        self,
        client: ClientAPI,
        encoder: str,
        dimensions: int,
        where: str,
        shelf: ReportShelf,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        self._client = client
        self._shelf = shelf
        self._on_close = on_close
        self._encoder = encoder
        self._dimensions = dimensions
        self._where = where
        self._lock = threading.RLock()
        self._revision = -1
        self._exact: ExactVectors | None = None
        self._collection: Any = self._opened()

    def catch_up(self, shelf: ReportShelf, *, anew: bool = False) -> None:
        """Takes in what changed on the shelf since the last time; the first time compares every id.

        Raises StorageFailed, and leaves the index as it is, where that holds reports the shelf has never known; not
        where it is to be made `anew`.
        """
        with self._lock:
            if self._revision < 0:
                revision = shelf.revision()
                self._compare_all(shelf, anew)
                self._revision = revision
            else:
                revision, changed = shelf.changed_since(self._revision)
                if changed:
                    self._replace(changed, shelf)
                self._revision = revision

    def nearest(
        self, query: Vector, count: int, among: Collection[SectionKey] | None = None
    ) -> list[tuple[SectionKey, float]]:
        """Up to `count` sections, nearest first, with their cosine; only those in `among` where it is given."""
        if among is not None:
            return self._exactly().nearest(query, count, among)
        with self._lock:
            # It gives fewer where it holds fewer; to count 100,000 rows before takes four times as long as to find.
            answer = self._ask(
                self._collection.query,
                query_embeddings=[query.tolist()],
                n_results=count * 2,
                include=["distances"],
            )
        rows = zip(answer["ids"][0], answer["distances"][0], strict=True)
        return best_of_each(((key_of(row).section, 1.0 - float(distance)) for row, distance in rows), count)

    def size(self) -> int:
        """How many vectors it holds."""
        return int(self._ask(self._collection.count))

    def close(self) -> None:
        """Lets go of the files and of the folder."""
        with self._lock:
            if self._exact is not None:
                self._exact.close()
            close_client(self._client)
            self._on_close()

    def _opened(self) -> Any:
        return self._ask(
            self._client.get_or_create_collection,
            collection_name(self._encoder),
            configuration={"hnsw": _HNSW},
            embedding_function=None,
        )

    def _exactly(self) -> ExactVectors:
        with self._lock:
            if self._exact is None:
                self._exact = ExactVectors(self._encoder, self._dimensions)
            self._exact.catch_up(self._shelf)
            return self._exact

    def _compare_all(self, shelf: ReportShelf, anew: bool) -> None:
        wanted = {id_of(key): key for key in shelf.vector_keys(self._encoder)}
        present = set(self._ids())
        strays = sorted(present - wanted.keys())
        if strays and not anew:
            _require_known({key_of(one).section.report_id for one in strays}, shelf)
        self._drop(strays)
        lacking = {key.section.report_id for id_, key in wanted.items() if id_ not in present}
        if lacking:
            self._put(shelf.vectors(self._encoder, lacking if len(lacking) < 2000 else None))

    def _replace(self, report_ids: Collection[str], shelf: ReportShelf) -> None:
        present: set[str] = set()
        ordered = sorted(report_ids)
        for start in range(0, len(ordered), _REPORTS_IN_ONE_FILTER):
            some = {"report_id": {"$in": ordered[start : start + _REPORTS_IN_ONE_FILTER]}}
            present.update(self._ask(self._collection.get, where=some, include=[])["ids"])
        vectors = list(shelf.vectors(self._encoder, report_ids))
        self._drop(sorted(present - {id_of(key) for key, _ in vectors}))
        # Of several processes at one server the first puts the rows; the others find them present.
        self._put((key, vector) for key, vector in vectors if id_of(key) not in present)

    def _ids(self) -> Iterator[str]:
        for offset in range(0, self.size(), _PAGE_OF_IDS):
            page = self._ask(self._collection.get, limit=_PAGE_OF_IDS, offset=offset, include=[])
            yield from page["ids"]

    def _drop(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), _BATCH):
            self._ask(self._collection.delete, ids=list(ids[start : start + _BATCH]))

    def _put(self, vectors: Iterable[tuple[VectorKey, bytes]]) -> None:
        rest = iter(vectors)
        while batch := list(islice(rest, _BATCH)):
            rows = unpacked([vector for _, vector in batch], self._dimensions)
            self._ask(
                self._collection.upsert,
                ids=[id_of(key) for key, _ in batch],
                embeddings=rows,
                metadatas=[{"report_id": key.section.report_id} for key, _ in batch],
            )

    def _ask(self, call: Any, *values: Any, **named: Any) -> Any:
        try:
            return call(*values, **named)
        except CHROMA_FAILURES as error:
            raise _no_answer(self._where) from error


def _require_known(report_ids: Collection[str], shelf: ReportShelf) -> None:
    """Rows are put in after the record has them, and it never forgets that a report was there: rows of others come from
    another database or from a later state of this one."""
    unknown = len(set(report_ids) - shelf.changed_since(0)[1])
    if unknown:
        raise StorageFailed(
            f"检索索引里有{unknown}份旧报告是这个数据库（现有{len(shelf.report_ids())}份）从来没有过的："
            "数据库可能换过、被清空过，或是较早的一份。没有改动任何内容。"
            "请检查 ZHIBI_HOME 和 ZHIBI_DATABASE_URL，或从备份恢复；如果就以现在的数据库为准，请运行 zhibi reindex。",
            unknown=unknown,
        )


def id_of(key: VectorKey) -> str:
    """The id of a vector in Chroma. Pure."""
    return f"{key.section.report_id}:{key.section.position}:{key.window}"


def key_of(id_: str) -> VectorKey:
    """The vector that `id_` names. Pure."""
    report_id, position, window = id_.rsplit(":", 2)
    return VectorKey(SectionKey(report_id, int(position)), int(window))
