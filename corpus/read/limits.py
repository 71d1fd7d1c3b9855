"""Limits on what is read. They bound memory and time, so that one hostile file cannot stop the rest of a folder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What one file may hold. Over a limit the file is refused with InputTooLarge; nothing of it is kept.

    `max_file_bytes` bounds the file on disk, `max_expanded_bytes` the declared sizes inside a .docx (a 1 MB archive can
    declare 1 GB of XML), `max_archive_entries` the number of its parts, `max_chars` the text that comes out.
    """

    max_file_bytes: int = 20_000_000
    max_expanded_bytes: int = 100_000_000
    max_archive_entries: int = 5_000
    max_chars: int = 2_000_000
