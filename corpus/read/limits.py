"""Limits on what is read. They bound memory and time, so that one hostile file cannot stop the rest of a folder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What one file may hold and cost. Over a limit the file is refused with InputTooLarge; nothing of it is kept.

    `max_file_bytes` bounds the file on disk; `max_expanded_bytes` the declared sizes inside an archive, of a .docx and
    .xlsx too (a 1 MB archive can declare 1 GB of XML); `max_ratio` how often larger than itself an archive may become;
    `max_archive_entries` its parts; `max_nesting` how many archives may stand in each other (1: none inside another);
    `max_pages` the pages of a .pdf; `max_cells` the filled cells of a table; `max_chars` the text that comes out.
    `max_seconds` and `max_memory_bytes` bound the process that takes a file apart.
    """

    max_file_bytes: int = 20_000_000
    max_expanded_bytes: int = 100_000_000
    max_ratio: int = 200
    max_archive_entries: int = 5_000
    max_nesting: int = 2
    max_pages: int = 500
    max_cells: int = 500_000
    max_chars: int = 2_000_000
    max_seconds: int = 60
    max_memory_bytes: int = 1_500_000_000
