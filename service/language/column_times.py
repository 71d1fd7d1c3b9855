"""Times that columns stand for where only the line above a table tells them: 三列：2024 / 2025 / 2026年1-9月."""

from __future__ import annotations

from service.language.patterns import deferred

_TIMES = deferred(
    r"(?:19|20)\d\d年?(?:\d{1,2}[-—~至]\d{1,2}月)?|[一二三四]季度?|(?<![\d\-—~至])\d{1,2}月份?|[上下]半年|去年同期|去年|今年|上年"
    r"|全年|累计|[本上]月"
)


def times_named(text: str) -> list[str]:
    """The times that `text` names, in order, as it writes them. Pure."""
    return [found.group() for found in _TIMES.finditer(text)]
