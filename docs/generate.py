"""Writes the pages that are generated from the code: settings, commands, findings. A test fails when one is stale."""

from __future__ import annotations

from argparse import Action, ArgumentParser, _SubParsersAction
from collections.abc import Callable
from pathlib import Path

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
    from service.cli import command_parser

    lines = [
        "# Commands",
        "",
        "Exit codes: 0 done and nothing blocked; 1 done, and the checker found something that blocks; 2 the input or "
        "the arguments are unusable; 3 a service it needs did not answer. `--json` prints one JSON value on standard "
        "output and nothing else. Generated from `service/cli.py`.",
        "",
    ]
    for parser in _leaves(command_parser()):
        lines += [f"## `{parser.prog}`", "", str(parser.description), ""]
        lines += [_argument_line(action) for action in parser._actions if action.dest != "help"]
        lines += [""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _leaves(parser: ArgumentParser) -> list[ArgumentParser]:
    groups = [action for action in parser._actions if isinstance(action, _SubParsersAction)]
    if not groups:
        return [parser]
    return [leaf for group in groups for name in sorted(group.choices) for leaf in _leaves(group.choices[name])]


def _argument_line(action: Action) -> str:
    names = "、".join(f"`{name}`" for name in action.option_strings) or f"`{action.metavar}`"
    needed = "（必填）" if action.required else ""
    return f"- {names}{needed} {action.help or ''}".rstrip()


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


def wording() -> str:
    """`docs/wording.md`: every wording and layout rule with a right and a wrong example."""
    from service.checking.wording import wording_page

    return wording_page()


def measures_page() -> str:
    """`docs/measures.md`: every measure of a draft with its unit, range, direction and what it cannot see."""
    from eval.measures import ALL

    directions = {True: "higher is better", False: "lower is better", None: "describes only"}
    lines = [
        "# Measures of a draft",
        "",
        "One file each in `eval/measures/`. A measure that cannot tell leaves a case unscored; unscored cases are "
        "counted beside every mean and never averaged in. `zhibi eval run` prints them, `zhibi eval defects` proves "
        "that each moves with the damage it should see. Generated from `eval/measures/`.",
        "",
        "| measure | Chinese | unit | range | direction | looks at | cannot see |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in ALL:
        end = "∞" if one.highest is None else f"{one.highest:g}"
        cells = (f"`{one.name}`", one.chinese, one.unit, f"{one.lowest:g}–{end}", directions[one.higher_is_better])
        lines.append(f"| {' | '.join((*cells, one.sees, one.blind_to))} |")
    return "\n".join(lines) + "\n"


def who_may_page() -> str:
    """`docs/who-may.md`: the answer of every route and page to every role."""
    from tests.web.who_may import WHO, table

    heads = ("staff, own", "staff of another unit", "editor of the unit", "editor of others", *WHO[4:], "absent")
    lines = [
        "# Who may do what",
        "",
        "The answer of every route and page to each person, for a draft of one unit by one of its staff (“own”), to "
        "those of another unit, and for a draft that is not there (“absent”, to whoever reaches drafts). One out of "
        "reach answers as an absent one, word for word. 303 leads to the sign-in, or from there to the first page. "
        "Generated from `tests/web/who_may.tsv`, which `tests/web/test_who_may.py` holds against a running server; a "
        "route that is missing in it fails there.",
        "",
        f"| route | draft is | {' | '.join(heads)} |",
        "|---|---|" + "---|" * len(heads),
    ]
    for row in table():
        state = "" if row["state"] == "-" else row["state"]
        answers = [row[who] for who in WHO] + [row["absent"].replace("-", "")]
        lines.append(f"| `{row['route']}` | {state} | {' | '.join(answers)} |")
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "commands.md": commands_page,
    "findings.md": findings_page,
    "wording.md": wording,
    "measures.md": measures_page,
    "who-may.md": who_may_page,
}


def with_quality(readme: str) -> str:
    """The README with the published figures between their marks."""
    from eval.published import quality_table

    head, rest = readme.split("<!-- quality: begin", 1)
    mark, rest = rest.split("-->\n", 1)
    tail = rest.split("<!-- quality: end -->", 1)[1]
    return f"{head}<!-- quality: begin{mark}-->\n{quality_table()}\n<!-- quality: end -->{tail}"


def main() -> None:
    """Writes every page, and the figures in the README."""
    readme = DOCS.parent / "README.md"
    readme.write_text(with_quality(readme.read_text(encoding="utf-8")), encoding="utf-8")
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
