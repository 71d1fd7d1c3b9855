"""Noise inside a line: invisible characters, stray marks, inserted advertising, spaces, half-width punctuation.

Each rule is narrow on purpose: true text that looks like noise must stay (‘讲文明树新风’ keeps its quotes,
4:30~22:30 its colons, 12+4 its sign).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from corpus.clean.changes import LineEditor

CJK = r"\u3400-\u4dbf\u4e00-\u9fff"
_CLOSING = r"”’》）】〕〉」％"

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
_EDGE_SPACE = re.compile(r"^[ ]+|[ ]+$")
_MANY_SPACES = re.compile(r"(?<! ) {3,}(?! )")

_HALF_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
# After Chinese, a closing mark or a percent sign; a digit before it counts only with Chinese after it (1,490 stays).
_PUNCTUATION = re.compile(
    rf"(?<=[{CJK}{_CLOSING}、。])[,;:?!](?!\S{{0,1}}//)"
    rf"|(?<=[0-9A-Za-z%㎡℃)])[,;?!](?=[{CJK}“‘《（])"
    rf"|(?<=\d)[:](?=[{CJK}“《])"
)
# 进展情况汇报.截至8月底, typed with the stops of another keyboard; 一.加强领导 numbers a heading.
_HALF_STOP = re.compile(
    rf"(?<=[{CJK}{_CLOSING}])(?<![一二三四五六七八九十])\.(?=[{CJK}“《\d]|$)|(?<=[0-9%])\.(?=[{CJK}“《]{{4}}|$)"
)
_ENDS_HALF = re.compile(rf"[{CJK}\d%{_CLOSING}]\.$")
_LEAST_SENTENCE = 20  # characters; a shorter line may be 1.背景 or a name cut off
_OPEN_BRACKET = re.compile(rf"\((?=[^()]{{1,80}}\))(?:(?<=[{CJK}{_CLOSING}]\()|(?=[{CJK}《“]))")
_CLOSE_BRACKET = re.compile(rf"(?<=[{CJK}》”.…])\)|(?<=[A-Za-z0-9])\)(?=[{CJK}，。、；])")

# (1)社区 and 1)社区 number an item; their bracket stays as its partner does.
_ENUMERATES = re.compile(r"(?:^|[^0-9])\(?\d{1,2}$")
_STRAY_MARK = re.compile(rf"(?<=[{CJK}])[`´'](?=[{CJK}“])|(?<=[的地得])[.·](?=[{CJK}])")
_STRAIGHT_QUOTES = re.compile(r"'[^'`\s]{1,20}'")
_NUMERAL_DOT = re.compile(r"(?<=[一二三四五六七八九十])\.(?=[一二三四五六七八九十](?![、.]))")
_EMPTY_BRACKETS = re.compile(rf"(?<=[{CJK}])(?:\(\)|\[\]|（）|【】|［］|〔〕|\{{\}})(?=[{CJK}])")
_BROKEN_DECIMAL = re.compile(r"(?<=\d)。(?=\d{1,2}(?:[万亿千百余%％]|[平立]方|公[里斤顷]|吨|米|亩|方|元))")
_BEFORE_DIGIT = re.compile(rf"(?<=[{CJK}，。、；：“（]) +(?=\d)")
_AFTER_DIGIT = re.compile(rf"(?<=[0-9%〕]) +(?=[{CJK}，。、；：）])")
_NUMBERED_START = re.compile(r"^#{0,6} ?\d{1,3}(?:\.\d{1,2}){0,3} ")
_SPACE_IN_WORD = re.compile(rf"(?<=[{CJK}]) (?=[{CJK}])")
_SPACE_BY_PUNCTUATION = re.compile(rf"(?<=[，。、；：！？”》）]) +(?=[{CJK}“《（])|(?<=[{CJK}]) +(?=[，。、；：！？])")
_DOUBLE_STOP = re.compile(r"。{2,}|(?<=。)，|，(?=[。，])|(?<=：)。|：(?=：)")
_EMPHASIS = re.compile(r"(?<!\*)\*\*(?!\*)([^*\n]{1,80})\*\*(?!\*)")

_HOST = r"[A-Za-z0-9][A-Za-z0-9-]{0,40}(?:\.[A-Za-z0-9-]{1,40}){0,3}\.(?:com|cn|net|org|cc|info|top|vip|xyz)\b"
_ADVERTS = (
    re.compile(
        r"[（(\[【]\s{0,2}(?:转载|本文|内容|文章|资料|原文|更多|欢迎|声明|来源|来自|出自|推荐|版权)[^（）()\[\]【】\n]{0,10}"
        r"(?:来自|来源|出自|注明|转自|地址|链接|访问|关注|参考|所有)[^（）()\[\]【】\n]{0,40}[）)\]】]"
    ),
    re.compile(
        rf"(?:本文|文章|内容|资料|更多|以上|范文|转载|来源|来自|出自|摘自)[^，。；\n]{{0,20}}[:： ]?(?:https?://)?{_HOST}/?"
    ),
    re.compile(rf"(?:https?://|www\.)(?:{_HOST}|[A-Za-z0-9.-]{{4,60}})(?:/[\x21-\x7e]{{0,100}})?", re.IGNORECASE),
    re.compile(
        r"(?:文档|本文档|文件|资料|文章|本文)(?:为|是|格式为|格式：|格式:)\s?(?:doc|docx|word|pdf|wps|ppt)[^，。；\n]{0,6}格?式?(?:。|$)"
    ),
    # 需要代写申报材料请加客服微信abc2024。
    re.compile(
        r"(?:(?<=[。！；，,])|^)[^。；！？，,\n]{0,24}(?:加|联系|咨询|添加|搜索)[^。；！？，,\n]{0,6}"
        r"(?:客服|微信号?|QQ|公众号)[：: ]?[A-Za-z0-9_-]{4,24}[。！，,]?"
    ),
    # 本文由某某文档整理首发, 开通会员可免费复制全文, put between two sentences of a report.
    re.compile(
        r"(?:(?<=[。！；，,])|^)(?:本文|本资料|本文档|更多[^。；！？，,\n]{0,8})?(?:由|请|可|开通|登录|成为)[^。；！？，,\n]{0,12}"
        r"(?:整理首发|整理发布|首发|独家整理|会员[^。；！？，,\n]{0,8}(?:复制|下载|查看|阅读)[^。；！？，,\n]{0,6}|免费复制全文|查看全文|下载全文)[。！，,]?"
    ),
    # （长按识别二维码进群领资料）, （图片来自视觉素材，侵删）: an aside in brackets to a reader of the site.
    re.compile(
        r"[（(【\[](?=[^（）()【】\[\]\n]{0,40}(?:二维码|公众号|小程序|侵删|进群|加群|扫码|客服|素材|本站|本网|VIP|会员|本文由|首发))"
        r"(?=[^（）()【】\[\]\n]{0,40}(?:长按|识别|扫码|扫描|关注|图片|来源|来自|侵删|领|点击|添加|搜索|开通|登录|下载|版权|整理|首发))"
        r"[^（）()【】\[\]\n]{4,44}[）)】\]]"
    ),
    # （更多优质范文请收藏某某范文网）: more of the same, and where.
    re.compile(r"[（(【\[](?:更多|海量)[^（）()【】\[\]\n]{2,24}(?:网|站|库|号|吧)[）)】\]]"),
    # （下转第3版）, [批注：此处数字再核]: where a paper goes on, and what a word processor printed into the text.
    re.compile(
        r"[（(【\[＞>](?:紧?接|上接|下转|转)第?\s?[A-Z]?[\d一二三四五六七八九十]{1,3}\s?[版页面][^（）()【】\[\]\n]{0,20}[）)】\]]?"
    ),
    re.compile(r"[（(【\[]\s?批注\s?[A-Za-z]{0,3}\d{0,3}\s?[：:][^（）()【】\[\]\n]{1,60}[）)】\]]"),
    # （广告）, [某某网原创], 请关注微信公众号某某公文，
    re.compile(
        r"[（(【\[](?:广告|推广|AD)[）)】\]]|[（(【\[][^（）()【】\[\]\n]{1,12}[网号吧库](?:原创|首发|整理|提供|出品|独家|版权所有)[）)】\]]"
    ),
    re.compile(r"(?:(?<=[。！；])|^)请(?:大家)?(?:关注|搜索|添加)[^。！；，\n]{0,8}公众号[^。！；，\n]{0,16}[。！，]"),
    # [attach]88213[/attach]: markup that a forum did not render.
    re.compile(
        r"\[(attach|img|media|audio|url|hide|quote|email)(?:=[^\]\n]{0,120})?\][^\[\]\n]{0,120}\[/\1\]", re.IGNORECASE
    ),
    re.compile(
        r"[【\[（(](?:点击|免费|全文|立即|一键)[^】\]）)\n]{0,12}(?:下载|复制|阅读|查看)[^】\]）)\n]{0,8}[】\]）)]"
    ),
)

# Latin acronyms that reach us in lower case; units (km, kg) and brands written small are not here.
_ACRONYMS = [
    "led",
    "qq",
    "gdp",
    "app",
    "vr",
    "ktv",
    "atm",
    "cbd",
    "ppp",
    "pvc",
    "wifi",
    "lng",
    "pos",
    "gps",
    "dna",
    "ecmo",
    "ict",
    "syb",
    "cctv",
    "hi5",
    "lcd",
    "ups",
    "ems",
    "ktv",
    "dvd",
    "cpi",
    "ppt",
    "h5",
    "5a",
    "4a",
]
_ACRONYM = re.compile(rf"(?<![A-Za-z0-9.@/_-])(?:{'|'.join(sorted(set(_ACRONYMS)))})(?![A-Za-z@/_-]|\.[A-Za-z])")


# Of a page in traditional characters one in three has another simplified form (one in this many is enough).
_FEWEST_TRADITIONAL = 10


def normalise_characters(line: LineEditor) -> None:
    """Invisible characters go, odd spaces become plain ones, spaces at the edges go (N00)."""
    line.substitute(_INVISIBLE, "", "N00")
    line.substitute(_ODD_SPACE, " ", "N00")
    line.substitute(_EDGE_SPACE, "", "N00")
    line.substitute(_MANY_SPACES, "  ", "N00")


@cache
def _traditional() -> tuple[re.Pattern[str], dict[int, str]]:
    rows = files("corpus.clean").joinpath("traditional.txt").read_text(encoding="utf-8").splitlines()
    traditional, simplified = (row for row in rows if not row.startswith("#"))
    return re.compile(f"[{traditional}]{{1,64}}"), {
        ord(old): new for old, new in zip(traditional, simplified, strict=True)
    }


def is_traditional(text: str) -> bool:
    """True for a page in traditional characters; a rare name in one (喆, 瀞) is no such page. Pure."""
    pattern, _ = _traditional()
    chinese = len(re.findall(f"[{CJK}]", text))
    return sum(len(found) for found in pattern.findall(text)) * _FEWEST_TRADITIONAL > chinese


def simplify(line: LineEditor) -> None:
    """Traditional characters become simplified ones, as many as they were (N31)."""
    pattern, table = _traditional()
    line.substitute(pattern, lambda found: found[0].translate(table), "N31")


def strip_adverts(line: LineEditor) -> None:
    """Advertising inserted into a sentence goes, the sentence stays (N04)."""
    for pattern in _ADVERTS:
        line.substitute(pattern, "", "N04")


def clean_characters(line: LineEditor, *, markdown: bool) -> None:
    """Repairs punctuation, spaces and stray marks of one line in place. Masks must have become tokens before."""
    if markdown:
        line.substitute(_EMPHASIS, lambda found: found[1], "N00")
    if not _STRAIGHT_QUOTES.search(line.text):
        line.substitute(_STRAY_MARK, "", "N07")
    line.substitute(_NUMERAL_DOT, "", "N07")
    line.substitute(_EMPTY_BRACKETS, "", "N08")
    line.substitute(_BROKEN_DECIMAL, ".", "N18")
    line.substitute(_PUNCTUATION, lambda found: _HALF_WIDTH[found[0]], "N30")
    if "。" not in line.text and len(line.text) >= _LEAST_SENTENCE and _ENDS_HALF.search(line.text):
        line.substitute(_HALF_STOP, _full_stop, "N30")
    line.substitute(_OPEN_BRACKET, "（", "N30")
    text = line.text
    line.substitute(_CLOSE_BRACKET, lambda found: None if _ENUMERATES.search(text[: found.start()]) else "）", "N30")
    if not _NUMBERED_START.match(line.text):
        line.substitute(_AFTER_DIGIT, "", "N19")
    line.substitute(_BEFORE_DIGIT, "", "N19")
    _join_words(line)
    line.substitute(_SPACE_BY_PUNCTUATION, "", "N09")
    line.substitute(_DOUBLE_STOP, _one_stop, "N24")
    line.substitute(_ACRONYM, lambda found: found[0].upper(), "N25")


def _full_stop(found: re.Match[str]) -> str | None:
    # 3.分工 counts on behind a stop; 92分,12 does not end there.
    digits = re.search(r"(?:^|[^\d.])\d{1,2}$", found.string[: found.start()])
    return None if digits and found.end() < len(found.string) else "。"


def _one_stop(found: re.Match[str]) -> str:
    return "。" if found[0].startswith("。。") else ""


def _join_words(line: LineEditor) -> None:
    """A space inside a word is noise in running text, and a separator in a list of names or a table row."""
    spaces = len(_SPACE_IN_WORD.findall(line.text))
    if (
        spaces
        and len(line.text) >= 30 * min(spaces, 4)
        and re.search(r"[，。；]", line.text)
        and " | " not in line.text
    ):
        line.substitute(_SPACE_IN_WORD, "", "N09")
