"""Lines that say they are not sure of something, and that no question asks about yet; questions that nobody answered.

What is doubted in a figure, given twice, promised or left empty is asked where it is read. This looks once more at each
line as a whole, so that 网上投票参与1.2万人，是人还是人次要确认 and an unanswered 来了多少人？ reach somebody too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from service.domain.fact import Conflict, Fact, FactKind, OpenPoint, SetAside, SetAsideReason
from service.domain.text import Notes
from service.drafting.compose_by_rules.doubts import thing_before
from service.drafting.facts.kinds import counted
from service.drafting.facts.labels import LabelSort, read_label
from service.language.numbers import find_numbers

_WHO = r"[一-龥A-Za-z]{1,6}"
_NOT_KNOWN = re.compile(
    r"不(?:知道|晓得|大?清楚|详|明确|确定)|(?:说|记|拿|吃|弄|搞|想|看|认|导|查|算)不(?:清楚?|准|上来|好|得|住|明白|起来|出来|到)|忘(?:了|记)(?!带|吃)|"
    r"没(?:人)?(?:数|统计|算(?=出|清|过)|记|报|交(?!代|通)|回(?!收|家|来)|答复|回复|反馈|定(?!期)|填|核|更新|公布|公示|谈拢|说(?!服)|收到)(?:过|上来|出来|下来|齐|清|全|完|拢|实|到)?"
    r"(?=$|[，,。；;、）)？?呢啊吧的了我你先再等]|\s)|(?:还|尚)?未(?:公布|答复|明确|提供|统计|核实|反馈|更新|公示|确定)|"
    r"没[导拉调查统算收报算录][一-龥]?(?:出来|上来|下来|齐|全)|没(?:签字|盖章|过会|审)|先列着|估着|(?:表|簿|本子?|单子?|数)丢了|"
    # Whatever of a figure or a word was not done: 没报工期, 压在市里没下来, 两家没谈妥, 单独几起没分.
    r"(?:还|也|都|尚)?没(?:有|能|再|重新|单独|最后|正式|统一|细)*(?:意见|(?<=[新独再])算|[分报说定谈审核对点量测录登讲拿转附写补填问汇答确公]|下来|收到|统计|回音?信?)"
    r"(?!费|钱|住|人|事|漏|落)[一-龥]{0,2}(?=$|[，,。；;、）)])|"
    r"(?<![慰访顾询])问(?!题|卷|答|候|诊|政|好)[小老]?[一-龥]{1,2}(?:$|[，,。；;）)])|(?:这|数)?(?:数)?(?:有点)?虚(?=$|[，,。；;）)])|别太?当真|有水分|毛数|口径[^，,。；;]{0,6}不[同一]|"
    r"(?:维护|升级|整理|统计|汇总|评审|审核|公示)中(?=$|[，,。；;）)])|(?:压|卡|放)在[一-龥]{1,4}(?=没|还|$)|另附|(?:钱|经费|预算|资金)等[^，,。；;]{0,6}批|"
    r"另行通知|另(?:行)?(?:发文|文|定)|再定|再议|有待(?:核实|确认)|(?:要|需|需要|还得|还要)(?:再)?(?:核实|核对|确认|查证)|(?:来源|出处|口径|单位)(?:不明|不清|不对)|"
    rf"(?:你们?|您|麻烦|请)(?:去|再|帮忙)*(?:问|查|找|对|核)(?:一下|问|查)?(?:{_WHO})?|(?:得|要)(?:去|再)?(?:问|查|翻|找|看){_WHO}|"
    rf"[等待](?:{_WHO})?(?:审计|报|给|出|定|确认|核实|通知|回话)|"
    r"(?:糊|模糊)了|[（(]缺[）)]|缺 ?(?:\d|几|一|两|三)[^，,。；;]{0,6}的|(?:说的?|数)?(?:不一样|不一致|对不上)|"
    r"(?:两家|几家|大家|谁)?都?不认(?!真|识)|"
    r"看(?:天气|厂家|领导|上面|情况)(?:时间|安排|意思|通知)?(?:$|[，,。；;）)])|先空着|先不写数?|别写数|在路上|这个?[月周季]没更新"
)
# 管了几场事会长记着呢我没看过, 用了多少人次没登记, 哪四个小鲍知道: how many is not said, and who may know it.
_NOT_SAID = re.compile(
    r"(?:多少|多大|多长|几[个场次张人件户块名]|哪[年天月个几]|哪[一-龥]个|谁(?:负责|管|牵头|来|干|盯)|怎么)"
    r"[^\d，,。；;？?]{0,8}"
    r"(?=[？?，, ]{0,2}[^\d。；;]{0,14}(?:没(?!有?[几多])|问|查|看|翻|知道|记着|本子|系统|图纸?上|施工图|档案|台账|"
    r"登记|[一-龥]{2,5}(?:填|算)|定|还在))"
)
# 有没有违纪违法？站长：……下一个: the answer gives none.
_NO_ANSWER = re.compile(
    r"(?P<asked>[一-龥“”、]{4,20})[？?]\s*(?:[一-龥]{1,5}[：:]\s*)?(?:…+|\.{3,}|下一个|跳过|不好?说|先不说|空着?|略过|[（(]?没(?:说|答|回)[）)]?)"
)
_BARE_FIELD = re.compile(
    r"\s*[-*•·\d.、]{0,4}\s*(?P<name>[一-龥]{0,6}(?:得分|评分|人数|金额|时间|日期|责任人|责任单位|文号|[^一]率|面积|名次|期限|时限|联系人))\s*[：:]?\s*$"
)
_DOUBTED_WHOLE = re.compile(r"(?<!没有)(?<![吗么呢谁哪吧没不])[？?]$")  # 托养中心11月投用？
# What one person asks another for the report: 陪护满意度多少？, 诚信商户的数谁有, 人数报一下.
_ASKS_FOR = re.compile(
    r"多少|几[个次场户人件名块]|了没|没有[？?]|了吗|谁有|谁负责|谁管|谁来|什么时候|啥时候|哪天|哪年|(?:发|报|给|补|填)(?:一下|下|过来)(?:$|[，,。！!？?])|[？?]$"
)
_EVADES = re.compile(
    r"等|在路上|没(?:数|统计|收到|有|人|看|记)|问|报过|发过|不(?:知道|清楚|是我)|我?(?:再)?(?:看看|查查|问问|找找)|稍|马上|回头|明天|晚点|忙|还没|分$|\[[^\]]{1,8}\]|"
    r"^(?:好|嗯|行|哦|收到|OK|ok|在)"
)
_OF_WRITING = re.compile(
    r"几点|下班|加班|好吃|吃了没|交稿|截止|格式|字数|模板|写不写|要不要写|能不能写|怎么写|谁写|谁来写|群里|发错|打字|开会没|几页|语音|红包|笑|堵车|电梯到|在吗|听(?:得)?见"
)
_NAMES_NOTHING = re.compile(
    r"(?:[一-龥]{1,2}了，)?(?:具体|最后|最终|准确|总)?(?:结果|情况|进展|数量|人数|总数|数据|数字?|金额|费用|时间|日期|名单|材料|得分|名次|比例|面积|地点|编号|文号)|"
    r"(?:你|我|他|她|谁|先|那边?|这边?|都|还|人家|领导|书记|主任)+"
)
_SPEAKER = re.compile(
    r"^\s*(?:[\[【(（]?[\d年月日/.\-: ]{4,20}[\]】)）]?\s*)?(?:\[[^\]]{1,6}\]\s*)?"
    r"(?:[一-龥A-Za-z0-9·（()）]{1,10}(?: [一-龥]{1,4})?(?:\s*\d{1,2}:\d{2})?[：:]|"
    r"[一-龥]{1,6}(?: [一-龥]{1,3})? ?\d{1,2}:\d{2})\s*"
)
_LEADS = re.compile(
    r"^(?:\s|[-—*•·●※◆▲>→]|\d{1,2}[.、)）]|[（(]|@[一-龥A-Za-z]{1,6} ?|"
    r"(?:还有|然后|那个?|这个?|就是|另外|而且|对了|哦|嗯|啊|最后|再说|至于|关于|各位|麻烦)(?![一-龥]?年))+"
)
_FILLERS = re.compile(r"(?:啊|呢|嘛|呗|来着|那个|这个|就是|然后|一共|具体|反正|我们?|的话)|(?<=[一-龥])吧(?=[一-龥])")
_TRAILS = re.compile(r"(?:的|是|有|还|都|也|就|但|可|先|要|得|我|你|数字|可能|大概|这块|财务|他们)+$")
_MARKS = " ：:，,。；;、—…-（()）？?！!"
_HEDGE = re.compile(r"好像|大概|大约|估计|差不多")
_NEVER = frozenset((SetAsideReason.INSTRUCTION, SetAsideReason.PRIVATE))
_KEPT_OUT = re.compile(
    r"(?:别|不要|不能|不许|不得|勿|莫|不用|不必)(?:再|往外|对外)?(?:写(?!数)|提|报|说|记|录|放)|保密|删(?:掉|了)|掐了|玩笑|哈哈|作废|建议写|劳动模范|公示中|以.{1,12}为准|\[(?:偷笑|呲牙|捂脸|坏笑|笑哭)\]"
)
_OF_WRONG = frozenset((FactKind.PROBLEM, FactKind.CAUSE))
_HEAD, _TAIL, _FEWEST, _SHORT, _FEWEST_NAMING = 14, 12, 4, 6, 2


def left_open(
    notes: Notes,
    facts: Sequence[Fact],
    aside: Sequence[SetAside],
    conflicts: Sequence[Conflict],
    points: Sequence[OpenPoint],
) -> list[OpenPoint]:
    """What lines of the notes leave open that nothing asks about yet, in order. Pure."""
    asked = {one.line for one in points} | {line for one in conflicts for line in one.lines}
    asked |= {fact.lines[-1] for fact in facts if fact.unsettled or _asks_by_name(fact)}
    never = {one.line for one in aside if one.reason in _NEVER and len(one.text) >= _FEWEST}
    settled = {one.line for one in aside if one.reason is SetAsideReason.SUPERSEDED}
    kinds: dict[int, set[FactKind]] = {}
    for fact in facts:
        kinds.setdefault(notes.line_at(fact.span.start).number, set()).add(fact.kind)
    headings = {fact.lines[-1]: fact.heading for fact in facts if fact.heading}
    found: list[OpenPoint] = []
    lines = [line for line in notes.lines if line.text.strip()]
    for place, line in enumerate(lines):
        following = lines[place + 1].text if place + 1 < len(lines) else ""
        before = lines[place - 1].text if place else ""
        if line.number in asked | never | settled or "\t" in line.text or _KEPT_OUT.search(line.text):
            continue
        name = _not_known(line.text, kinds.get(line.number, set()))
        next_number = lines[place + 1].number if following else 0
        if not name and next_number not in asked:
            answer = _not_known(following, kinds.get(next_number, set()))
            name = _unanswered(line.text, before, following, bool(kinds.get(line.number)), bool(answer))
            if name and answer:
                asked.add(next_number)  # The answer says what is not known yet of what was asked.
                name = f"{name}，{answer}"[: _HEAD + _TAIL]
        heading = headings.get(line.number, "")
        if name and heading and len(heading) <= _SHORT and heading not in name:
            name = f"{heading}，{name}"
        if name:
            found.append(OpenPoint(line.number, f"{name}（第{line.number}行尚未明确）"))
    return found


def in_context(notes: Notes, points: Sequence[OpenPoint]) -> list[OpenPoint]:
    """`points` of which each names its thing: 评了，名单 is named by the line before, 文明家庭评了没有. Pure."""
    out = []
    for one in points:
        name, bracket, rest = one.ask.partition("（第")
        if bracket and _NAMES_NOTHING.fullmatch(name):
            own = notes.lines[one.line - 1].text
            before = next((line.text for line in reversed(notes.lines[: one.line - 1]) if line.text.strip()), "")
            above, topic = _unspoken(before), _named(_unspoken(own[: max(own.find(name), 0)]))[-_TAIL:]
            # Who speaks in a chat, 卓姐 or 医务, is no topic; what was said above may be it, or go with it.
            spoken = len(topic) < _FEWEST or _ASKS_FOR.search(above) or _SPEAKER.match(own)
            told = _named(above)[:_TAIL]
            topic = (told or topic) if spoken else "，".join(filter(None, (told, topic)))
            if len(topic) >= _FEWEST_NAMING:
                one = replace(one, ask=f"{topic}，{name}{bracket}{rest}")
        out.append(one)
    return out


def _asks_by_name(fact: Fact) -> bool:
    """True where a doubtful figure of the fact is asked about with its thing."""
    if not fact.unsure:
        return False
    figure = next((one.text.strip() for one in counted(fact.mentions)), "")
    return bool(figure) and len(thing_before(fact.clean, fact.clean.find(figure))) >= _FEWEST_NAMING


def _not_known(text: str, kinds: Collection[FactKind]) -> str:
    """What the line says is not known, by the words before the cue that says so; "" where it says no such thing."""
    if kinds and set(kinds) <= _OF_WRONG:
        return ""  # 标识不清楚, 底数不明 are wrong with the work.
    if bare := _BARE_FIELD.match(text):
        return bare["name"]
    said = _unspoken(text)
    if (asked := _NO_ANSWER.search(said) or _NO_ANSWER.search(text)) is not None:
        return _named(asked["asked"])
    if _OF_WRITING.search(said):
        return ""
    cue = _NOT_KNOWN.search(said) or (_DOUBTED_WHOLE.search(said) if kinds or re.search(r"\d", said) else None)
    told = _NOT_SAID.search(said)
    if cue:  # A sentence may say more than once that it does not know; what it speaks of stands before the last.
        stop = re.search(r"[。；;]", said[cue.start() :])
        cue = [cue, *_NOT_KNOWN.finditer(said, cue.start(), cue.start() + stop.start() if stop else len(said))][-1]
    end = cue.start() if cue else told.end() if told else None
    if end is None:
        return ""
    start = max(said.rfind(mark, 0, end) for mark in "。；;\n") + 1
    name = _named(said[start:end])
    # 满意度好像是九十二点几，先别写数: the question does not say what nobody is sure of.
    name = next((one for one in _HEDGE.split(name)[:1] if len(one) >= _FEWEST), name)
    if len(name) < _FEWEST and start:
        name = _named(said[:end])
    return name if len(name) >= _FEWEST else ""


def _unanswered(text: str, before: str, following: str, states: bool, unknown: bool) -> str:
    """What the line asks of somebody who does not answer in the next, with what it is asked about; `unknown` says that
    the answer is one that knows nothing."""
    said, answer = _unspoken(text).strip(), _unspoken(following).strip()
    if states or not _ASKS_FOR.search(said) or _OF_WRITING.search(said) or _counts(said):
        return ""
    if not answer or _counts(answer) or not (unknown or _EVADES.search(answer)) or _OF_WRITING.search(answer):
        return ""
    name = _named(said)
    if len(name) <= _SHORT and before:
        name = f"{_named(_unspoken(before))[:_TAIL]}，{name}"
    return name if len(name) >= _FEWEST else ""


def _counts(said: str) -> bool:
    """True where words hold a figure; 几次 asks for one."""
    return bool(counted(find_numbers(re.sub(r"几[一-龥]", "", said))))


def _unspoken(text: str) -> str:
    """A line without the stamp and the name of whoever speaks; 责任部门： before its value stays."""
    found = _SPEAKER.match(text)
    label = re.split(r"[：:]", found.group())[0].strip(" -*·•[]") if found else ""
    field = (
        label
        and read_label(label.split(" ")[-1]).sort is not LabelSort.SPEAKER
        and not re.search(r"\d|[ 办局科室]", label)
    )
    return text if found is None or field else text[found.end() :]


def _named(words: str) -> str:
    """The words as a question names them: without whoever speaks, fillers and marks; long ones by both ends."""
    plain = _FILLERS.sub("", _LEADS.sub("", words.strip(_MARKS)))
    plain = re.sub(r"\s+", "", _TRAILS.sub("", plain.strip(_MARKS))).strip(_MARKS)
    return plain if len(plain) <= _HEAD + _TAIL else f"{plain[:_HEAD]}…{plain[-_TAIL:]}"
