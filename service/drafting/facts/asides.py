"""Parts of a clause that are not for the report: doubts in brackets, rival figures, words to the writer, small talk,
praise of oneself, honours not yet given. What stands beside them stays a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.domain.fact import SetAsideReason
from service.domain.quantity import Mention
from service.drafting.facts.clauses import has_action, pieces_of
from service.drafting.facts.cuts import without_overlap
from service.drafting.facts.kinds import counted
from service.drafting.facts.lexicon import words
from service.drafting.facts.nicknames import nicknames_in

_BRACKET = re.compile(r"[（(]([^（()）]{1,40})[）)]")
_UNCOUNTED = re.compile(
    r"没(?:有)?(?:细|仔细|一一|具体)?(?:数|点|量|称|核|对|算|统计|清点)(?:过|清|上|准)?(?!字|据|量)|两边不"
)
# A figure that someone else gives for what was just said. Without such a word a second figure is another thing:
# 投诉214件（二季度260件）.
_RIVAL = re.compile(
    r"说是|说的是|说有|说成|报的?是|报了|报成|记得是|记的是|有的说|有人说|也有说|又说|也可能|也许是|或者?是|还是(?=\d)|"
    r"口径|台账(?:上|里)?(?:是|写|记)|系统(?:上|里|导出)?(?:是|显示|有)|那边(?:说|报|是)|算的?是|数的?是|统计的?是|"
    r"写的?是|登记的?是|登的是|(?:加|汇总|合计|导|拉)(?:起来|出来|下来|一起)?(?:的)?是|另(?:外)?一?(?:个|种)(?:数|说法)|另(?:外)?一?(?:张|份|本)?(?:表|单子?|台账|系统)(?:上|里)?(?:写|是|记|登|填|报)|哪(?:张|个|份|边|家)(?:表|数)?(?:对|准)"
)
_PIECE_RIVAL = re.compile(
    r"(?:但|但是|不过|可|可是|而)?(?:[\u4e00-\u9fff]{1,6}?(?:口径|说是|说的是|报的?是|记得是|记的是|那边(?:说|报|是)|统计的?是|"
    r"数的?是|登记的?是)|也可能是?|也许是?|有的说是?|有人说是?|也有说是?|台账(?:上|里)?(?:是|写的?是?|记的?是?)|"
    r"系统(?:上|里|导出)?(?:是|显示))"
)
# 换了33幅（老数字是30幅，作废): the bracket's figure is void, the one before it stands.
_VOID = re.compile(
    r"作废|否了|否决|没定成|没通过|没(?:有)?(?:采纳|同意|说成)|不采纳|不算数|不作数|(?:老|旧|原来的?|之前的?|上次的?)(?:数字?|数据|口径)"
)
# 达标率98%（v0.2写的95%，书记嫌低）, 3部（原报4部，最后一部没装): the bracket only says what stood there before.
_EARLIER_VERSION = re.compile(
    r"^(?:[vV] ?\d[\d.]* ?|上一?[版稿]|初稿|原稿|旧稿|第一稿|一开始|原先?|原来|先前|此前|之前|开始|早先|初)"
    r"(?:[\d.]*版?)(?:写|报|定|填|说|是|的|统计)"
)
# 接种率98.8%还是98.6%: nobody knows which.
_EITHER = re.compile(r" ?[，,]?(?:还是|或者?是?|要么(?:是)?|要不就?是?)(?:有|是)? ?")
# What befalls people at home is no work, whoever they are.
_PRIVATE_LIFE = re.compile(
    r"(?:打|搓|玩)?麻将(?:输|赢|三缺一|打)|(?:输|赢)了\d+(?:块|元)?$|随(?:了)?(?:礼|份子)|份子钱|(?:生|怀)(?:了)?(?:个)?(?:二胎|三胎|二孩)|喝(?:多|高|醉)|闹?离婚|相亲|订婚|打麻将|"
    r"(?:媳妇|老婆|老公|对象|儿子|女儿|闺女|孙子|丈母娘|婆婆)[^，,。；;]{0,6}(?:生了|住院|考上|结婚|吵架|出差)"
)
_BARE_SUM = re.compile(r" ?\d{1,6} ?(?:元|块|万)?钱? ?")
_WORK_ON_IT = re.compile(r"调解|帮扶|慰问|处置|宣传|讲座|倡导|移风易俗|走访|登记|咨询|辅导|活动|补贴|救助|关爱|服务")
# 植树1200棵（成活率待统计) leaves the trees as they are.
_OF_ANOTHER_THING = re.compile(r"[\u4e00-\u9fff]{1,6}(?:率|比例|名单|照片|明细|费用|金额|结果|地点|得分|分数|材料)")
_SPOKEN_SOURCE = re.compile(r"[^，,。；;\d]{1,8}(?:报的|说的|给的|发来的|转来的|提供的)(?:数字?|数据)?$")
_LEFT_OUT = re.compile(r"[\u4e00-\u9fff]{2,}的?(?:都|也)?(?:没|不|未)(?:算|计|含|包括)(?:在内|进去|上|入)?$")
_SUPPLEMENT = re.compile(r"(?:后来)?(?:又|再|刚)?(?:补|补报|补充|更正?|更新|改|重报|修正|订正|订)(?:报|充)?$")
_LIST_ELSEWHERE = re.compile(r"名单(?:另发|另附|另报|另给|单独发|单发|私发|不外传|不公开|保密)")
_HONOUR = re.compile(
    r"获评|评为|评上|评了|获|荣获|授予|命名|入选|称号|先进|劳动?模范?|标兵|奖|文明(?:单位|社区|村|镇|校园|城市|家庭)|示范"
)
_PENDING = re.compile(
    r"公示中|公示期|在公示|(?:还没|尚未|没有|还未|未|没)(?:正式)?(?:批|发文|公布|宣布|下文|授牌|公示|定下来|最后定)|"
    r"等(?:批复|公布|发文|文件|结果|公示)|待(?:批复|公布|发文|公示|审批)|有望|(?:可能|估计|大概|应该|说不定|八成)(?:能|会|可以)?"
    r"(?:评上|获评|拿到|拿下|评为|获|入选)|内定|听说(?:要|能|会)?评|没有?下来|没下来"
)
# What waits for someone else: the figure before it is not settled.
_WAITING = re.compile(
    r"(?:得|要|需|还得|还要|再)?等(?:着|下|一下)?[^，,。；;\d]{0,10}(?:定|确认|拍板|导数|出数|给数|报数|数据|核实|回复|通知|发文|过会|统计)$|"
    r"[^，,。；;\d]{0,8}(?:要|得|还要|还得|需要)等(?:一下|一等|等|几天)$|"
    r"(?:数字?|数据)?(?:还|尚)?(?:没|未)(?:过会|定|最后定|敲定|上会|补|填|报)(?:来|上|好)?$|(?:还|尚)(?:没|未)(?:过会|上会|敲定)"
)
_TO_WRITER = re.compile(
    r"(?:这些|这个|这条|这块|以上|这几个)?(?:只)?(?:作|做|当)(?:个|为|成)?背景(?:可以)?(?:提|写|用|介绍)?(?:一?句|一下)?$|"
    r"可以(?:一起|一并|一块儿?|合并)写(?:上|进去)?$|(?:可以|要|得|应该)(?:提|写)(?:一句|上一笔|一笔|进去|上去|重一点|细一点)$|"
    r"(?:要求)?写(?:得)?(?:硬|实|细|短|长|简单|详细|漂亮|好看|满|全)(?:一?[点些])?(?:儿)?$|"
    r"(?:方案|报告|总结|稿子|材料)?(?:里)?(?:怎么|咋)写(?:都行|你定|再说)?$|(?:措辞|口气|语气)[^，,\d]{1,8}$|"
    r"[^，,。；;\d]{0,12}(?:老实|如实|照实|据实|实事求是)(?:地)?(?:写|报|说|填)[\u4e00-\u9fff]{0,8}$|写(?:实情|真话|实话|实的)$|"
    r"(?:\d{1,2}月)?(?:[^，,\d]{0,8}[，,])?用(?:这个|这条|新的|这份|这版)(?:数)?$|(?:本人|家属|当事人)(?:已|都|也)?(?:经)?同意(?:写|公开|上报|登)?(?:了|的)?$|"
    r"真(?:的)?[\u4e00-\u9fff]{1,3}了?[，,]?不是没[\u4e00-\u9fff]{1,3}(?:了|的)?$|"
    r"(?:照片|截图|原件|表格?|名单|材料)(?:都)?(?:在|放)(?:我|他|她|群|U盘|电脑|桌上|邮箱)[^，,\d]{0,8}$"
)
_RULING = re.compile(
    r"以(?:这个|这次|此|上面|这边|这条|今天的?|最新的?|后面的?|新的|现在的?|后者)(?:数字?|数据)?(?:为准|算)$"
)
_BOAST = re.compile(
    r"全[国省市区县镇乡街系校][^\d《》“”「」获评授排]{0,12}最(?:好|强|牛|棒|优秀|出色|厉害|靠谱|漂亮|干净|到位|扎实)|"
    r"没有之一|无人能[比及]|首屈一指|独一无二|遥遥领先|没得说|数一数二|杠杠的|顶呱呱|呱呱叫|响当当|"
    r"(?:谁|没人|别人)(?:也|都)?(?:比不了|比不上|比得[上过])|(?:绝对|肯定|妥妥)(?:的|是)?第一|做得(?:那是)?真(?:不错|好|漂亮)"
)
_QUOTED_TALK = re.compile(
    r"(?:[^，,。；;：:“「]{0,10}?(?:笑着?|直|都|开玩笑|打趣|感慨|念叨|夸|点赞)?(?:说|讲|称|夸|夸赞|感慨|念叨|打趣|调侃|直呼|嘀咕|回了句|来了句)"
    r"(?:道|着|了|：|:|，|,| )?)[“「\"]([^”」\"]{2,60})[”」\"]"
)
# 小鄢写的：“终于把这十五问填完，手比水管还酸”
_TIRED = re.compile(
    r"[^，,。；;：:“「]{0,8}(?:说|写|讲|发|留言)(?:的|道|了|着)?[：:]? ?[“「\"][^”」\"]{0,40}"
    r"(?:手|腰|腿|眼|脖子|嗓子|肩膀|脚)[^”」\"，,]{0,8}(?:酸|疼|麻|哑|断|花|软|僵)[^”」\"]{0,12}[”」\"]"
)
_HEARSAY = re.compile(
    r"[，,]?(?:有人|有的人|有个\w{1,3})(?:说|讲|嘀咕|喊|回)[：:，, ]?"
    r"[“「\"][^”」\"]{2,40}[”」\"](?:[，,][^，,。；;]{0,3}笑)?"
)
_CHATTY = re.compile(
    r"[我咱俺你您]|[吧呀啦哈嘛呢哟喽][！!]?$|[！!～~]|比[^，]{1,10}还|真(?:香|甜|好|行|棒)|好(?:喝|吃|玩|看)|太[^阳平]"
)
_LOOK_BACK_CHARS = 120  # An honour is named close before what is said of it; hostile lines stay linear.
_GRUMBLE = re.compile(
    r"(?:说|讲|喊|劝|提醒|通知|催)了?(?:[好几两三四五六七八九十数一\d]{1,3})(?:遍|次|回|趟)(?:都|也|还|就是)?"
    r"(?:不听|不改|不理|没用|没人理|没反应|不当回事|装没听见)|气人|没辙|磨破嘴|跑断腿|拿[他她它]们?没办法|累得够呛|心累|背锅"
)


@dataclass(frozen=True, slots=True)
class CutPart:
    """The part `text[start:end]` of a view that is not composed from. `reason` is None where it only doubts the figure
    before it; `doubt` holds its words then. `rival` says that it gives another figure for the same thing."""

    start: int
    end: int
    reason: SetAsideReason | None
    detail: str | None = None
    doubt: str = ""
    rival: bool = False
    corrects: bool = False


def cut_parts(text: str, start: int, end: int, mentions: Sequence[tuple[int, int, Mention]]) -> list[CutPart]:
    """The parts of the clause `text[start:end]` that are not for the report, in order, without overlap. Pure.

    `mentions` are the clause's numerals with their places in the view.
    """
    figures = [(first, last) for first, last, one in mentions if counted([one])]
    found = [*_brackets(text, start, end, figures), *_pieces(text, start, end, figures), *_either(text, figures)]
    found += [
        CutPart(one.start(), one.end(), SetAsideReason.CHAT)
        for one in _QUOTED_TALK.finditer(text, start, end)
        if _CHATTY.search(one[1]) and not any(one.start() <= first < one.end() for first, _ in figures)
    ]
    found += [CutPart(one.start(), one.end(), SetAsideReason.CHAT) for one in _TIRED.finditer(text, start, end)]
    found += [
        CutPart(one.start(), one.end(), SetAsideReason.CHAT)
        for one in _HEARSAY.finditer(text, start, end)
        if not any(one.start() <= first < one.end() for first, _ in figures)
    ]
    return without_overlap(found)


def _brackets(text: str, start: int, end: int, figures: Sequence[tuple[int, int]]) -> Iterator[CutPart]:
    for found in _BRACKET.finditer(text, start, end):
        inside, place = found[1], (found.start(), found.end())
        counts = any(place[0] <= first < place[1] for first, _ in figures)
        doubt = _doubts(inside)
        if _SUPPLEMENT.fullmatch(inside):
            yield CutPart(*place, None, corrects=True)
        elif _RULING.search(inside):
            yield CutPart(*place, None)
        elif counts and (void := _is_void(inside)) and any(start <= first < place[0] for first, _ in figures):
            yield CutPart(*place, SetAsideReason.SUPERSEDED, void)
        elif counts and _RIVAL.search(inside):
            yield CutPart(*place, SetAsideReason.UNCONFIRMED, "另一个数，待核实", doubt=inside, rival=True)
        elif counts:
            continue
        elif _LIST_ELSEWHERE.search(inside):
            yield CutPart(*place, SetAsideReason.PRIVATE, "名单")
        elif _PENDING.search(inside) and (opened := _honour_before(text, start, place[0])) is not None:
            yield CutPart(opened, place[1], SetAsideReason.UNCONFIRMED, "荣誉尚未正式确定")
        elif doubt and _OF_ANOTHER_THING.match(inside):
            yield CutPart(*place, SetAsideReason.UNCONFIRMED)
        elif doubt or _WAITING.search(inside):
            yield CutPart(*place, None, doubt=inside)
        elif _TO_WRITER.search(inside) or _SPOKEN_SOURCE.fullmatch(inside):
            yield CutPart(*place, SetAsideReason.CHAT)


def _is_void(inside: str) -> str | None:
    """Why the figure of a bracket does not hold, where the bracket says that it does not."""
    if _VOID.search(inside):
        return "笔记注明作废"
    return "是以前的数" if _EARLIER_VERSION.search(inside) else None


def _either(text: str, figures: Sequence[tuple[int, int]]) -> Iterator[CutPart]:
    """The second of two figures between which the notes do not decide."""
    for one, other in pairwise(figures):
        if _EITHER.fullmatch(text, one[1], other[0]):
            detail = "另一个数，待核实"
            said = text[one[1] : other[1]]
            yield CutPart(one[1], other[1], SetAsideReason.UNCONFIRMED, detail, doubt=said, rival=True)


def _pieces(text: str, start: int, end: int, figures: Sequence[tuple[int, int]]) -> Iterator[CutPart]:
    pieces = pieces_of(text, start, end)
    for at, (first, last) in enumerate(pieces):
        said = text[first:last]
        counts = any(first <= place < last for place, _ in figures)
        if _GRUMBLE.search(said):
            yield CutPart(first, last, SetAsideReason.CHAT)
        elif not counts and _PRIVATE_LIFE.search(said) and not _WORK_ON_IT.search(said):
            # 昨晚麻将输了 300: the sum goes with the game.
            lost = (
                pieces[at + 1] if at + 1 < len(pieces) and _BARE_SUM.fullmatch(text[slice(*pieces[at + 1])]) else None
            )
            yield CutPart(first, lost[1] if lost else last, SetAsideReason.CHAT, "个人生活")
        elif counts:
            if at and _PIECE_RIVAL.match(said) and any(place < first for place, _ in figures):
                yield CutPart(first, last, SetAsideReason.UNCONFIRMED, "另一个数，待核实", doubt=said, rival=True)
        elif _RULING.fullmatch(said):
            yield CutPart(first, last, None)
        elif _BOAST.search(said):
            yield CutPart(first, last, SetAsideReason.CHAT, "自我评价，没有依据")
        elif _TO_WRITER.fullmatch(said):
            yield CutPart(first, last, SetAsideReason.INSTRUCTION)
        elif pending := _PENDING.search(said):
            yield from _pending_honour(text, start, (first, last), pending)
        elif at and _WAITING.fullmatch(said):
            yield CutPart(first, last, None, doubt=said)
        elif nicknames_in(said) and not has_action(said) and not words("result").first(said):
            yield CutPart(first, last, SetAsideReason.OFF_TOPIC)


def _pending_honour(text: str, start: int, piece: tuple[int, int], pending: re.Match[str]) -> Iterator[CutPart]:
    """An honour that is only hoped for (可能评上省级文明单位), or that the piece before names (获评标兵，还没发文)."""
    first, last = piece
    own = _HONOUR.search(text[first:last].replace(pending.group(), pending.group()[-2:]))
    opened = first if own else _honour_before(text, start, first)
    if opened is not None:
        yield CutPart(opened, last, SetAsideReason.UNCONFIRMED, "荣誉尚未正式确定")


def _honour_before(text: str, start: int, place: int) -> int | None:
    """Where the piece begins that ends at `place` and names an honour, or None."""
    start = max(start, place - _LOOK_BACK_CHARS)
    pieces = pieces_of(text, start, place) if place > start else []
    if not pieces or not _HONOUR.search(text[pieces[-1][0] : pieces[-1][1]]):
        return None
    return pieces[-1][0]


def _doubts(text: str) -> bool:
    if _LEFT_OUT.search(text):
        return False  # 果皮箱40只（商户自己买的没算） says what the figure leaves out.
    plain = words("not_unsure").removed(text)
    return bool(words("unsure").first(plain) or _UNCOUNTED.search(plain) or re.search(r"对不上|没对上", plain))
