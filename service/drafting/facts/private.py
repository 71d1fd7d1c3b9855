"""Personal data in notes: numbers that identify a person, and names of minors and of people in sensitive lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from service.drafting.facts.clauses import has_action
from service.drafting.facts.cuts import without_overlap
from service.drafting.facts.labels import SURNAMES
from service.drafting.facts.lexicon import words
from service.drafting.facts.nicknames import called_parts, words_around
from service.language.names import find_names
from service.language.words import segment

_LABEL = (
    r"(?:(?:联系)?电话|手机(?:号码?)?|联系方式|身份证(?:号码?)?|银行卡(?:号)?|卡号|账号|邮箱|"
    r"微信(?:号)?|QQ|qq|住址|电邮)?[是为：:]{0,2} ?"
)
_MOBILE = re.compile(_LABEL + r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d(?:[- ]?\d{4}){2})(?!\d)")
# Short or masked numbers are told apart from figures by the word before them: 电话 0000-2219, 尾号6148.
_NAMED_NUMBER = re.compile(
    r"(?:联系)?(?:电话|手机|尾号|联系方式)(?:号码?)?[是为：: ]{0,3}(\d{3,4}(?:-\d{3,8})?)(?![\d个部台人名次件通条])"
)
_CONTACT_PERSON = re.compile(
    r"联系人(?:是|为|[：: ])? ?(?P<name>[\u4e00-\u9fff]{2,3}?)(?= ?(?:电话|手机|联系|\d|$|[，,。；;）)]))"
)
_LANDLINE = re.compile(_LABEL + r"(?<!\d)(0\d{2,3}[- ]\d{7,8})(?!\d)")
_IDENTITY = re.compile(_LABEL + r"(?<![\dA-Za-z])(\d{6} ?(?:19|20)\d{2} ?\d{4} ?\d{3}[\dXx])(?![\dA-Za-z])")
# A number that its writer has half hidden is as private as a whole one: 身份证 42010619××, 13388×××.
_HIDDEN = re.compile(
    r"(?:身份证(?:号码?)?|银行卡号?|卡号)[是为：: ]{0,3}\d{4,17}[×xX*＊]{0,14}|"
    + _LABEL
    + r"(?<!\d)1[3-9]\d{1,8} ?[×xX*＊]{2,9}"
)
_CARD = re.compile(_LABEL + r"(?<!\d)(\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?)(?!\d)")
_EMAIL = re.compile(_LABEL + r"(?<![\w.])[\w.+-]{1,40}@[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{2,20}){1,4}")
_ADDRESS = re.compile(_LABEL + r"[一-鿿]{0,6}\d{1,4}(?:号楼|栋|幢|号院)\d{0,2}(?:单元)?\d{3,4}(?:室|号)")
_GIVEN = f"[{SURNAMES}](?:某某?|[\u4e00-\u9fff]{{1,2}})"
_NOT_NAME_AFTER = r"(?=$|[，,。；;、（( )）！!？?家的等和同及两因在户]|\d)"
# A sensitive list or a child, and a name right behind or before it. A name with a post (王书记) is no such person.
_SENSITIVE = re.compile(
    r"(?:低保(?:户|对象|家庭|老人)?|特困(?:户|人员|老人)?|五保户|吸毒(?:人员)?|涉毒(?:人员)?|"
    r"戒毒(?:人员)?|社区矫正(?:对象|人员)?|刑满释放(?:人员)?|精神(?:障碍|病)(?:患者|人员)?|重点人员|"
    r"信访(?:人|户|老户)|上访(?:人|户)"
    r"|残疾(?:人)?|困境儿童|留守儿童|孤儿|事实无人抚养儿童|失独(?:家庭|老人)|艾滋病(?:人|患者)?|"
    r"邪教人员|涉访人员|贫困生|困难学生|问题青少年|失足青少年|困难户|贫困户|(?:独居|空巢|高龄|孤寡|留守|失能)老人|病人|患者)"
    rf"(?:的?(?:名单|名字|姓名)(?:有|是|为)?)?[：:（( ]{{0,2}}(?P<name>{_GIVEN}){_NOT_NAME_AFTER}"
)
# 给13个困难员工发了慰问金，名字：…: the list belongs to the group named before it.
_NAMES_OF_HELPED = re.compile(
    r"(?:困难|低保|特困|残疾|贫困|患病|大病|帮扶|救助|受助|被罚|违规|投诉|信访)[^。；;\n]{0,30}"
    rf"(?:名字|姓名|名单|分别)(?:有|是|为|叫)?[：: ]{{0,2}}(?P<name>{_GIVEN}){_NOT_NAME_AFTER}"
)
_MINOR_BEFORE = re.compile(
    rf"(?:[一二三四五六七八九]年级(?:[一二三四五六七八九十\d]{{1,2}}班)?(?:的)?|小学生|中学生|初中生|"
    rf"学生|小朋友|男孩|女孩|儿童|孩子|少年|学龄前|同学)(?P<name>{_GIVEN}){_NOT_NAME_AFTER}"
)
# A resident who complains or is complained of; one who is honoured has a name to be read.
_COMPLAINS = re.compile(
    rf"(?:居民|村民|业主|住户|租户|市民|群众|商户|摊主|顾客|客户|家长)(?P<name>{_GIVEN})"
    r"(?=(?:来电|来信|来访|反映|投诉|举报|说|家|因|被罚|不配合|拒绝|占用|违规|提出))"
)
_SO_CALLED_CHILD = re.compile(
    rf"(?P<name>[{SURNAMES}]?小(?!学|组)[\u4e00-\u9fff]|[{SURNAMES}][\u4e00-\u9fff]{{1,2}})(?:同学|小朋友)"
)
_FURTHER = re.compile(rf"[、，,和及 ]{{1,2}}(?P<name>{_GIVEN})(?=$|[、，,。；;（( ）)！？和及共各等\d])")
_MINOR_AFTER = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>{_GIVEN})(?:小朋友|同学|小同学|[（(，,]? ?(?:男|"
    rf"女)?[，,]? ?(?:(?:[1-9]|1[0-7])(?:岁|周岁)|[一二三四五六七八九]年级|[初高][一二三]))"
)
# 有个病号姓娄的, 丢的是姓郝的: a surname tells of one person.
_BY_SURNAME = re.compile(rf"(?:有一?[个位名][\u4e00-\u9fff]{{0,6}})?姓[{SURNAMES}]的?(?![\u4e00-\u9fff]?名)")
# 2栋402的奶奶血压190，天天要去看: whose health it is stands beside it.
_HEALTH = (
    r"血压|血糖|肺癌|肝癌|胃癌|癌症|肿瘤|白血病|尿毒症|中风|偏瘫|抑郁|精神病|艾滋|"
    r"肝炎|透析|化疗|怀孕|流产|家暴|离婚|坐牢|吸毒|欠债|赌博"
)
_ONE_PERSON = (
    r"(?:[\u4e00-\u9fff](?:奶奶|爷爷|大爷|大妈|阿姨|叔|婶|伯|姨|老太)|奶奶|爷爷|大爷|大妈|"
    r"老太太?|老头|病号|那家|(?<!\d)\d{1,4} ?(?:床|室)|十[一二三四五六七八九]床|的?孩子)"
)
_ONES_HEALTH = re.compile(
    rf"[^，,。；;、]{{0,16}}{_ONE_PERSON}[^，,。；;]{{0,8}}(?:{_HEALTH})[^，,。；;]{{0,8}}"
    r"(?:[，,](?:天天|每天|要|得|需)[^，,。；;\d]{0,8})?"
)
# 一三九零零零零四四五六: a number as it is read out.
# 家住幸福里3-2-501, 因嫖娼被拘: where somebody lives, and what was done to them by law.
_LIVES = re.compile(r"(?:家)?住(?:在|址)?[：:是为]?[\u4e00-\u9fff]{0,8}\d{1,3}[-—栋号#]\d{1,4}(?:[-—单元\d室号]{1,8})?")
_BY_LAW = re.compile(
    r"[^，,。；;、]{0,10}?(?:因[^，,。；;]{1,8})?被(?:刑拘|行拘|拘留|拘了?(?=$|[，,。；;])|判刑|判了|抓走|抓了(?=$|[，,。；;])|立案审查|留置|双规)[^，,。；;\d]{0,6}|"
    r"[^，,。；;\d]{0,8}(?:轻伤|重伤|轻微伤)[一二]?级?"
)
# 糖尿病, 血压高停驾半天, 离婚三年一个人带娃: of one person, where nothing is counted and nothing done.
_ILL_OR_ALONE = re.compile(
    r"(?:^|(?<=[，,、；;（( ]))[^，,。；;、（）()\d]{0,12}"
    r"(?:糖尿病|高血压|心脏病|血压高|精神病|犯病|摔断|摔伤|骨折|"
    r"抑郁症?|癌|中风|瘫痪|残疾证|离婚|离异|丧偶|改嫁|再婚|出轨|坐过?牢|劳改)"
    r"[^，,。；;、（）()\d]{0,10}"
)
_OF_CARE = re.compile(
    r"义诊|讲座|筛查|健康|防治|科普|患者|知识|登记|调解|纠纷|案|门诊|随访|管理|"
    r"关爱|慰问|帮扶|服务|宣传|培训|病房|病人|人群|家庭|户"
)
# 欠费户名单：3-101汤卫, 骂物业的那个是12栋的邓姐
_LISTED = re.compile(
    r"(?:欠费|违规|被罚|处罚|低保|特困|信访|上访|投诉|失信|贫困|吸毒|涉毒|退缴)[^，,。；;：:]{0,6}名单[：:][^。；;]{2,80}|"
    r"[^，,。；;、\d]{0,14}\d{1,3}(?:栋|号楼|单元|号)(?:\d{3,4})?的[\u4e00-\u9fff]{1,2}(?:姐|哥|嫂|姨|叔|婶|爷|妈)(?![\u4e00-\u9fff]{0,2}(?:带头|报名|牵头|组织))"
)
_CHAT_NAME = re.compile(r"(?:微信|QQ|qq)(?:号码?)?[：:是 ]{0,3}[A-Za-z][\w-]{4,20}")
_SPOKEN_DIGIT = "[零〇一二三四五六七八九幺]"
_READ_OUT = re.compile(rf"{_LABEL}(?<!{_SPOKEN_DIGIT})[一幺][三四五六七八九]{_SPOKEN_DIGIT}{{8,9}}(?!{_SPOKEN_DIGIT})")
_NAMED = (
    (_SENSITIVE, "姓名"),
    (_NAMES_OF_HELPED, "姓名"),
    (_COMPLAINS, "姓名"),
    (_MINOR_BEFORE, "未成年人姓名"),
    (_MINOR_AFTER, "未成年人姓名"),
    (_SO_CALLED_CHILD, "未成年人姓名"),
)
_NEVER_NAMES = frozenset({"康复", "乐园", "宣传", "安置", "管理", "帮教", "平均", "全部", "安全"})
_MOST_NAMES = 60
_NAME_CUE = re.compile(
    rf"(?:学生|同学|小朋友|儿童|男孩|女孩|少年|低保户|特困户|困难户|贫困户|五保户|对象|人员|患者|"
    rf"孤儿)(?=[{SURNAMES}][\u4e00-\u9fff]{{2}})"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NO_NAMES = re.compile(
    r"^(?:家[中里庭]|[老人孩户]|方[面式法便]|时[候间]|关[爱注心]|等|和|与|全[部体]|单[位独]|"
    r"安[全排置]|平[均安]|常[态年]|成[立员]|高[度龄]|明[确显]|文[明化]|向|严[重格]|金[额]|车|包[括联]|"
    r"家[属长])"
)


@dataclass(frozen=True, slots=True)
class PrivatePart:
    """Personal data at `text[start:end]` of a view, with the Chinese word for what it is. A name is `named`."""

    start: int
    end: int
    what: str
    named: bool = False


# 独居老人（74岁，中风）: how old and how ill somebody is stands in no report.
_PERSONAL_BRACKET = re.compile(
    r"[（(][^（()）]{0,8}\d{1,3}岁[，,、][^（()）]{1,24}[）)]|[（(](?:[^（()）]{0,6})(?:中风|偏瘫|癌|尿毒症|抑郁|残疾|服刑|离异|离婚|坐牢|怀孕)[^（()）]{0,16}[）)]"
)
_ILLNESS = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:乳腺|阑尾|骨折|流产|化疗|手术|动手术|住院|生病|坐月子)[^，,。；;]{0,6}(?:休假|请假|请病假|在家|没来|顶班)"
)


def private_parts(text: str) -> list[PrivatePart]:
    """The personal data in `text`, in order, without overlap. Pure.

    A card number inside an identity number and a mobile number inside either are not found twice; an identity number
    needs a right check digit, its label, or a birthday in it and a name before it, a bank card the Luhn digit.
    """
    found = [
        PrivatePart(one.start(), one.end(), "身份证号")
        for one in _IDENTITY.finditer(text)
        if _right_check_digit(one[1].replace(" ", "")) or "身份证" in one.group() or _is_of_someone(text, one)
    ]
    for match in _CARD.finditer(text):
        digits = re.sub(r"[ -]", "", match[1])
        if len(digits) >= 16 and (_luhn(digits) or "卡" in match.group()):
            found.append(PrivatePart(match.start(), match.end(), "银行卡号"))
    found += [PrivatePart(one.start(), one.end(), "个人情况") for one in _PERSONAL_BRACKET.finditer(text)]
    found += [PrivatePart(one.start(), one.end(), "个人健康情况") for one in _ILLNESS.finditer(text)]
    for pattern, what in (
        (_HIDDEN, "证件号或电话号码"),
        (_READ_OUT, "电话号码"),
        (_BY_SURNAME, "姓名"),
        (_LIVES, "住址"),
        (_LISTED, "个人情况"),
        (_CHAT_NAME, "微信号"),
        (_BY_LAW, "个人涉案情况"),
        (_ONES_HEALTH, "个人健康情况"),
        (_MOBILE, "手机号"),
        (_LANDLINE, "电话号码"),
        (_NAMED_NUMBER, "电话号码"),
        (_CONTACT_PERSON, "联系人"),
        (_EMAIL, "邮箱"),
        (_ADDRESS, "住址"),
    ):
        found += [PrivatePart(one.start(), one.end(), what) for one in pattern.finditer(text)]
    found += [
        PrivatePart(one.start(), one.end(), "个人情况")
        for one in _ILL_OR_ALONE.finditer(text)
        if not _OF_CARE.search(one.group())
    ]
    for pattern, what in _NAMED:
        for one in pattern.finditer(text):
            start, end = one.span("name")
            bare = pattern is _SO_CALLED_CHILD and "小" not in one["name"]
            if bare and (one["name"][-1] in "班级组队校" or not _tagged_name(text, start)):
                continue  # 双语班同学: 双 is a surname and 双语班 no name.
            inside = _in_longer_word(text, start)
            if not _NO_NAMES.match(one["name"]) and not inside and not _is_a_word(text, start, end):
                found.append(PrivatePart(start, end, what, named=True))
                found += _further_names(text, end, what)
    if not any(one.named for one in found) and (cue := _NAME_CUE.search(text)):
        found += _named_behind(text, cue.end())
    return without_overlap(found)


_HIDDEN_HERE = "[已隐去]"  # what the page puts in place of what it took out before anything left it
_LOOSE_MARKS = re.compile(r"^[，,、；;：: ]+|(?<=[，,、；;])[，,、；; ]+")


def without_private(text: str) -> str:
    """`text` without its personal data and the marks that stood beside it: a question is read in the draft. Pure."""
    whole = text.replace(_HIDDEN_HERE, "")
    found = private_parts(whole)
    if not found and whole == text:
        return text
    left, at = "", 0
    for part in found:
        left, at = left + whole[at : part.start], part.end
    return _LOOSE_MARKS.sub("", left + whole[at:])


def private_in_words(text: str) -> list[PrivatePart]:
    """As `private_parts`, and what people are called in speech: 何奶奶, 小柯, 李某. For words, not for the fields of a
    list, where 责任人：张某 is what is asked for. Pure."""
    called = [PrivatePart(part.start, part.end, "个人称呼", named=True) for part in called_parts(text)]
    return without_overlap([*private_parts(text), *called])


def lists_sensitive_people(text: str) -> bool:
    """True where `text` only says how many there are of a group that a report must not list. Pure."""
    rest = words("sensitive_groups").removed(text)
    return (
        rest != text and not has_action(rest) and not re.search(r"参加|参与|接受|帮教|随访|安置|结对|帮扶|落实", rest)
    )


def _is_a_word(text: str, start: int, end: int) -> bool:
    """True where the segmenter sees a word that is no name there: 儿童|乐园, 吸毒|康复."""
    if text[start:end] in _NEVER_NAMES:
        return True
    return any(
        word.start <= start and end <= word.end and not word.tag.startswith("nr") and not text[start:end].endswith("某")
        for word in words_around(text, start, end)
    )


def _in_longer_word(text: str, start: int) -> bool:
    """True where the cue and the first letter behind it are one word of the dictionary: 少年宫开班, 孤儿院."""
    around = words_around(text, start, start)
    return any(
        word.start < start < word.end and word.tag.startswith(("n", "l")) and word.tag[:2] != "nr" for word in around
    )


def _tagged_name(text: str, start: int) -> bool:
    return any(word.start == start and word.tag.startswith("nr") for word in words_around(text, start, start))


def _further_names(text: str, place: int, what: str) -> list[PrivatePart]:
    """The names that go on a list behind its first: 低保户周翠花、秦德贵、吴小莲3户."""
    parts: list[PrivatePart] = []
    while len(parts) < _MOST_NAMES and (one := _FURTHER.match(text, place)):
        if _NO_NAMES.match(one["name"]) or _is_a_word(text, one.start("name"), one.end("name")):
            break
        parts.append(PrivatePart(one.start(), one.end("name"), what, named=True))
        place = one.end()
    return parts


def _named_behind(text: str, place: int) -> list[PrivatePart]:
    """A person's name right behind a cue where words go on without a boundary: 学生卜某某拾金不昧."""
    ends = [one.end for one in find_names(text) if one.start == place and one.kind == "person"]
    return [PrivatePart(place, end, "姓名", named=True) for end in ends or _segmented_name(text, place)]


def _segmented_name(text: str, place: int) -> list[int]:
    """Where a name that the segmenter sees at `place` ends; it may have cut the last character off (庞德|海)."""
    parts = segment(text)
    for one, following in zip_longest(parts, parts[1:]):
        if one.start == place and one.tag.startswith("nr") and len(one.text) <= 3:
            cut_off = following and len(one.text) == 2 and len(following.text) == 1 and following.tag[:1] in "ngj"
            return [following.end if cut_off else one.end]
    return []


_NO_PERSON_BEFORE = re.compile(r"[编单号码同账本证]{1,2}[：: ]*$")
_PERSON_BEFORE = re.compile(r"[\u4e00-\u9fff]{2,4}[ （(：:]{0,2}$")


def _is_of_someone(text: str, found: re.Match[str]) -> bool:
    """True where the number holds a birthday and stands behind a name: one that was mistyped still tells who it is."""
    plain, before = found[1].replace(" ", ""), text[: found.start()]
    if not _PERSON_BEFORE.search(before) or _NO_PERSON_BEFORE.search(before):
        return False
    return 1 <= int(plain[10:12]) <= 12 and 1 <= int(plain[12:14]) <= 31


def _right_check_digit(number: str) -> bool:
    if len(number) != 18 or not 1 <= int(number[10:12]) <= 12 or not 1 <= int(number[12:14]) <= 31:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def _luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
