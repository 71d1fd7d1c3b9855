"""`zhibi ingest` and `zhibi reindex`: past reports in, and the index made anew."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from service.commands.printing import print_json, print_line

if TYPE_CHECKING:
    from corpus.ingest import IngestReport, Progress
    from service.domain.report import Report

_PASSED_OVER_SHOWN = 5
_NOT_REPORTS = {
    "slogans": "是标语口号",
    "speech": "是讲话或倡议",
    "news": "是新闻报道",
    "essay": "是作文或随笔",
    "ledger": "是台账表格",
    "too_short": "文字太少，不成一篇",
    "no_report": "不像工作报告",
}
_STAGES = {"read": "读取文件", "store": "存入语料库", "refresh": "重新整理"}


def run(paths: list[Path], if_empty: bool, as_json: bool) -> int:
    """Takes in the files and folders; a file that cannot be read is listed and the rest goes in."""
    from corpus.ingest import ingest
    from service.settings import load_settings
    from service.wiring.corpus import open_corpus
    from service.wiring.reading import read_limits
    from service.wiring.record import open_shelf

    settings = load_settings()
    if if_empty:
        with open_shelf(settings) as shelf:
            if shelf.report_ids():
                return 0
    with open_corpus(settings, build_index=True) as corpus, _progress() as on_progress:
        result = ingest(paths, corpus.shelf, corpus.encoder, corpus.index, on_progress, read_limits(settings))
        held_by = corpus.held_by
    if as_json:
        print_json(result.to_json())
        return 0
    _print_result(result)
    if held_by:
        print_line(
            f"索引文件夹正由另一个执笔进程（进程号{held_by}）使用，这里没有改动它；"
            "报告已存入数据库，那个进程下次查找前自动跟上。"
        )
    return 0


def run_reindex() -> int:
    """Reads the kept pages again where better rules are installed, gives every report the vectors it lacks, and builds
    the vector index anew from the record."""
    from corpus.ingest import encode_missing, refresh_pages
    from service.settings import load_settings
    from service.wiring.corpus import open_corpus

    with open_corpus(load_settings(), build_index=True, anew=True) as corpus, _progress() as on_progress:
        refreshed = refresh_pages(corpus.shelf, corpus.encoder, on_progress)
        encode_missing(corpus.shelf, corpus.encoder, on_progress)
        corpus.index.catch_up(corpus.shelf)
        if refreshed:
            print_line(f"重新整理了{refreshed}份报告（清理规则已更新，或上次导入没有存完）；人工更正保持不变。")
        hint = "" if corpus.shelf.report_ids() else "数据库里没有旧报告；如不应如此，请检查 ZHIBI_HOME，或从备份恢复。"
        print_line(f"索引已重建：{corpus.index.size()}个向量。{hint}")
    return 0


def _print_result(result: IngestReport) -> None:
    """A row for each genre, the sums, and what was left out or could not be read: as a table on a terminal."""
    from service.domain.report import doubted_fields

    heads = ("文种", "报告", "新增", "重复", "存疑")
    by_genre: dict[str, list[Report]] = {}
    for report in result.reports:
        by_genre.setdefault(report.genre.chinese, []).append(report)
    rows = [
        (
            name,
            len(found),
            sum(one.report_id in result.added for one in found),
            sum(one.duplicate_of is not None for one in found),
            sum(bool(doubted_fields(one.decisions, one.corrected)) for one in found),
        )
        for name, found in [*sorted(by_genre.items()), ("合计", list(result.reports))]
    ]
    _print_table(heads, [tuple(map(str, row)) for row in rows])
    left_out = sum(one["count"] for one in result.left_out)
    print_line(
        f"{result.files}个文件；去掉{len(result.dropped)}处杂质；{len(result.not_reports)}篇不是报告；"
        f"未读入的批注、隐藏文字等{left_out}处；{len(result.failed)}个文件未能读取。"
    )
    for line in _told(result):
        print_line(line)
    for failure in result.failed:
        print_line(f"未能读取 {_shown(failure['source'])}：{failure['error']}")
    for warning in result.warnings:
        print_line(f"注意：{warning['text']}")


def _told(result: IngestReport) -> Iterator[str]:
    """Why some files gave no report of their own, so that the sums can be followed file by file."""
    for one in result.not_reports:
        place = "".join(f"（{label}）" for label in [one["label"]] if label)
        yield f"不是报告 {_shown(one['source'])}{place}：{_NOT_REPORTS.get(one['reason'], one['reason'])}"
    titles = {report.report_id: report.source for report in result.reports}
    for again in result.repeats:
        place = "".join(f"（{label}）" for label in [again["label"]] if label)
        yield f"一字不差 {_shown(again['source'])}{place}：与{_shown(titles[again['report_id']])}里的相同，只存一份"
    if result.passed_over:
        shown = "、".join(_shown(name) for name in result.passed_over[:_PASSED_OVER_SHOWN])
        more = "等" if len(result.passed_over) > _PASSED_OVER_SHOWN else ""
        yield f"未读取 {len(result.passed_over)}个不是文稿的文件：{shown}{more}"


def _print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not sys.stdout.isatty():
        for row in (heads, *rows):
            print_line("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*heads)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _shown(name: str) -> str:
    """A file's name without what steers a terminal or the direction of writing."""
    return "".join(one if one.isprintable() else "?" for one in name)


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """A bar on a terminal, nothing where standard error is a file or a pipe."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True)) as bar:
        tasks = {}

        def show(progress: Progress) -> None:
            if progress.stage not in tasks:
                tasks[progress.stage] = bar.add_task(_STAGES.get(progress.stage, progress.stage), total=progress.total)
            bar.update(tasks[progress.stage], completed=progress.done, total=progress.total)

        yield show
        for task in tasks.values():
            bar.update(task, completed=bar.tasks[task].total)
