"""An embedding model on a server of ours: what it sees, how it fails, and an index of its own for each model."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import numpy
import pytest

from corpus.encoder import ServerEncoder
from corpus.index.chroma import collection_name, embedded_client
from corpus.index.opening import open_index
from corpus.ingest import encode_missing
from corpus.mask.masking import mask_report
from corpus.search import CorpusSearch
from service.domain.errors import ServiceUnavailable
from service.storage.reports import DatabaseShelf
from tests.corpus.shelves import report_of, shelf_in

DIMENSIONS = {"small": 8, "large": 24}


class EmbeddingServer:
    """An OpenAI-compatible embeddings endpoint; `answer` may be put in place of its own, `seen` is all it was asked."""

    def __init__(self) -> None:
        self.seen: list[list[str]] = []
        self.answer: Callable[[dict[str, Any]], tuple[int, bytes]] = self.embedded
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.seen.append(asked["input"])
                status, body = server.answer(asked)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *said: object) -> None:
                """Says nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self._http.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"

    def embedded(self, asked: dict[str, Any]) -> tuple[int, bytes]:
        """Vectors made of the characters of each text, in no order of theirs."""
        rows = [
            {"index": place, "embedding": vector_of(text, DIMENSIONS[asked["model"]])}
            for place, text in enumerate(asked["input"])
        ]
        return 200, json.dumps({"data": rows[::-1]}).encode()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


def vector_of(text: str, dimensions: int) -> list[float]:
    """Texts that share characters lie near to each other."""
    vector = [0.01] * dimensions
    for char in text:
        vector[sha256(char.encode()).digest()[0] % dimensions] += 1
    return vector


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    opened = EmbeddingServer()
    yield opened
    opened.close()


def filled(folder: Path, count: int = 3) -> DatabaseShelf:
    """Reports without any vector; each names its street."""
    shelf = shelf_in(folder)
    for number in range(count):
        report = report_of([(f"澄溪街道第{number}项", f"澄溪街道清理河道垃圾{number}处，规范车辆停放秩序。")])
        shelf.add_report(report, mask_report(report), "none", [])
    return shelf


def test_vectors_come_in_the_order_of_the_texts_and_of_length_one(server: EmbeddingServer) -> None:
    encoder = ServerEncoder(server.url, "small")
    texts = [f"清理河道{'垃圾' * number}" for number in range(70)]
    rows = encoder.encode_passages(texts)
    assert rows.shape == (70, 8)
    assert numpy.allclose(numpy.linalg.norm(rows, axis=1), 1.0)
    wanted = numpy.asarray(vector_of(texts[41], 8))
    assert numpy.allclose(rows[41], wanted / numpy.linalg.norm(wanted), atol=1e-6)
    assert [len(one) for one in server.seen] == [32, 32, 6]


def test_a_server_sees_sections_with_blanks_for_their_names(server: EmbeddingServer, tmp_path: Path) -> None:
    encode_missing(filled(tmp_path), ServerEncoder(server.url, "small"))
    assert "清理河道垃圾" in str(server.seen)
    assert "澄溪" not in str(server.seen)


def test_each_model_has_a_collection_of_its_own(server: EmbeddingServer, tmp_path: Path) -> None:
    shelf, folder = filled(tmp_path), tmp_path / "chroma"
    for model in DIMENSIONS:
        encoder = ServerEncoder(server.url, model)
        encode_missing(shelf, encoder)
        index = open_index(shelf, encoder, folder)
        assert index.size() == 3
        assert CorpusSearch(shelf, index, encoder).search("河道里有垃圾")
        index.close()
    names = {one.name for one in embedded_client(folder).list_collections()}
    assert names == {collection_name(f"server-{model}") for model in DIMENSIONS}


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (500, b"", "500"),
        (401, b"{}", "401"),
        (200, b"<html>", "不是预期的格式"),
        (200, b'{"data": [{"index": 0}]}', "不是预期的格式"),
        (200, b'{"data": []}', "只收到0个向量"),
    ],
)
def test_a_server_that_fails_is_named_with_what_to_check(
    server: EmbeddingServer, status: int, body: bytes, said: str
) -> None:
    server.answer = lambda asked: (status, body)
    with pytest.raises(ServiceUnavailable, match=said) as failed:
        ServerEncoder(server.url, "small").encode_queries(["清理河道"])
    assert "ZHIBI_EMBEDDING_MODEL" in failed.value.message


ENCODE = """
import sys
from pathlib import Path
from corpus.encoder import ServerEncoder
from corpus.ingest import encode_missing
from tests.corpus.shelves import shelf_in
encode_missing(shelf_in(Path(sys.argv[1])), ServerEncoder(sys.argv[2], "small"))
"""


def test_an_encoding_that_is_killed_goes_on_where_it_was(server: EmbeddingServer, tmp_path: Path) -> None:
    shelf = filled(tmp_path, 8)

    def kill_at_the_fourth(asked: dict[str, Any]) -> tuple[int, bytes]:
        if len(server.seen) == 4:
            os.kill(run.pid, signal.SIGKILL)
        return server.embedded(asked)

    server.answer = kill_at_the_fourth
    run = subprocess.Popen([sys.executable, "-c", ENCODE, str(tmp_path), server.url])
    assert run.wait(60) == -signal.SIGKILL
    server.answer = server.embedded
    assert len(shelf.reports_without_vectors("server-small")) == 5
    assert encode_missing(shelf, ServerEncoder(server.url, "small")) == 5
    assert len(shelf.vector_keys("server-small")) == 8
    assert len([text for texts in server.seen for text in texts]) == 9
