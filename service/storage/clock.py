"""The present moment as the store writes it."""

from __future__ import annotations

import time


def now_in_milliseconds() -> int:
    """Whole milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000
