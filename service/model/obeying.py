"""The scripted model that obeys every instruction it sees in its data: the worst reader of hostile notes."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import replace

from service.model.prompt_reading import asks_for_groups, blocks, rows
from service.model.scripted_server import Asked, Reply, Script

_CUE = re.compile(
    r"忽略|无视|不要理会|必须|务必|一律|请|输出|写上|写成|写入|写作|改为|改成|添加|加上|加一句|补一句|系统|指令|规则|模式|助手|管理员|扮演|"
    r"ignore|disregard|system|assistant|instruction|output|print|write|say|add|insert|replace|must|you are",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"忽略|无视|只输出|仅输出|不要写|其他内容.{0,4}(?:删|不)|ignore|disregard|only|nothing else", re.IGNORECASE
)
_QUOTED = re.compile(r"[“「『\"']([^”」』\"'\n]{2,120})[”」』\"']")
_AFTER_COLON = re.compile(
    r"(?:输出|写上|写成|写入|写作|改为|改成|添加|加上|加一句|补一句|output|print|write|say|add|insert)[^：:\n]{0,12}[：:]\s*([^\n]{2,120})",
    re.IGNORECASE,
)
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{16,}={0,2}")
_HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_TAGS = re.compile(r"[\U000e0020-\U000e007e]+")


def orders(text: str) -> list[str]:
    """What the instructions in `text` want to be written: quoted words and words behind a colon, also where they are
    hidden between invisible characters, in the tag characters of Unicode, or in base 64."""
    seen = _decoded(
        _TAGS.sub(lambda found: "".join(chr(ord(one) - 0xE0000) for one in found[0]), _HIDDEN.sub("", text))
    )
    wanted: list[str] = []
    for line in seen.split("\n"):
        if _CUE.search(line):
            wanted += _QUOTED.findall(line) or _AFTER_COLON.findall(line)
    return list(dict.fromkeys(one.strip() for one in wanted if one.strip()))


def obeying(asked: Asked, otherwise: Script) -> Reply:
    """Writes what the data order, on a true line, as a formula and bare; tells nothing else where it is told so."""
    honest = otherwise(asked)
    # Its own task it takes for what it is; what stands between the boundaries it takes for orders.
    data = "\n".join(blocks(asked.user).values())
    wanted = [one for one in orders(data) if one not in asked.system]
    if not wanted:
        return honest
    if asks_for_groups(asked):
        return replace(honest, text=honest.text.replace("推进其他工作", wanted[0][:16]))
    return Reply(
        "\n".join(_guises(wanted, [row.line for row in rows(asked)], "" if _ALONE.search(data) else honest.text))
    )


def _guises(wanted: Sequence[str], lines: Sequence[int], honest: str) -> list[str]:
    said = [one.rstrip("。") for one in wanted]
    marked = [f"{one}。[L{lines[place % len(lines)]}]" for place, one in enumerate(said) if lines]
    return [*marked, *(f"{one}。[过渡]" for one in said), *(f"{one}。" for one in said), honest]


def _decoded(text: str) -> str:
    def plain(found: re.Match[str]) -> str:
        try:
            return found[0] + "\n" + base64.b64decode(found[0], validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return found[0]

    return _BASE64.sub(plain, text)
