"""Patterns are compiled when first used, so a fault in one must be found here and not by a user."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import service.checking
import service.language
from service.language.patterns import deferred


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for room in (service.language, service.checking):
        for module in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if type(value) is type(deferred("")):
                    yield f"{module.name}.{name}", value


def test_every_deferred_pattern_of_the_grammar_and_the_checker_compiles() -> None:
    found = dict(_patterns())
    assert len(found) > 200
    for pattern in found.values():
        pattern.search("")


def test_a_deferred_pattern_answers_as_the_compiled_one_does() -> None:
    text, source = "清理12处、3处", r"(?P<count>\d+)处"
    later, now = deferred(source), re.compile(source)
    assert later.pattern == now.pattern
    assert later.findall(text) == now.findall(text)
    assert later.sub("〔数量〕", text) == now.sub("〔数量〕", text)
    assert [found.span() for found in later.finditer(text)] == [found.span() for found in now.finditer(text)]
    assert later.groups == now.groups
