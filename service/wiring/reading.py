"""The limits on files that are read, as the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.settings import Settings

if TYPE_CHECKING:
    from corpus.read.limits import ReadLimits


def read_limits(settings: Settings) -> ReadLimits:
    """What one file may hold and cost."""
    from corpus.read.limits import ReadLimits

    return ReadLimits(
        max_file_bytes=settings.read_max_bytes,
        max_expanded_bytes=settings.read_max_expanded_bytes,
        max_ratio=settings.read_max_ratio,
        max_archive_entries=settings.read_max_entries,
        max_nesting=settings.read_max_nesting,
        max_pages=settings.read_max_pages,
        max_cells=settings.read_max_cells,
        max_chars=settings.read_max_chars,
        max_seconds=settings.read_seconds,
        max_memory_bytes=settings.read_memory_mb * 1_000_000,
    )
