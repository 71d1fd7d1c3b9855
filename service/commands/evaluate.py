"""`zhibi eval`: cases through the drafting path, and two runs compared."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.commands.printing import print_json, print_line, tell
from service.commands.reading import write_whole


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asked of `zhibi eval run`."""

    suite: str
    out: Path | None
    as_json: bool
    per_case: bool = False
    exemplars: str = "own"
    processes: int = 2
    thorough: bool | None = None
    script: str | None = None
    cases: Path | None = None
    publish: Path | None = None


def run(asked: Asked) -> int:
    """Runs the cases of the suite, writes the record, prints the means of develop and held-out apart."""
    from eval.cases import CASES, load_cases
    from eval.drafting import Extras
    from eval.opening import Plan, named
    from eval.published import published
    from eval.run import run_cases
    from service.domain.errors import UnusableInput
    from service.settings import load_settings

    cases = load_cases(asked.suite, asked.cases or CASES)
    if not cases:
        raise UnusableInput(f"文件夹“{asked.cases or CASES}”里没有评测集“{asked.suite}”的案例。")
    settings = load_settings()
    # A second drafting and the attacks cost nothing with rules; a model bills them, so there they are asked for.
    thorough = settings.model is None if asked.thorough is None else asked.thorough
    if asked.script is not None:
        named(asked.script)
    plan = Plan(settings, asked.exemplars, Extras(thorough, thorough), asked.processes, asked.script)
    if asked.out is not None:
        _make(asked.out)
    with _progress(len(cases)) as on_case:
        record = run_cases(cases, plan, asked.out, on_case)
    if asked.out is not None:
        write_whole(asked.out / "run.json", (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode())
        tell(f"评测记录已写入{asked.out / 'run.json'}。")
    if asked.publish is not None:
        write_whole(asked.publish, published(record, cases).encode())
        tell(f"公布的数字已写入{asked.publish}；运行 make docs 更新 README。")
    if asked.as_json:
        print_json(record)
    else:
        _print_means(record)
        if asked.per_case:
            _print_cases(record)
    return 0


def _make(folder: Path) -> None:
    from service.domain.errors import UnusableInput

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise UnusableInput(f"建不了文件夹“{folder}”：{refused.strerror}。", file=str(folder)) from refused


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """Tells each finished case: a bar on a terminal, nothing where the output goes to a file or a program."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("评测"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("评测", total=total)
        yield lambda case_id: bar.advance(task)


_ARROWS = {True: "越高越好", False: "越低越好", None: "仅描述"}


def _print_means(record: dict[str, Any]) -> None:
    for suite, means in record["means"].items():
        if not any(row["scored"] or row["unscored"] for row in means.values()):
            continue
        failed = sum(bool(row["failed"]) for row in record["cases"] if row["held_out"] == (suite == "held-out"))
        print_line(("开发集" if suite == "develop" else "留出集") + (f"（{failed}例未能起草）" if failed else ""))
        for name, row in means.items():
            described = record["measures"][name]
            shown = "无法判断" if row["mean"] is None else f"{row['mean']:.3f}"
            arrow = _ARROWS[described["higher_is_better"]]
            print_line(f"  {described['chinese']}：{shown}（{arrow}；{row['scored']}例，{row['unscored']}例未计分）")


def _print_cases(record: dict[str, Any]) -> None:
    """The scores of every case; asked for by name, since whoever tunes must not see them of held-out cases."""
    for row in record["cases"]:
        scores = "、".join(
            f"{record['measures'][name]['chinese']}{score:.3g}"
            for name, score in row["scores"].items()
            if score is not None
        )
        print_line(f"{row['case']}：{row['failed'] or scores}")


def run_defects(as_json: bool) -> int:
    """Damages good drafts on purpose and prints how each measure moved; 1 where one does not do what it should."""
    from eval.defects.table import rows

    table = []
    for row in rows():
        plant = row.plant
        table.append(
            {
                "measure": plant.measure,
                "seen": plant.seen,
                "scores_seen": [round(score, 4) for score in row.seen],
                "moves": row.moves,
                "unseen": plant.unseen,
                "scores_unseen": [round(score, 4) for score in row.unseen],
                "stays": row.stays,
                "bases": row.bases,
            }
        )
        if not as_json:
            print_line(
                f"{plant.measure}：{plant.seen} {_steps(row.seen)}，{'随之变差' if row.moves else '没有逐级变差'}；"
                f"{plant.unseen} {_steps(row.unseen)}，{'不变' if row.stays else '不该变而变了'}（{row.bases}例）"
            )
    if as_json:
        print_json(table)
    return 0 if all(row["moves"] and row["stays"] for row in table) else 1


def _steps(scores: Sequence[float]) -> str:
    return " → ".join(f"{score:.3g}" for score in scores)


def run_swap_leak(writers: Sequence[str], as_json: bool) -> int:
    """Prints what of past reports reaches drafts of other units, with masking and without; 1 where any is unflagged
    with masking on."""
    from eval.benchmarks.swap_leak import WRITERS, sample_reports, swap_leak
    from service.settings import load_settings

    table = []
    for tally in swap_leak(sample_reports(), load_settings(), writers or WRITERS):
        row = tally.to_json()
        table.append(row)
        if not as_json:
            print_line(
                f"{row['writer']}，{'遮蔽' if row['masked'] else '不遮蔽'}："
                f"{row['reports']}份旧稿共{row['at_stake']}处数值和名称；"
                f"模型看到{row['shown']}次，写出{row['written']}次，进入成稿{row['in_drafts']}处，"
                f"其中未标出{row['unflagged']}处；照抄{row['copied']:.1%}，未能起草{row['refused']}份"
            )
    if as_json:
        print_json(table)
    return 1 if any(row["unflagged"] for row in table if row["masked"]) else 0
