"""The arguments of `zhibi eval` and its commands."""

from __future__ import annotations

import sys
from argparse import BooleanOptionalAction, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from service.commands import cases, evaluate, outcome, people, prove, retrieval


def add_eval_commands(group: Any, command: Callable[..., Any], bounded: Callable[[int, int], Any]) -> None:
    """Adds every command of `zhibi eval` to `group`; `command` adds one, as in `service/cli.py`."""
    _add_runs(group, command, bounded)
    _add_outcomes(group, command)
    _add_proofs(group, command)
    _add_judges(group, command)
    _add_cases(group, command)


def _json(parser: Any) -> None:
    parser.add_argument("--json", action="store_true", help="只输出一个JSON值。")


def _runs(parser: Any) -> None:
    parser.add_argument("first", type=Path, metavar="记录甲", help="较早的评测记录。")
    parser.add_argument("second", type=Path, metavar="记录乙", help="较晚的评测记录。")


def _asked(a: Namespace) -> evaluate.Asked:
    return evaluate.Asked(
        a.suite, a.out, a.json, a.per_case, a.exemplars, a.processes, a.thorough, a.script, a.cases, a.publish
    )


def _add_runs(group: Any, command: Callable[..., Any], bounded: Callable[[int, int], Any]) -> None:
    one = command(group, "run", "跑评测案例，给出各项得分。", lambda a: evaluate.run(_asked(a)))
    one.add_argument("--suite", default="all", metavar="评测集", help="develop、held-out 或 all（默认）。")
    one.add_argument("--cases", type=Path, metavar="文件夹", help="案例所在的文件夹，默认随程序的案例。")
    one.add_argument("--out", type=Path, metavar="文件夹", help="评测记录写到这里；中断后再运行会接着做。")
    one.add_argument("--publish", type=Path, metavar="文件", help="把全部案例的均值写成公布用的文件。")
    one.add_argument("--per-case", action="store_true", help="逐例打印得分，留出集也打印。")
    one.add_argument(
        "--exemplars",
        choices=("own", "none"),
        default="own",
        help="参考语料库的旧稿（own，默认），或不参考（none）。",
    )
    one.add_argument("--processes", type=bounded(1, 64), default=2, metavar="个数", help="并行的进程数，默认2。")
    one.add_argument(
        "--thorough",
        action=BooleanOptionalAction,
        default=None,
        help="每例再起草一次并试注入攻击；规则起草默认做，模型起草默认不做。",
    )
    one.add_argument("--script", metavar="脚本模型", help="由内置脚本模型起草，如 perfect、careless、malicious。")
    _json(one)


def _add_outcomes(group: Any, command: Callable[..., Any]) -> None:
    one = command(
        group,
        "compare",
        "比较两次评测：哪些变好、哪些变差、差别是否可信。",
        lambda a: outcome.run_compare(a.first, a.second, a.json),
    )
    _runs(one)
    _json(one)
    one = command(
        group,
        "report",
        "写一份带图的评测报告（单个HTML文件），同名写出CSV和JSON。",
        lambda a: outcome.run_report(a.record, a.against, a.out, a.held_out),
    )
    one.add_argument("record", type=Path, metavar="记录", help="评测记录。")
    one.add_argument("--against", type=Path, metavar="记录", help="与这份较早的记录比较。")
    one.add_argument("--out", type=Path, required=True, metavar="文件", help="写入的文件。")
    one.add_argument("--held-out", action="store_true", help="也显示留出集案例的稿件；调试起草规则的人不应看。")
    one = command(
        group,
        "gate",
        "用规则起草一组固定案例，有指标差于门槛即失败。",
        lambda a: outcome.run_gate(a.stated, a.json),
    )
    one.add_argument("--stated", type=Path, metavar="文件", help="门槛文件，默认 eval/gate.toml。")
    _json(one)
    one = command(
        group,
        "pairs",
        "由两次评测导出盲评稿件对（.csv 供填表，.json 供评测页面）。",
        lambda a: people.run_pairs(a.first, a.second, a.out),
    )
    _runs(one)
    one.add_argument("--out", type=Path, required=True, metavar="文件", help="写入的 .csv 或 .json 文件。")
    one = command(
        group,
        "agreement",
        "读回填好的盲评表：评分者的一致性，以及每项指标能否预测人的偏好。",
        lambda a: people.run_agreement(a.first, a.second, a.sheet, a.json),
    )
    _runs(one)
    one.add_argument("--sheet", type=Path, action="append", required=True, metavar="文件", help="填好的表，可重复。")
    _json(one)


def _add_proofs(group: Any, command: Callable[..., Any]) -> None:
    one = command(
        group,
        "defects",
        "往好稿里埋缺陷，证明每项指标看得见该看的、不动不该动的。",
        lambda a: evaluate.run_defects(a.json),
    )
    _json(one)
    one = command(
        group,
        "swap-leak",
        "把旧稿改成另一单位的笔记再起草，数旧稿的数字和名称漏进了多少；并与不遮蔽时比较。",
        lambda a: evaluate.run_swap_leak(a.writer, a.json),
    )
    one.add_argument("--writer", action="append", default=[], metavar="写手", help="rules 或脚本模型，可重复。")
    _json(one)
    one = command(
        group,
        "models",
        "让七个脚本模型（守规的、粗心的、恶意的……）起草，看有没有编造漏过、章节丢失。",
        lambda a: prove.run(a.models, a.suite, a.exemplars, a.json),
    )
    one.add_argument(
        "models",
        nargs="*",
        metavar="模型",
        help="perfect、average、careless、malicious、slow、broken、obeying；默认全部。",
    )
    one.add_argument("--suite", default="develop", metavar="评测集", help="develop（默认）、held-out 或 all。")
    one.add_argument("--exemplars", action="store_true", help="参考语料库的旧稿；默认不参考。")
    _json(one)
    one = command(
        group,
        "retrieval",
        "按标注好的问题评测旧稿检索：前k命中率和平均倒数排名，合并与单路分列。",
        lambda a: retrieval.run(a.questions, a.own, a.misses, a.json),
    )
    one.add_argument("--questions", type=Path, metavar="文件", help="问题文件：每行一个问题、制表符、应找到的原文。")
    one.add_argument("--own", action="store_true", help="在自己的语料库上问；默认问随程序的旧稿。")
    one.add_argument("--misses", action="store_true", help="列出开发集里前5没有找到的问题。")
    _json(one)
    one = command(group, "checker", "核对引擎在标注样例上的各结论召回率和误报。", lambda a: outcome.run_checker(a.json))
    _json(one)


def _add_judges(group: Any, command: Callable[..., Any]) -> None:
    one = command(
        group,
        "judge",
        "请所设模型盲评两次评测的语体和易读性：两种提示、两种次序；只作参考，不作门槛。",
        lambda a: people.run_judge(a.first, a.second, a.sheet, a.json),
    )
    _runs(one)
    one.add_argument(
        "--sheet", type=Path, action="append", default=[], metavar="文件", help="人工盲评表，用来报告与人的一致性。"
    )
    _json(one)
    one = command(
        group,
        "outside",
        "用装在自己环境里的 ragas 或 deepeval 给评测记录打分；要问模型，不作门槛。",
        lambda a: people.run_outside(a.record, a.package, a.python),
    )
    one.add_argument("record", type=Path, metavar="记录", help="评测记录。")
    one.add_argument("--package", required=True, metavar="包", help="ragas 或 deepeval。")
    one.add_argument(
        "--python", type=Path, default=Path(sys.executable), metavar="解释器", help="装有该包的环境里的 python。"
    )


def _add_cases(group: Any, command: Callable[..., Any]) -> None:
    one = command(
        group,
        "add",
        "由一份已审核通过的稿件做一个评测案例，个人信息换成编造的。",
        lambda a: cases.run_add(a.from_draft, a.out),
    )
    one.add_argument("--from-draft", required=True, metavar="编号", help="稿件编号。")
    one.add_argument("--out", type=Path, required=True, metavar="文件夹", help="案例写到这里。")
    one = command(
        group,
        "edits",
        "已审核通过的稿件比起草时改了多少：字、句、数字。",
        lambda a: cases.run_edits(a.json),
    )
    _json(one)
