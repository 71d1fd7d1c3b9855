"""The README's session is what the commands really print."""

from __future__ import annotations

import re
from pathlib import Path

from tests.commands.running import installed_zhibi

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_draft_in_the_readme_is_the_draft_of_its_note(tmp_path: Path) -> None:
    session = README.split("```text\n")[1].split("\n```")[0]
    note, drafted = re.split(r"\n\$ zhibi draft [^\n]*\n", session.removeprefix("$ cat 笔记.txt\n"))
    (tmp_path / "notes.txt").write_text(note + "\n", encoding="utf-8")
    asked = ("--notes", "notes.txt", "--genre", "progress", "--unit", "云汐街道", "--period", "2024年一季度")
    printed = installed_zhibi("draft", *asked, home=tmp_path / "home").out
    report, told = re.split(r"\n(?=待补)", drafted, maxsplit=1)
    assert printed.startswith(report + "\n")
    for line in told.split("\n"):
        words = re.split(r"\s{2}", line)
        assert all(word in printed for word in words), line


def test_the_first_thirty_lines_show_what_goes_in_what_comes_out_and_the_two_commands() -> None:
    first = "\n".join(README.split("\n")[:30])
    for shown in ("$ cat 笔记.txt", "$ zhibi draft", "【待补：", "`make run`", "`make test`"):
        assert shown in first
