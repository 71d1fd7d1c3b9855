"""Writes the encoder down as a graph for onnxruntime, its large products in whole numbers of eight bits.

Each row of what goes into a product is scaled by its own largest number, so a vector depends on its text alone and not
on what was encoded beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.e5.packed import PackedModel, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Weights lie within ±63 and inputs within 0..255, so that two products still fit into 16 bits: processors without
# VNNI add pairs there and would cut off what is larger. Finer steps (±127) changed no hit.
_WEIGHT_RANGE = 63
_INPUT_MIDDLE = 128
_INPUT_RANGE = 127
_FUSED = "com.microsoft"


def encoder_graph(model: PackedModel) -> bytes:
    """A serialised ONNX model: `embedded` (1, pieces, width) goes in, `states` of the same shape come out."""
    from onnx import TensorProto, helper

    writer = _Writer(model)
    writer.encoder()
    shape: list[str | int | None] = [1, "pieces", model.sizes.width]
    graph = helper.make_graph(
        writer.nodes,
        "e5",
        [helper.make_tensor_value_info("embedded", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, shape)],
        writer.constants,
    )
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
    written: bytes = helper.make_model(graph, opset_imports=versions, ir_version=10).SerializeToString()
    return written


class _Writer:
    def __init__(self, model: PackedModel) -> None:
        self._model = model
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def encoder(self) -> None:
        import numpy

        sizes = self._model.sizes
        self._constant("middle", numpy.uint8(_INPUT_MIDDLE))
        # One middle for each row, as many as there are pieces.
        self._constant("rows", numpy.array([1], dtype=numpy.int64))
        self._node("Shape", ["embedded"], "shape")
        self._node("Gather", ["shape", "rows"], "pieces.counted")
        self._node("Expand", ["middle", "pieces.counted"], "middles")
        self._constant("step", numpy.float32(1 / _INPUT_RANGE))
        self._constant("least", numpy.float32(1e-9))
        state = "embedded"
        self._norm("emb.ln", "emb.ln", [state])
        state = "emb.ln"
        for layer in range(sizes.layers):
            name = f"l{layer}."
            quantised = self._quantised(state)
            for part in "qkv":
                self._product(quantised, name + part)
            self._node(
                "MultiHeadAttention", [name + "q", name + "k", name + "v"], name + "seen", _FUSED, num_heads=sizes.heads
            )
            self._product(self._quantised(name + "seen"), name + "ao")
            self._norm(name + "aln", name + "aln", [state, name + "ao"])
            self._product(self._quantised(name + "aln"), name + "fi")
            self._node("Gelu", [name + "fi"], name + "bent", _FUSED)
            self._product(self._quantised(name + "bent"), name + "fo")
            state = "states" if layer == sizes.layers - 1 else name + "oln"
            self._norm(name + "oln", state, [name + "aln", name + "fo"])

    def _quantised(self, name: str) -> tuple[str, str]:
        # The input as numbers of eight bits and, a row each, what one step of them is worth.
        self._node("Abs", [name], name + ".abs")
        self._node("ReduceMax", [name + ".abs"], name + ".most", axes=[0, -1], keepdims=0)
        self._node("Mul", [name + ".most", "step"], name + ".step.bare")
        self._node("Max", [name + ".step.bare", "least"], name + ".step")
        self._node("QuantizeLinear", [name, name + ".step", "middles"], name + ".bytes", axis=1)
        return name + ".bytes", name + ".step"

    def _product(self, quantised: tuple[str, str], name: str) -> None:
        inputs, step = quantised
        digits, steps = _eight_bits(self._model.weights(name + ".w"))
        self._constant(name + ".digits", digits)
        self._constant(name + ".steps", steps)
        self._constant(name + ".bias", self._model.floats(name + ".b"))
        self._node("MatMulInteger", [inputs, name + ".digits", "middle"], name + ".sums")
        self._node("DequantizeLinear", [name + ".sums", step], name + ".rows", axis=1)
        self._node("Mul", [name + ".rows", name + ".steps"], name + ".columns")
        self._node("Add", [name + ".columns", name + ".bias"], name)

    def _norm(self, weights: str, result: str, inputs: list[str]) -> None:
        self._constant(weights + ".w", self._model.floats(weights + ".w"))
        self._constant(weights + ".b", self._model.floats(weights + ".b"))
        fused = len(inputs) > 1
        kind = "SkipLayerNormalization" if fused else "LayerNormalization"
        named = [*inputs, weights + ".w", weights + ".b"]
        self._node(kind, named, result, _FUSED if fused else "", epsilon=self._model.sizes.epsilon)

    def _node(self, kind: str, inputs: list[str], result: str, domain: str = "", **given: Any) -> None:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [result], domain=domain, **given))

    def _constant(self, name: str, numbers: Any) -> None:
        import numpy
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(numpy.ascontiguousarray(numbers), name))


def _eight_bits(weights: Weights) -> tuple[NDArray[Any], NDArray[Any]]:
    # Stored a row for each output with a scale for each 32 weights; wanted a column for each output with one scale.
    import numpy

    rows, blocks = weights.scales.shape
    digits = weights.digits.reshape(rows, blocks, -1)
    most = (numpy.abs(digits).max(axis=2) * numpy.abs(weights.scales)).max(axis=1)
    steps = numpy.maximum(most, 1e-12) / _WEIGHT_RANGE
    whole = numpy.rint(digits * (weights.scales / steps[:, None])[:, :, None]).astype(numpy.int8)
    return whole.reshape(rows, -1).T, steps.astype(numpy.float32)
