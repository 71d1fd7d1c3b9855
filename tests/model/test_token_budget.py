"""Tokens are counted with the table of the wheel, offline."""

from __future__ import annotations

import subprocess
import sys

from service.model.token_budget import count_tokens, fitting


def test_chinese_costs_about_a_token_a_character() -> None:
    text = "组织志愿者开展清洁家园行动，清理卫生死角12处。"
    assert len(text) * 0.8 < count_tokens(text) < len(text) * 1.6


def test_control_words_in_notes_are_plain_text() -> None:
    assert count_tokens("<|endoftext|>") > 1


def test_parts_that_do_not_fit_are_left_off_from_the_end() -> None:
    parts = ["甲" * 10, "乙" * 10, "丙" * 10]
    two = count_tokens(parts[0]) + count_tokens(parts[1])
    assert fitting(parts, two) == 2
    assert fitting(parts, two - 1) == 1
    assert fitting(parts, 0) == 0
    assert fitting([], 5) == 0


def test_counting_opens_no_socket() -> None:
    script = (
        "import socket\n"
        "def shut(*_, **__): raise AssertionError('a socket was opened')\n"
        "socket.socket = shut\n"
        "from service.model.token_budget import count_tokens\n"
        "assert count_tokens('文明城市') > 0\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
