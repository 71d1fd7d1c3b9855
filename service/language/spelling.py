"""Spellings of one and the same name or figure: full-width and half-width signs, brackets of every kind."""

from __future__ import annotations

_FULL = {0xFF10 + at: 0x30 + at for at in range(10)}
_FULL |= {0xFF21 + at: 0x41 + at for at in range(26)} | {0xFF41 + at: 0x61 + at for at in range(26)}
_FULL |= {ord("．"): ord("."), ord("％"): ord("%"), ord("－"): ord("-"), ord("＋"): ord("+")}
_BRACKETS = {ord(sign): ord("(") for sign in "（〔［[【﹝{｛"} | {ord(sign): ord(")") for sign in "）〕］]】﹞}｝"}
_DASHES = dict.fromkeys(map(ord, "—–―─−‐‑"), ord("-"))
_NAME = _FULL | _BRACKETS | _DASHES


def folded(text: str) -> str:
    """`text` with half-width digits, letters and their marks; as long as it was. Pure."""
    return text.translate(_FULL)


def name_folded(text: str) -> str:
    """`text` as names are compared: 〔２０２５〕31号 and [2025]31号 are one document. As long as it was. Pure."""
    return text.translate(_NAME)
