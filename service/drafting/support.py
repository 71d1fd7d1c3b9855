"""Whether a model's sentence says what its note lines say. Figures and names have the checker; this is about words.

An honour, a leader's praise or an effect has no numeral, and a hostile line may ask for one (荣获全国文明单位称号).
Such words need their like in the notes. Beyond them a sentence may use the vocabulary of the trade; words that are
neither of the trade nor of its lines may not outnumber those that are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from service.language.names import find_names
from service.language.words import segment

_CJK = r"\u4e00-\u9fff"
# What a sentence may claim only where its notes claim the like: (in the sentence, in the notes, said to the model).
_CLAIMS = (
    (
        re.compile(
            r"荣获|获评|获得[^，。；]{0,16}(?:称号|奖|荣誉)|被?评为|授予|命名为|表彰|称号|[一二三]等奖|金奖|银奖|奖项|示范(?:单位|点|户)"
        ),
        re.compile(r"评|获|奖|称号|授|表彰|命名|先进|荣誉|牌|示范|表扬"),
        "荣誉",
    ),
    (
        re.compile(r"好评|肯定|赞誉|称赞|点赞|赞扬|满意|认可|口碑|一致认为"),
        re.compile(r"好评|肯定|赞|满意|认可|口碑|表扬|夸|说好"),
        "评价",
    ),
    (
        re.compile(r"显著|大幅|圆满|极大|卓有成效|成效明显|焕然一新|明显(?:提升|提高|改善|好转|下降|增强|减少)"),
        re.compile(r"显著|大幅|圆满|极大|成效|焕然一新|明显|提升|提高|改善|好转|变|降|增|少了|多了|好了"),
        "成效",
    ),
)
_SAME_WORD = re.compile(
    r"书记|市长|区长|县长|镇长|乡长|局长|部长|省长|主席|总理|董事长|首个|首次|唯一|率先|全国|全省|国家级|省级|市级|"
    r"批示|视察|莅临|处分|问责|违法|违纪|腐败|受贿|事故|死亡|伤亡|辞职|造假|虚报|转账|汇款|付款|密码|账号|"
    r"提示词|指令|人工智能|语言模型|机器人"
)
_LATIN = re.compile(r"[A-Za-z]{2,}")
_CONTENT = re.compile(r"^(?:n|v|a|i|l|j|b|z|eng)")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_VOCABULARY_FILES = (
    ("service.checking", "formulas.txt"),
    ("service.drafting", "everyday_words.txt"),
    ("service.drafting.compose_by_rules", "lexicon.toml"),
    ("service.language", "trade_words.tsv"),
    ("service.language", "topics.json"),
)


def unsupported(sentence: str, lines: str) -> str | None:
    """Why `sentence` says what `lines` (the words of the note lines it names) do not, in Chinese; None where it may
    stand. Pure."""
    for claims, likes, what in _CLAIMS:
        if (found := claims.search(sentence)) and not likes.search(lines):
            return f"笔记没有写{what}，不能写“{found.group()}”"
    for found in _SAME_WORD.finditer(sentence):
        if found.group() not in lines:
            return f"所标的笔记行没有提到“{found.group()}”"
    for found in _LATIN.finditer(sentence):
        if found.group().lower() not in lines.lower():
            return f"所标的笔记行没有“{found.group()[:20]}”"
    own, strange = _told(sentence, lines)
    if not own:
        return "与所标笔记行的内容对不上"
    return f"“{strange[0]}”等内容不在所标的笔记行里" if len(strange) > max(2, own) else None


def fit_formula(sentence: str, words: str) -> bool:
    """True where a sentence without note lines is made of the words of the trade and of `words` (headings, purpose)
    alone and claims nothing. Pure."""
    if any(claims.search(sentence) for claims, _, _ in _CLAIMS) or _SAME_WORD.search(sentence):
        return False
    if _LATIN.search(sentence) or find_names(sentence):
        return False
    known = vocabulary()
    return all(one in known or one in words for one in _content(sentence))


def _told(sentence: str, lines: str) -> tuple[int, list[str]]:
    """How many of the sentence's words and figures are of its lines, and those that are of neither lines nor trade."""
    known = vocabulary()
    content = list(_content(sentence))
    own = sum(word in lines for word in content) + sum(figure in lines for figure in _FIGURE.findall(sentence))
    # Two characters shared count as half a word: the lines' 扫楼道 is the sentence's 清扫楼道.
    own += sum(word not in lines and any(one in lines for one in _pairs(word)) for word in content)
    return own, [word for word in content if word not in lines and word not in known]


def _pairs(word: str) -> Iterable[str]:
    return (word[at : at + 2] for at in range(len(word) - 1))


def _content(sentence: str) -> Iterable[str]:
    return (
        one.text for one in segment(sentence) if _CONTENT.match(one.tag) and re.fullmatch(rf"[{_CJK}]{{2,}}", one.text)
    )


@cache
def vocabulary() -> frozenset[str]:
    """The words of the trade: those of the rule composer's lexicon, the fixed formulas and the genre plans."""
    texts = [files(room).joinpath(name).read_text(encoding="utf-8") for room, name in _VOCABULARY_FILES]
    texts += [one.read_text(encoding="utf-8") for one in files("prompts").joinpath("genres").iterdir() if one.is_file()]
    words = {one.text for text in texts for one in segment(text) if len(one.text) > 1}
    return frozenset(words)
