"""The command line `zhibi`: names, arguments and exit codes. What a command does stands in `service/commands/`.

Commands import what they need when they run, and arguments are parsed by the standard library: a library that builds
parsers from annotations costs 0.4 s of CPU at every start, half of what `zhibi check` takes in all.
"""

from __future__ import annotations

import os
import sys
from argparse import Action, ArgumentParser, HelpFormatter, Namespace, _SubParsersAction
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from service.domain.errors import ServiceUnavailable, UnusableInput, ZhibiError

DONE, BLOCKED, UNUSABLE, UNAVAILABLE = 0, 1, 2, 3
INTERRUPTED = 130  # what a shell reports for a program ended by Ctrl+C

_WORDS = (
    ("the following arguments are required: ", "缺少参数 "),
    ("unrecognized arguments: ", "没有这样的参数 "),
    ("expected one argument", "后面要有取值"),
    ("expected at least one argument", "后面至少要有一个取值"),
    ("invalid choice: ", "不能是"),
    ("invalid int value: ", "不是整数："),
    ("argument ", "参数 "),
    ("choose from", "可选"),
)


def main() -> None:
    """Runs the command named on the command line and exits with the code of the contract."""
    sys.exit(_guarded(lambda: _run(sys.argv[1:])))


def _run(arguments: list[str]) -> int:
    asked = command_parser(arguments[:1]).parse_args(arguments)
    if asked.run is None:
        asked.parser.print_help()
        return UNUSABLE if arguments else DONE
    code: int = asked.run(asked)
    return code


def _guarded(run: Callable[[], int]) -> int:
    """The exit code of `run`; errors are one Chinese line on standard error, never a trace."""
    try:
        return run()
    except ServiceUnavailable as error:
        _say(error.message)
        return UNAVAILABLE
    except ZhibiError as error:
        _say(error.message)
        return UNUSABLE
    except KeyboardInterrupt:
        _say("已中断。")
        return INTERRUPTED
    except BrokenPipeError:
        # A reader such as `head` closed the pipe; Python would complain again at exit, so the rest goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _say(text: str) -> None:
    sys.stderr.write(f"zhibi: {text}\n")


class _Formatter(HelpFormatter):
    def add_usage(self, usage: str | None, actions: Iterable[Action], groups: Any, prefix: str | None = None) -> None:
        """Says 用法 instead of usage."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class CommandParser(ArgumentParser):
    """A parser whose help and errors are Chinese, and whose errors are ours."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Formatter, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份帮助。")
        self.set_defaults(run=None, parser=self)

    def error(self, message: str) -> NoReturn:
        """Raises UnusableInput with the message in Chinese."""
        for english, chinese in _WORDS:
            message = message.replace(english, chinese)
        raise UnusableInput(f"参数有误：{message}。用 {self.prog} --help 查看用法。")


def command_parser(asked: Sequence[str] = ()) -> CommandParser:
    """The parser of all commands; each leaves in `run` what carries it out.

    Where `asked` begins with one of the three that read texts, those are enough: the arguments of all the others are
    a twentieth of a second of every start.
    """
    parser = CommandParser(prog="zhibi", description="执笔：由原始笔记起草文明创建报告，逐个核对数字的出处。")
    commands = parser.add_subparsers(title="命令", metavar="命令")
    _add_texts(commands)
    if not {"draft", "check", "numbers"}.intersection(asked):
        _add_corpus(commands)
        _add_service(commands)
        _add_accounts(commands)
        _add_evaluation(commands)
    return parser


def _command(
    commands: _SubParsersAction[CommandParser], name: str, meaning: str, run: Callable[[Namespace], int] | None
) -> CommandParser:
    parser = commands.add_parser(name, help=meaning, description=meaning)
    parser.set_defaults(run=run)
    return parser


def _add_json(parser: CommandParser) -> None:
    parser.add_argument("--json", action="store_true", help="只输出一个JSON值。")


def _bounded(low: int, high: int) -> Callable[[str], int]:
    def whole(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise UnusableInput(f"参数有误：{text}超出范围，应在{low}到{high}之间。")
        return value

    whole.__name__ = "int"  # argparse names the type in its message
    return whole


def _add_texts(commands: _SubParsersAction[CommandParser]) -> None:
    from service.commands import check, draft, numbers

    one = _command(
        commands,
        "draft",
        "由笔记起草一份报告，并核对。",
        lambda a: draft.run(_asked(a), a.out, a.json, a.comments, a.facts),
    )
    one.add_argument(
        "--notes",
        required=True,
        metavar="文件",
        help="笔记（.txt .md .docx .doc .pdf .xlsx .csv 等），- 表示标准输入。",
    )
    one.add_argument("--genre", required=True, metavar="文种", help="文种代码或中文名，如 progress 或 进展情况汇报。")
    one.add_argument("--unit", required=True, metavar="单位", help="单位名称。")
    one.add_argument("--period", required=True, metavar="报告期", help="如 2024年一季度。")
    one.add_argument("--out", type=Path, metavar="文件", help="写入的文件：.docx、.md 或 .json。")
    one.add_argument("--comments", action="store_true", help="写 .docx 时，把核对结论写成批注。")
    one.add_argument("--facts", action="store_true", help="写 .docx 时，附上事实依据表。")
    one.add_argument("--unit-type", metavar="类型", help="单位类型代码；默认由名称判断。")
    one.add_argument("--title", metavar="标题", help="标题；默认由文种拟定。")
    one.add_argument("--length", type=_bounded(100, 20_000), metavar="字数", help="希望的字数。")
    _add_json(one)

    one = _command(
        commands,
        "check",
        "用笔记核对稿件中的每个数字和名称。",
        lambda a: check.run(a.notes, a.draft, a.exemplar, a.period, a.json, a.without_wording, a.out),
    )
    one.add_argument("--notes", required=True, metavar="文件", help="笔记，- 表示标准输入。")
    one.add_argument(
        "--draft", required=True, metavar="文件", help="稿件（.txt .md .docx 等）；Word 的修订视为已接受，并列出改动。"
    )
    one.add_argument("--out", type=Path, metavar="文件", help="另写一份 .docx：批注为核对结论，附件为事实依据表。")
    one.add_argument("--exemplar", action="append", default=[], metavar="文件", help="参考过的旧报告，可重复。")
    one.add_argument("--period", metavar="报告期", help="如 2024年一季度。")
    one.add_argument(
        "--without-wording", default="", metavar="规则", help="不提示的行文规则代码，逗号分隔，如 R02,R37；all 为全部。"
    )
    _add_json(one)

    one = _command(
        commands, "numbers", "列出文本中的每一处数字：角色、类别、范围和单位。", lambda a: numbers.run(a.file, a.json)
    )
    one.add_argument("file", metavar="文件", help="文本文件，- 表示标准输入。")
    _add_json(one)


def _asked(a: Namespace) -> Any:
    from service.commands.draft import Asked

    return Asked(a.notes, a.genre, a.unit, a.period, a.unit_type, a.title, a.length)


def _add_corpus(commands: _SubParsersAction[CommandParser]) -> None:
    from service.commands import ingest, report, search

    one = _command(
        commands,
        "ingest",
        "读入旧报告：清理、拆分、分类、去重、建索引；重复运行不会改变结果。",
        lambda a: ingest.run(a.paths, a.if_empty, a.json),
    )
    one.add_argument("paths", nargs="+", type=Path, metavar="路径", help="旧报告文件或文件夹。")
    one.add_argument("--if-empty", action="store_true", help="语料库已有报告时什么也不做。")
    _add_json(one)

    one = _command(
        commands,
        "search",
        "按意思和字词查找旧报告的章节。",
        search.run,
    )
    one.add_argument("query", metavar="内容", help="要找的内容，可用口语。")
    one.add_argument("-k", dest="count", type=_bounded(1, 100), default=5, metavar="条数", help="最多几条，默认5。")
    one.add_argument("--genre", metavar="文种", help="只找一种文种。")
    one.add_argument("--unit-type", metavar="类型", help="只找一类单位。")
    one.add_argument("--level", metavar="级别", help="只找一个级别，如 county 或 区县级。")
    one.add_argument("--year", type=_bounded(1949, 2100), metavar="年份", help="只找一年。")
    one.add_argument("--whole", action="store_true", help="不找有损伤的报告。")
    one.add_argument("--unit", metavar="单位", help="自己的单位；找到它的旧稿时提醒。")
    _add_json(one)

    group = _command(commands, "report", "语料库中的旧报告。", None).add_subparsers(title="命令", metavar="命令")
    _add_json(_command(group, "list", "列出全部旧报告。", lambda a: report.run_list(a.json)))
    one = _command(group, "show", "显示一份旧报告：正文、各节和损伤。", lambda a: report.run_show(a.report_id, a.json))
    one.add_argument("report_id", metavar="编号", help="报告编号。")
    _add_json(one)
    _add_json(_command(group, "twins", "列出句子雷同、单位不同的报告。", lambda a: report.run_twins(a.json)))
    _add_correct(group)
    one = _command(group, "remove", "从语料库和索引中删除一份旧报告。", lambda a: report.run_remove(a.report_id))
    one.add_argument("report_id", metavar="编号", help="报告编号。")

    _command(commands, "reindex", "由数据库重建向量索引，可中断后继续。", lambda a: ingest.run_reindex())


def _add_correct(group: _SubParsersAction[CommandParser]) -> None:
    from service.commands import report

    one = _command(group, "correct", "更正一份旧报告的文种、单位等；重新导入时以更正为准。", report.run_correct)
    one.add_argument("report_id", metavar="编号", help="报告编号。")
    one.add_argument("--genre", metavar="文种", help="文种代码或中文名。")
    one.add_argument("--unit-type", metavar="类型", help="单位类型代码或中文名。")
    one.add_argument("--level", metavar="级别", help="province、city、county、town 或 grassroots，或中文名。")
    one.add_argument("--unit", metavar="单位", help="单位名称；遮盖时一并遮盖。")
    one.add_argument("--title", metavar="标题", help="标题。")
    one.add_argument("--year", type=_bounded(1949, 2100), metavar="年份", help="报告所述的年份。")
    one.add_argument("--period", metavar="报告期", help="如 2024年一季度。")
    one.add_argument("--do-not-imitate", action="store_true", default=None, help="不再作为起草的范例。")
    one.add_argument("--imitate", dest="do_not_imitate", action="store_false", help="可以再作为起草的范例。")
    one.add_argument("--withdraw", action="append", default=[], metavar="字段", help="撤回这个字段的更正，可重复。")
    _add_json(one)


def _add_service(commands: _SubParsersAction[CommandParser]) -> None:
    from service.commands import doctor, ledger, rehearse, serve

    one = _command(
        commands, "serve", "启动网页应用；首次启动时打印管理员的一次性登录链接。", lambda a: serve.run(a.host, a.port)
    )
    one.add_argument("--host", metavar="地址", help="监听地址，默认 127.0.0.1。")
    one.add_argument("--port", type=_bounded(0, 65_535), metavar="端口", help="监听端口，默认 8000。")
    _add_json(_command(commands, "doctor", "检查配置：什么可用、什么缺失、怎样修复。", lambda a: doctor.run(a.json)))
    one = _command(
        commands,
        "rehearse",
        "启动一个脚本模型服务，供演示和试用；不需要真实模型。",
        lambda a: rehearse.run(a.personality, a.port),
    )
    one.add_argument(
        "personality", metavar="模型", help="perfect、average、careless、malicious、slow、broken、obeying。"
    )
    one.add_argument("--port", type=_bounded(0, 65_535), default=0, metavar="端口", help="监听端口，默认任选一个。")
    one = _command(commands, "ledger", "列出一次起草发给模型的全部内容。", lambda a: ledger.run(a.run_name, a.json))
    one.add_argument(
        "run_name", nargs="?", metavar="起草", help="稿件或起草的编号；默认最近一次。embeddings 为发给向量服务的内容。"
    )
    _add_json(one)
    _add_keeping(commands)


def _add_keeping(commands: _SubParsersAction[CommandParser]) -> None:
    from service.commands import backup

    meaning = "把全部数据备份到一个文件；服务运行时也可以。"
    one = _command(commands, "backup", meaning, lambda a: backup.run_backup(a.file))
    one.add_argument("file", type=Path, metavar="文件", help="备份文件，不能已存在。")
    one = _command(commands, "restore", "把备份恢复到一个空的数据库。", lambda a: backup.run_restore(a.file))
    one.add_argument("file", type=Path, metavar="文件", help="zhibi backup 写成的文件。")
    meaning = "删除超过保留期限的稿件和已失效的登录；审计记录只留哈希。"
    one = _command(commands, "purge", meaning, lambda a: backup.run_purge(a.days, a.dry_run))
    one.add_argument("--days", type=_bounded(1, 36_500), metavar="天数", help="默认取 ZHIBI_RETENTION_DAYS。")
    one.add_argument("--dry-run", action="store_true", help="只说明会删除什么，不删除。")


def _add_accounts(commands: _SubParsersAction[CommandParser]) -> None:
    from service.commands import user

    group = _command(commands, "user", "账号。", None).add_subparsers(title="命令", metavar="命令")
    one = _command(group, "add", "新增账号并打印一次性登录链接。", lambda a: user.run_add(a.name, a.role, a.unit))
    one.add_argument("name", metavar="登录名", help="登录名。")
    one.add_argument("--role", required=True, metavar="角色", help="staff、editor、evaluator 或 admin。")
    one.add_argument("--unit", default="", metavar="单位", help="所属单位；撰稿和审核人员必填。")
    one = _command(group, "link", "为已有账号打印新的一次性登录链接。", lambda a: user.run_link(a.name))
    one.add_argument("name", metavar="登录名", help="登录名。")
    one = _command(group, "bind", "把账号与统一登录中的本人绑定。", lambda a: user.run_bind(a.name, a.subject))
    one.add_argument("name", metavar="登录名", help="登录名。")
    one.add_argument("subject", metavar="编号", help="统一登录编号；本人登录被拒时页面会写出。")
    one = _command(group, "close", "停用账号；登录和令牌立即失效。", lambda a: user.run_close(a.name))
    one.add_argument("name", metavar="登录名", help="登录名。")
    one = _command(group, "erase", "删除账号及其稿件、笔记和姓名，不可恢复。", lambda a: user.run_erase(a.name))
    one.add_argument("name", metavar="登录名", help="登录名。")
    one = _command(
        commands, "token", "为脚本打印一个访问令牌；只显示这一次。", lambda a: user.run_token(a.name, a.scope, a.days)
    )
    one.add_argument("name", metavar="登录名", help="登录名。")
    one.add_argument("--scope", choices=["read", "write", "all"], default="all", help="read、write 或 all（默认）。")
    one.add_argument("--days", type=_bounded(1, 3_650), metavar="天数", help="有效天数，不超过 ZHIBI_TOKEN_DAYS。")


def _add_evaluation(commands: _SubParsersAction[CommandParser]) -> None:
    from service.commands.eval_arguments import add_eval_commands

    group = _command(commands, "eval", "离线评测。", None).add_subparsers(title="命令", metavar="命令")
    add_eval_commands(group, _command, _bounded)
