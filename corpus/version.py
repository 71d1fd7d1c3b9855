"""The version of the rules that understand a page, so that a better cleaner refreshes what an older one left."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

# Everything that decides how a page is cleaned, split, classified and masked. Nobody has to remember to raise a number.
_RULES = ("corpus.clean", "corpus.split", "corpus.classify", "corpus.mask", "service.language")
_ALONE = (("corpus", "understand.py"), ("corpus", "restore.py"))


@cache
def understanding_version() -> str:
    """Names the rules of this installation: 12 characters made of their source. Pure, but for reading them once."""
    digest = sha256()
    for package in _RULES:
        for name, content in sorted(_sources(files(package))):
            digest.update(f"{package}/{name}\n".encode() + content)
    for package, name in _ALONE:
        digest.update(files(package).joinpath(name).read_bytes())
    return digest.hexdigest()[:12]


def _sources(folder: Traversable) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.name.startswith(("_", ".")):
            found += [(f"{entry.name}/{name}", content) for name, content in _sources(entry)]
        elif entry.name.endswith((".py", ".tsv", ".toml", ".json", ".txt")):
            found.append((entry.name, entry.read_bytes().replace(b"\r\n", b"\n")))
    return found
