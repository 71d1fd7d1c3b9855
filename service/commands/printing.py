"""What commands print: one JSON value or Chinese lines on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
from typing import Any


def print_json(value: Any) -> None:
    """One JSON value, UTF-8 and not escaped, and nothing else, on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_line(text: str = "") -> None:
    """One line for people on standard output."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """One line on standard error: progress, warnings, what was written where."""
    sys.stderr.write(text + "\n")
