"""The texts that benchmarks read: the sample corpus, and one typical draft with its notes."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


def sample_text() -> str:
    """All clean sample reports, one after the other."""
    files = [path for path in sorted(SAMPLES.iterdir()) if path.suffix in {".md", ".txt"} and path.name[0].isdigit()]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def of_length(characters: int) -> str:
    """The sample text, repeated and cut to `characters`."""
    text = sample_text()
    return (text * (characters // len(text) + 1))[:characters]


def exemplar_texts(count: int) -> list[str]:
    """The first `count` clean sample reports."""
    files = sorted(path for path in SAMPLES.glob("[0-9]*.*"))[:count]
    return [path.read_text(encoding="utf-8") for path in files]
