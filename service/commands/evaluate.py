"""`zhibi eval`: cases through the drafting path, and two runs compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from service.commands.printing import print_json, print_line, tell
from service.commands.reading import write_whole


def run(suite: str, out: Path | None, as_json: bool) -> int:
    """Runs the cases of `suite`, writes the record, prints the means of develop and held-out apart."""
    from eval.cases import load_cases
    from eval.run import run_cases
    from service.domain.errors import UnusableInput
    from service.drafting.draft_report import draft_report
    from service.settings import load_settings
    from service.wiring.corpus import open_corpus
    from service.wiring.drafting import drafting_tools

    cases = load_cases(suite)
    settings = load_settings()
    with open_corpus(settings) as corpus:
        tools = drafting_tools(settings, corpus)
        record = run_cases(cases, lambda request: draft_report(request, tools), lambda name: tell(f"完成 {name}"))
    if out is not None:
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as refused:
            raise UnusableInput(f"建不了文件夹“{out}”：{refused.strerror}。", file=str(out)) from refused
        write_whole(out / "run.json", (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode())
        tell(f"评测记录已写入{out / 'run.json'}。")
    if as_json:
        print_json(record)
    else:
        _print_means(record)
    return 0


def run_compare(first: Path, second: Path, as_json: bool) -> int:
    """Prints what got better and what got worse from `first` to `second`."""
    from eval.compare import compare
    from eval.run import read_record

    rows = compare(read_record(first), read_record(second))
    if as_json:
        print_json(rows)
        return 0
    words = {"better": "变好", "worse": "变差", "no difference seen": "未见差别"}
    for row in rows:
        low, high = row["interval"]
        print_line(
            f"{row['chinese']}：{words[row['verdict']]}，平均{row['mean_difference']:+.3f}"
            f"（95%区间{low:+.3f}～{high:+.3f}，{row['cases']}例，符号检验p={row['sign_p']}）"
        )
        if row["moved_most"]:
            print_line(f"    变动最大：{'、'.join(row['moved_most'])}")
    return 0


def _print_means(record: dict[str, Any]) -> None:
    for suite, means in record["means"].items():
        if not any(row["scored"] or row["unscored"] for row in means.values()):
            continue
        print_line("开发集" if suite == "develop" else "留出集")
        for name, row in means.items():
            described = record["measures"][name]
            arrow = "越高越好" if described["higher_is_better"] else "越低越好"
            shown = "无法判断" if row["mean"] is None else f"{row['mean']:.3f}"
            print_line(f"  {described['chinese']}：{shown}（{arrow}；{row['scored']}例，{row['unscored']}例未计分）")
