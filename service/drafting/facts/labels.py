"""What stands before a colon or in a heading: a field, a part of the report, a speaker, a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from service.domain.fact import FactKind
from service.drafting.facts.lexicon import words

# Names of fields as notes write them, and the one name each is kept under.
FIELDS = {
    "责任人": ("责任人", "责任", "责任领导", "包保领导", "包联领导", "整改责任人", "具体负责人", "负责人", "责任同志"),
    "责任单位": (
        "责任单位",
        "牵头单位",
        "牵头科室",
        "责任科室",
        "责任部门",
        "牵头部门",
        "牵头",
        "整改单位",
        "整改责任单位",
        "责任主体",
        "配合单位",
    ),
    "时限": ("时限", "整改时限", "完成时限", "完成时间", "期限", "整改期限", "时间要求", "办结时限", "计划完成时间"),
    "完成情况": (
        "完成情况",
        "整改情况",
        "整改完成情况",
        "整改进展",
        "进展情况",
        "进展",
        "目前进展",
        "完成进度",
        "整改结果",
        "整改成效",
        "状态",
        "整改状态",
        "办理情况",
        "办理结果",
        "结果",
    ),
    "佐证": (
        "佐证",
        "佐证材料",
        "证明材料",
        "台账编号",
        "佐证资料",
        "印证材料",
        "支撑材料",
        "台账",
        "照片编号",
        "材料",
    ),
    "原因": ("原因", "原因分析", "问题原因", "成因", "产生原因", "主要原因"),
    "措施": (
        "措施",
        "整改措施",
        "具体措施",
        "主要措施",
        "整改办法",
        "整改",
        "整改做法",
        "对策",
        "解决措施",
        "已采取措施",
    ),
    "问题": (
        "问题",
        "存在问题",
        "存在的问题",
        "反馈问题",
        "反馈",
        "反馈意见",
        "督查反馈",
        "检查反馈",
        "发现问题",
        "发现的问题",
        "毛病",
        "问题描述",
        "问题原文",
        "具体问题",
        "主要问题",
        "突出问题",
        "存在不足",
        "问题与不足",
        "不足",
        "存在问题和不足",
    ),
    "点位": ("点位", "问题点位", "整改点位"),
}
_FIELD_OF = {name: field for field, names in FIELDS.items() for name in names}

# Fields whose words are statements of their own; the others are bare values.
FIELD_KINDS = {"原因": FactKind.CAUSE, "措施": FactKind.MEASURE, "问题": FactKind.PROBLEM}

# By themselves they open what comes next; 后面要建长效 goes on with what it is about.
_AHEAD = ("后面", "后头", "后边", "接着要做的")
_PART_KINDS = (
    (
        FactKind.NEXT,
        (
            "下一步",
            "下步",
            "下阶段",
            "下周",
            "下月",
            "下个月",
            "下季度",
            "下季",
            "打算",
            "工作安排",
            "工作计划",
            "计划",
            "努力方向",
            "今后",
            "往后",
            "下年",
            "明年",
            "改进方向",
        ),
    ),
    (FactKind.CAUSE, ("原因",)),
    (
        FactKind.PROBLEM,
        (
            "问题",
            "不足",
            "困难",
            "短板",
            "短处",
            "差的",
            "差在",
            "反馈清单",
            "差距",
            "薄弱",
            "毛病",
            "欠缺",
            "不到位",
            "还差",
            "难点",
            "堵点",
            "没达到",
            "未达到",
            "未达标",
            "没做到",
            "不行的",
            "弱项",
            "欠账",
            "难处",
            "扣分",
            "失分",
        ),
    ),
    (FactKind.MEASURE, ("整改措施", "整改情况", "整改落实")),
    (FactKind.PROFILE, ("基本情况", "概况", "简介", "基本信息")),
    (FactKind.RESULT, ("荣誉", "获奖", "成效", "成果")),
    (FactKind.BASIS, ("依据", "文件依据", "上级要求", "背景")),
)
# ————差的, ————干的, ————下半年 open a part; ————已整改 goes on with the line above.
_OPENS_PART = re.compile(r"[\u4e00-\u9fff]{1,3}的|[上下]半年|[一二三四]季度|明年|来年|面上")
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓单杭洪包诸左石崔吉龚程邢裴陆荣翁荀"
    "甄曲封储靳段焦巴牧山谷车侯全班仰仲伊宫宁仇栾甘厉武符刘景詹束龙叶幸司黎白怀蒲卓蔺池乔阴胥能苍双闻莘党翟谭贡劳申扶堵冉宰雍桑桂牛寿通边燕尚农温庄晏柴瞿阎连习向古易慎戈廖终居衡步都耿满弘匡国文寇广欧沃利师巩聂晁勾敖融冷辛阚那简饶空曾沙养鞠丰关相查游竺权佟肖佘覃岳阳涂"
)
_PERSON = re.compile(
    f"(?:[{SURNAMES}][\u4e00-\u9fff]{{1,2}}|(?:欧阳|上官|司马|诸葛|东方|尉迟|皇甫|公孙|慕容|"
    f"令狐)[\u4e00-\u9fff]{{1,2}}|[小老大阿][{SURNAMES}])$"
)
_TITLED = re.compile(f"[小老]?[{SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:{'|'.join(sorted(words('chat_labels').words))})$")
# 吴科, 马所 opening several lines speak; 高校, 全局 are bodies.
_IN_OFFICE = re.compile(
    f"(?!(?:高|全|安|时|党|通|和|明|平)[校科局处所院])[{SURNAMES}](?:科|局|所|处|院|校|馆|队|站|镇|区|支|园|行|社|股)$"
)
_BRACKETED = re.compile(r"[（(]([^（()）]{1,14})[）)]$")
_NICKNAME = re.compile(r"[@~]?[A-Za-z][A-Za-z0-9_ .\-]{0,14}$")
_ITEM_ORDINAL = r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
_ITEM = re.compile(
    rf"(?:问题|反馈问题|整改问题|反馈事项|事项){_ITEM_ORDINAL}$"
    rf"|(?:反馈的?|清单的?|通报的?|交办的?)?第{_ITEM_ORDINAL}(?:条|项|个|件)(?:反馈)?(?:问题|意见|事项)?$"
)
_NUMERALS = {character: place for place, character in enumerate("一二三四五六七八九十", 1)}


class LabelSort(StrEnum):
    """What a label is."""

    FIELD = "field"
    PART = "part"
    SPEAKER = "speaker"
    PLACE = "place"
    BODY = "body"
    ISSUE = "issue"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Label:
    """A label and what it is: `value` is the field's name, the kind of the part, the place, the body that
    reports, or the issue's ordinal."""

    sort: LabelSort
    value: str = ""


def ordinal_text(numeral: str) -> str:
    """`numeral` of an enumerator in Arabic digits: 三 → 3, 十二 → 12, (4) → 4. Pure."""
    plain = numeral.strip("()（）、.． ")
    if plain.isascii():
        return str(int(plain)) if plain.isdigit() else plain
    if "\u2460" <= plain <= "\u2473":
        return str(ord(plain) - 0x245F)
    tens, ten, ones = plain.partition("十")
    if not ten:
        return str(_NUMERALS.get(plain, plain))
    return str(_NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(ones, 0))


def field_named(name: str) -> str | None:
    """The one name of the field that notes call `name`, or None. Pure."""
    return _FIELD_OF.get(name.strip())


def part_kind(heading: str) -> FactKind | None:
    """The kind of fact that stands under a heading such as 下一步打算 or 存在的问题, or None. Pure."""
    plain = heading.strip("【】[]（）()：: 、#*")
    if plain in _AHEAD:
        return FactKind.NEXT
    for kind, cues in _PART_KINDS:
        if any(cue in plain for cue in cues):
            if kind is FactKind.PROBLEM and any(word in plain for word in ("整改", "解决", "处理")):
                return FactKind.MEASURE
            return kind
    return None


def opens_part(name: str) -> bool:
    """True for words that may stand alone above a part of the notes. Pure."""
    return part_kind(name) is not None or _OPENS_PART.fullmatch(name) is not None


def is_person(name: str) -> bool:
    """True where `name` reads as a person's name or as a name with a post (王敏, 小李, 张主任). Pure."""
    # 石门村, 方塘镇 begin with a surname and end as places and bodies do.
    if name[-1:] in tuple("村镇乡局科股办站所队部处室组校园街路厂店坝屯庄") or name in words("not_persons"):
        return False
    if name.endswith(("社区", "街道", "问题", "情况", "方面", "工作", "部门", "活动")):
        return False
    return bool(_PERSON.match(name) or _TITLED.match(name))


def in_office(name: str) -> bool:
    """True for a surname with the post in short: 王科, 马所. Pure."""
    return _IN_OFFICE.match(name) is not None


# 审核批注（副主任）：, 备注2：, 办公室注：: somebody remarks on the notes.
_NOTE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4})?(?:批注|批示|审核意见|修改意见|附注|备注|按语)\d{0,2}(?:[（(][^（()）]{1,8}[）)])?|[\u4e00-\u9fff]{2,4}(?:室|科|办|股|处)注"
)


_INTERJECTS = re.compile(r"[\u4e00-\u9fff]{2,6}(?:插话|插一句|开场白?|最后说)")


def is_note(label: str) -> bool:
    """True for the label of a remark on the notes: 审核批注（副主任）, 备注2. Pure."""
    return _NOTE.fullmatch(label.strip()) is not None


def read_label(text: str, repeated: bool = False) -> Label:
    """What the words before a colon are. `repeated` says that several lines open with them. Pure."""
    plain = text.strip(" @#*【】[]")
    if is_note(plain) or _INTERJECTS.fullmatch(plain):
        return Label(LabelSort.SPEAKER)
    if (field := field_named(plain)) is not None:
        return Label(LabelSort.FIELD, field)
    if found := _ITEM.match(plain):
        return Label(LabelSort.ISSUE, ordinal_text(found[1] or found[2]))
    bracketed = _BRACKETED.search(plain)
    bare = plain[: bracketed.start()] if bracketed else plain
    if repeated and _IN_OFFICE.match(bare):
        return Label(LabelSort.SPEAKER)
    if is_person(bare) or _is_posted_person(bare) or (len(bare) == 1 and bare in SURNAMES and repeated):
        return Label(LabelSort.SPEAKER, bracketed[1] if bracketed else _post_of(bare))
    if (kind := part_kind(plain)) is not None:
        return Label(LabelSort.PART, str(kind))
    if len(bare) <= 16 and _ends_in(bare, "places"):
        return Label(LabelSort.PLACE, bare)
    if len(bare) <= 16 and _ends_in(bare, "bodies"):
        return Label(LabelSort.BODY, bare)
    if _NICKNAME.match(plain) or (repeated and len(plain) <= 8):
        return Label(LabelSort.SPEAKER)
    return Label(LabelSort.OTHER, plain)


def _is_posted_person(text: str) -> bool:
    return bool(_post_of(text))


def _post_of(text: str) -> str:
    """The body that stands before a person's name: 罗湾社区-李静, 城管科 赵强. Empty where none does."""
    for length in (4, 3, 2):
        body, person = text[:-length].rstrip(" -—_·/|"), text[-length:]
        known = _ends_in(body, "places") or _ends_in(body, "bodies") or body in words("bare_bodies")
        if len(body) >= 2 and is_person(person) and (known or body in words("bare_labels")):
            return body
    return ""


def _ends_in(text: str, name: str) -> bool:
    """True where `text` ends as the list says and is more than the ending; a long ending may stand alone."""
    endings = _endings(name)
    return text.endswith(endings) and (len(text) > 2 or text not in words(name))


@cache
def _endings(name: str) -> tuple[str, ...]:
    return tuple(words(name).words)
