"""Which tests run over which database. A test file that can open one is named here, and tests/house proves that it is.

`make test` runs `pytest --database postgresql`, which takes the files of OVER_EACH alone, then everything over SQLite;
`make test-postgresql` runs everything over PostgreSQL too.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Every test of these asks for a database of each kind itself, by `databases.KINDS`.
BOTH_BY_ITSELF = (
    "tests/storage/test_*.py",
    "tests/jobs/test_killed*.py",
    "tests/jobs/test_runs.py",
    "tests/web/test_backup_live.py",
    "tests/web/test_desk.py",
    "tests/web/test_events.py",
    "tests/web/test_nul.py",
    "tests/web/test_review_api.py",
)

# These run once over each kind: whatever reads the record or writes to it, by the application, a command or the corpus.
OVER_EACH = (
    "tests/commands/test_*.py",
    "tests/corpus/test_exemplars.py",
    "tests/corpus/test_ingest.py",
    "tests/corpus/test_killed.py",
    "tests/corpus/test_likeness.py",
    "tests/corpus/test_reading.py",
    "tests/corpus/test_refresh.py",
    "tests/corpus/test_search.py",
    "tests/corpus/test_server_encoder.py",
    "tests/drafting/test_nothing_unmasked_reaches_a_prompt.py",
    "tests/eval/test_what_people_did.py",
    "tests/web/test_*.py",
)

# These run over SQLite alone, each for its reason; one walk through the pages (journey) is among those above.
ONCE: Mapping[str, str] = {
    "tests/corpus/test_index.py": "an index against exact search; the rows it is filled from are test_search's",
    "tests/corpus/test_mask.py": "masks texts; it opens no database",
    "tests/corpus/test_search_quality.py": "how well sections are found; that they are read back is test_search's",
    "tests/corpus/test_unseen_pages.py": "cleans pages; it opens no database",
    "tests/eval/test_judge.py": "asks a model; its home is empty",
    "tests/eval/test_report.py": "writes files about files; it opens no database",
    "tests/eval/test_run.py": "runs are kept in files; its home is empty",
    "tests/eval/test_swap_leak.py": "drafts from files; its home is empty",
    "tests/house/test_readme.py": "the first commands of a new user, who has SQLite",
    "tests/prompts/test_a_ninth_genre.py": "a genre is a file; what drafts are kept as does not depend on it",
    "tests/web/test_browser_corpus.py": "what its pages ask of the service, the tests of the API ask over each",
    "tests/web/test_browser_keeping.py": "what its pages ask of the service, the tests of the API ask over each",
    "tests/web/test_browser_many.py": "what its pages ask of the service, the tests of the API ask over each",
    "tests/web/test_browser_mending.py": "what its pages ask of the service, the tests of the API ask over each",
    "tests/web/test_browser_sign_on.py": "what its pages ask of the service, the tests of the API ask over each",
    "tests/web/test_browser_streams.py": "what its pages ask of the service, the tests of the API ask over each",
    "tests/web/test_browser_conditions.py": "old browsers, no network, plain HTTP by name",
    "tests/web/test_browser_drawn.py": "what the screens look like",
    "tests/web/test_browser_errors.py": "what pages do with answers that fail, which the browser makes up",
    "tests/web/test_browser_errors_of_others.py": "what pages do with answers that fail, which the browser makes up",
    "tests/web/test_browser_looks.py": "sizes, focus, colours, paper",
    "tests/web/test_browser_typing.py": "keys in the text box, and how fast they show",
}


def is_over_each(path: Path) -> bool:
    """True for a test file that runs once over each kind of database. Pure."""
    name = path.relative_to(ROOT).as_posix()
    return name not in ONCE and not _among(name, BOTH_BY_ITSELF) and _among(name, OVER_EACH)


def is_both_by_itself(path: Path) -> bool:
    """True for a test file whose tests ask for each kind of database themselves. Pure."""
    return _among(path.relative_to(ROOT).as_posix(), BOTH_BY_ITSELF)


def _among(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, one) for one in patterns)
