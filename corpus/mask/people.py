"""People that stand where reports put people: after a title or a word for a person, before one, after 由.

`find_names` must not accuse an honest sentence, so it keeps to surnames that the segmenter agrees with. A mask may err
the other way: rare given names (望舒, 若檀) fall apart in every segmenter, and the place they stand in gives them away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from corpus.mask.vague import is_common_word
from service.language.names import surnames
from service.language.words import segment

TITLES = (
    "书记|支书|局长|院长|馆长|校长|园长|主任|镇长|乡长|县长|区长|市长|旗长|村长|处长|科长|股长|所长|站长|队长|会长|理事长|庭长|厅长|"
    "董事长|总经理|经理|主席|部长|组长|行长|厂长|班长|楼长|社长|台长|店长|网格长|司机|柜员|驾驶员|民警|交警|法官|检察官|律师|教师|老师|教练|教授|讲师|医生|医师|村医|护士|"
    "辅导员|指导员|教导员|网格员|保洁员|讲解员|调解员|劝导员|安全员|管理员|售票员|协管员|巡查员|宣传员|会计|出纳|干部|干事|专干|专员|科员|职员|职工|员工|工人|师傅|"
    "志愿者|义工|社工|居民|村民|市民|户主|业主|商户|店主|摊主|老板|经营户|经营者|负责人|党员|团员|队员|成员|委员|代表|会员|学生|同学|家长|老人|大爷|大妈|大娘|"
    "孤儿|残疾人|贫困户|低保户|退休职工|退役军人|老兵|战士|烈士|环卫工|的哥|的姐|菜贩|摊贩|商贩|修车匠|木匠|车主|房东|租户|租客|船工|电工|保安|门卫|楼栋长|快递员|外卖员|骑手|模范|标兵|先锋|好人|街坊|邻居|乡贤|歌手|作家|画家|农民|渔民|牧民|工程师|设计师|技术员|记者|编辑|主持人|"
    "主编|秘书|助理|顾问|专家|院士|父亲|母亲|妻子|丈夫|儿子|女儿|婆婆|媳妇|孙子|孙女"
)
_SLOT = (
    "责任人|负责人|联系人|联络人|联络员|主讲人|经办人|审核人|牵头人|记录人|签发人|校对人|填表人|"
    "点位长|街长|巷长|河长|路长|林长"
)
# What one is called behind the surname: 逄大爷, 笪老师, 钭会计.
CALLED = (
    "大爷|大妈|大娘|大叔|大姐|大哥|大嫂|奶奶|爷爷|阿姨|叔叔|婶|老师|师傅|会计|书记|主任|医生|大夫|护士|校长|局长|院长|所长|站长|队长|科长|镇长|乡长|村长|支书|经理|老板|警官|"
    "同学|同志|女士|先生|老汉|老太|家媳妇|家婆媳|婆媳|夫妇|夫妻|一家|姐妹|兄弟"
)
_GIVEN = "[一-龥]"
_PLACES = re.compile(
    f"(?P<slot>{_SLOT})[ 　]?[为是：:、]?[ 　]?(?=(?P<slotted>{_GIVEN}{{2,5}}))"
    f"|(?:{TITLES})[：:]?(?=(?P<titled>{_GIVEN}{{2,5}}))"
    f"|(?<=[部科室处办局队组人员师长股站心所厂校院])[（(](?=(?P<alone>{_GIVEN}{{2,4}})[）)])"
    f"|(?<=[由和与及、，。：；“])(?=(?P<doer>{_GIVEN}{{2,5}}))"
)
_FOREIGN = re.compile(
    r"[\u3400-\u9fff]{1,6}[·•・][\u3400-\u9fff]{2,6}?(?=[，。；：、任为和及同带主负说获被家义自担]|$)"
)
_OLD = re.compile(
    r"(?<![\u3400-\u9fff])[老小](?P<family>[\u3400-\u9fff])(?=[说家讲笑的和，。：；、]|告诉|介绍|表示)|[老小](?P<after>[\u3400-\u9fff])(?=说|讲|家|反映|介绍|告诉)"
)
# 经理小马说: after a title anything that a person does may follow.
_OLD_TITLED = re.compile(
    rf"(?:{TITLES})(?=[老小](?P<family>[\u3400-\u9fff])(?:[说家讲笑的和，。：；、把带每将在]|告诉|介绍|表示|主动|义务|负责|连夜|同志))"
)
_NAMED = re.compile(rf"(?P<family>[\u3400-\u9fff])(?=(?P<called>{CALLED}))")
# What stands after a name in a sentence: someone acts, is listed, or the sentence ends.
_AFTER = re.compile(
    r"[，。；：、！？（）()\s〔“”《》]|$|任|为|与|和|及|同|带|主|亲|负|牵|出|到|在|说|对|向|率|作|等|深|先|多|把|被|给|讲|介|强|"
    r"指|表|要|用|还|又|也|从|以|将|每|是|自|的|家|们|已|连|义|承|通|争|授|拄|礼|拾|获|坐|利|驻|补|提|看|参|开|发|组|协|捐|投|坚|起|记|走|上|下|常|就|才|曾|正|当|共|分|接|联|告|反|希|建|教|帮|照|送|来|去|值|巡|清|打|扫|铲|拆|修|种|养"
)
# After a mark anyone may begin a sentence; only these say that a person does.
_DOES = re.compile(
    r"同志|负责|牵头|带队|作曲|作词|主讲|授课|说|介绍|告诉|表示|自愿|义务|主动|连续|拄拐|承诺|带头|坐班|获评|被评|当选|任组长|任副组长|担任|家住|夫妇|一家|老师|等\d|等[一二三四五六七八九十两]"
)
# Surnames that are everyday words as well: 书记和主任, 局长高度重视, 主任于昨日. Only these are looked up, because the
# segmenter guesses a verb for any rare name (纪慕青 begins with the verb 纪慕).
_ALSO_WORDS = frozenset(
    "和于向方高全安时都从以应要同常关连年明易经平能计成通史相后有干晏车项强古满官农商师生本各单位名户党团区市家社员老是养过权海归言文步才那"
)
_COMMON_TAGS = ("v", "a", "d", "p", "c", "m", "q", "r", "u", "f", "b", "i", "l", "t", "s")
_HAN_ONLY = re.compile(f"{_GIVEN}{{2,4}}")
_ACTS = re.compile("把|带头|带领|主动|义务|说|牵头|负责|任|用|自费|捐|、|与|和")
_LISTED = re.compile(f"[、,，](?=({_GIVEN}{{2,4}}))")
_NO_GIVEN = frozenset("的了着过得地们在到和与及或是有为被把将从向对由等每各也都又还就才并但而且个名位次户处家不没代表")
_RARE = frozenset(
    "乜逄冼宦郦雒谯隗笪仉钭邰佘阙逯郗郏郄郇郅郯鄞酆缪缑晁蒯夔厍訾阚毋麴昝贲嵇禤綦亓芈妫眭禚菅葸贠镡苌茆呙仝蔺郜羿郤璩殳庾暨逄闾赫淳尉"
)


def find_people(text: str) -> Iterator[tuple[int, int]]:
    """The spans of people that stand in a place for people. Pure."""
    for found in _FOREIGN.finditer(text):
        yield _foreign(text, found.start(), found.end())
    for found in _NAMED.finditer(text):
        if (
            is_surname(found["family"])
            and found["family"] not in _ALSO_WORDS
            and not _is_inside_a_word(text, found.start(), found.end("called"))
        ):
            yield found.start(), found.end()
    for found in _OLD.finditer(text):
        group = "family" if found["family"] else "after"
        if is_surname(found[group]) and found[group] not in _ALSO_WORDS:
            yield found.start(group) - 1, found.end(group)
    for found in _OLD_TITLED.finditer(text):
        if is_surname(found["family"]):
            yield found.end(), found.end() + 2
    for place in _PLACES.finditer(text):
        group = place.lastgroup or ""
        if group == "slot":
            group = "slotted"
        start = place.start(group)
        end = _end_of_name(text, start, whole=place[group] if group == "alone" else None, is_doer=group == "doer")
        while end is not None:
            yield start, end
            # 责任人：郁长麓、苗启辰 names two.
            more = _LISTED.match(text, end) if group not in ("alone", "doer") else None
            if more is None:
                break
            start = more.start(1)
            end = _end_of_name(text, start, whole=None)
    yield from _rare(text)


@cache
def _all_surnames() -> frozenset[str]:
    rows = files("corpus.mask").joinpath("surnames.txt").read_text(encoding="utf-8").splitlines()
    return surnames() | {name for row in rows if not row.startswith("#") for name in row.split()}


def is_surname(name: str) -> bool:
    """True for a surname, the rare ones and those of two characters too. Pure."""
    return name in _all_surnames()


def _foreign(text: str, start: int, end: int) -> tuple[int, int]:
    """钮祜禄·恩和 without the word for a person before it (工人钮祜禄)."""
    for found in re.finditer(TITLES, text[start:end]):
        if "·" in text[start + found.end() : end]:
            start += found.end()
            break
    return start, end


def _rare(text: str) -> Iterator[tuple[int, int]]:
    """A surname that is no other word, wherever it stands, with the two characters behind it."""
    for place, char in enumerate(text):
        if char in _RARE:
            end = place + 1
            while end < min(len(text), place + 3) and _HAN_ONLY.match(text[end] * 2) and text[end] not in _NO_GIVEN:
                end += 1
            yield place, end


def _end_of_name(text: str, start: int, whole: str | None, *, is_doer: bool = False) -> int | None:
    """Where the name that begins at `start` ends: after two given characters, else after one; None where there is
    no name."""
    family = _length_of_surname(text, start)
    if not family:
        return None
    if whole is not None:
        end = start + len(whole)
        return end if len(whole) in (family + 1, family + 2) and not _is_a_word(whole) else None
    ends = [
        last
        for last in (start + family + 2, start + family + 1)
        if last <= len(text)
        and _HAN_ONLY.fullmatch(text[start:last])
        and not _NO_GIVEN & set(text[start + family : last])
    ]
    if not ends and not is_doer and family and text[start] not in _ALSO_WORDS:
        # 村民苟得水把, 党员李为民带头: a word of function inside a name, where a person must stand and acts.
        three = start + family + 2
        ends = [three] if _HAN_ONLY.fullmatch(text[start:three]) and _ACTS.match(text, three) else []
    if is_doer:
        found = next((last for last in ends if _DOES.match(text, last)), None)
    else:
        # 鲜于慧|用四十分钟: what a person does parts the name; only then any word of the trade.
        acts = (last for last in ends if _AFTER.match(text, last))
        found = (
            next(acts, None)
            or next((last for last in ends if is_common_word(text[last : last + 2])), None)
            or next((last for last in ends if _acts_behind(text, last)), None)
        )
    return None if found is None or _begins_with_a_word(text, start, found) else found


def _acts_behind(text: str, end: int) -> bool:
    """True where what a person does begins there: 余进|骑着, and never a particle (余进骑|着)."""
    words = segment(text[end : end + 6])
    does = words and (words[0].tag[0] == "v" or (len(words[0].text) > 1 and words[0].text[-1] in "着了过"))
    return bool(does) and words[0].text[0] not in _NO_GIVEN


def _length_of_surname(text: str, start: int) -> int:
    for length in (4, 3, 2):
        if text[start : start + length] in _all_surnames():
            return length
    return 1 if text[start : start + 1] in _all_surnames() else 0


def _is_a_word(name: str) -> bool:
    words = segment(name)
    # A noun counts for a name here: after 经营部 the brackets hold 商陆, which the dictionary knows as a herb.
    return len(words) == 1 and words[0].tag.startswith(_COMMON_TAGS)


def _is_inside_a_word(text: str, start: int, end: int) -> bool:
    """True for 张 of 主张同志, and where the surname and what follows are a common word (总工, 党总)."""
    before = text[max(0, start - 1) : start + 1]
    return is_common_word(before) or is_common_word(text[start:end]) or _is_a_word(text[start:end])


def _begins_with_a_word(text: str, start: int, end: int) -> bool:
    """True where 高度重视 or 方案 stands there and no 高某某: the first word is a common one of two characters."""
    if is_common_word(text[start : start + 2]) or is_common_word(text[start : start + 3]):
        return True
    if text[start] not in _ALSO_WORDS:
        return False
    first = segment(text[start : min(len(text), end + 2)])[0]
    if len(first.text) < 2:
        return first.tag[0] in "pcdur" and first.text in "和与于从都将以应要同是"
    return first.tag.startswith(_COMMON_TAGS) or (first.tag in ("n", "vn", "an") and len(first.text) >= end - start)
