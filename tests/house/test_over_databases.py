"""Every test that can open a database runs over SQLite and PostgreSQL, or says why once is enough."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

from tests.over_databases import BOTH_BY_ITSELF, ONCE, OVER_EACH, ROOT, is_both_by_itself, is_over_each

PACKAGES = ("service", "prompts", "corpus", "eval", "tests")
DOOR = "service.storage.database"  # the one file that opens a database


def test_a_test_that_can_open_a_database_runs_over_both_or_says_why_not() -> None:
    modules = _modules()
    can = {path for name, path in modules.items() if path.name.startswith("test_") and _reaches(name, DOOR)}
    assert len(can) > 50
    for path in sorted(can):
        name = path.relative_to(ROOT).as_posix()
        ways = [is_both_by_itself(path), is_over_each(path), name in ONCE]
        assert ways.count(True) == 1, f"{name} opens a database: name it in tests/over_databases.py"


def test_what_asks_for_both_kinds_itself_does_and_no_name_is_left_over() -> None:
    every = [path for path in (ROOT / "tests").rglob("test_*.py") if path.parent.name != "fuzz"]
    for path in filter(is_both_by_itself, every):
        text = path.read_text(encoding="utf-8")
        assert "KINDS" in text and "chosen_kind" not in text, path
        servers = [
            one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Call) and _name(one) == "services_at"
        ]
        for one in servers:  # a server that is not told its database has the one of the run
            assert "database_url" in [each.arg for each in one.keywords], (path, one.lineno)
    for pattern in (*BOTH_BY_ITSELF, *OVER_EACH, *ONCE):
        assert list(ROOT.glob(pattern)), pattern


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


@functools.cache
def _modules() -> dict[str, Path]:
    """Every module of the house by its dotted name."""
    found: dict[str, Path] = {}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@functools.cache
def _imports(name: str) -> frozenset[str]:
    """The modules of the house that `name` imports, at its top or inside a function."""
    named: set[str] = set()
    for node in ast.walk(ast.parse(_modules()[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            named.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            named.update((node.module, *(f"{node.module}.{alias.name}" for alias in node.names)))
    return frozenset(named & _modules().keys())


def _reaches(name: str, goal: str) -> bool:
    seen, open_ones = {name}, [name]
    while open_ones:
        following = _imports(open_ones.pop()) - seen
        seen |= following
        open_ones += following
    return goal in seen
