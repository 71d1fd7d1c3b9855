"""`python -m eval.bench [PEERS_PYTHON]`: every figure, a line each."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path

from eval.bench import checks, models, numbers, readers, whole


def main() -> None:
    """Prints the figures as they come."""
    peers = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    rooms = (checks, whole, models, readers)
    for line in chain(numbers.figures(peers), *(room.figures() for room in rooms)):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
