"""`zhibi numbers`: every numeric mention of a text."""

from __future__ import annotations

from service.commands.printing import print_json, print_line
from service.commands.reading import read_argument

_ROLES = {"claim": "数量", "name": "名称", "structure": "序号", "lexical": "词语", "defect": "缺陷"}


def run(file: str, as_json: bool) -> int:
    """Prints the mentions of `file`; returns the exit code."""
    from service.language.numbers import find_numbers

    mentions = [mention.to_json() for mention in find_numbers(read_argument(file))]
    if as_json:
        print_json(mentions)
        return 0
    for one in mentions:
        span = one["lo"] if one["lo"] == one["hi"] else f"{one['lo'] or ''}…{one['hi'] or ''}"
        value = f"{span or ''}{one['unit'] or ''}" if one["role"] == "claim" else one["reason"] or ""
        print_line(f"{one['start']:>6}  {_ROLES[one['role']]}  {one['text']}  {one['kind'] or ''}  {value}")
    print_line(f"共{len(mentions)}处数字")
    return 0
