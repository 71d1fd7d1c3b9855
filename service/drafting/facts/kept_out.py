"""What the notes themselves say is not for the report (这段不写, 先别报数, 没公布), and how far back that reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.domain.fact import SetAsideReason
from service.domain.quantity import Mention
from service.language.pieces import pieces
from service.language.taken_back import Taken

_DETAIL = "笔记注明不写入"
_SAY = (
    r"(?:(?:上|进|入|写进|放进|往)(?:材料|报告|稿子?|总结|汇报|方案|名单|正文)|(?:跟|和|对|向)[\u4e00-\u9fff]{1,4}(?:说|讲|提|透露)|"
    r"写|报|提|登|记|说|发|附|出现|带(?!头|领|动)|录|用上|算|加|公开|上报|外传|公布|对外|统计进|往外写|往外说|当真|放|用|给(?!予|力|水|药)|点名|抄|照搬|搬|套用|套|混|掺|扯|列|"
    r"往外讲|对外讲|讲出去|给(?:别人|外人|人家|大家|外面)看|外泄|声张|透露|张扬|引用|收录|归|当(?:成)?(?:成绩|咱的|我们的))"
)
# 不写, 先别往外报, 不要算进来: an order not to write, alone in its piece or behind what it is about.
_ORDER = re.compile(
    rf"(?:这[个段句条些件次]?事?|那[个段句条些]?事?|[前后上下]半句|这一?句|(?:一|半)(?:个字|句|笔)|材料里?|文里|稿子?里|报告里|都|也|全|一律|统统|通通|就|先|也|千万|可|暂时?|目前|所以|你|咱|我)*"
    rf"(?:不|别|莫|休|不要|不用|甭|勿|请勿|切勿|不能|不许|不准|不得|不便|不宜|没法|没必要)(?:再)?(?:往外|对外|往里|给我|把它|把这个?)?{_SAY}"
    r"(?:给(?:别人|外人|人家|大家)|方案|总结|汇报|材料|稿子?|文|本稿|到?咱们?(?:这儿|里|头上)?|成绩|进去|进来|进|出去|出来|在内|里面|里头|上去|上|了|它|这个|名字|数字?|具体数|总数|正文|报告|一块儿?|一起|到一起)?(?:里|了|啊|哈|吧|的|哦|呀)*$"
)
# 工商所那块是他们的, 抓了两个，不是我们: another unit's doings are no facts of this one.
_OF_OTHERS = re.compile(
    r"(?:(?:那|这)?(?:都|可|也|纯)?(?:是|属于?|归)(?:他们|人家|别人|别家|别的[\u4e00-\u9fff]{1,4}|对方|隔壁[\u4e00-\u9fff]{0,4}|"
    r"外单位|[\u4e00-\u9fff]{2,6}(?:街道|社区|镇|乡|区|县|局|院|校|公司|所|队|村))(?:家|单位|那边|他们)?(?:的|办的|搞的|干的)(?:事儿?|成绩|数字?|功劳|活)?|"
    r"(?:我们?|咱们?|这里)?(?:只|仅|光)(?:作|供|做|当)?(?:个)?(?:参考|看|学|借鉴|套)(?:一?下)?(?:它|他们|人家)?的?(?:格式|样式|写法|体例|结构|框架)|"
    r"(?:那|这)?(?:可|也|都)?(?:不|没)(?:是|算|归|属于?)(?:在)?(?:咱们?|我们?|本)(?:单位|这边|这儿|局|镇|街道|社区|院|校|区|县|市)?(?:的|头上|管的?|办的|干的|搞的)?(?:事儿?|数字?)?|"
    r"(?:那|这)?(?:可|也|都)?(?:不|没)(?:归|由|用|要)(?:咱们?|我们?)(?:单位|这边|这儿)?(?:来)?(?:报|管|算|统计|负责|写)|"
    r"(?:那|这)?(?:都|要|得|该|也)?(?:算|记|归)(?:在|到|给)?[\u4e00-\u9fff]{1,4}?(?:里|上|那边|头上|家|名下)的?|"
    r"(?:记|算)(?:在)?(?:他们|人家|别人|对方|[\u4e00-\u9fff]{2,4})的(?:账|数|功|头上))"
    r"[了啊哈吧]*$"
)
_OPENS_ORDER = re.compile(
    r"(?:润色|写|整理|起草|汇总)(?:的)?(?:时候)?(?:就)?(?:别|不要|不用)(?:再)?写(?P<what>[\u4e00-\u9fff]{2,8}?)[啊哦哈吧]*$"
)
# 狮子头评比那条 不要, 加一句全省第一 吹牛 删, 群里的消息请忽略: the order closes what it is about.
_CLOSES_WITH = re.compile(
    r"(?:(?:那|这)(?:一)?(?:条|个|句|段|件|些)?(?:事儿?|话|数)?[ ，]*(?:就)?(?:不要|不用|删掉?|去掉|算了|"
    r"免了|掐(?:掉|了|去)|抹(?:掉|了|去)|绕(?:开|过去?)|"
    r"回避(?:一下)?|跳过去?|捂(?:着|住|下)|隐(?:去|掉)|按下(?:不表)?|拿(?:掉|下来)|撤(?:掉|下来|了))|"
    r"[ ，](?:删掉?|删了|删去|略去?|去掉|划掉)|请?(?:忽略|无视|跳过))[了吧啊哈]?$"
)
# 别写成有了 says how to write what stands before it, and keeps none of it out.
_NOT_AS_DONE = re.compile(
    r"(?:可|千万|你)?(?:别|不要|不能|先别|勿)(?:给我)?(?:(?:写|说|报)(?:成|为)[^，。；]{1,8}|"
    # 别写混, 别弄错 warn whoever writes; what stands before them is to be told, and right.
    r"(?:写|弄|搞|记|报|算|抄|看|说|定)(?:混|错|串|岔|反|重|死|满)(?:了|啊|哦)?)"
)
_NICKNAMED = re.compile(r"外号|绰号|诨名|诨号|花名(?!册)")
# 以下几行是给科长看的，别汇编进去：…
_HEADS_TALK = re.compile(
    r"^[（(【]?(?:以下|下面|后面|底下)[^：:，,]{0,12}(?:闲聊|闲话|题外|不是(?:材料|正文)|给[\u4e00-\u9fff]{1,4}看的?)[^：:]{0,12}[：:）)】]"
)
_NOT_COUNTED = re.compile(r"(?:那|这)(?:次|个|场|条|回|天)(?:没|不|未)(?:有)?(?:算|计|统计)(?:进去|在内|上)?$")
# 对外不讲, 领导不让往外拿, 报告一个字不提, 名单不随文: it is not to leave the house.
_STAYS_INSIDE = (
    r"(?:[这那](?:茬|桩|码|段|条|件|事|句|些|个)?(?:儿|事)?)(?:你|可|先|千万|就|都|也)*(?:别|甭|莫|勿)[^，,。；;\d]{1,6}|"
    r"(?:可|先|千万|就|都|也|你)*(?:别|甭|莫|勿|不要|不许|不准|不能)(?:再)?(?:往|在|给|朝)?[^，,。；;\d]{0,3}"
    r"(?:材料|稿子?|报告|总结|汇报|汇编|正文)[^，,。；;\d]{0,6}|"
    r"(?:可|先|千万|就|都|也|你)*(?:别|甭|莫|勿|不)(?:再)?(?:汇编|编|搁|摆|塞|捅|露|晒|外宣|外露|当数|算数)[^，,。；;\d]{0,4}|"
    r"(?:内部|自己)(?:掌握|消化|处理)|(?:属|是)?家务事|略过|免谈|甭提|休提|不表|(?:名单|名字)另(?:报|附)|"
    r"(?:对外|往外|向外|跟外人|报告里?|材料里?|总结里?|稿子里?)(?:就|都|也|可|一个字|半个字)*(?:不|别|莫|不要|不能|勿)(?:讲|说|提|报|拿|传|公开|写|放|露)|"
    r"(?:领导|上面|上头|书记|主任|[局镇院校馆]长)?(?:不让|不准|不许|没让|不给)(?:往外|对外|向外)?(?:拿|传|讲|说|报|写|提|公布|公开|外传)|"
    r"(?:咱们?|我们|自己)(?:自己|内部)?(?:人)?(?:知道|清楚|心里有数)就(?:行|好|得)了?|(?:就)?(?:当|装)(?:没|作没|没有)(?:听见|看见|这回事|发生)|"
    r"(?:名单|名册|附件|明细|台账)(?:就|都|也)?不(?:随文|附|列|交|上报|外传)"
)
_NOTICE = re.compile(
    rf"^(?:(?:[这那](?:个|些)?(?:数|事|条|段)?字?)?(?:{_STAYS_INSIDE})|"
    r"[\u4e00-\u9fff]{2,8}(?:别|不要|不许)进来|隐去|略去?|不上报|不公开|保密|还?[没未](?:有)?(?:正式)?公布|[没未]对外公布|(?:这段|这个|这些)?(?:你)?听听就(?:行|好|算)了?|当(?:个)?(?:笑话|闲话|乐子)听?|"
    r"(?:这|那)?(?:个|些)?(?:跟|和|与)(?:本次|这次|咱)?(?:工作|创建|创文|创城|报告|汇报|主题)(?:没|无)(?:什么|啥)?关系?|(?:与|跟)?(?:工作|创建|报告)无关|"
    r"不算(?:创文|创建|创城|这)?(?:的)?(?:事|数|本期|这期|[一二三四]季度)?(?:吧|了)?|不(?:在|是)(?:本|这)(?:期|季度|次)(?:的)?|去掉(?:吧)?|删掉?(?:吧)?|不要|文里(?:就)?(?:不要|别写|不写|不提)|稿子?里(?:就)?(?:不要|别写|不写|不提)|别管|别理|打住|(?:别|不要)(?:把[^，]{1,12})?(?:安|算|扯|混|写|归)(?:到|在|进)[^，]{1,8}|"
    r"(?:这)?(?:条|句|段)?(?:插一句|题外话|闲话)[^，]{0,4})[了啊吧哈]?$"
)
_HINT = re.compile(
    rf"(?:不|别|莫|休|勿|甭|没法|没必要|不要|不用|不能|不便|不宜|不许|不准|不得)(?:再)?(?:往外|对外|往里|给我|把它|把这个?)?{_SAY}|"
    r"格式|样式|写法|体例|外传|保密|[：:] ?(?:不|别)|发错|误发|借你们|他们|人家|别人|别家|咱|我们?|隔壁|归|属|"
    r"是[\u4e00-\u9fff]{2,6}的|隐去|公布|听听就|没关系|无关|[没不未](?:有)?[算计]|不算|去掉|删|不要|别[管理安扯]|"
    r"甭|莫|家务事|内部|自己|略过|免谈|另[报附]|掐|抹[掉了去]|绕[开过]|回避|捂|隐掉|按下|拿[掉下]|撤[掉下了]|往外|对外|不[让准许给]|没让|就[行好得]|随文|不[附列]|没听见|没看见|头上|名下|那边|算[^，]{1,6}的|"
    r"插一句|题外话|保密|略|忽略|无视|跳过|划掉|算了|免了|外号|绰号|诨|花名"
)
_WORK = re.compile(r"活动|评选|征集|整治|制止|宣传")
_SECRET = re.compile(r"外传|外泄|保密|公开|对外|往外")
# 说“差的4场你们看着补上”书记：不补: who is asked to write it has said no.
_DECLINED = re.compile(
    r"[\u4e00-\u9fff]{1,6}[：:] ?(?:不|别|不能|不许)(?:补|写|编|改|报|加|凑|同意|认|提)(?:了|吧|啊|的)*[。！!]?$"
)
# 发错群了, 借你们表填一下: the whole line is another unit's.
_ASTRAY = re.compile(
    r"发错(?:群|人|了|地方)|(?:打|走|回)错群|误发|(?:借|用|占)(?:一?下)?(?:你们?|贵)[\u4e00-\u9fff]{0,3}(?:表|群|台账|地方|栏)[^，,。；;]{0,6}(?:填|报|发|写|用)|"
    r"^(?:[^：:]{0,16}[：:] ?)?(?:网上|百度|别处|外地|公众号|报纸上)(?:摘|找|抄|看|搜|扒|复制|拷)(?:来|到|"
    r"下来)?的?[：:，, ]"
)
_THE_REST = re.compile(r"(?:其[它他]的?|别的|另外的|剩下的|余下的|旁的)(?:都|也|就|可|你|没有|没了|没|的|啥)*$")
_PRONOUN = re.compile(r"^(?:这|那)(?:个|段|句|条|些|件|事)?(?:事|话)?(?:你|就|都|先|也)*$")
_BRACKET = re.compile(r"[—…]{0,4}[（(]([^（()）]{1,40})[）)]")
# Between a figure and the order not to write it only doubt may stand: 没数, 数不实, 我没看到正式的.
_DOUBTS = re.compile(r"内部消化|内部处理|私了|摆平|没|未|不(?!锈)|待|数|准|等|再说|听说|据说|口径")
_MASKED_NAME = re.compile(r"(?:叫|名叫)?[\u4e00-\u9fff](?:xx|XX|××|\*\*)(?=[，,、；;。）)的]|$)")
# （对比用，这个月的自己加）: what a bracket tells whoever writes.
_TO_WRITER = re.compile(
    r"[（(][^（()）]{0,14}(?:(?:对比|对照|参考|备查)用|自己[加算减核]|别混|仅供参考|再润色|待润色|你们?[看核改写]着)[^（()）]{0,12}[）)]"
)
_HARD = "；;。！!"


def without_not_as(text: str) -> str:
    """`text` without the words on how to write it: 别写成有了. Pure."""
    return _NOT_AS_DONE.sub("", text)


def parts_kept_out(text: str, figures: Sequence[Mention]) -> list[Taken]:
    """The parts of a line's words that the line itself keeps out of the report, in order. `figures` are its counted
    numerals, offsets into `text`. Pure.

    An order behind words of its own piece is about these (被盗的数别写); alone it is about what stands before it in the
    sentence, back to the last thing that was counted (百家宴36桌，两口子闹离婚，这段不写).
    """
    if _ASTRAY.search(text):
        return [Taken(0, len(text), SetAsideReason.OFF_TOPIC, "是其他单位的情况")]
    to_writer = [Taken(one.start(), one.end(), SetAsideReason.CHAT) for one in _TO_WRITER.finditer(text)]
    if _HEADS_TALK.match(text):
        return [Taken(0, len(text), SetAsideReason.CHAT, _DETAIL)]
    if not _HINT.search(text):
        return [*to_writer, *_written_as(text)]
    # An age or a long number tells of a person; it is nothing that a report counts.
    figures = [one for one in figures if (one.unit and one.unit != "岁") or one.text.endswith("%")]
    figures = [one for one in figures if len(one.text) < _LONGEST_FIGURE and not _ONE_PERSON.match(text, one.start)]
    found = [*to_writer, *_bracketed(text, figures)]
    places = list(pieces(text))
    found += _written_as(text)
    if (declined := _DECLINED.search(text.rstrip())) is not None:
        low = max(text.rfind(mark, 0, declined.start()) for mark in "。；;")
        return [*(one for one in found if one.end <= low), Taken(low + 1, len(text), SetAsideReason.CHAT, _DETAIL)]
    for at, (start, end) in enumerate(places):
        if not any(one.start < end and start < one.end for one in found):
            found += _piece_kept_out(text, places, at, figures)
    return found


def _piece_kept_out(
    text: str, places: Sequence[tuple[int, int]], at: int, figures: Sequence[Mention]
) -> Iterator[Taken]:
    """What the words of `places[at]` keep out of the report."""
    start, end = places[at]
    said = text[start:end].strip(' ）)（(“”"')
    opened = _OPENS_ORDER.search(said)
    order = _ORDER.search(said)
    if (
        _NOT_AS_DONE.fullmatch(said)
        or ((closes := _CLOSES_WITH.search(said)) and said[: closes.start()].strip())
        or (_NICKNAMED.search(said) and not _WORK.search(said))
    ):
        yield _taken(text, start, end)
    elif opened:
        what = opened["what"].lstrip("我你")
        yield from (_taken(text, *place) for place in places[: at + 1] if what in text[place[0] : place[1]])
    elif (others := _OF_OTHERS.search(said)) is not None:
        first = _sentence(text, places, at) if not said[: others.start()].strip() else at
        yield _taken(text, _within_spaces(text, places[first][0], start, others.start(), first == at), end)
    elif _NOT_COUNTED.search(said):
        yield _taken(text, start, end)
    elif closes or _NOTICE.match(said) or (order and not said[: order.start()].strip()):
        yield _taken(text, places[_reach(text, places, at, figures)][0], end)
    elif order and (rest := _THE_REST.search(said[: order.start()].strip())):
        # 就一个市级“文明社区” 其它别加 keeps out what is not named, and nothing that is.
        yield Taken(start + text[start:end].index(said) + rest.start(), end, SetAsideReason.CHAT, _DETAIL)
    elif order:
        person = _introduced(text, places, at) if _OF_NAMES.match(said) else None
        if person is not None:
            yield _taken(text, places[person][0], end)
            return
        first = _reach(text, places, at, figures) if _PRONOUN.match(said[: order.start()].strip()) else at
        yield _taken(text, _told_from(text, places[first][0], start + order.start(), figures), end)


# 有个病号姓娄…，写了八页感谢信，名字病情都不能写: the person goes, with all that is told of them.
_OF_NAMES = re.compile(r"(?:这|那)?(?:个)?(?:人)?(?:的)?(?:姓名|名字|人名|病情|身份|隐私|名)")
_INTRODUCES = re.compile(r"有(?:一)?[个位名]|姓[\u4e00-\u9fff]|[\u4e00-\u9fff]某|叫[\u4e00-\u9fff]{2,3}")


def _introduced(text: str, places: Sequence[tuple[int, int]], at: int) -> int | None:
    """The piece before `places[at]` in its sentence that introduces the person whose name is kept out, or None."""
    for place in range(at - 1, -1, -1):
        if any(one in text[places[place][1] : places[place + 1][0]] for one in _HARD):
            return None
        if _INTRODUCES.search(text[slice(*places[place])]):
            return place
    return None


_OURS = re.compile(r"^(?:我们?|咱们?|本|我(?:局|院|校|镇|街道|社区|区|县|市))")


_WRITTEN_AS = re.compile(
    r"(?:→|->|⇒|，|；|,)? ?(?:就|稿子里|对外)?只(?:能)?(?:写|说|报|提)[：:]? ?(?:[“\"「](?P<what>[^”\"」]{3,40})"
    r"[”\"」]|(?P<plain>[^，,。；;“”]{2,12})(?:[，,]不(?:写|提|说)[^，,。；;]{1,6})?$)"
)


def _written_as(text: str) -> Iterator[Taken]:
    """What the writer has put in other words himself: 某某由社区结对 → 只写“结对关爱儿童5名” leaves only these; a bare
    只写表扬信，不写人 only says how."""
    for one in _WRITTEN_AS.finditer(text):
        if one["what"] is None:
            yield Taken(one.start(), one.end(), SetAsideReason.CHAT, "写法说明")
            continue
        first = max((text.rfind(mark, 0, one.start()) for mark in "。；;"), default=-1) + 1
        yield Taken(first, one.start("what"), SetAsideReason.CHAT, "写法说明")
        yield Taken(one.end("what"), one.end(), SetAsideReason.CHAT)


def _sentence(text: str, places: Sequence[tuple[int, int]], at: int) -> int:
    """The first piece of the sentence whose last says that it is of others; what is told of oneself before is kept."""
    first = at
    while first:
        start, end = places[first - 1]
        if any(one in _HARD for one in text[end : places[first][0]]) or _OURS.match(text[start:end].strip()):
            break
        first -= 1
    return first


def _within_spaces(text: str, first: int, start: int, at: int, alone: bool) -> int:
    """Where the words about another unit begin: in a run of spaced words only the last but one (国家级那个是前街的
    不算我们)."""
    if not alone or " " not in text[start : start + at].strip():
        return first
    spaced = [one.end() for one in re.finditer(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", text[: start + at])]
    spaced = [one for one in spaced if one > start]
    return spaced[-2] if len(spaced) > 1 and spaced[-1] >= start + at - 1 else (spaced[-1] if spaced else first)


_OPENS_OTHER = re.compile(r"(?:其中)?有(?:一)?(?:个|位|户|家|名)|还有|另外|然后|就是|里面|那个")


def _told_from(text: str, start: int, end: int, figures: Sequence[Mention]) -> int:
    """Where the words that an order keeps out begin in a run without marks: 接待214人次其中有个孩子…这个不要写
    leaves the figure before what it names."""
    counts = [one.end for one in figures if start <= one.start < end]
    opened = _OPENS_OTHER.search(text, counts[-1], end) if counts else None
    amount = _AMOUNT_NAMED.fullmatch(text, counts[-1], end) if counts else None
    return counts[-1] if amount else (opened.start() if opened else start)


# 查处28起罚款金额那个别写: what is not to be told is named behind the figure that is.
_AMOUNT_NAMED = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:金额|数额|名单|名字|数字?|经过|细节|情况)(?:那个|这个|的|就|都)?")


def subjects_kept_out(text: str, figures: Sequence[Mention]) -> list[str]:
    """The subjects that a line without figures keeps out of what was said above it: 被盗 in 被盗的数别写. Pure."""
    if figures or not _HINT.search(text):
        return []
    out = []
    for start, end in pieces(text):
        said = text[start:end].strip()
        order = _ORDER.search(said)
        about = re.split(r"[：: ]", said[: order.start()])[-1] if order else ""
        subject = re.sub(r"^(?:这|那)(?:个|些|条)?|(?:的|那)?(?:个|些|条)?(?:数字|数据|数|事|情况|内容)?$", "", about)
        if 2 <= len(subject) <= _LONGEST_SUBJECT:
            out.append(subject)
    return out


def masked_names(text: str) -> list[Taken]:
    """Names the notes have masked themselves (鲍xx): a report says nothing of them. Pure."""
    return [Taken(one.start(), one.end(), SetAsideReason.PRIVATE, "隐去的姓名") for one in _MASKED_NAME.finditer(text)]


def _bracketed(text: str, figures: Sequence[Mention]) -> Iterator[Taken]:
    for found in _BRACKET.finditer(text):
        inside = found[1]
        last = re.split(r"[，,。；;]", inside)[-1].strip()
        first = re.split(r"[，,。；;]", inside)[0].strip()
        order = _ORDER.search(last)
        if not (order or _NOTICE.match(last) or _NOTICE.match(first)):
            continue
        about = inside[: order.start()].strip() if order and last == inside.strip() else inside
        # 老齐也来了（老齐吃低保，别点名）: who is not to be named is named before the bracket.
        whole = (
            _NOTICE.match(first)
            or _SECRET.search(last)
            or "点名" in last
            or (order and not inside[: inside.rfind(last) + order.start()].strip("，, "))
        )
        if not whole and about:
            yield Taken(found.start(), found.end(), SetAsideReason.CHAT, _DETAIL)
            continue
        before = list(pieces(text[: found.start()])) or [(0, found.start())]
        start = before[_reach(text, [*before, found.span()], len(before), figures)][0]
        reason = SetAsideReason.PRIVATE if _SECRET.search(last) else SetAsideReason.CHAT
        yield Taken(start, found.end(), reason, _DETAIL)


def _reach(text: str, places: Sequence[tuple[int, int]], at: int, figures: Sequence[Mention]) -> int:
    """The first piece that the order in `places[at]` is about."""
    first = at
    only_doubts = True
    for place in range(at - 1, -1, -1):
        start, end = places[place]
        mark = text[end : places[place + 1][0]]
        alone = at == len(places) - 1 and len(text[places[at][0] : places[at][1]].strip()) <= _LONGEST_ORDER
        if (
            any(one in mark for one in _HARD)
            and (first < at or "；" not in mark)
            and not (alone and mark.strip() in "；;")
        ):
            break
        if any(one in mark for one in "?？") and not only_doubts:
            break
        said = text[start:end]
        if not said.strip():
            continue
        counts = any(start <= one.start < end for one in figures)
        if counts and (not only_doubts or "总数" in text[places[at][0] : places[at][1]]):
            break
        first = place
        if counts:
            # 杀猪酒那天，七头猪: the few words that lead to the figure go with it.
            lead = text[places[place - 1][0] : places[place - 1][1]].strip() if place else ""
            leads = place and text[places[place - 1][1] : start] in "，," and len(lead) <= _LONGEST_LEAD
            return (
                place - 1 if leads and not any(places[place - 1][0] <= one.start < start for one in figures) else place
            )
        only_doubts = only_doubts and bool(_DOUBTS.search(said)) and len(said.strip()) <= _LONGEST_DOUBT
    return first


# 一个小伙, 12床, 3单元501: it tells which person is meant.
_ONE_PERSON = re.compile(
    r"[一1] ?[个名位](?=小伙|老太|老头|老人|老汉|孩子|男|女|人|大姐|大妈|大爷|学生|病号|患者|同学|居民|同事)|"
    r"[\d一二三四五六七八九十]{1,4} ?(?:床|号床|单元|室|号楼|岁)"
)
_LONGEST_FIGURE = 11
_LONGEST_DOUBT = 12
_LONGEST_ORDER = 4  # 不写 alone at the end of a line speaks of all its parts.
_LONGEST_LEAD = 8
_LONGEST_SUBJECT = 6


def _taken(text: str, start: int, end: int) -> Taken:
    comma = start and text[start - 1] in "，,"
    if text[end - 1 : end] in ("）", ")") and not re.search(r"[（(]", text[start:end]):
        end -= 1  # The bracket that stays open before it is still to be closed.
    return Taken(start - 1 if comma else start, end, SetAsideReason.CHAT, _DETAIL)
