"""Characters per second of other number readers over a text; run by `make bench` in an environment of their own.

Prints one line of JSON: {"name": characters per second}. cn2an finds no numbers by itself, so it is timed on converting
the runs of Chinese digits the text holds, and only their characters count.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

_CHINESE_DIGITS = re.compile(r"[零一二两三四五六七八九十百千万亿]{2,12}")


def _all_models(text: str) -> None:
    import recognizers_suite as suite  # type: ignore[import-not-found]

    chinese = suite.Culture.Chinese
    for recognize in (
        suite.recognize_number,
        suite.recognize_ordinal,
        suite.recognize_percentage,
        suite.recognize_age,
        suite.recognize_currency,
        suite.recognize_dimension,
        suite.recognize_temperature,
        suite.recognize_datetime,
    ):
        recognize(text, chinese)


def _cn2an(digits: str) -> None:
    import cn2an  # type: ignore[import-not-found]

    try:
        cn2an.cn2an(digits, "smart")
    except ValueError:
        return  # 千家万户 and the like are no numbers


def _rate(read: Callable[[str], None], lines: list[str]) -> float:
    for line in lines[:2]:
        read(line)  # models are built at the first call
    started = time.process_time()
    for line in lines:
        read(line)
    return sum(map(len, lines)) / (time.process_time() - started)


def main() -> None:
    """Times both on the lines of the file named first."""
    lines = [line for line in Path(sys.argv[1]).read_text(encoding="utf-8").split("\n") if line.strip()]
    digits = [found for line in lines for found in _CHINESE_DIGITS.findall(line)] * 20
    rates = {
        "recognizers-text-suite 1.0.2a2, all models": _rate(_all_models, lines),
        "cn2an, converting alone": _rate(_cn2an, digits),
    }
    sys.stdout.write(json.dumps(rates, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
