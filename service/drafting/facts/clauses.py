"""A line's words cut into clauses that each state one thing, keeping together what belongs together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.drafting.facts.dictation import cut_dictation
from service.drafting.facts.fields import read_field
from service.drafting.facts.labels import FIELD_KINDS, ordinal_text
from service.drafting.facts.lexicon import words
from service.language.words import is_known, segment


@dataclass(frozen=True, slots=True)
class Clause:
    """Part of a view: `text[start:end]` without end marks. `mark` is the end mark that closed it, `opens_sentence`
    says that a hard stop or the line's beginning stands before it."""

    start: int
    end: int
    mark: str
    opens_sentence: bool


_OPENING, _CLOSING = "（(“《【[「『", "）)”》】]」』"
_ANY_OPENING = re.compile(f"[{re.escape(_OPENING)}]")
_HARD = re.compile(
    r"[。！!？?；;]+|(?<=[ \u3000])[×✗✘✕](?= )|(?<=[\u4e00-\u9fff])\.(?=$|[\u4e00-\u9fff ])|…{1,4}|\.{3,6}|~{2,}|～+|"
    r"\[[\u4e00-\u9fffA-Za-z]{1,6}\]|[\U0001f300-\U0001faff]+"
)
_SOFT = re.compile(r"[，,]|(?<=[\u4e00-\u9fff%）)”》]) (?=[\u4e00-\u9fff\d“《（【])|—{2}|/{2}| ?[←↑] ?")
_SPOKEN_VERB = re.compile(
    r"[搞弄做办开发贴挂装扫清拆修补刷换建画种栽捡铲查罚劝拖教讲评选签收拉运洗擦铺买捐印播搬拔浇栽送走去跑][了完好掉出过上]"
)
_VERB_BEFORE_COUNT = re.compile(
    r"[搞弄做办开发贴挂装扫清拆修补刷换建种栽捡铲查罚劝拖评选签收拉运洗擦铺买捐印播搬送](?=[约近共]?\d)"
)
_COUNT = re.compile(r"\d|[一二两三四五六七八九十百千万几]{1,6}[余多]?[\u4e00-\u9fff]")
_THIS_YEAR, _LAST_YEAR = re.compile(r"今年|本年|本期"), re.compile(r"去年|上年|往年|前年")
_OWN_DATE = re.compile(
    r"(?:(?:19|20)\d\d[年.\-/])?(?:1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,2})(?:月(?:[0-3]?\d|"
    r"[一二三四五六七八九十]{1,3})(?:日|号)?|月(?:底|末|初|中旬|上旬|下旬)|\.[0-3]?\d(?:日|号))"
)
_DATE_PART = re.compile(
    r"(?:(?:19|20)\d\d[年.\-/])?\d{0,2}(?:月|\.|-|/)?\d{1,2}(?:日|号)?|"
    r"[一二三四五六七八九十]{1,3}月[一二三四五六七八九十\d]{0,3}[日号]?"
)
_MEANS = re.compile(
    r"走访|慰问|看望|入户|组织|出动|发动|投入|投资|联合|邀请|请来|请了|利用|借助|通过|抽调|安排|动员|"
    r"调动|花了|用了|召集|带领|会同|聘请|调来|拿出|筹措|争取|依托"
)
_EVENT = re.compile(
    r"(?:开展|举办|举行|组织|召开|搞了?|办了?|开了?|启动|承办|联合)[^，,。；;]{0,30}(?:活动|会|培训|"
    r"行动|演出|比赛|大赛|讲座|义诊|演练|宣讲|课堂|党课|仪式|参观|展览|大扫除|三下乡|宣传|检查|整治|"
    r"服务|诵读|走访|慰问|课)"
)
_DIGIT = re.compile(r"[\d二三四五六七八九十百千万]")
_INNER_NUMBERS = (
    re.compile(r"(?<![\d.])(\d{1,2})、"),
    re.compile(r"(?<![\d.])(\d{1,2})[.．](?!\d)"),
    re.compile(r"[（(](\d{1,2}|[一二三四五六七八九十])[）)]"),
    re.compile("([\u2460-\u2473])"),
    re.compile(r"([一二三四五六七八九])是(?!否)"),
    re.compile(r"第([一二三四五六七八九])(?:[，,、]|[条个项点](?:问题)?(?:是|就是|呢)?[，,、：: ]?)"),
)
_COUNTS_BARE = re.compile(r"[\u4e00-\u9fff]\d{1,3}、[\u4e00-\u9fff]{1,8}\d{1,3}(?=[、，,。；;）)]|$)")
# 毛病一个是指示牌看不清一个是楼梯间有烟头: two things in one breath.
_ONE_IS = re.compile(r"(?:[再另还]有?)?(?:一个|一条|一项|一样)(?:就是|是|呢)(?!一)")
_REPORTED_BEFORE = re.compile(r"(?:前面|之前|原来|刚才|上面|昨天|早上)[^，,]{0,3}(?:报|说|写|统计|数)的")
# 剩8家 11月12日复查, 铁门联系产权单位 7月底前打开: a day and a doing without a thing of its own.
_DOES_ALONE = re.compile(r"(?:之?前|起|以后|后)?(?:再|全部|已|均|正式|一并)?(?P<does>[\u4e00-\u9fff]{2})(?:了|完)?")
_COMES_INTO_USE = re.compile(r"启用|投用|开放|揭牌|挂牌|通车|开园|开馆|上线|施行|开通|开业")
_LEFT = re.compile(r"(?:还)?(?:剩|余|其余|另有)")
_FINISHED = re.compile(r"[日号前之]{0,2}(?:全部|已|均|前)?(?:完成|完工|办结|结束|到位|投用)")
_DEADLINE = re.compile(r"月(?:底|末|初|中旬|上旬|下旬|\d)|\d(?:日|号)|完成|办结")
# 全年计划改造14个小区，三季度开工6个: the aim says what the progress is measured by.
_AIM = re.compile(r"(?:全年|今年|年度|年初|本年|本季度|上半年|共)?(?:计划|目标|任务|应|拟)[^，,。；]{0,16}\d")
_PROGRESS = re.compile(
    r"(?:目前|现在|现|截至[^，,]{1,8}|[一二三四上下本]{1,2}(?:季度|半年|月)|\d{1,2}月|累计|已|已经|实际|共|其中){0,3}"
    r"(?:已)?(?:开工|完工|完成|竣工|启动|改造|建成|投用|做完|交付|验收|整改|[\u4e00-\u9fff]{2,4})了?\d"
)
# 志愿队142人，全年服务5380小时: the team is who served.
_TEAM = re.compile(r"(?:队|队伍|志愿者|团|小组|队员|宣讲员|网格员)[”」』]? ?\d[\d,.]*[万]? ?[人名支位个]$")
_SERVES = re.compile(
    r"(?:全年|今年|本年|年内|本季度|上半年|下半年|[一二两三]年)?(?:里|来)?(?:累计|共计|共|总共)?(?:服务|值守|执勤|上岗|巡逻|巡查|宣讲)\D{0,6}\d"
)
_DOTTED_DAY = re.compile(r"^\d{1,2}\.\d{1,2}(?!\d)")
_FIGURE_WITH_UNIT = re.compile(r"\d[万千]?(?![月日号年时点季周])[\u4e00-\u9fff]")
_LEADING_SPAN = re.compile(
    r"(?:这|近|过去|前|头)?[一二两三四五六七八九十\d]{1,3}(?:年|个月|周|季度)(?:里|来|间|以来|之内|内|中|下来)$"
)
_OPENS_PART = re.compile(
    r"(?:目前|现在|主要)?(?:存在|还有)?的?(?:主要)?(?:问题|不足|毛病|困难|短板|难处)(?:呢|嘛|吧|：)?(?:主要|就|也|还是|肯定)?(?:是|有|就是)|还有就是|再有就是|另外(?:要|还|就)"
)
_OPENS_TOPIC = re.compile(
    r"[\u4e00-\u9fff]{2,8}(?:这块|这一块|方面|这边)|"
    r"(?:1[0-2]|[1-9]|[一二三四五六七八九十]{1,2})月(?:份)?(?![\d一二三四五六七八九十底初末前中上下到至])"
)
_BARE_INTENT = re.compile(
    r"(?:打算|计划|准备|争取|预计)(?:在)?[\u4e00-\u9fff\d]{0,8}?(?:建|弄|修|做|补|装|换|改|配|搞)(?:好|完|上|齐|掉)"
)
_GOES_WITH_FIGURE = re.compile(r"以[上下内]|左右|上下|\d[\d,.]*[%％]? (?:以[上下内]|左右)")
_SPACED_FIGURE = re.compile(r" \d[\d.,]*[万亿]? [\u4e00-\u9fff]")
_NOUN_WORDS, _LONGEST_NOUN = 2, 8
_LONGEST_CLAUSE = 160  # Beyond this, clauses are no longer joined, so that one fact stays one sentence.


def has_action(text: str) -> bool:
    """True where `text` holds a verb of work done, official or spoken. Pure."""
    return bool(words("work_verbs").first(text) or _SPOKEN_VERB.search(text) or _VERB_BEFORE_COUNT.search(text))


def cut_clauses(text: str, first: int, last: int) -> list[Clause]:
    """The clauses of `text[first:last]` in order; only marks and spaces stand in none. Pure."""
    clauses: list[Clause] = []
    for start, end, mark in _sentences(text, first, last):
        pieces = pieces_of(text, start, end)
        for number, (begin, stop) in enumerate(_joined(text, pieces)):
            closing = mark if stop >= pieces[-1][1] else "，"
            clauses.append(Clause(begin, stop, closing, number == 0))
    return clauses


def _bracket_depths(text: str, first: int, last: int) -> list[bool]:
    """For each character, whether it stands inside a closed pair of brackets or quotes of at most 60 characters.

    An open bracket that never closes must not swallow the line, so only pairs that close count.
    """
    inside = [False] * (last - first)
    if not _ANY_OPENING.search(text, first, last):
        return inside
    open_at: list[tuple[str, int]] = []
    for place in range(first, last):
        character = text[place]
        if character in _OPENING:
            open_at.append((_CLOSING[_OPENING.index(character)], place))
            del open_at[:-8]  # Nesting beyond eight is hostile, not writing.
        elif open_at and character == open_at[-1][0]:
            _, began = open_at.pop()
            if place - began <= 60:
                inside[began - first : place - first + 1] = [True] * (place - began + 1)
    return inside


def _sentences(text: str, first: int, last: int) -> list[tuple[int, int, str]]:
    inside = _bracket_depths(text, first, last)
    stops = [(place, place, "；") for place in _inner_numbers(text, first, last)]
    for found in _HARD.finditer(text, first, last):
        digits = text[found.start() - 1 : found.start()].isdigit() and text[found.end() : found.end() + 1].isdigit()
        quoted = inside[found.start() - first] and found.group()[0] != "["
        if not quoted and not (found.group() == "。" and digits):
            stops.append((found.start(), found.end(), found.group()))
    parts: list[tuple[int, int, str]] = []
    start = first
    for stop, after, mark in sorted(stops):
        parts.append((start, stop, mark))
        start = after
    parts.append((start, last, ""))
    return [(*_trimmed(text, begin, end), mark) for begin, end, mark in parts if text[begin:end].strip(" ，,、：:")]


def _inner_numbers(text: str, first: int, last: int) -> list[int]:
    """Where the entries of a list inside one line begin: 困难：1、秸秆没去处 2、17个问题没改完.

    Only numbers that count up from one are taken, so 约 3、4个 stays whole.
    """
    places: list[int] = []
    inside = _bracket_depths(text, first, last)
    for pattern in _INNER_NUMBERS:
        # The line's own number may be the first: (1) 乱停车 (2) 剩饭多.
        opened = [one for one in pattern.finditer(text, 0, first) if not text[one.end() : first].strip()]
        expected, found_places = 1 + any(ordinal_text(one[1]) == "1" for one in opened), []
        for found in pattern.finditer(text, first, last):
            if inside[found.start() - first] and text[found.start()] not in "（(":
                continue  # 照片24张（1、2、5条）
            if _COUNTS_BARE.match(text, max(0, found.start() - 1)):
                continue  # 组长1、副组长2、成员4
            if ordinal_text(found[1]) == str(expected):
                found_places.append(found.start())
                expected += 1
        places += found_places if len(found_places) + len(opened) > 1 else []
    one_by_one = [found.start() for found in _ONE_IS.finditer(text, first, last) if not inside[found.start() - first]]
    return places + (one_by_one if len(one_by_one) > 1 else [])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ，,、：:；;。":
        start += 1
    while end > start and text[end - 1] in " ，,、：:；;。":
        end -= 1
    return start, end


def pieces_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of `text[start:end]` between commas outside brackets, in order; the whole where there is none. Pure."""
    inside = _bracket_depths(text, start, end)
    cuts = [start]
    for found in _SOFT.finditer(text, start, end):
        thousands = found.group() == "," and text[found.end() : found.end() + 3].isdigit()
        if inside[found.start() - start] or (thousands and text[found.start() - 1].isdigit()):
            continue
        if found.group() == " " and _GOES_WITH_FIGURE.match(text, found.end(), end):
            continue  # 压到 1% 以下 is one measure
        if found.group() == " " and _SPACED_FIGURE.match(text, found.start(), end):
            continue  # 护眼灯 32 间: typed so around every figure, it parts nothing.
        cuts += [found.start(), found.end()]
    cuts.append(end)
    parts = [_trimmed(text, cuts[place], cuts[place + 1]) for place in range(0, len(cuts), 2)]
    return [piece for part in parts if part[0] < part[1] for piece in _dictated(text, *part)] or [(start, end)]


def _dictated(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A run without punctuation cut where speech moves on: 然后, 下午, 后来."""
    parts = [_trimmed(text, begin, stop) for begin, stop in cut_dictation(text, start, end, has_action)]
    return [part for part in parts if part[0] < part[1]]


def _joined(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for place, piece in enumerate(pieces):
        if joined and joined[-1][0] < pieces[place - 1][0] and _takes_over(text, pieces[place - 1], piece):
            # 复查过了29家，剩8家 11月12日复查: only what is left goes with the day to come.
            joined[-1] = (joined[-1][0], pieces[place - 2][1])
            joined.append((pieces[place - 1][0], piece[1]))
        elif (
            joined
            and piece[1] - joined[-1][0] <= _LONGEST_CLAUSE
            and _belongs(text, joined[-1], piece, joined[-1] == pieces[place - 1])
        ):
            joined[-1] = (joined[-1][0], piece[1])
        else:
            joined.append(piece)
    return joined


def _belongs(text: str, before: tuple[int, int], piece: tuple[int, int], alone: bool) -> bool:
    """True where the piece goes on with the clause before it rather than stating a thing of its own."""
    said, says = text[before[0] : before[1]], text[piece[0] : piece[1]]
    if read_field(says) or (before[1] == piece[0] and not _only_doubts(says)):
        return False  # Where dictation turns without a mark, it was cut for telling another thing.
    if (field := read_field(said)) and field.name not in FIELD_KINDS:
        # 责任人张某，5月底完成: the deadline is no part of the name.
        return field.name == "完成情况" or not (_DEADLINE.search(says) or has_action(says))
    if words("correction").first(said) and not _DIGIT.search(said) and not has_action(said):
        return True
    if _BARE_INTENT.fullmatch(says):
        return True  # 图书角有三个班没建好 打算下学期建好 is of one thing: the second has no subject.
    if _opens_anew(said, says) or (_THIS_YEAR.match(says) and _LAST_YEAR.search(said)):
        return False  # 去年那5条早建成了，今年再建8条 are two.
    date = _OWN_DATE.match(says)
    if _is_lead_in(said) or (date and _FINISHED.fullmatch(says, date.end())):
        return True  # 更换宣传栏4块，2月20日完成 is one statement.
    if (_AIM.search(said) and _PROGRESS.match(says)) or _does_alone(said, says, alone):
        return True
    if _opens_another_plan(said, says) or _is_basis(said) or _is_remark(said, says):
        return False
    if words("continuing").opens(says) or not has_action(says):
        return True
    if _TEAM.search(said) and _SERVES.match(says):
        return True
    if not has_action(said):
        # 横幅12条，发放传单500份: a bare count before a whole statement is a statement of its own.
        return not _COUNT.search(said)
    return _tells_more(said, says)


def _does_alone(said: str, says: str, alone: bool) -> bool:
    """True for a doing behind its day that needs the thing said before it: 7月18日启用. What was counted is whole
    without it (9家责令改，11月10日复查), and so is a clause of several pieces, which `alone` denies."""
    date = _OWN_DATE.match(says)
    found = _DOES_ALONE.fullmatch(says, date.end()) if date else None
    if found is None or _OWN_DATE.search(said):
        return False
    opens = _COMES_INTO_USE.fullmatch(found["does"]) is not None
    return opens or (alone and not _COUNT.search(said) and segment(found["does"])[-1].tag[:1] == "v")


def _takes_over(text: str, before: tuple[int, int], piece: tuple[int, int]) -> bool:
    said = text[before[0] : before[1]]
    says = text[piece[0] : piece[1]]
    date = _OWN_DATE.match(says)
    return bool(date and _LEFT.match(said) and _DOES_ALONE.fullmatch(says, date.end()))


def _only_doubts(text: str) -> bool:
    return bool(words("unsure").first(text) and not has_action(text) and not _COUNT.search(text))


def _tells_more(said: str, says: str) -> bool:
    """True where the piece tells more of the event before it, or what was done by the means before it."""
    if _EVENT.search(said):
        return not _EVENT.search(says)
    means = _MEANS.search(said)
    return bool(means and not has_action(_MEANS.sub("", said[means.end() :])) and not _MEANS.match(says))


def _opens_anew(said: str, says: str) -> bool:
    """True where the piece opens a part, a topic or a month of its own (存在的问题是…, 四月祭扫…), or one
    of both is talk."""
    if _is_chat(said) or _is_chat(says) or _OPENS_PART.match(says):
        return True
    topic = _OPENS_TOPIC.match(says)
    return bool(topic and has_action(said) and len(says) > topic.end() + 2)


def _is_chat(text: str) -> bool:
    return bool(words("chat_signs").first(text)) and not _COUNT.search(text)


def _is_remark(said: str, says: str) -> bool:
    """True where the piece opens a statement of its own: with its own day, with 另外 or 还, or with a doubt alone."""
    date = _OWN_DATE.match(says)
    if date and has_action(said) and len(says) > date.end() - date.start() + 2:
        return True
    if _REPORTED_BEFORE.match(says):
        return True
    if len(says) <= 12 and words("unsure").first(says) and not _DIGIT.search(says) and not has_action(says):
        return True  # 17起，也可能18起，等平台导数: the doubt stands for itself and falls on what was said.
    return bool(words("not_remark").opens(says)) and has_action(says)


def _is_lead_in(text: str) -> bool:
    """A date, a place or a time alone: it leads what follows."""
    if _FIGURE_WITH_UNIT.search(_DOTTED_DAY.sub("", text)):
        return False  # 上半年开会4次 is a statement, short as it is.
    if _LEADING_SPAN.match(text):
        return True  # 三年里，反诈劝阻31起
    rest = _DATE_PART.sub("", text)
    rest = words("day_parts").removed(rest)
    if len(rest.strip(" 的、")) <= 1 or _is_one_noun(text):
        return True
    return not has_action(text) and not _COUNT.search(rest) and len(rest) <= 8


def _is_one_noun(text: str) -> bool:
    """True for the name of one thing, whatever verb it is made of: 宣传栏, and not 宣传."""
    if not len("宣传") < len(text) <= _LONGEST_NOUN:
        return False
    told = segment(text)
    return (
        0 < len(told) <= _NOUN_WORDS
        and told[-1].tag[:1] == "n"
        and is_known(told[-1].text)
        and all(one.tag[:1] in "nbj" or one.tag == "vn" for one in told)
    )


def _opens_another_plan(said: str, says: str) -> bool:
    planned = bool(words("planned").opens(says)) and not words("not_planned").opens(says)
    return planned and not words("planned").first(said)


def _is_basis(text: str) -> bool:
    return bool(words("basis").opens(text) and words("basis_source").first(text) and not _COUNT.search(text[2:]))
