"""`zhibi numbers`: every numeric mention of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.commands.printing import print_json, print_line
from service.commands.reading import read_argument

if TYPE_CHECKING:
    from service.domain.quantity import Mention

_ROLES = {"claim": "数量", "name": "名称", "structure": "序号", "lexical": "词语", "defect": "缺陷"}


def run(file: str, as_json: bool) -> int:
    """Prints the mentions of `file`; returns the exit code."""
    from service.language.numbers import find_numbers

    mentions = find_numbers(read_argument(file))
    if as_json:
        print_json([mention.to_json() for mention in mentions])
        return 0
    for one in mentions:
        value = _value(one) if one.role == "claim" else one.reason or ""
        print_line(f"{one.start:>6}  {_ROLES[one.role]}  {one.text}  {one.kind or ''}  {value}")
    print_line(f"共{len(mentions)}处数字")
    return 0


def _value(one: Mention) -> str:
    told = one.to_json()
    low, high = told["clock"] or (told["lo"], told["hi"])
    return ((low if low == high else f"{low or ''}…{high or ''}") or "") + (one.unit or "")
