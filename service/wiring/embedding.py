"""An embedding server as an encoder that keeps private data back and enters all that leaves in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.domain.errors import ServiceUnavailable
from service.model.private import keep_back
from service.model.record import Limits, ModelRecord, Sent
from service.model.role import Form, Usage
from service.model.token_budget import count_tokens
from service.wiring.models import private_spans

if TYPE_CHECKING:
    from corpus.encoder import Encoder, Vectors

# One entry of the ledger holds this many texts at most: a page of past reports is many.
_BATCH = 32


@dataclass(frozen=True)
class RecordedEncoder:
    """`server`, an encoder at `address`, given only texts without private data; each batch stands in `record` under
    `run`. A server that keeps failing is left alone for a while, as a model is."""

    server: Encoder
    address: str
    model: str
    record: ModelRecord
    run: str

    @property
    def name(self) -> str:
        """See `Encoder`."""
        return self.server.name

    @property
    def dimensions(self) -> int:
        """See `Encoder`. Asks the server once, with a word of ours."""
        return self.server.dimensions

    @property
    def is_outside(self) -> bool:
        """See `Encoder`."""
        return self.server.is_outside

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return self._encoded(texts, "检索语句", self.server.encode_queries)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return self._encoded(texts, "旧稿段落", self.server.encode_passages)

    def _encoded(self, texts: Sequence[str], purpose: str, encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
        import numpy

        if not texts:
            return encode(texts)
        return numpy.vstack(list(self._batches(texts, purpose, encode)))

    def _batches(
        self, texts: Sequence[str], purpose: str, encode: Callable[[Sequence[str]], Vectors]
    ) -> Iterator[Vectors]:
        for start in range(0, len(texts), _BATCH):
            kinds: dict[str, int] = {}
            outward = []
            for text in texts[start : start + _BATCH]:
                kept_text, kept = keep_back(text, private_spans)
                outward.append(kept_text)
                for kind, count in kept.kinds.items():
                    kinds[kind] = kinds.get(kind, 0) + count
            yield self._sent(outward, kinds, purpose, encode)

    def _sent(
        self, texts: list[str], kinds: dict[str, int], purpose: str, encode: Callable[[Sequence[str]], Vectors]
    ) -> Vectors:
        text = "\n".join(texts)
        tokens = count_tokens(text)
        sent = Sent(self.run, f"向量·{purpose}", self.address, self.model, "embeddings", Form.TEXT, text, kinds, tokens)
        admission = self.record.admit(sent, Limits())
        if admission.number is None:
            raise ServiceUnavailable(
                f"向量服务 {self.address} 连续失败，{admission.wait_seconds:.0f}秒内不再询问。", address=self.address
            )
        outcome = "server"
        try:
            rows = encode(texts)
            outcome = "done"
        finally:
            self.record.settle(admission.number, sent, Usage(prompt_tokens=tokens), outcome)
        return rows
