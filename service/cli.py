"""The command line `zhibi`. Commands import what they need when they run, so `zhibi check` starts fast."""

from __future__ import annotations


def main() -> None:
    """Runs the command named on the command line."""
    raise SystemExit("zhibi: no commands yet")
