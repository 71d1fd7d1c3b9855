"""Rules every test run keeps: no proxy reaches a loopback server, and CI has nothing skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

for _name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
    os.environ.pop(_name, None)
# A developer's own settings must not change what the tests see.
for _name in [name for name in os.environ if name.startswith(("ZHIBI_", "OPENAI_"))]:
    if _name != "ZHIBI_ALLOW_NO_SKIPS":
        os.environ.pop(_name)

# Rooms whose files start programs and browsers, by how long their longest file takes.
LONGEST_FIRST = ("commands", "web", "corpus", "jobs", "eval", "checking", "drafting", "storage")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --database postgresql`: the files of `over_databases.OVER_EACH` alone, over that kind of database; with
    `--whole` every file."""
    from tests.storage import databases

    parser.addoption("--database", choices=databases.KINDS, default=databases.KINDS[0])
    parser.addoption("--whole", action="store_true")


def pytest_configure(config: pytest.Config) -> None:
    """Keeps the choice where the servers of the tests look for it."""
    from tests.storage import databases

    databases.chosen_kind = config.getoption("--database")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves out what has no second run over another kind of database; a file that is named is run all the same."""
    from tests.over_databases import is_over_each
    from tests.storage import databases

    everything = config.getoption("--whole") or config.getoption("--database") == databases.KINDS[0]
    if everything or collection_path.suffix != ".py":
        return None
    return True if collection_path.name.startswith("test_") and not is_over_each(collection_path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with what takes longest, so that no worker is left alone with it at the end (`--no-loadscope-reorder`)."""
    rank = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: rank.get(item.path.parent.name, len(rank)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names the skipped tests where a skip is a failure."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and os.environ.get("ZHIBI_ALLOW_NO_SKIPS"):
        terminalreporter.write_line(f"{len(skipped)} tests were skipped; CI allows none.")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fails a run that skipped a test where skips are not allowed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and os.environ.get("ZHIBI_ALLOW_NO_SKIPS") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
