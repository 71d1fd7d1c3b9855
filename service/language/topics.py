"""The twenty-two topics of the work and the topic a text is about, by weighted keywords."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: its id T01…T22, its Chinese name, and its keywords with their weights (1 weak, 2 plain, 4 telling)."""

    id: str
    name: str
    keywords: Mapping[str, int]


@cache
def topics() -> tuple[Topic, ...]:
    """All topics in the order of their ids."""
    source = files("service.language").joinpath("topics.json").read_text(encoding="utf-8")
    loaded = json.loads(source)
    weights = {"telling": 4, "plain": 2, "weak": 1}
    return tuple(
        Topic(
            entry["id"],
            entry["name"],
            {word: weight for grade, weight in weights.items() for word in entry.get(grade, ())},
        )
        for entry in loaded["topics"]
    )


@cache
def _traps() -> re.Pattern[str]:
    """Phrases that hold a topic's keyword and say nothing of the topic: 春节前 is a date, 执法人员 no law class."""
    source = files("service.language").joinpath("topics.json").read_text(encoding="utf-8")
    return re.compile("|".join(json.loads(source)["traps"]))


@cache
def _matcher() -> tuple[re.Pattern[str], Mapping[str, tuple[tuple[str, int], ...]]]:
    owners: dict[str, list[tuple[str, int]]] = {}
    for topic in topics():
        for word, weight in topic.keywords.items():
            owners.setdefault(word, []).append((topic.id, weight))
    words = sorted(owners, key=lambda word: (-len(word), word))
    # Longest first, so 文明餐桌 counts for conduct and not also as a weaker word within it.
    return re.compile("|".join(map(re.escape, words))), {word: tuple(owned) for word, owned in owners.items()}


def topic_scores(text: str) -> dict[str, int]:
    """Points of each topic `text` touches, by id; a keyword counts once however often it stands. Pure."""
    pattern, owners = _matcher()
    plain = _traps().sub(" ", text)
    scores: dict[str, int] = {}
    for word in {found.group() for found in pattern.finditer(plain)}:
        for topic_id, weight in owners[word]:
            scores[topic_id] = scores.get(topic_id, 0) + weight
    return scores


def topic_of(text: str) -> str | None:
    """The id of the topic `text` is most about, None where no keyword stands. Even scores go to the topic that is
    rarer in reports, the one with fewer keywords. Pure."""
    scores = topic_scores(text)
    if not scores:
        return None
    breadth = _breadths()
    return min(scores, key=lambda topic_id: (-scores[topic_id], breadth[topic_id], topic_id))


@cache
def _breadths() -> Mapping[str, int]:
    return {topic.id: len(topic.keywords) for topic in topics()}


def topic_name(topic_id: str) -> str:
    """The Chinese name of a topic. Raises KeyError for an unknown id. Pure."""
    return {topic.id: topic.name for topic in topics()}[topic_id]
