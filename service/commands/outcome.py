"""`zhibi eval compare`, `report`, `gate`, `checker`: what came of runs, and whether it is good enough."""

from __future__ import annotations

import json
from pathlib import Path

from service.commands.printing import print_json, print_line, tell
from service.commands.reading import write_whole


def run_compare(first: Path, second: Path, as_json: bool) -> int:
    """Prints what got better and what got worse from `first` to `second`."""
    from eval.compare import compare
    from eval.run import read_record

    rows = compare(read_record(first), read_record(second))
    if as_json:
        print_json(rows)
        return 0
    words = {"better": "变好", "worse": "变差", "no difference seen": "未见差别", "changed": "有变化"}
    for row in rows:
        if not row["moved_most"]:
            continue
        low, high = (_signed(end) for end in row["interval"])
        print_line(
            f"{row['chinese']}：{words[row['verdict']]}，平均{_signed(row['mean_difference'])}"
            f"（95%区间{low}～{high}，{row['cases']}例，符号检验p={row['sign_p']}）"
        )
        print_line(f"    变动最大：{'、'.join(row['moved_most'])}")
    same = [row["chinese"] for row in rows if not row["moved_most"]]
    if same:
        print_line(f"未见差别（{len(same)}项，逐例相同）：{'、'.join(same)}")
    return 0


def _signed(value: float) -> str:
    """A difference with its sign to three decimals, and to four where three would show a nought that is none."""
    return f"{value:+.4f}" if value and not round(value, 3) else f"{value:+.3f}" if value else "0"


def run_report(run: Path, against: Path | None, out: Path, held_out: bool) -> int:
    """Writes the report of a run as HTML, and beside it the same figures as CSV and JSON."""
    from eval.benchmarks.checker import confusion
    from eval.report import as_csv, figures, report_page
    from eval.run import read_record

    record = read_record(run)
    before = read_record(against) if against is not None else None
    write_whole(out.with_suffix(".html"), report_page(record, before, confusion(), held_out).encode())
    write_whole(out.with_suffix(".csv"), as_csv(record).encode())
    made = json.dumps(figures(record, before), ensure_ascii=False, indent=1)
    write_whole(out.with_suffix(".json"), (made + "\n").encode())
    tell(f"评测报告已写入{out.with_suffix('.html')}，数据在同名的 .csv 和 .json。")
    return 0


def run_gate(stated: Path | None, as_json: bool) -> int:
    """Drafts the cases of the gate by rules and prints what fell below the stated figures; 1 where anything did."""
    from eval.cases import load_cases
    from eval.drafting import Extras
    from eval.gate import STATED, read_gate, regressions
    from eval.opening import Plan
    from eval.run import run_cases
    from service.settings import load_settings

    gate = read_gate(stated or STATED)
    cases = [case for case in load_cases("all") if case.case_id in gate.cases]
    # By rules whatever the settings say: a gate that asks a model is passed by luck.
    settings = load_settings().model_copy(update={"model": None})
    record = run_cases(cases, Plan(settings, "none", Extras(), processes=1))
    found = regressions(record, gate)
    if as_json:
        print_json(
            {
                "passed": not found,
                "regressions": [{"measure": one.measure, "mean": one.mean, "worst": one.worst} for one in found],
            }
        )
        return 1 if found else 0
    for one in found:
        chinese = record["measures"][one.measure]["chinese"]
        mean = "无法判断" if one.mean is None else f"{one.mean:.4f}"
        print_line(f"✘ {chinese}：{mean}，门槛{one.worst:g}")
    if not found:
        print_line(f"通过：{len(gate.cases)}例，{len(gate.worst)}项指标都不差于门槛。")
    return 1 if found else 0


def run_checker(as_json: bool) -> int:
    """Prints the checker's recall per verdict on the labelled pairs, and its alarms over honest numbers."""
    from eval.benchmarks.checker import confusion

    found = confusion()
    if as_json:
        print_json(
            {
                "recall": {name: {"given": hits, "of": count} for name, (hits, count) in found.recall.items()},
                "honest": found.honest,
                "blocked": found.blocked,
                "flagged": found.flagged,
            }
        )
        return 0
    for name, (hits, count) in found.recall.items():
        print_line(f"{name}：{hits}/{count}")
    print_line(
        f"诚实数字{found.honest}处：误拦{found.blocked}处（每千处{found.false_alarms_per_1000:.1f}），误标{found.flagged}处"
    )
    return 0
