"""Names of downloaded files: 单位_文种_日期_v3.docx."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import quote

from service.domain.genre import parse_genre

_BEIJING = timezone(timedelta(hours=8))
# Windows refuses these in a name; a line break would split the header, and unseen characters make it read as another.
_REFUSED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_LONGEST_UNIT = 60


def export_name(unit: str, genre: str, milliseconds: int, version: int, ending: str) -> str:
    """The file name of a version written at `milliseconds` since 1970 UTC; its date is Beijing's. Pure."""
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(_BEIJING)
    plain = _REFUSED.sub("_", unit)[:_LONGEST_UNIT].strip(" .") or "稿件"
    return f"{plain}_{parse_genre(genre).chinese}_{moment:%Y%m%d}_v{version}.{ending}"


def attachment(unit: str, genre: str, milliseconds: int, version: int, ending: str) -> str:
    """The Content-Disposition of such a file, with an ASCII name beside the Chinese one. Pure."""
    name = quote(export_name(unit, genre, milliseconds, version, ending))
    return f"attachment; filename=\"draft-v{version}.{ending}\"; filename*=UTF-8''{name}"
