"""Speech taken down without marks or blanks, cut where its speaker would draw breath.

A run of such words is read as tokens: counts, times, doings, things and the small words between them. What has been
said since the last breath is whole once it holds a doing with its 了 or a thing with its count; whole words end before
the next subject, time, doing, counted thing or opening word (然后, 另外, 一个是). Where a noun behind a count may
belong to either (发了三千份倡议书 and 倡议书发了三千份|横幅挂了二十条) the thing named before the count decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.language.words import Word, is_known, segment

_DIGITS, _MORE_DIGITS = r"[\d〇零一二两三四五六七八九十百千万几]", r"[\d.,点零〇一二两三四五六七八九十百千万亿几]"
_COUNTER = (
    r"平方公里|平方米|平米|平方|立方米?|公里|万元|块钱|口人|人次|小时|场次|册次|公斤|个人|个月|分钟|个?礼拜|个?学期|"
    r"[人名位个户家栋幢处场次期张条块棵支册份套台辆间座盏口本岁根颗瓶桶箱袋盆株副把面门组件起宗例具部只头艘趟车吨斤米亩元种类项页篇幅枚节"
    r"课遍回轮批对双圈班队周天年成度级届道尊粒排列路村区]"
)
# 一下, 一直, 百日, 统一, 三轮车 and 五楼 count nothing; 一个是 counts up.
_COUNTS_NOT = (
    r"一[下直起些般样定边旦律概致向切时共会点说来看算加系同道去到]|一块[儿去来]|一[个条项]是|千万别|百日|三轮|一把手|两边|七天无|"
    r"[一二三四五六七八九十\d]{1,2}[楼层]|[一二三四五六七八九]年级|[一二三四五六七八九]车[队间站]"
)
_COUNT = (
    rf"(?<![第统唯专千每])(?!{_COUNTS_NOT})(?:百分之{_MORE_DIGITS}+|{_DIGITS}{_MORE_DIGITS}*[多来余]?来?(?:{_COUNTER})(?!们)(?:半(?!天))?|"
    rf"{_DIGITS}{_MORE_DIGITS}+[多来余]?|[俩仨])(?:左右|上下|的样子|不到|出头)?"
)
_MONTH, _DAY = (
    r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月",
    r"(?:[123]?\d|[一二三]?十?[一二三四五六七八九]|[一二三]?十)",
)
_TIME = (
    r"(?:从|到|至|截至|在)?(?:(?:一个?(?:月|周|星期|季度|年|天)(?=[一两三四五六七八九十]+[回次遍场期])|今年|去年|前年|明年|本年|全年|年初|年底|年中|[上下]半年|[上下这]个?月|本月|[上下这本]周[一二三四五六日天末]?|"
    r"[上下这本]个?季度|[一二三四]季度|[上下这本]学期|寒假|暑假|[昨今前]天|当[天晚]|第二天|次日|平时|目前|现在|当时|后来|之前|原来|往年|早上|上午|"
    r"中午|下午|晚上|(?:国庆|五一|中秋|春节|端午|元旦|清明|重阳)节?(?=前|后|期间)|实际(?=[\u4e00-\u9fff])|每(?:[一两二三四五六]?个?)(?:天|周[一二三四五六日天末]?|月|年|星期[一二三四五六日天]?|礼拜|学期|季度)|"
    rf"(?:(?:19|20)\d\d年)?{_MONTH}(?:份|底|末|初|中旬|上旬|下旬)?(?:{_DAY}[号日])?|{_DAY}号)"
    r"(?:期间|以来|以前|之前|以后|之后|的时候|前|后|里|底|开始|起)?){1,3}"
)
_OPENER = (
    r"完了(?:之后|又)?(?=[\u4e00-\u9fff])|然后(?:就|又|是)?|另外(?:还|就是)?|还有(?:一个|就是)?|再就是|再一个(?:就)?(?:是)?|再有(?:就是)?|"
    r"所以(?:是)?|接下来|接着|随后|其次|对了|下一步|下步|首先(?:是)?|最后(?!一)|同时|此外|头一个(?:就是|是)?|第[一二三四五六七八九十](?:个|条|件|项)(?:是|就是)?|"
    r"[一二三四五六七八九](?=是)|(?<![剩有下])一(?:个|条|项)(?:就)?是|不对(?:不对)?|以[^，]{1,6}为准|比(?=去年|上|原|之前|往年|同期)|(?:有)?(?:啥|什么)毛病|"
    r"(?:存在)?(?:的)?(?:主要)?(?:问题|不足|短板|毛病|难处|困难)(?=呢|嘛|就是|主要|是)|其中|剩下(?:的)?|剩(?=[了两一二三四五六七八九十几俩\d])|"
    r"(?:一共|总共|合计|加起来)(?:是)?|以后(?=每)|至于|有一?[个位名](?=[老小]?[\u4e00-\u9fff]{0,5}(?:叫|姓|说|家)|[老小病][\u4e00-\u9fff])|(?:打算|计划|准备|争取)(?=[\u4e00-\u9fff])|反正"
)
_DOING_CHARS = (
    "搞弄做办开发贴挂装扫清拆修补刷换建画种栽捡铲查罚劝拖教讲评选签收拉运洗擦铺买捐印播搬送走去跑投用花省添改设请抽派来看接演唱分定划减降"
    "增升治涨退停报拿带放摆砌填挖架栏封堵磨抹浇剪砍养领借还挪配调聘训学考谈访陪扣坏批"
)
_DOING = (
    rf"[{_DOING_CHARS}](?:完了?|好了?|掉了?|到了|成了|齐了|住了|满了|光了|走了|上了|出来?了?|出去了?|下来了?|上来了?|到位了?|了(?!解)|过(?!程|道|往|期|滤))|"
    r"开的[大例]?会|主持的(?=各)|[\u4e00-\u9fff]不(?:严|了|上|动|清|好|够|住|开|完|下来)"
)
_FILLER = (
    r"喂+|录上了[吗没]?|我姓[\u4e00-\u9fff](?=[啊哈呢今这])|你(?:敲字?|打字?|记|照着?写)就(?:行|好|成)|说实话|行就这样|先说|后面我?再说[^，]{0,4}|我念(?:一下)?|嗯+|呃+|诶|欸|哎呀?|唉|那个(?=[\u4e00-\u9fff])|就是说|怎么说呢|(?:让)?我(?:想想|看看|翻翻|瞅瞅|算算)(?:啊|哈)?|你知道(?:吧|吗)?|对吧|是吧|这么说吧|"
    r"我跟你(?:讲讲?|说说?)(?:一下)?|你(?:给我)?(?:记|听)(?:一下|着|好)(?:啊|哈)?|我?挨个儿?说(?:啊|哈|一下)?|哈哈+|嘿嘿"
)
# 这个是估的, 这个你别写啊, 名字病情都不能写: a remark on what was said, for whoever writes.
_REMARK = (
    r"[这那][个段句条事](?:事|话)?(?:(?:你|就|可|都|也|千万|先|给我)*(?:别|不用|不要|不能|不|甭)(?:再)?(?:往[上里])?(?:写|记|录|报|提|说|用|要|算)|掐)(?:进去|上去|上|了|啊|哈|的|吧)*|"
    r"[这那](?:个|些|两个|条)?(?:是|也是|可是)[^，]{1,8}?(?:[说估猜报讲]的|打算|计划|[\u4e00-\u9fff]{1,3}数)[啊哈吧]?|(?:名字|姓名|病情|名)+(?:什么的)?(?:都|可|也|就)*(?:不要|不能|别|不用)写[啊了哈]?|掐了(?:掐了)?|"
    r"我?(?:看错行|数错|说错|记错)了?|(?:你|您)?先空着|(?:是)?什么来着|我忘了|回头(?:问|查|核)[问查核一下]*|你们?(?:再)?去?问问|要?查[\u4e00-\u9fff]{2,4}[科办局组](?=$)"
)
_PARTICLE = r"(?<![毛花绒呀])呢(?![子绒喃])|(?<![酒网贴茶书水氧])吧(?!台)|(?<![干喇])嘛|啊|呀|哈(?!尔|密)|哦|啦|呗|咧"
_TOKEN = re.compile(
    rf"(?P<topic>[这那](?:一?块儿?|边|头|方面|个地方|个事儿?))|(?P<filler>{_FILLER})|(?P<remark>{_REMARK})|(?P<opener>{_OPENER})|(?P<time>{_TIME})|(?P<count>{_COUNT})|"
    rf"(?P<subject>咱们?|我们|我(?![市区县镇乡街国院校局省])|你们?|他们)|(?P<of>的)|(?P<take>把|将(?=\S)|被)|(?P<doing>{_DOING})|(?P<particle>{_PARTICLE})"
)
_ADVERBS = r"全都|全部|已经|都|也|还|又|再|全|均|就|才|只|刚|正|没|未|不|太|很|一直|大概|大约|约|共|新|要|没有"
_ADVERB = re.compile(rf"(?:{_ADVERBS})+$")
_ANEW = re.compile(r"还|又|再|也|全都|全部|都|已经")
_AGENT = re.compile(
    r"(?:员|队|人|者|社区|街道|办|局|科|组|单位|村|镇|们|部|所|公司|学校|干部|学生|老师|家长|群众|居民|馆长|书记|主任)$"
)
_NOT_BEFORE = re.compile(r"(?:[的和跟与及比从到至在由给对把被向让请为是有约每各共、得])$")
_OWN_UNIT = re.compile(r"(?:人|户|人次|元|块钱|公里|米|吨|公斤|斤|亩|小时|天|个?月|平方米?|平米|岁|半)$")
_RESULT = re.compile(r"[完好掉齐满光上]了?$|到位|不.{1,2}$")
_STATE = re.compile(r"(?:不)?(?:合格|达标|通过)|参加|到场|到会|参与|开工|完工|竣工|报名|上岗")
_UNTOLD = ("没", "未", "还没", "没有", "都没")
_TOTALS = ("一共", "总共", "合计", "一共是", "总共是", "加起来")
_INTENT = ("打算", "计划", "准备", "争取")
_PART = re.compile(r"(?:存在的?)?(?:主要)?(?:问题|不足|短板|毛病|难处|困难)|下一?步")
PART_ENDS = re.compile(rf"(?:{_PART.pattern})$")
_PART_GOES_ON = re.compile("还|就|是|主要|有|也|都")
_WHO_DOES = "员者队组机屏站岗"
_MEASURES = re.compile(rf"{_DIGITS}|左右|上下|多少|以[上下内外前后来]|之[前后间中内外]|许多|好多|[数俩仨]")
_UNSAID = ("filler", "particle")


@dataclass(frozen=True, slots=True)
class Token:
    """`text[start:end]` of a run: a `count`, `time`, `doing`, `verb`, `thing`, `adverb`, `opener`, `filler` …"""

    start: int
    end: int
    sort: str
    text: str
    tag: str = ""


@dataclass
class _Said:
    """What has been said since the last breath, from `start`: whether a thing was `named` before any doing, a doing
    with its 了, a bare verb, a count, and whether what was counted has been `told`. `pivot` is 有三处, of which more is
    said, `closed` 有四块是旧的."""

    start: int
    named: bool = False
    acted: bool = False
    verb: bool = False
    counted: bool = False
    told: bool = False
    opened: bool = False
    pivot: bool = False
    closed: bool = False
    last: str = ""

    def whole(self) -> bool:
        """True where the words could stand alone."""
        return self.acted or (self.counted and (self.named or self.verb or self.opened))

    def hear(self, token: Token) -> None:
        """Takes the next token in."""
        if token.sort == "thing":
            self.named = self.named or not (self.acted or self.counted or self.verb or _AGENT.search(token.text))
            self.told = True
            self.acted = self.acted or (self.last == "没有" and (self.named or self.counted))
            if token.text.endswith("时候"):
                self.named = self.told = False
        elif token.sort == "doing":
            self.acted, self.told = True, self.named
        elif token.sort == "of":
            self.closed = self.pivot and self.counted
        elif token.sort == "verb":
            self.acted = self.acted or self.last in _UNTOLD or bool(_STATE.fullmatch(token.text))
            self.verb = self.verb or token.text not in ("是", "有")
            self.pivot = self.pivot or token.text == "有"
        elif token.sort == "count":
            self.counted = True
            self.told = (self.told and token.text not in "俩仨") or bool(_OWN_UNIT.search(token.text))
        elif token.sort == "opener":
            self.opened = self.opened or token.text in (*_TOTALS, "剩", "剩下", "还有")
        self.last = token.text


def breaths(text: str, start: int, end: int) -> tuple[list[int], list[tuple[int, int]]]:
    """Where the speaker of the run `text[start:end]` would draw breath, in order, and the parts of it that say nothing
    (嗯, 呢, 那个, 我想想). Pure."""
    tokens = _with_topics(list(_tokens(text, start, end)))
    cuts: list[int] = []
    gone: list[tuple[int, int]] = []
    said = _Said(start)
    for at, token in enumerate(tokens):
        unsaid = token.sort in _UNSAID
        gone += _unsaid(tokens, at) if unsaid or (token.text, token.sort) == ("那个", "topic") else ()
        if _ends(tokens, at, said) if unsaid else _opens(tokens, at, said):
            place = token.start if unsaid else _with_adverbs(tokens, at)
            if said.start < place < end:
                cuts.append(place)
            said = _Said(token.end if unsaid else place)
        said.hear(token)
    return cuts, gone


def _with_topics(tokens: list[Token]) -> list[Token]:
    """The tokens with 那个 behind a thing as what sets it apart (集市那个, 禁毒那个), and behind a place as what points
    to the thing there (后面那个水沟)."""
    return [
        replace(one, sort="of" if before.tag in ("f", "s") else "topic")
        if one.text == "那个" and before.sort == "thing"
        else one
        for before, one in zip([Token(0, 0, "", ""), *tokens], tokens, strict=False)
    ]


def _unsaid(tokens: Sequence[Token], at: int) -> Iterator[tuple[int, int]]:
    token = tokens[at]
    yield token.start, token.end
    # 电梯呢电梯十四台: the thing is said again.
    if 0 < at < len(tokens) - 1 and tokens[at - 1].sort == "thing" and tokens[at - 1].text == tokens[at + 1].text:
        yield tokens[at - 1].start, tokens[at - 1].end


def _ends(tokens: Sequence[Token], at: int, said: _Said) -> bool:
    """True where the speaker draws breath at words that say nothing: 嗯, and 呢 behind a whole statement."""
    opened = at > 0 and tokens[at - 1].sort == "opener"
    if opened and _PART.fullmatch(tokens[at - 1].text):
        # 问题呢还是有的 goes on; 不足嘛周末门诊开得少 does not.
        return at + 1 < len(tokens) and not _PART_GOES_ON.match(tokens[at + 1].text)
    if tokens[at].sort == "filler" and opened:
        return False  # 还有那个上半年献血
    return tokens[at].sort == "filler" or said.whole() or opened


def _with_adverbs(tokens: Sequence[Token], at: int) -> int:
    """Where the words begin that belong before `tokens[at]`: 也 of 也换了, 还 of 还有."""
    while at and tokens[at - 1].sort == "adverb":
        at -= 1
    return tokens[at].start


def _opens(tokens: Sequence[Token], at: int, said: _Said) -> bool:
    """True where the token begins another thing said."""
    token = tokens[at]
    if at == 0 or token.start <= said.start:
        return False
    before = tokens[at - 1]
    if before.sort in ("topic", "remark") or token.sort == "remark":
        return True
    if token.sort == "opener":
        return _opens_for_sure(tokens, at, said)
    if token.sort == "thing" and _is_topic(tokens, at):
        return said.acted or said.counted or said.verb
    if not said.whole() or (_leads_on(before) and not (said.closed and token.sort == "thing")):
        return False
    if token.sort == "time":
        return _tells(tokens, at + 1)
    if token.sort in ("doing", "verb"):
        return not said.pivot and _does_another(tokens, at, said)
    if token.sort == "adverb":
        return _goes_on(before, token) and _tells(tokens, at + 1)
    if token.sort == "thing":
        return (said.named or not said.pivot) and _names_another(tokens, at, said)
    if token.sort == "count":  # 五十九项合格|六项不合格
        return before.sort == "count" or bool(_STATE.fullmatch(before.text))
    return token.sort in ("subject", "take")


def _opens_for_sure(tokens: Sequence[Token], at: int, said: _Said) -> bool:
    before, token = tokens[at - 1], tokens[at]
    if token.text in _TOTALS:
        everyone = at > 1 and tokens[at - 2].text in ("都", "全", "全都")
        return said.whole() and (before.sort not in ("doing", "verb") or everyone)
    if token.text[:2] in _INTENT:
        known = said.whole() or said.verb or said.last.endswith("没有")
        return known and not _leads_on(before)
    return not _leads_on(before)


def _goes_on(before: Token, token: Token) -> bool:
    """True for 还, 又 and 再 behind what was done, and for 都 behind a count: 一共十四台|全都年检过了."""
    everyone = token.text[:1] in "都全"
    return bool(_ANEW.match(token.text)) and (before.sort == "count" if everyone else before.sort != "adverb")


def _leads_on(token: Token) -> bool:
    return token.sort in ("of", "take") or (token.sort != "count" and _NOT_BEFORE.search(token.text) is not None)


def _is_topic(tokens: Sequence[Token], at: int) -> bool:
    """True for the first word of a thing that 呢 or 这块 sets before what is said of it."""
    end = at
    while end < len(tokens) and tokens[end].sort == "thing":
        end += 1
    marked = end < len(tokens) - 1 and (tokens[end].sort == "topic" or tokens[end].text in ("呢", "嘛"))
    return marked and tokens[at - 1].sort != "thing"


def _tells(tokens: Sequence[Token], at: int) -> bool:
    """True where something is done or counted before the next opening word."""
    for token in tokens[at:]:
        if token.sort in ("doing", "verb", "count") or token.text in _INTENT:
            return True
        if token.sort in ("opener", "filler", "subject"):
            return False
    return False


def _does_another(tokens: Sequence[Token], at: int, said: _Said) -> bool:
    before, token = tokens[at - 1], tokens[at]
    behind = tokens[at + 1].sort if at + 1 < len(tokens) else ""
    if before.sort == "count" and at > 1 and tokens[at - 2].text[-1:] in ("从", "由"):
        return False  # 从八个加到十五个
    if before.sort == "count" and _STATE.fullmatch(token.text):
        return False
    if before.sort == "count" and at > 1 and tokens[at - 2].sort == "of" and not said.acted:
        return False  # 过期的九具换了
    if before.sort == "doing" and at > 1 and tokens[at - 2].text in ("都", "全", "全都"):
        return True  # 都跑到了|发现问题
    if token.text == "有" and before.sort == "verb" and said.acted:
        return True  # 没跟上|有三个村没有分类亭
    if token.sort == "doing":
        return said.acted or behind in ("count", "thing")
    return before.sort not in ("doing", "verb", "adverb") and behind in ("count", "thing", "adverb", "of", "verb")


def _names_another(tokens: Sequence[Token], at: int, said: _Said) -> bool:
    """True for a thing behind a whole statement that is told of next, and is not what the count before it counts."""
    before, token = tokens[at - 1], tokens[at]
    end = at
    while end < len(tokens) and tokens[end].sort in ("thing", "of"):
        end += 1
    if end >= len(tokens) or tokens[end].sort not in ("count", "doing", "verb", "adverb", "take", "time"):
        return False
    if before.sort == "count":
        return _told_before(tokens, at, tokens[end], said)
    if tokens[end].text == "有" and before.sort == "thing" and said.last != "没有":
        return end == at + 1  # 没有儿童洗手台|公益广告有四块是旧的
    does = tokens[end].sort in ("doing", "verb", "time") or tokens[end].text in ("太", "都", "很", "没", "全", "不")
    if before.sort == "of":
        return said.closed and (does or tokens[end].sort == "adverb")
    if before.sort == "doing":  # 修好了|坡道太陡, 九具换了|应急灯坏了三个; not 画了接送区还装了减速带
        ended = _RESULT.search(before.text) or (at > 1 and tokens[at - 2].sort == "count")
        return before.text.startswith("开的") or bool(ended and said.named and does)
    if before.sort == "verb":  # 胸牌有五个人没戴|叫号屏坏了一块
        return said.named and does and at > 1 and tokens[at - 2].text in _UNTOLD
    # 新划一百三十个车位|楼道换声控灯
    counted = before.sort == "thing" and at > 2 and tokens[at - 2].sort == "count" and tokens[at - 3].sort != "thing"
    return counted and before.tag == "n" and token.tag[:1] == "n" and tokens[end].sort in ("count", "doing", "verb")


def _told_before(tokens: Sequence[Token], at: int, behind: Token, said: _Said) -> bool:
    """True where what the count before `tokens[at]` counts was named before it, so that the thing is another."""
    before, token = tokens[at - 1], tokens[at]
    if behind.text in ("还", "又", "再", "也") and "没" not in tokens[tokens.index(behind) + 1].text:
        return False  # 楼梯间加六个烟感再贴标识
    if behind.text == "是":
        return True
    if before.text.endswith("个") and at > 1 and tokens[at - 2].sort in ("doing", "verb"):
        return False  # 新划一百三十个车位
    return said.told and (len(token.text) > 1 or before.text.endswith(token.text))


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    place = start
    for found in _TOKEN.finditer(text, start, end):
        first, sort = found.start(), found.lastgroup or ""
        if sort == "doing" and first > place and text[first + 1] in "了过" and is_known(text[first - 1 : first + 1]):
            first -= 1  # 整改了, 安装了
        yield from _between(text, place, first, found.group()[:1])
        yield Token(first, found.end(), sort, text[first : found.end()])
        place = found.end()
    yield from _between(text, place, end, "")


def _between(text: str, start: int, end: int, behind: str) -> Iterator[Token]:
    told = segment(text[start:end]) if start < end else []
    for at, word in enumerate(told):
        first, last = start + word.start, start + word.end
        after = told[at + 1].text if at + 1 < len(told) else ""
        if word.text == "了":
            continue
        before = told[at - 1].text if at else ""
        if at and _ends_name(told[at - 1], word):
            continue
        sort = _sort_of(word, before, after)
        last += sort == "doing"
        if at + 1 < len(told) and sort != "doing" and _ends_name(word, told[at + 1]):
            last, sort = start + told[at + 1].end, "thing"
        yield Token(first, last, sort, text[first:last], word.tag)


def _ends_name(before: Word, word: Word) -> bool:
    """True for one character that ends the name before it: 导诊|员, 声控|灯, 小药|圃."""
    if len(word.text) > 1 or len(before.text) == 1 or word.text in _DOING_CHARS:
        return False
    if word.tag[:1] not in ("n", "z"):
        return False
    return word.text in _WHO_DOES if before.tag[:1] == "v" else before.tag[:1] in ("n", "l", "j", "s", "b")


def _sort_of(word: Word, before: str, after: str) -> str:
    """What a word outside the patterns is: `doing` with the 了 behind it, `verb`, `adverb`, `thing` or `other`."""
    if _ADVERB.fullmatch(word.text):
        return "adverb"
    if after == "了" and word.tag not in ("a", "y"):
        return "doing"
    if word.tag in ("v", "vd") or _STATE.fullmatch(word.text) or (len(word.text) == 1 and word.text in _DOING_CHARS):
        return "verb"
    if len(word.text) == 2 and word.text[0] in "新再又已全没未" and word.text[1] in _DOING_CHARS:
        return "verb"  # 新划, 全换
    if word.tag == "vn" and before in ("已经", "已", "都", "未", "没"):
        return "verb"
    if word.tag[:1] in ("m", "f") and len(word.text) > 1 and not _MEASURES.search(word.text):
        return "thing"  # 党日, 后面
    return "thing" if word.tag[:1] in ("n", "l", "j", "b", "s", "a", "i", "v", "z", "t") else "other"
