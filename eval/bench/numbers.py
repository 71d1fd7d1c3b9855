"""How fast numbers are read: characters a second, whether that holds for long texts, and beside other readers."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from eval.bench.texts import of_length, sample_text
from service.language.numbers import find_numbers


def figures(peers_python: Path | None) -> Iterator[str]:
    """Lines of figures; peers only where their environment is given."""
    find_numbers("预热：3月8日清理死角12处。")
    own = _rate(sample_text())
    yield f"numbers, sample corpus ({len(sample_text()):,} characters): {own:,.0f} characters/s of CPU"
    for size in (10_000, 100_000, 1_000_000):
        yield f"numbers, {size:,} characters: {_rate(of_length(size)):,.0f} characters/s"
    for name, text in _hostile().items():
        yield f"numbers, hostile text ({name}): {_rate(text):,.0f} characters/s"
    if peers_python is None:
        yield "numbers, peers: not measured (make bench sets them up)"
        return
    for name, rate in _peers(peers_python).items():
        yield f"numbers, {name}: {rate:,.0f} characters/s; Zhibi is {own / rate:.1f} times as fast"


def _rate(text: str) -> float:
    started = time.process_time()
    find_numbers(text)
    return len(text) / (time.process_time() - started)


def _hostile() -> dict[str, str]:
    return {
        "100,000 digits": "7" * 100_000,
        "50,000 open brackets": "（" * 50_000,
        "万 × 100,000": "万" * 100_000,
        "一 × 100,000": "一" * 100_000,
        "1-1-1-… × 50,000": "1-" * 50_000,
    }


def _peers(python: Path) -> dict[str, float]:
    """A tenth of the sample corpus is enough for a rate, and takes the slow one half a second."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(sample_text()[:5_000])
        file.flush()
        script = Path(__file__).with_name("peers.py")
        # -P: the folder of this script must not stand before the standard library, which has a `numbers` of its own.
        command = [str(python), "-P", "-W", "ignore", str(script), file.name]
        printed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600).stdout
    rates: dict[str, float] = json.loads(printed)
    return rates
