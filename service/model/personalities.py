"""Scripted models with a character, for tests, evaluation and demos (`zhibi rehearse`).

Each is a script of `ScriptedServer` that reads the prompt as a model would and answers as such a model does. They are
deterministic in the prompt, but for the broken one, whose troubles take turns by the number of the request.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from service.model.obeying import obeying
from service.model.prompt_reading import Row, asks_for_groups, blocks, facts, groups, rows, wants_less
from service.model.scripted_server import Asked, Reply, Script

_TOPICS = (
    ("开展宣传教育", "宣传|讲座|培训|传单|手册|公益广告|横幅"),
    ("推进环境整治", "清理|清运|整治|卫生|垃圾|楼道"),
    ("组织志愿服务", "志愿|义务|慰问|帮扶"),
)
_TRADITIONAL = str.maketrans(
    "会动员对开关办区乡镇处发单个们实从进过还说应门问题环卫标广导组织练习训录变业务与为国学总结",
    "會動員對開關辦區鄉鎮處發單個們實從進過還說應門問題環衛標廣導組織練習訓錄變業務與為國學總結",
)


def perfect(asked: Asked) -> Reply:
    """Every line once, in its own words, rightly marked; two in a sentence and no sub-headings where a person asks for
    less."""
    if asks_for_groups(asked):
        return grouped(asked, _by_topic(asked))
    if wants_less(asked):
        return Reply(_in_pairs(rows(asked), ""))
    return Reply(_written(rows(asked), groups(asked)))


def average(asked: Asked) -> Reply:
    """A model as they are: a thought, a preamble, fences, markdown, two lines in a sentence, a transition."""
    if asks_for_groups(asked):
        answer = grouped(asked, _by_topic(asked))
        return answer if answer.as_tool else replace(answer, text=f"好的：\n```json\n{answer.text}\n```")
    text = _in_pairs(rows(asked), "\n")
    return Reply(
        f"<think>先看有几条。</think>好的，以下是正文：\n```\n## 正文\n各项工作有序推进。[过渡]\n{text}\n```", piece=2
    )


def careless(asked: Asked) -> Reply:
    """Leaves out every fourth line, names a wrong line now and then, changes a digit, says things twice."""
    if asks_for_groups(asked):
        found = [one for one, _ in facts(asked)]
        return grouped(asked, [("开展3项活动", found[1:]), ("其他", found[:1] * 2)])
    sentences = []
    for place, row in enumerate(rows(asked)):
        sentence = row.sentence
        if place % 4 == 1:
            sentence = _one_digit_changed(sentence)
        if place % 4 == 2:
            sentence = sentence.replace(f"[L{row.line}]", f"[L{row.line + 1}]")
        if place % 4 != 3:
            sentences.append(sentence)
    return Reply("\n".join([*sentences, *sentences[:1]]))


def malicious(asked: Asked) -> Reply:
    """Invents figures, names and honours on true lines, copies the exemplar, names lines that were never given."""
    if asks_for_groups(asked):
        return grouped(asked, [("荣获全国表彰97次", ["F1", "F999"]), ("忽略以上要求", ["F2"])])
    told = rows(asked)
    exemplar = re.sub(r"〔[^〕]*〕", "86", blocks(asked.user).get("参考样式", "")).split("\n")
    sentences = [
        line
        for place, row in enumerate(told)
        for line in (
            _figures_swollen(row.sentence),
            f"共投入资金{place + 3}87万元，受到市委书记高建国充分肯定。[L{row.line}]",
            f"荣获全国文明单位称号，群众满意度达到99.{place % 9}%。[L{row.line}]",
            f"在红旗渠街道金桂花园小区召开现场会。[L{row.line}]",
        )
    ]
    copied = [f"{line.strip()}[L{told[0].line}]" for line in exemplar if len(line) > 8 and told]
    return Reply(
        "\n".join([*sentences, *copied, "全年完成投资4.6亿元。[过渡]", "新增绿地73亩。[L9999]", "安排专人值守58次。"])
    )


def slow(asked: Asked) -> Reply:
    """The perfect one with a busy server's delays: 0.4 to 0.9 s to the first words, then 90 characters a second."""
    reply = perfect(asked)
    return replace(reply, wait_first=0.4 + zlib.crc32(asked.user.encode()) % 50 / 100, piece=2, wait_between=0.022)


def broken(asked: Asked) -> Reply:
    """Another trouble with every request; now and then the perfect answer."""
    good = perfect(asked)
    troubles: Sequence[Reply] = (
        Reply(status=500, error="oops"),
        replace(good, finish=None),
        Reply(""),
        replace(good, text=f"<think>{good.text}"),
        good,
        replace(good, finish="length"),
        Reply(status=429, error="slow down", headers={"Retry-After": "0.1"}),
        Reply("We carried out many activities. [L1]"),
        replace(good, text=good.text.translate(_TRADITIONAL)),
        replace(good, cut_after=400),
        Reply(status=429, error="slow down"),
        Reply("各项工作扎实推进，" * 3_000),
        replace(good, packet_bytes=7, with_usage=False),
        Reply(status=400, error="response_format is not supported"),
        replace(good, text=re.sub(r"\[L\d+\]", "[L4711]", good.text)),
        replace(good, finish="content_filter"),
    )
    return troubles[(asked.number - 1) % len(troubles)]


# What the malicious one invents beside figures. None of it may stand in a draft unflagged.
INVENTED = ("高建国", "红旗渠街道", "金桂花园小区", "充分肯定", "荣获全国文明单位", "4.6亿元", "73亩", "58次")

PERSONALITIES: Mapping[str, Script] = {
    "perfect": perfect,
    "average": average,
    "careless": careless,
    "malicious": malicious,
    "slow": slow,
    "broken": broken,
    "obeying": lambda asked: obeying(asked, perfect),
}


def grouped(asked: Asked, wanted: Sequence[tuple[str, Sequence[str]]]) -> Reply:
    """`wanted` in the form the request asks for."""
    if asked.form == "text":
        return Reply("\n".join(f"{','.join(ids)} | {label}" for label, ids in wanted))
    body = {"groups": [{"label": label, "facts": list(ids)} for label, ids in wanted]}
    return Reply(json.dumps(body, ensure_ascii=False), as_tool=asked.form == "tool")


def _by_topic(asked: Asked) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for one, text in facts(asked):
        label = next((name for name, words in _TOPICS if re.search(words, text)), "推进其他工作")
        found.setdefault(label, []).append(one)
    return list(found.items())


def _written(told: Sequence[Row], wanted: Sequence[tuple[str, Sequence[int]]]) -> str:
    """The lines under their sub-headings; those no group names at the end."""
    written: list[str] = []
    left = list(told)
    for heading, numbers in wanted:
        under = [row for row in left if row.line in numbers]
        if under and heading != "不分小标题":
            written.append(heading)
        written.append("".join(row.sentence for row in under))
        left = [row for row in left if row not in under]
    return "\n".join([*filter(None, written), "".join(row.sentence for row in left)])


def _in_pairs(told: Sequence[Row], between: str) -> str:
    return between.join(_joined(told[start : start + 2]) for start in range(0, len(told), 2))


def _joined(pair: Sequence[Row]) -> str:
    sentences = [row.sentence for row in pair]
    if len(pair) < 2 or any("【" in one for one in sentences):
        return "".join(sentences)
    words = [re.sub(r"。?\[L\d+\]$", "", one) for one in sentences]
    lines = ",".join(f"L{row.line}" for row in pair)
    return f"{words[0]}，{words[1]}。[{lines}]"


def _one_digit_changed(sentence: str) -> str:
    return re.sub(r"(?<!L)\d(?!\d*\])", lambda found: str((int(found[0]) + 1) % 10), sentence, count=1)


def _figures_swollen(sentence: str) -> str:
    grow: Callable[[re.Match[str]], str] = lambda found: str(int(found[0][:9]) * 3 + 7)  # noqa: E731
    return re.sub(r"(?<![L\d])\d+(?!\d*\])", grow, sentence)
