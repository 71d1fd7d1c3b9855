"""`zhibi ingest` and `zhibi reindex`: past reports in, and the index made anew."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from service.commands.printing import print_json, print_line

if TYPE_CHECKING:
    from corpus.ingest import IngestReport, Progress

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
    if as_json:
        print_json(result.to_json())
    else:
        _print_result(result)
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
            print_line(f"清理规则已更新，重新整理了{refreshed}份报告；人工更正保持不变。")
        print_line(f"索引已重建：{corpus.index.size()}个向量。")
    return 0


def _print_result(result: IngestReport) -> None:
    copies = sum(report.duplicate_of is not None for report in result.reports)
    print_line(
        f"{result.files}个文件，{len(result.reports)}份报告（新增{len(result.added)}份，重复{copies}份），"
        f"去掉{len(result.dropped)}处杂质，{len(result.not_reports)}篇不是报告。"
    )
    for failure in result.failed:
        print_line(f"未能读取 {failure['source']}：{failure['error']}")


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
