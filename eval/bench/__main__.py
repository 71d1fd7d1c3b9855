"""`python -m eval.bench [PEERS_PYTHON]`: every figure, a line each."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path

from eval.bench import checks, models, numbers, whole


def main() -> None:
    """Prints the figures as they come."""
    peers = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    for line in chain(numbers.figures(peers), checks.figures(), whole.figures(), models.figures()):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
