"""`python -m eval.bench [PEERS_PYTHON]`: every figure, a line each.

Numbers and checks run on one core, and so do the readers they are held against; whole processes take what there is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from eval.bench import checks, models, numbers, readers, whole


def main() -> None:
    """Prints the figures as they come."""
    peers = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    wholes = (room.figures() for room in (whole, models, readers))
    for line in chain(_on_one_core(numbers.figures(peers), checks.figures()), *wholes):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _on_one_core(*parts: Iterator[str]) -> Iterator[str]:
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    yield from chain(*parts)
    os.sched_setaffinity(0, cores)


if __name__ == "__main__":
    main()
