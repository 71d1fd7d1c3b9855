"""The share of the draft's derived numbers whose arithmetic holds when it is done again."""

from __future__ import annotations

import ast
import re
from decimal import Decimal, DivisionByZero, InvalidOperation

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial
from service.domain.finding import Verdict
from service.language.numbers import find_numbers

_WRONG = frozenset((Verdict.DERIVED_WRONG, Verdict.PART_EXCEEDS_WHOLE, Verdict.LIST_COUNT_MISMATCH))
_LINES = re.compile(r"（行[^（）]*）")
_SIGNS = str.maketrans("＋－−×÷／（）", "+--*//()")


def _score(case: Case, trial: Trial) -> float | None:
    shown = [one.formula for one in trial.draft.check.passed if one.formula]
    verdicts = [holds(formula) for formula in shown]
    decided = [one for one in verdicts if one is not None]
    wrong = sum(one.verdict in _WRONG for one in trial.draft.check.findings)
    return sum(decided) / (len(decided) + wrong) if decided or wrong else None


def holds(formula: str) -> bool | None:
    """Whether both sides of `35人 + 42人 = 77人` are equal, to the last digit shown; None where it is no sum. Pure."""
    sides = re.split(r"[=≈＝]", _LINES.sub("", formula).translate(_SIGNS))
    if len(sides) != 2:
        return None
    left, right = (_worked_out(side) for side in sides)
    if left is None or right is None:
        return None
    digits = re.search(r"\.(\d+)", sides[1])
    # A share is shown to a digit or two, so the last digit shown may have been rounded or cut.
    slack = Decimal(1).scaleb(-(len(digits.group(1)) if digits else 0) - (2 if "%" in sides[1] else 0))
    return abs(left - right) < slack


def _worked_out(side: str) -> Decimal | None:
    plain, at = "", 0
    for mention in find_numbers(side):
        if mention.amount is None or mention.amount.lo is None:
            return None
        plain += side[at : mention.start] + f"({mention.amount.lo})"
        at = mention.end
    plain = re.sub(r"[^\d.+\-*/()]", "", plain + side[at:])
    try:
        return _value(ast.parse(plain, mode="eval").body)
    except (SyntaxError, ValueError, InvalidOperation, DivisionByZero):
        return None


def _value(node: ast.expr) -> Decimal:
    if isinstance(node, ast.Constant):
        return Decimal(str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left), _value(node.right)
        if isinstance(node.op, ast.Add):
            return left + right
        if isinstance(node.op, ast.Sub):
            return left - right
        if isinstance(node.op, ast.Mult):
            return left * right
        if isinstance(node.op, ast.Div):
            return left / right
    raise ValueError(ast.dump(node))


DERIVATIONS = Measure(
    name="derivations",
    chinese="推算正确率",
    unit="share",
    higher_is_better=True,
    sees="formulas shown beside passed numbers, worked out anew, against numbers found to be worked out wrongly",
    blind_to="a derivation nobody showed; sums of groups that overlap",
    score=_score,
    highest=1.0,
)
