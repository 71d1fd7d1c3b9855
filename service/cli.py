"""The command line `zhibi`: names, arguments and exit codes. What a command does stands in `service/commands/`.

Commands import what they need when they run, so that `zhibi check` starts in a fraction of a second.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NoReturn

import typer

# Typer carries its own copy of click in some releases; its exceptions are reached through it.
from typer import Exit, Option, Typer
from typer import main as typer_main

from service.domain.errors import ServiceUnavailable, UnusableInput, ZhibiError

DONE, BLOCKED, UNUSABLE, UNAVAILABLE = 0, 1, 2, 3

app = Typer(
    name="zhibi",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="执笔：由原始笔记起草文明创建报告，逐个核对数字的出处。",
)
report_app = Typer(no_args_is_help=True, help="语料库中的旧报告。")
user_app = Typer(no_args_is_help=True, help="账号。")
eval_app = Typer(no_args_is_help=True, help="离线评测。")
app.add_typer(report_app, name="report")
app.add_typer(user_app, name="user")
app.add_typer(eval_app, name="eval")

AsJson = Annotated[bool, Option("--json", help="只输出一个JSON值。")]
NotesFile = Annotated[str, Option("--notes", help="笔记文件（.txt .md .docx），- 表示标准输入。")]


@app.command()
def serve(
    host: Annotated[str | None, Option(help="监听地址，默认127.0.0.1。")] = None,
    port: Annotated[int | None, Option(help="监听端口，默认8000。")] = None,
) -> None:
    """启动网页应用；首次启动时打印管理员的一次性登录链接。"""
    from service.commands import serve as command

    raise Exit(command.run(host, port))


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="旧报告文件或文件夹。")],
    if_empty: Annotated[bool, Option("--if-empty", help="语料库已有报告时什么也不做。")] = False,
    as_json: AsJson = False,
) -> None:
    """读入旧报告：清理、拆分、分类、去重、建索引；重复运行不会改变结果。"""
    from service.commands import ingest as command

    raise Exit(command.run(paths, if_empty, as_json))


@report_app.command("list")
def report_list(as_json: AsJson = False) -> None:
    """列出全部旧报告。"""
    from service.commands import report as command

    raise Exit(command.run_list(as_json))


@report_app.command("show")
def report_show(report_id: Annotated[str, typer.Argument(help="报告编号。")], as_json: AsJson = False) -> None:
    """显示一份旧报告：清理后的正文、各节和损伤。"""
    from service.commands import report as command

    raise Exit(command.run_show(report_id, as_json))


@report_app.command("remove")
def report_remove(report_id: Annotated[str, typer.Argument(help="报告编号。")]) -> None:
    """从语料库和索引中删除一份旧报告。"""
    from service.commands import report as command

    raise Exit(command.run_remove(report_id))


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="要找的内容，可用口语。")],
    count: Annotated[int, Option("-k", min=1, max=100, help="最多几条。")] = 5,
    genre: Annotated[str | None, Option(help="只找一种文种。")] = None,
    unit_type: Annotated[str | None, Option("--unit-type", help="只找一类单位。")] = None,
    as_json: AsJson = False,
) -> None:
    """按意思和字词查找旧报告的章节。"""
    from service.commands import search as command

    raise Exit(command.run(query, count, genre, unit_type, as_json))


@app.command()
def reindex() -> None:
    """由数据库重建向量索引。"""
    from service.commands import ingest as command

    raise Exit(command.run_reindex())


@app.command()
def numbers(file: Annotated[str, typer.Argument(help="文本文件，- 表示标准输入。")], as_json: AsJson = False) -> None:
    """列出文本中的每一处数字：角色、类别、范围和单位。"""
    from service.commands import numbers as command

    raise Exit(command.run(file, as_json))


@app.command()
def check(
    notes: NotesFile,
    draft: Annotated[str, Option("--draft", help="稿件文件。")],
    exemplar: Annotated[list[str] | None, Option("--exemplar", help="旧报告文件，可重复。")] = None,
    period: Annotated[str | None, Option("--period", help="报告期，如2024年一季度。")] = None,
    as_json: AsJson = False,
) -> None:
    """用笔记核对稿件中的每个数字和名称。"""
    from service.commands import check as command

    raise Exit(command.run(notes, draft, exemplar or [], period, as_json))


@app.command("draft")
def write_draft(
    notes: NotesFile,
    genre: Annotated[str, Option("--genre", help="文种代码或中文名。")],
    unit: Annotated[str, Option("--unit", help="单位名称。")],
    period: Annotated[str, Option("--period", help="报告期，如2024年一季度。")],
    out: Annotated[Path | None, Option("--out", help="写入的文件：.docx、.md或.json。")] = None,
    unit_type: Annotated[str | None, Option("--unit-type", help="单位类型代码；默认由名称判断。")] = None,
    title: Annotated[str | None, Option("--title", help="标题；默认由文种拟定。")] = None,
    length: Annotated[int | None, Option("--length", min=100, max=20000, help="希望的字数。")] = None,
    as_json: AsJson = False,
) -> None:
    """由笔记起草一份报告，并核对。"""
    from service.commands import draft as command

    asked = command.Asked(notes, genre, unit, period, unit_type, title, length)
    raise Exit(command.run(asked, out, as_json))


@user_app.command("add")
def user_add(
    name: Annotated[str, typer.Argument(help="登录名。")],
    role: Annotated[str, Option(help="staff、editor、evaluator或admin。")],
    unit: Annotated[str, Option(help="所属单位。")],
) -> None:
    """新增账号并打印一次性登录链接。"""
    from service.commands import user as command

    raise Exit(command.run_add(name, role, unit))


@user_app.command("link")
def user_link(name: Annotated[str, typer.Argument(help="登录名。")]) -> None:
    """为已有账号打印新的一次性登录链接。"""
    from service.commands import user as command

    raise Exit(command.run_link(name))


@app.command()
def token(name: Annotated[str, typer.Argument(help="登录名。")]) -> None:
    """为脚本打印一个访问令牌；只显示这一次。"""
    from service.commands import user as command

    raise Exit(command.run_token(name))


@eval_app.command("run")
def eval_run(
    suite: Annotated[str, Option(help="develop、held-out或all。")] = "all",
    out: Annotated[Path | None, Option(help="记录写到哪个文件夹。")] = None,
    as_json: AsJson = False,
) -> None:
    """跑评测案例，给出各项得分。"""
    from service.commands import evaluate as command

    raise Exit(command.run(suite, out, as_json))


@eval_app.command("compare")
def eval_compare(
    first: Annotated[Path, typer.Argument(help="评测记录甲。")],
    second: Annotated[Path, typer.Argument(help="评测记录乙。")],
    as_json: AsJson = False,
) -> None:
    """比较两次评测：哪些变好、哪些变差、差别是否可信。"""
    from service.commands import evaluate as command

    raise Exit(command.run_compare(first, second, as_json))


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """检查配置：什么可用、什么缺失、怎样修复。"""
    from service.commands import doctor as command

    raise Exit(command.run(as_json))


def main() -> None:
    """Runs the command named on the command line and exits with the code of the contract."""
    command = typer_main.get_command(app)
    sys.exit(_guarded(lambda: command.main(standalone_mode=False)))


def _guarded(run: Callable[[], object]) -> int:
    """The exit code of `run`; errors are one Chinese line on standard error, never a trace."""
    try:
        code = run()
    except ZhibiError as error:
        _say(error.message)
        return UNAVAILABLE if isinstance(error, ServiceUnavailable) else UNUSABLE
    except KeyboardInterrupt:
        _say("已中断。")
        return 130
    except BrokenPipeError:
        _close_broken_pipe()
    except Exception as error:
        if not hasattr(error, "exit_code"):
            raise
        return _argument_error(error)
    return code if isinstance(code, int) else DONE


def _argument_error(error: Exception) -> int:
    """Click's own exits and usage errors, in Chinese."""
    code = int(getattr(error, "exit_code", UNUSABLE))
    if not hasattr(error, "format_message"):
        return code
    said = str(error.format_message()).rstrip(".")
    for english, chinese in _USAGE_WORDS:
        said = said.replace(english, chinese)
    _say(f"参数有误：{said}。用 zhibi --help 查看用法。")
    return UNUSABLE


_USAGE_WORDS = (
    ("Missing option", "缺少选项"),
    ("Missing argument", "缺少参数"),
    ("No such option:", "没有选项"),
    ("No such command", "没有命令"),
    ("Got unexpected extra arguments", "多余的参数"),
    ("Got unexpected extra argument", "多余的参数"),
    ("Invalid value for", "取值不对："),
    ("requires an argument", "后面要有取值"),
    ("is not a valid integer", "不是整数"),
    ("is not in the range", "超出范围"),
    ("Did you mean", "是不是想用"),
)


def _close_broken_pipe() -> NoReturn:
    """A reader such as `head` closed the pipe; Python would complain again at exit, so standard output goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(DONE)


def _say(text: str) -> None:
    sys.stderr.write(f"zhibi: {text}\n")


# UnusableInput is named here so that readers find the pairing of errors and exit codes in one place:
# UnusableInput and every other ZhibiError → 2, ServiceUnavailable → 3.
__all__ = ["UnusableInput", "app", "main"]
