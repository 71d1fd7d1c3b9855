"""What the notes say nobody has decided yet: who leads, who looks after it. It is asked, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.domain.fact import SetAsideReason
from service.language.taken_back import Taken, pieces

_WHO = re.compile(
    r"(?:由)?谁(?:来)?(?P<does>牵头|负责|主管|包保|管|干|办)|没说谁(?P<other>管|负责|牵头)|(?:牵头|责任)(?:单位|科室|部门|人)?(?:还)?[没未]定"
)
_LOOSE = re.compile(r"[—…：:，, ]+$|^(?:\d{1,2}[.、)）]|[*·•-]) ?")
_SENTENCE = re.compile(r"[；;。！!\n]")
_ABOUT_MOST_CHARS = 16


@dataclass(frozen=True, slots=True)
class Undecided:
    """Something undecided: what is asked, and the part of the line that says so."""

    ask: str
    part: Taken


def undecided_in(text: str, first: int, number: int) -> Undecided | None:
    """What the words `text[first:]` of note line `number` leave undecided, or None. Pure."""
    found = _WHO.search(text, first)
    if found is None:
        return None
    stops = [one.end() for one in _SENTENCE.finditer(text, first, found.start())]
    start = stops[-1] if stops else first
    end = next((one.start() for one in _SENTENCE.finditer(text, found.end())), len(text))
    told = [text[begin:stop] for begin, stop in pieces(text[:end]) if begin >= start or stop > start]
    about = _LOOSE.sub("", _LOOSE.sub("", text[start : found.start()].split("，")[0].split(",")[0])).strip()
    if not about and told:
        about = ""
    does = found.groupdict().get("does") or found.groupdict().get("other") or "负责"
    does = "负责" if does in ("管", "干", "办") else does
    ask = (
        f"{about[-_ABOUT_MOST_CHARS:]}由谁{does}（第{number}行尚未定）"
        if about
        else f"由谁{does}（第{number}行尚未定）"
    )
    return Undecided(ask, Taken(start, end, SetAsideReason.UNCONFIRMED, "尚未确定，已列为待补"))
