"""What simpler checkers say of the labelled pairs: the number's digits stand in the notes, or digits and unit, or its
value once Chinese numerals are converted. `python -m tests.checking.measure` prints them beside ours.

cn2an is no dependency: its rows are printed where it is installed (`make bench` has an environment with it).
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable

from service.checking.claims import plain_unit
from service.language.numbers import find_numbers

_CHINESE = re.compile(r"[零一二两三四五六七八九十百千万亿]{1,12}")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
Baseline = Callable[[str, str], bool]


def digits_stand(notes: str, claim: str) -> bool:
    """True where every run of digits of the claim is a run of digits of the notes; Chinese numerals as they stand."""
    numerals = _DIGITS.findall(claim) or _CHINESE.findall(claim)
    known = {*_DIGITS.findall(notes), *_CHINESE.findall(notes)}
    return bool(numerals) and all(one in known for one in numerals)


def digits_and_unit_stand(notes: str, claim: str) -> bool:
    """True where the notes hold the claim's digits with its unit right behind them."""
    units = [plain_unit(one.unit) for one in find_numbers(claim) if one.unit]
    numerals = _DIGITS.findall(claim) or _CHINESE.findall(claim)
    joined = re.sub(r"\s", "", notes)
    return bool(numerals) and all(
        re.search(rf"(?<![\d.]){re.escape(one)}[万亿余多]{{0,2}}{re.escape(units[0]) if units else ''}", joined)
        for one in numerals
    )


def _converted(text: str) -> str:
    import cn2an  # type: ignore[import-not-found]

    def convert(found: re.Match[str]) -> str:
        try:
            return str(cn2an.cn2an(found.group(), "smart"))
        except ValueError:
            return found.group()

    return re.sub(r"\d+(?:\.\d+)?[万亿]|[零一二两三四五六七八九十百千万亿]{1,12}", convert, text)


def converted_digits_stand(notes: str, claim: str) -> bool:
    """As `digits_stand`, of both texts with Chinese and mixed numerals converted by cn2an."""
    return digits_stand(_converted(notes), _converted(claim))


def baselines() -> dict[str, Baseline]:
    """The baselines that this environment can run, by what a reader may call them."""
    known: dict[str, Baseline] = {"digits in notes": digits_stand, "digits and unit in notes": digits_and_unit_stand}
    if importlib.util.find_spec("cn2an") is not None:
        known["cn2an-normalised digits in notes"] = converted_digits_stand
    return known
