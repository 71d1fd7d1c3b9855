"""Lines that laugh, or that call themselves a joke."""

from __future__ import annotations

import re

_WHOLLY_QUOTED = re.compile(r"(?:[^：:“「\"，,。]{0,10}[：:] ?)?[“「\"](?P<said>[^“”「」\"]{4,80})[”」\"]?[。！!]?")
_WHOLLY_IN_BRACKETS = re.compile(r"[（(](?P<said>[^（()）]{4,80})[）)]")
_LAUGHS = re.compile(
    r"哈哈|呵呵|嘿嘿|嘻嘻|hhh|\[(?:坏|偷|大)?笑[^\]]{0,2}\]|\[(?:捂脸|呲牙|偷笑|旺柴|狗头)\]|[吧嘛呀呗啦](?:[！!？?~～]|\[[^\]]{1,4}\])*$"
)
# 食堂今天有肘子，交得早的先吃（逗你们的）
_SAID_IN_JEST = re.compile(
    r"[（(—…，, ]{1,2}(?:我)?"
    r"(?:逗(?:你们?|大家|他)(?:玩|乐)?的|(?:开(?:个)?|说)?(?:玩笑|笑话)的?|说笑的|闹着玩的?)[）)]?[。！!]?$"
)


def jests(said: str) -> bool:
    """True for words that stand as a whole in quotation marks or brackets and laugh, or that call themselves a joke.
    Pure."""
    said = said.strip()
    if _SAID_IN_JEST.search(said) and not re.search(r"\d", said):
        return True
    whole = _WHOLLY_QUOTED.fullmatch(said) or _WHOLLY_IN_BRACKETS.fullmatch(said)
    return whole is not None and _LAUGHS.search(whole["said"].strip()) is not None
