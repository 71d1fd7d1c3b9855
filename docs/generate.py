"""Writes the pages that are generated from the code: settings, commands, findings. A test fails when one is stale."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent


def settings_page() -> str:
    """`docs/settings.md`: every setting, its default and what it does."""
    from service.settings import Settings

    lines = [
        "# Settings",
        "",
        "Read once from the environment or from `.env` in the working folder. Generated from `service/settings.py`.",
        "",
        "| setting | default | what it does |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        choices = getattr(alias, "choices", None)
        shown = str(choices[0]) if choices else f"ZHIBI_{name.upper()}"
        default = "–" if field.default is None else f"`{field.default}`"
        lines.append(f"| `{shown}` | {default} | {field.description} |")
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """`docs/commands.md`: every command with its arguments, as `zhibi COMMAND --help` prints them."""
    from typer.main import get_command

    from service.cli import app

    lines = [
        "# Commands",
        "",
        "Exit codes: 0 done and nothing blocked; 1 done, and the checker found something that blocks; 2 the input or "
        "the arguments are unusable; 3 a service it needs did not answer. `--json` prints one JSON value on standard "
        "output and nothing else. Generated from `service/cli.py`.",
        "",
    ]
    for path, command in _walk("zhibi", get_command(app)):
        lines += [f"## `{path}`", "", str(command.help or ""), ""]
        lines += [_parameter_line(parameter) for parameter in command.params if parameter.name != "help"]
        lines += [""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _walk(path: str, command: Any) -> list[tuple[str, Any]]:
    children = getattr(command, "commands", None)
    if children is None:
        return [(path, command)]
    return [found for name, child in sorted(children.items()) for found in _walk(f"{path} {name}", child)]


def _parameter_line(parameter: Any) -> str:
    names = "、".join(f"`{name}`" for name in parameter.opts)
    if parameter.param_type_name == "argument":
        names = f"`{parameter.name.upper()}`"
    needed = "（必填）" if parameter.required else ""
    return f"- {names}{needed} {getattr(parameter, 'help', None) or ''}".rstrip()


def findings_page() -> str:
    """`docs/findings.md`: every rule of the checker with a right and a wrong example."""
    from service.checking.catalogue import RULES

    lines = [
        "# Findings of the checker",
        "",
        "Codes are stable. In each example the first text stands in the notes, the second in the draft. "
        "Generated from `service/checking/catalogue.py`.",
        "",
        "| code | verdict | band | finding | what it means | right | wrong |",
        "|---|---|---|---|---|---|---|",
    ]
    for rule in RULES:
        past = f"（往期报告：{rule.exemplar}）" if rule.exemplar else ""
        right, wrong = (f"{notes} → {draft}" for notes, draft in (rule.right, rule.wrong))
        cells = (rule.code, f"`{rule.verdict}`", str(rule.verdict.band), rule.title, rule.meaning, right, wrong + past)
        lines.append(f"| {' | '.join(cell.replace('|', '/').replace(chr(10), ' ') for cell in cells)} |")
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "commands.md": commands_page,
    "findings.md": findings_page,
}


def main() -> None:
    """Writes every page."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
