"""Asks the model: texts in, vectors of length one out."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.cores import cores
from corpus.e5.graph import encoder_graph
from corpus.e5.packed import PackedModel
from corpus.e5.pieces import Pieces

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Vectors = NDArray[float32]


class E5:
    """The model, ready to be asked, from several threads as well. Takes about 60 MB."""

    def __init__(self, path: Path) -> None:
        import onnxruntime

        self._packed = PackedModel(path)
        self._pieces = Pieces(self._packed.vocabulary)
        options = onnxruntime.SessionOptions()
        # One thread for a text; several texts go side by side. So nothing is padded, no thread waits for a longer text
        # and none spins.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            encoder_graph(self._packed), options, providers=["CPUExecutionProvider"]
        )
        width = self._packed.sizes.width
        self._fixed: Vectors = (
            self._packed.floats("emb.pos").reshape(-1, width) + self._packed.floats("emb.type")[:width]
        )

    def encode(self, texts: Sequence[str], prefix: str) -> Vectors:
        """A row for each text. `prefix` tells the model what a text is: "query: " or "passage: "."""
        import numpy

        threads = min(cores(), len(texts))
        if threads < 2:
            return numpy.stack([self._vector(prefix + text) for text in texts])
        with ThreadPoolExecutor(threads) as side_by_side:
            return numpy.stack(list(side_by_side.map(lambda text: self._vector(prefix + text), texts)))

    def _vector(self, text: str) -> Vectors:
        import numpy

        pieces = self._pieces.of(text, self._packed.sizes.positions)
        embedded = self._packed.embeddings(pieces) + self._fixed[: len(pieces)]
        states = self._session.run(["states"], {"embedded": embedded[None]})[0]
        mean: Vectors = numpy.asarray(states, dtype=numpy.float32)[0].mean(axis=0)
        return mean / max(float(numpy.linalg.norm(mean)), 1e-12)
