"""A program that opens a Chroma folder under limits and says whether it is whole: `python -m corpus.index.probe`.

A process killed while it wrote can leave a folder that crashes whoever opens it, or that grows to tens of gigabytes
while it is opened. So a child opens it first: what happens to the child happens to nobody else.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# A folder that needs two minutes to open is faster rebuilt.
_SECONDS = 120
# The index of 100,000 vectors of 384 numbers is a file of 170 MB; a file twenty times that size is damage.
_LARGEST_FILE_BYTES = 4_000_000_000
_MEMORY_BYTES = 12_000_000_000


def opens_well(folder: Path, collection: str) -> bool:
    """True where a child process opened `folder`, counted and asked its collection within the limits."""
    command = [sys.executable, "-m", "corpus.index.probe", str(folder), collection]
    root = str(Path(__file__).parents[2])
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, timeout=_SECONDS, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return False
    return done.returncode == 0


def main(folder: str, collection: str) -> int:
    """Opens the folder and asks it one question; 0 where all went well."""
    _limit()
    from corpus.index.chroma import CHROMA_FAILURES, embedded_client

    client = embedded_client(Path(folder))
    try:
        found = client.get_collection(collection)
    except CHROMA_FAILURES:
        # A folder without our collection (a first start, another encoder) is empty, not broken.
        return 0 if collection not in [one.name for one in client.list_collections()] else 1
    count = found.count()
    if count:
        embeddings = found.get(limit=1, include=["embeddings"])["embeddings"]
        if embeddings is None or not len(embeddings):
            return 1
        question: list[Sequence[float]] = [[float(number) for number in embeddings[0]]]
        if not found.query(query_embeddings=question, n_results=min(count, 5), include=[])["ids"][0]:
            return 1
    return 0


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit of the parent still holds.
        return
    for what, most in ((resource.RLIMIT_FSIZE, _LARGEST_FILE_BYTES), (resource.RLIMIT_AS, _MEMORY_BYTES)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard < 0 else min(most, hard), hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
