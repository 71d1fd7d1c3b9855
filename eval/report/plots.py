"""Plots as SVG whose letters stay text: they are read by the page's own Chinese font, searched and copied."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

_COLOURS = ("#8a8f98", "#1f5f8b")
_RED = "#a33b2e"


def bars(title: str, labels: Sequence[str], series: Mapping[str, Sequence[float | None]], highest: float = 1.0) -> str:
    """Horizontal bars, a group a label in the given order from the top; None leaves a gap. Deterministic."""
    figure, axes = _empty(title, len(labels) * (0.24 * len(series) + 0.14) + 1.0)
    height = 0.8 / len(series)
    for at, (name, values) in enumerate(series.items()):
        places = [row + at * height for row in range(len(labels))]
        colour = _COLOURS[at + 2 - len(series)]
        drawn = axes.barh(places, [value or 0 for value in values], height * 0.9, color=colour, label=name)
        axes.bar_label(drawn, ["–" if value is None else f"{value:.3g}" for value in values], padding=3, fontsize=8)
    axes.set_yticks([row + 0.4 - height / 2 for row in range(len(labels))], labels)
    axes.invert_yaxis()
    axes.set_xlim(0, highest * 1.12 or 1)
    if len(series) > 1:
        axes.legend(frameon=False, loc="lower right")
    return _svg(figure, title)


def histogram(title: str, values: Sequence[float], across: str, limit: float | None = None) -> str:
    """How often each value occurs; `limit` draws where a draft would be blocked. Deterministic."""
    figure, axes = _empty(title, 2.8)
    axes.hist(values, bins=max(5, min(30, len(set(values)))), color=_COLOURS[1])
    if limit is not None:
        axes.axvline(limit, color=_RED, linewidth=1)
        axes.annotate(f"阻断线{limit:g}", (limit, 0.9), xycoords=("data", "axes fraction"), color=_RED, fontsize=8)
    axes.set_xlabel(across)
    axes.set_ylabel("案例数")
    return _svg(figure, title)


def scatter(title: str, points: Sequence[tuple[float, float]], across: str, up: str) -> str:
    """One dot a case. Deterministic."""
    figure, axes = _empty(title, 3.4)
    axes.scatter([one[0] for one in points], [one[1] for one in points], s=18, color=_COLOURS[1], alpha=0.7)
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    return _svg(figure, title)


def grid(title: str, rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
    """A table of counts shaded by their share of the row. Deterministic."""
    figure, axes = _empty(title, len(rows) * 0.3 + 1.8, width=max(8.0, len(columns) * 0.55 + 3))
    shares = [[count / max(1, sum(row)) for count in row] for row in counts]
    # A mesh is drawn as shapes; an image would stand in the page as a picture that no search finds.
    axes.pcolormesh(shares, cmap="Blues", vmin=0, vmax=1)
    axes.invert_yaxis()
    for y, row in enumerate(counts):
        for x, count in enumerate(row):
            if count:
                axes.text(
                    x,
                    y,
                    str(count),
                    ha="center",
                    va="center",
                    fontsize=8,
                    color="white" if shares[y][x] > 0.5 else "black",
                )
    axes.set_yticks([row + 0.5 for row in range(len(rows))], rows)
    axes.set_xticks([column + 0.5 for column in range(len(columns))], columns, rotation=60, ha="right")
    return _svg(figure, title)


def _empty(title: str, height: float, width: float = 8.0) -> tuple[Any, Any]:
    from matplotlib import rcParams
    from matplotlib.figure import Figure

    # The same bytes for the same figures; and two figures of one page share no element name.
    rcParams.update({"svg.fonttype": "none", "svg.hashsalt": title, "font.size": 9})
    rcParams["font.sans-serif"] = ["Noto Sans CJK SC", "Microsoft YaHei", "SimHei", "sans-serif"]
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.add_subplot()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return figure, axes


def _svg(figure: Any, title: str) -> str:
    """The figure as an SVG element to stand in a page, named for those who cannot see it."""
    written = StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    svg = written.getvalue()
    svg = svg[svg.index("<svg") :]
    return re.sub("<svg ", f'<svg role="img" aria-label="{title}" ', svg, count=1)
