"""How much of a line is the vocabulary of sites: words alone tell little, but a line of nothing else is a site's."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).parent / "site_words.txt"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What stands between such words: 1,036 人赞同了该回答, 查看全部 31 条评论.
_BETWEEN = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|周[一二三四五六日]|星期[一二三四五六日]|[上下]午|\d[\d.,:：]*|"
    r"[的了于被由在已请个条位次人篇页字份万千约共该此本和与或为我你您大家点一]|[A-Za-z]{1,12}"
)
_LONGEST = 70  # characters
_LEAST_SHARE = 0.75
_SURE_WORDS = 4  # different words that reports use too: so many in one line are a site's
# ¥19.9: nobody sells in a report. 29元/盏 is a figure of one.
_PRICE = re.compile(r"[¥￥]\s?\d")
_STAMP = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\D{0,10}\d{1,2}:\d\d")
_COUNTED_BEHIND = re.compile(r"[\u4e00-\u9fff]\s?[|｜]?\s?\d[\d.,]*\s?[余多]?[个件条篇封份次人场期万处]")


@cache
def _vocabulary() -> tuple[re.Pattern[str], frozenset[str]]:
    """All words, longest first, and those of the first line of the file, which reports hardly use."""
    own, shared = (line.split() for line in _WORDS.read_text(encoding="utf-8").splitlines())
    return re.compile("|".join(map(re.escape, sorted({*own, *shared}, key=len, reverse=True)))), frozenset(own)


def is_of_site_words(line: str) -> bool:
    """True for a short line that says hardly anything but words of a site, a stamp of the clock or a price. Pure.

    被浏览 128,903 is one. 网络评论 120条 is a row of a report: it counts behind the word, in a measure.
    """
    if not line or len(line) > _LONGEST or re.search(r"[。；]|、.*、|，.*，", line):
        return False
    if _PRICE.search(line):
        return True
    pattern, own = _vocabulary()
    words = set(pattern.findall(line))
    left = len(_CHINESE.findall(_BETWEEN.sub("", pattern.sub("", line))))
    if _STAMP.search(line) and left <= 2:
        return True
    if _COUNTED_BEHIND.search(line) and len(words) < _SURE_WORDS:
        return False
    said = sum(map(len, pattern.findall(line)))
    if said < _LEAST_SHARE * (said + left):
        return False
    figures = len(re.findall(r"\d[\d,.]*", line))
    sure = len(words & own)
    if sure >= (1 if figures else 2) or (sure and len(words) > 2) or len(words) >= _SURE_WORDS:
        return True
    # 阅读 1234 评论 5: as many figures as words.
    return figures >= 2 and len(words) >= 2 and not left and figures == len(words)
