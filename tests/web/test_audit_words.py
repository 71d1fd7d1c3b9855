"""Whatever the service writes into the audit log has a Chinese name on the administrator's page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import service
from service.web.audit_words import ACTION_NAMES, DETAIL_NAMES, told_detail

_ACTION = re.compile(r"(draft|account|unit|offer|report|pairs|record)\.[a-z_]+")


def _recorded() -> Iterator[ast.AST]:
    """Every call that writes to the log, and every dictionary that is made for one."""
    for room in ("commands", "storage", "web", "wiring"):
        for path in sorted((Path(service.__file__).parent / room).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                    if name in ("record", "_tell"):
                        yield node
                elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "detail":
                    yield node


def test_every_action_that_is_logged_has_a_name() -> None:
    words = {
        one.value
        for node in _recorded()
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and _ACTION.fullmatch(one.value)
    }
    assert len(words) > 25 and words <= set(ACTION_NAMES), words - set(ACTION_NAMES)


def test_every_detail_that_is_logged_has_a_name() -> None:
    keys = {
        key.value
        for node in _recorded()
        for one in ast.walk(node)
        if isinstance(one, ast.Dict)
        for key in one.keys
        if isinstance(key, ast.Constant)
    }
    assert len(keys) > 15 and keys <= set(DETAIL_NAMES), keys - set(DETAIL_NAMES)


def test_details_read_as_words_and_a_value_nobody_knows_stays() -> None:
    assert told_detail({"role": "staff", "how": "oidc"}) == "角色：撰稿　方式：单点登录"
    assert (
        told_detail({"held_by": "a" * 32, "comment": "0" * 32}, {"a" * 32: "陆编"})
        == "原审核人：陆编　批注编号：00000000"
    )
    assert told_detail({"closed": True, "days": 30}) == "停用：是　天数：30"
    assert told_detail({"role": "guest", "x": 1}) == "角色：guest　x：1"
    assert told_detail({"versions": [[1, "ab"], [2, "cd"]]}) == "各版校验码：1/ab、2/cd"
