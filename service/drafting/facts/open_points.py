"""What the notes say nobody has decided yet: who leads, who looks after it. It is asked, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.fact import SetAsideReason
from service.domain.quantity import Mention
from service.language.pieces import pieces
from service.language.taken_back import Taken

_WHO = re.compile(
    r"(?:由)?谁(?:来)?(?P<does>牵头|负责|主管|包保|管|干|办)|没说谁(?P<other>管|负责|牵头)|(?:牵头|责任)(?:单位|科室|部门|人)?(?:还)?[没未]定"
)
# What a report would count or name, and that the notes say nobody has given yet: 覆盖户数待报, 文号没记.
_LACKED = re.compile(
    r"(?P<what>[\u4e00-\u9fff“”]{0,12}?[\u4e00-\u9fff](?:数|数量|人次|场次|金额|费用|经费|花费|开支|面积|比例|率|得分|分数|名次|"
    r"时间|日期|时限|期限|地点|文号|名称|文件名|负责人|责任人|责任单位|牵头单位|名单|照片|材料))(?:字|据)?(?:是多少|有多少|多少)?"
    r"(?:还|都|也|我|得|要|需|暂时|目前|现在|具体)*(?:没(?:有)?(?:人)?(?:统计|记|数|报|给|问|拿|收|汇总|算|出|定|填|查|写)(?:清|到|上|来|下|全|齐|完|好|出)*|"
    r"不(?:详|清楚|知道|记得)|忘(?:了|记)(?:记|问|登)?|待(?:报|统计|补|查|填|定|汇总|提供|核算)|(?:等|找|问|请|让)?[\u4e00-\u9fff]{0,4}(?:再|后|另)(?:给|报|补|发|提供)|"
    r"(?:等|找)[\u4e00-\u9fff]{1,5}(?:给|报|要|补|提供))(?:呢|了|的|吧|啊)*$"
)
_LABEL = re.compile(r"[\s\-*•·]*(?P<name>[一-龥]{2,10})[：:]")
_BARE_AMOUNTS = ("数", "人数", "总数", "数量", "个数", "份数", "具体数", "次数", "户数", "具体人数", "准确数")
_BARE_THINGS = (*_BARE_AMOUNTS, "名单", "材料", "时间", "日期", "金额", "费用", "面积", "比例", "得分", "名称", "文号")
# 自评分谁也没填, 下一步的还没人交, 服务组还没定人: whatever it is, nobody has given it.
_NOBODY = re.compile(
    r"(?P<what>[\u4e00-\u9fff“”《》]{2,14}?)(?:的)?[ —…：:，,（(]*(?:这块|这个|这条|这一块|方面|部分|大家|"
    r"各位|各口|各单位|你们|我们|目前|现在|具体)*"
    r"(?:(?:谁|哪个|没有?人|还没有?人|尚无人|暂无人|没谁|一个)(?:也|都|还)*(?:没|未|不)?(?:有)?(?:提|交|报|填|打|认领?|写|说|给|统计|记|牵头|负责|查|问|知道|清楚)(?:过|到|上来?|上|来|了|清)?|"
    r"谁(?:还|也|都)?没(?:有)?(?:查|定|问|说|给)(?:到|下来|清)?|(?:还|暂时?|尚|一直)?(?:没|未)(?:有)?定(?:人|下来|好|了)?|空着)(?:呢|了|的|吧|啊)*[）)]?$"
)
_LACKS_ALONE = re.compile(
    r"(?:还|也|都|暂时?|目前|一直)*(?:没(?:有)?人(?:认领?|管|接|牵头|负责|定|报|做)?|(?:没|未)(?:有)?定(?:人|下来)?|人(?:选)?(?:还)?(?:没|未)定)(?:呢|了|啊)?"
)
_NAMED_LAST = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,10})[ —…\-：:（(]{1,6}$")
_ALREADY = re.compile(r"[了过完]|已|\d|一样|两样|不是|一直|老是?$|总是?$|经常$|这儿$|那儿$")
_ASKS_ITSELF = re.compile(r"谁|[哪啥咋]|([\u4e00-\u9fff])没\1|几[个次场户家条]")  # gaps.py names it by its topic
_CALLED = (
    (re.compile(r"困难|难处|难题|不足|短板|毛病|问题"), "存在的问题和不足"),
    (re.compile(r"自评分|评分$|打分$"), "自评得分"),
    (re.compile(r"^下一步|^下步|打算$|^计划$"), "下一步工作"),
)
_BLANKS = re.compile(r"[×xX＊*_？?]{1,6}|[（(][^（()）]{0,12}[）)]|[%％‰]|\d")
# 团委：无反馈, 诚信建设（没人交材料）: a part of the notes of which nobody told anything.
_NOTHING_SENT = re.compile(
    r"(?P<name>[一-龥“”]{2,14})\s*(?:[：:]|[（(])\s*(?:暂|尚|还)?(?:无反馈|未反馈|没反馈|[缺无没]材料|"
    r"没(?:有)?人?(?:交|报|填|回|给)(?:材料|数据?|上来|过来)*|未(?:报|交|上报|提供)(?:材料|数据?)?)[）)]?\s*$"
)
_LACKED_HINT = re.compile(r"没|空着|谁|不详|不清楚|不知道|不记得|忘|待|再|后|另|等|找")
_LOOSE = re.compile(r"[—…：:，, ]+$|^(?:\d{1,2}[.、)）]|[*·•-]) ?")
# 三、谁来干　总指挥 裘远帆；…: a heading that asks, and the answer behind it.
_ANSWERED = re.compile(r"[ \u3000]*[：: \u3000][ \u3000]*(?!没|还|未|不|待|谁|再|都|等|暂)[\u4e00-\u9fff]{2,}")
_SENTENCE = re.compile(r"[；;。！!\n]")
_ABOUT_MOST_CHARS = 16


@dataclass(frozen=True, slots=True)
class Undecided:
    """Something undecided: what is asked, and the part of the line that says so."""

    ask: str
    part: Taken


def undecided_in(text: str, first: int, number: int) -> Undecided | None:
    """What the words `text[first:]` of note line `number` leave undecided, or None. Pure."""
    found = _WHO.search(text, first)
    if found is None or _ANSWERED.match(text, found.end()):
        return None
    stops = [one.end() for one in _SENTENCE.finditer(text, first, found.start())]
    start = stops[-1] if stops else first
    end = next((one.start() for one in _SENTENCE.finditer(text, found.end())), len(text))
    about = _LOOSE.sub("", _LOOSE.sub("", text[start : found.start()].split("，")[0].split(",")[0])).strip()
    if re.search(r"\d", about):
        # 水渠漂浮物。水利站打捞6次，后续谁管: the line's first words name what somebody is to look after.
        opened = _LOOSE.sub("", text[first : next(iter(pieces(text[first:])))[1] + first]).strip()
        about = opened if opened and not re.search(r"\d", opened) else about
    does = found.groupdict().get("does") or found.groupdict().get("other") or "负责"
    does = "牵头" if does == "牵头" else "牵头负责"
    ask = (
        f"{about[-_ABOUT_MOST_CHARS:]}由谁{does}（第{number}行尚未定）"
        if about
        else f"由谁{does}（第{number}行尚未定）"
    )
    return Undecided(ask, Taken(start, end, SetAsideReason.UNCONFIRMED, "尚未确定，已列为待补"))


def lacked_in(text: str, first: int, number: int, figures: Sequence[Mention]) -> list[Undecided]:
    """What the words `text[first:]` of note line `number` say is still to be given, in order. A bare 人数没数清 behind
    a figure doubts that figure and is none. `figures` have offsets into `text`. Pure."""
    if (sent := _NOTHING_SENT.search(text)) is not None:
        part = Taken(max(first, sent.start()), len(text), SetAsideReason.UNCONFIRMED, "尚未提供，已列为待补")
        return [Undecided(f"{sent['name']}（第{number}行没有内容）", part)]
    if not _LACKED_HINT.search(text, first):
        return []
    found = []
    for start, end in pieces(text):
        start = max(start, first)
        said = text[start:end].strip(" （）()—…")
        if start >= end or any(start <= one.start < end for one in figures):
            continue
        bare = _LOOSE.sub("", said)
        lacked = _LACKED.match(bare) or _NOBODY.match(bare)
        if lacked is None and _LACKS_ALONE.fullmatch(bare) and (named := _NAMED_LAST.search(text[:start])):
            # 督查组 —— 没人认，下次定: what nobody took stands before the dash.
            part = Taken(named.start("what"), end, SetAsideReason.UNCONFIRMED, "尚未提供，已列为待补")
            found.append(Undecided(f"{_called(named['what'])}由谁牵头负责（第{number}行尚未定）", part))
            continue
        if lacked is None or _ALREADY.search(lacked["what"]) or _ASKS_ITSELF.search(lacked["what"]):
            continue
        what = _called(lacked["what"])
        if what in _BARE_AMOUNTS and any(first <= one.start < start for one in figures):
            continue
        if what in _BARE_THINGS and (label := _LABEL.match(text, first) or _LABEL.match(text)):
            what = f"{label['name']}，{what}"  # 党员人数：支部改选，名单没定
        ask = f"{what}（第{number}行尚未提供）"
        found.append(Undecided(ask, Taken(start, end, SetAsideReason.UNCONFIRMED, "尚未提供，已列为待补")))
    return found


def _called(what: str) -> str:
    """What nobody has given, by the name a report asks for it."""
    plain = re.sub(r"^(?:的|这回?|那|而|但|可|就|还有|另外|存在的)+", "", what).removesuffix("的")
    plain = re.sub(r"(?<=[\u4e00-\u9fff]{2})[也都还就]$", "", plain)
    return next(
        (f"{name}（{plain}）" if plain not in name else name for cue, name in _CALLED if cue.search(plain)), plain
    )


_NAMES_A_THING = re.compile(r"[\u4e00-\u9fffA-Za-z“”《》（）()、·]{2,}")


def asked_of_blank(said: str) -> str:
    """What a statement with an unfilled blank leaves open: 司机满意率 of 司机满意率××%; "" where none tells. Pure."""
    words = _BLANKS.sub(" ", said).strip(" ：:，,、是为有约共达")
    named = re.split(r"[ ，,：:]", words)[-1].strip("是为有约共达") if words else ""
    return named[-_ABOUT_MOST_CHARS:] if _NAMES_A_THING.fullmatch(named) else ""
