"""The lexicon of the rule composer: which chat word becomes which official word, and what is only chatter."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

# What may follow a spoken verb and is dropped with it: 搞了个培训, 贴上了, 扫完了. Longest first.
EVENT_ASPECTS = ("了一个", "一个")
EVENT_CLASSES = frozenset({"meeting", "contest", "action"})
ASPECTS = (
    *EVENT_ASPECTS,
    "好了个",
    "完了",
    "好了",
    "掉了",
    "上了",
    "出了",
    "起了",
    "了个",
    "了次",
    "了场",
    "过了",
    "过",
    "了",
    "个",
)


@dataclass(frozen=True, slots=True)
class SpokenVerb:
    """A spoken verb: what it becomes by the class of its object; an empty word leaves it as it stands.

    With `only_things` it changes only before a noun of the lexicon or before what is counted: 换了12块, not 换了公司.
    `counted` tells the word by the counter behind a bare number: 办了7件 is 办理, 办了7场 举办.
    """

    default: str
    by_class: Mapping[str, str]
    only_things: bool = False
    counted: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lexicon:
    """The lexicon as tables; `longest` is the length of its longest entry in characters."""

    keep: frozenset[str]
    openers: frozenset[str]
    interjections: frozenset[str]
    subjects: frozenset[str]
    enders: tuple[str, ...]
    particles: frozenset[str]
    quoted: tuple[str, ...]
    replace: Mapping[str, str]
    plan: Mapping[str, str]
    hedge: Mapping[str, str]
    head: Mapping[str, str]
    order: Mapping[str, str]
    verbs: Mapping[str, SpokenVerb]
    classes: Mapping[str, tuple[str, ...]]
    longest: int


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once from its file beside this one."""
    source = files("service.drafting.compose_by_rules").joinpath("lexicon.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    verbs = {
        word: SpokenVerb(
            entry["default"], entry.get("to", {}), entry.get("only_things", False), entry.get("counted", {})
        )
        for entry in table["verb"]
        for word in entry["say"]
    }
    classes: dict[str, list[str]] = {}
    for name, nouns in table["nouns"].items():
        for noun in nouns:
            classes.setdefault(noun, []).append(name)
    words = [*table["keep"], *table["openers"], *table["subjects"], *table["replace"], *table["plan"], *table["hedge"]]
    return Lexicon(
        keep=frozenset(table["keep"]),
        openers=frozenset(table["openers"]),
        interjections=frozenset(table["interjections"]),
        subjects=frozenset(table["subjects"]),
        enders=tuple(sorted(table["enders"], key=lambda word: (-len(word), word))),
        particles=frozenset(table["particles"]),
        quoted=tuple(sorted(table["quoted"], key=lambda word: (-len(word), word))),
        replace=table["replace"],
        plan=table["plan"],
        hedge=table["hedge"],
        head=table["head"],
        order=table["order"],
        verbs=verbs,
        classes={noun: tuple(names) for noun, names in classes.items()},
        longest=max(map(len, words)) + max(map(len, ASPECTS)),
    )


def object_class(text: str, wanted: Mapping[str, str]) -> str | None:
    """The class among `wanted` of the last noun of `text` that the lexicon knows; None where that noun is of another
    class, or none stands. Nouns are read longest first, so 宣传单 is a leaflet and not 宣传, a doing. Pure."""
    entries = lexicon().classes
    at, last = 0, None
    while at < len(text):
        length = next((n for n in range(min(7, len(text) - at), 0, -1) if text[at : at + n] in entries), 0)
        if length:
            last = text[at : at + length]
        at += length or 1
    return next((name for name in entries.get(last or "", ()) if name in wanted), None)
