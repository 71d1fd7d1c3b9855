"""A form with its questions answered (责任人？答：…  时限？答：…) read as fields with a colon, and talk as nothing."""

from __future__ import annotations

import re

from service.language.clean_view import View

_ENTRY = r"\s*(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.、)）\s])?\s*"
_ANSWERED = re.compile(
    r"(?:^(?!\s*(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.、)）\s]))|(?<=[。；;！!\s\u3000])|(?<=[、.．)）]))(?P<asked>[^？?。；;：:\s\u3000]{0,24})"
    r"(?P<mark>[？?：:。])\s*答[：:]\s*"
)
# What a form asks is the name of a field in other words.
_FIELDS = (
    ("原因", re.compile(r"原因|为什么|为啥|怎么(?:会|造成)")),
    ("责任单位", re.compile(r"责任(?:单位|部门|科室)|哪个(?:部门|科室|单位)")),
    ("责任人", re.compile(r"责任人|谁(?:负责|管|抓)|负责人")),
    ("时限", re.compile(r"时限|期限|(?:什么时候|何时|几时|哪天)(?:完成|改完|办结)")),
    (
        "完成情况",
        re.compile(r"(?:完成|改完|做完|整改完|办结)了(?:吗|没|么)|完成情况|到(?:什么|哪)(?:程度|一?步)|进展如何"),
    ),
    ("佐证", re.compile(r"佐证|证明材料|有什么(?:证明|材料|凭据)")),
    ("措施", re.compile(r"(?:做|采取|干)了(?:什么|哪些)|怎么(?:改|整改|办)的|整改措施|措施")),
)
_ASKS = re.compile(r"吗|什么|有没有|是否|怎么|几[个次]|哪[些里个]|多少|如何|没有$|谁|的打算$")
_OPENED = re.compile(_ENTRY)
_ISSUE = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.、)）])?\s*(?:反馈)?问题\s*[\d一二三四五六七八九十]"
)


def with_answers(view: View) -> View:
    """`view` with each answered question of a form as a field: 责任人？答：甲 is 责任人：甲. One that names no
    field falls away before its answer. Pure."""
    text = view.text
    if "答：" not in text and "答:" not in text:
        return view
    out: list[str] = []
    offsets: list[int] = []
    place = 0
    asked = list(_ANSWERED.finditer(text))
    for found, behind in zip(asked, [*(one.start() for one in asked[1:]), len(text)], strict=True):
        _copy(view, place, found.start(), out, offsets)
        if not text[found.end() : behind].strip():
            _copy(view, found.start(), found.end(), out, offsets)  # Nobody answered it, and that is told.
            place = found.end()
            continue
        name = _named(found["asked"], found["mark"])
        if not name and found["mark"] in "。" and _ISSUE.match(text):
            _copy(view, found.start(), found.end("mark"), out, offsets)
            name = "措施："
        elif found["mark"] == "。":
            _copy(view, found.start(), found.end("mark"), out, offsets)
            name = ""
        if name and not _OPENED.fullmatch("".join(out)) and out[-1] not in "。；;":
            name = "；" + name
        out.extend(name)
        offsets.extend([view.offsets[found.start()]] * len(name))
        place = found.end()
    _copy(view, place, len(text), out, offsets)
    return View("".join(out), tuple(offsets), view.start, view.end)


def _copy(view: View, start: int, end: int, out: list[str], offsets: list[int]) -> None:
    out.extend(view.text[start:end])
    offsets.extend(view.offsets[start:end])


def _named(asked: str, mark: str) -> str:
    """The field that a question names, with its colon; its own words where it only names a thing; "" for a question."""
    for name, cue in _FIELDS:
        if cue.search(asked):
            return f"{name}："
    if not asked or mark == "。" or _ASKS.search(asked):
        return ""
    return f"{asked}："
