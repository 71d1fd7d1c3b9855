"""The report as one HTML file without script and without any request: it opens from a stick in ten years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from eval.benchmarks.checker import Confusion
from eval.marking import marked
from eval.report.plots import bars, grid, histogram, scatter
from eval.report.tables import Record, figures

_STYLE = """
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:70em;margin:2em auto;
padding:0 1em;color:#222}
h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em;border-bottom:1px solid #ccc}table{border-collapse:collapse}
th,td{padding:.15em .7em;text-align:right;border-bottom:1px solid #eee}th:first-child,td:first-child{text-align:left}
svg{max-width:100%;height:auto}.two{display:grid;grid-template-columns:1fr 1fr;gap:1.5em}pre{white-space:pre-wrap;
font:inherit;background:#fafafa;padding:.8em}del{background:#f7d9d5}ins{background:#d7ead9;text-decoration:none}
.better{color:#1d6b36}.worse{color:#a33b2e}.quiet{color:#666}
"""
_SUITES = {"develop": "开发集", "held-out": "留出集"}
_VERDICTS = {"better": "变好", "worse": "变差", "changed": "有变化", "no difference seen": "未见差别"}
_SHOWN_GENRE_MEASURES = ("fact_coverage", "placeholders", "sections", "binding")


def report_page(
    record: Record, before: Record | None = None, confusion: Confusion | None = None, show_held_out: bool = False
) -> str:
    """The report of `record`, compared with `before` where it is given.

    `confusion` is the checker's on its labelled pairs. Drafts of held-out cases are shown only where asked for.
    """
    found = figures(record, before)
    parts = [
        "<!doctype html><html lang='zh-CN'><meta charset='utf-8'><title>执笔评测报告</title>",
        f"<style>{_STYLE}</style><h1>执笔评测报告</h1>",
        _run(record, before),
        *_measures(record, found),
        *_compared(record, before, found, show_held_out),
        *_by(record, found, "by_genre", "按文种"),
        *_by(record, found, "by_trap", "按陷阱"),
        *_distributions(record),
        *_confusion(confusion, found),
    ]
    return "\n".join(parts) + "\n"


def _run(record: Record, before: Record | None) -> str:
    rows = [("起草", record["composer"]), ("脚本模型", record["script"]), ("种子", record["seed"])]
    rows += [("提示词", record["prompts"][:16]), ("旧稿", f"{record['corpus']['reports']}份")]
    rows += [("版本", "，".join(f"{name} {number}" for name, number in record["versions"].items()))]
    rows += [("案例", f"{len(record['cases'])}例，{sum(bool(row['failed']) for row in record['cases'])}例未能起草")]
    if before is not None:
        rows.append(("对照", f"{before['composer']}，{len(before['cases'])}例"))
    return _table(("本次评测", ""), [(name, str(value)) for name, value in rows if value is not None])


def _measures(record: Record, found: Any) -> Iterator[str]:
    yield "<h2>各项指标</h2><p class='quiet'>未计分的案例不计入均值，另列其数。</p>"
    described = record["measures"]
    means = record["means"]
    suites = [suite for suite in _SUITES if any(row["scored"] or row["unscored"] for row in means[suite].values())]
    shares = [name for name, one in described.items() if one["highest"] == 1.0]
    if suites:
        yield bars(
            "各项占比指标",
            [described[name]["chinese"] for name in shares],
            {_SUITES[suite]: [means[suite][name]["mean"] for name in shares] for suite in suites},
        )
    arrows = {True: "↑", False: "↓", None: ""}
    rows = []
    for name, one in described.items():
        cells = [f"{one['chinese']} {arrows[one['higher_is_better']]}"]
        for suite in suites:
            mean = means[suite][name]
            shown = "无法判断" if mean["mean"] is None else f"{mean['mean']:.3f}"
            cells.append(f"{shown}（{mean['scored']}例，{mean['unscored']}例未计分）")
        rows.append(cells)
    yield _table(("指标", *(_SUITES[suite] for suite in suites)), rows)


def _compared(record: Record, before: Record | None, found: Any, show_held_out: bool) -> Iterator[str]:
    if before is None:
        return
    yield "<h2>与上次比较</h2>"
    rows = []
    for one in found["compared"]:
        low, high = one["interval"]
        verdict = f"<span class='{one['verdict'].split()[0]}'>{_VERDICTS[one['verdict']]}</span>"
        figures_of = f"{one['mean_difference']:+.3f}（{low:+.3f}～{high:+.3f}）"
        rows.append((one["chinese"], figures_of, str(one["sign_p"]), str(one["cases"]), verdict))
    head = ("指标", "平均差（95%区间）", "符号检验p", "案例", "结论")
    yield _table(head, [(*map(escape, row[:-1]), row[-1]) for row in rows], raw=True)
    yield from _moved(record, before, show_held_out)


def _moved(record: Record, before: Record, show_held_out: bool) -> Iterator[str]:
    """The ten cases whose shares moved most, both drafts side by side."""
    old = {row["case"]: row for row in before["cases"]}
    shares = [name for name, one in record["measures"].items() if one["highest"] == 1.0]

    def moved(row: Any) -> float:
        other = old[row["case"]]["scores"]
        pairs = [(row["scores"][name], other.get(name)) for name in shares]
        return float(sum(abs(one - two) for one, two in pairs if one is not None and two is not None))

    rows = [row for row in record["cases"] if row["case"] in old and (show_held_out or not row["held_out"])]
    chosen = [row for row in sorted(rows, key=lambda row: (-moved(row), row["case"])) if moved(row) > 0][:10]
    if chosen:
        yield "<h2>变动最大的案例</h2>"
    for row in chosen:
        first, second = marked(old[row["case"]]["text"], row["text"])
        yield f"<details><summary>{escape(row['case'])}（各占比指标共变动{moved(row):.2f}）</summary>"
        yield f"<div class='two'><pre>{first}</pre><pre>{second}</pre></div></details>"


def _by(record: Record, found: Any, key: str, title: str) -> Iterator[str]:
    rows = [row for row in found[key] if row["suite"] == "develop"] or found[key]
    labels = sorted({row["key"] for row in rows})
    if not labels:
        return
    yield f"<h2>{title}</h2>"
    for name in _SHOWN_GENRE_MEASURES:
        means = {row["key"]: row["mean"] for row in rows if row["measure"] == name}
        if means:
            chinese = record["measures"][name]["chinese"]
            yield f"<h3>{chinese}</h3>" + bars(
                f"{title}：{chinese}", labels, {chinese: [means.get(one) for one in labels]}
            )


def _distributions(record: Record) -> Iterator[str]:
    scores = [row["scores"] for row in record["cases"]]
    overlaps = [one["overlap"] for one in scores if one.get("overlap") is not None]
    if overlaps:
        yield "<h2>与旧稿重合的分布</h2>"
        limit = float(record["settings"]["overlap_block_chars"])
        yield histogram("与旧稿最长相同的字数", overlaps, "最长相同（字）", limit)
    for cost, label in (("cost", "费用"), ("tokens", "模型用量"), ("seconds", "起草用时（秒）")):
        points = [
            (one[cost], one["fact_coverage"])
            for one in scores
            if one.get(cost) is not None and one["fact_coverage"] is not None
        ]
        if points:
            yield "<h2>花费与质量</h2>" + scatter(f"{label}与事实覆盖率", points, label, "事实覆盖率")
            return


def _confusion(confusion: Confusion | None, found: Any) -> Iterator[str]:
    if found["verdicts"]:
        yield "<h2>核对结论</h2>"
        yield _table(("结论", "处"), [(name, str(count)) for name, count in found["verdicts"].items()])
    if confusion is not None:
        yield "<h2>核对引擎：标注结论与给出结论</h2>"
        yield grid("标注结论与给出结论", confusion.expected, confusion.given, confusion.counts)
        yield f"<p>诚实数字{confusion.honest}处，误拦{confusion.blocked}处，误标{confusion.flagged}处。</p>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], raw: bool = False) -> str:
    def cells(row: Sequence[str], tag: str) -> str:
        return "".join(f"<{tag}>{cell if raw else escape(cell)}</{tag}>" for cell in row)

    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    return f"<table><tr>{cells(head, 'th')}</tr>{body}</table>"
