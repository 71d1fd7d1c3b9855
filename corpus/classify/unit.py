"""Which unit wrote a report, of what type, and about which year."""

from __future__ import annotations

import re
from collections import Counter

from corpus.clean.masks import TOKEN
from corpus.split.headings import DATE_LINE, SALUTATION, SIGNATURE
from corpus.split.self_reference import self_references
from service.domain.genre import UnitType

# Longest first, so that 街道办事处 is not read as 处 and 社区居委会 not as 会.
_SUFFIXES: tuple[tuple[str, UnitType], ...] = (
    (
        r"(?:图书|博物|文化|纪念|美术|科技|展览|体育|档案|群艺)馆|少年宫|(?:公园|景区)(?:管理(?:处|所|中心|委员会))?|剧院",
        UnitType.OTHER,
    ),
    (r"社区(?:居民委员会|居委会|党委|党总支|党支部|党群服务中心|工作站)?|居委会|居民委员会", UnitType.COMMUNITY),
    (r"街道(?:办事处|党工委|工委|办)?|办事处", UnitType.STREET),
    (
        r"(?:人民|中心|中医|附属|妇幼保健|妇产|口腔|专科|总|分)?(?:医院|卫生院|卫生服务中心|保健院|疾控中心|妇幼保健院)",
        UnitType.HOSPITAL,
    ),
    (
        r"(?:实验|中心|职业|高级|初级|完全|外国语)?(?:小学|中学|幼儿园|学校|高中|初中|大学|学院|职校|技校|附小|附中)|第?[一二三四五六七八九十]{1,2}(?:小|中|小学|中学)",
        UnitType.SCHOOL,
    ),
    (r"(?:集团|股份|有限|责任|分)?(?:公司|集团|厂|银行|支行|商场|超市|酒店|宾馆|企业)", UnitType.COMPANY),
    (
        r"(?:文明办|创建办|创城办|史志办|信访办|机关事务管理局|管理局|监督管理局|行政审批局|分局|局|委员会|委办|公室|厅|科协|妇联|团委|工会|总工会|残联|文联|工商联|供销社|法院|检察院|海关|税务局|中心|管理处|管理站|支队|大队|党校|部|站|所|处|协会)",
        UnitType.BUREAU,
    ),
    (r"[镇乡](?:人民政府|政府|党委)?", UnitType.TOWN),
    (r"[村](?:民委员会|委会|党支部|两委)?", UnitType.TOWN),
    (
        r"(?:高新(?:技术)?(?:产业)?(?:开发)?|经济(?:技术)?开发|开发|新)?区(?:人民政府|政府|委|管委会|党工委)?|县(?:人民政府|政府|委)?|旗(?:人民政府|政府|委)?",
        UnitType.DISTRICT,
    ),
    (r"市(?:人民政府|政府|委)?|州(?:人民政府|政府)?|地区", UnitType.CITY),
)
_NAME = r"[\u4e00-\u9fff]{2,24}?"
_TITLE_STOP = re.compile(
    r"(?:关于|(?:19|20)\d\d|〔MASK:year〕|创建|争创|迎接|全年|年终|半年|文明(?:城市|单位|城区|校园|村镇|社区|创建|实践|养犬|交通|餐桌|风尚)|精神文明|开展|推进|落实|整改|自查|申报|上半年|下半年|年度|第[一二三四]季度|[一二三四]季度|"
    r"志愿|工作(?:总结|汇报|方案|报告)|环境|全国|省级|市容|背街|老旧|移风易俗|网络文明|实施|贯彻|常态|巩固|深化|做好|进一步|未成年人|“|《|（|公共(?:文明|秩序|场所|环境|服务)|整治|综合治理|党建)"
)
_SELF = {
    "校": UnitType.SCHOOL,
    "院": UnitType.HOSPITAL,
    "市": UnitType.CITY,
    "州": UnitType.CITY,
    "区": UnitType.DISTRICT,
    "县": UnitType.DISTRICT,
    "旗": UnitType.DISTRICT,
    "镇": UnitType.TOWN,
    "乡": UnitType.TOWN,
    "村": UnitType.TOWN,
    "街道": UnitType.STREET,
    "社区": UnitType.COMMUNITY,
    "局": UnitType.BUREAU,
    "处": UnitType.BUREAU,
    "所": UnitType.BUREAU,
    "站": UnitType.BUREAU,
    "馆": UnitType.OTHER,
    "中心": UnitType.BUREAU,
    "办": UnitType.BUREAU,
    "公司": UnitType.COMPANY,
    "厂": UnitType.COMPANY,
    "行": UnitType.COMPANY,
    "园": UnitType.SCHOOL,
}
_SUBJECT = re.compile(
    r"(?:^|[。，；：\n]|现将|就将|下面，)(?P<name>[\u4e00-\u9fff]{2,20}?(?:文明办|史志办|科协|行政审批(?:服务)?局|局|小学|中学|学校|幼儿园|医院|街道|社区|镇|乡|公司|委员会|开发区|中心|银行|支行|[市区县旗办处所站馆园])(?:党组|党委|党工委|党总支|党支部)?)"
    r"(?=立即|第一时间|迅速|充分|牢固|切实|扎实|不断|持续|先后|及时|多次|专门|率先|主动|抓住|着力|着眼|突出|强化|加强|落实|贯彻|对照|对标|结合|根据|对|按|组织|召集|研究|印发|制定|定于|于|共|现有|下设|下辖|辖|东临|南接|地处|始建|成立|认真|高度|坚持|始终|严格|积极|迅速|围绕|深入|以|按照|将|把|召开|成立|是|位于|东至|地处|紧紧|全面|立足|在|开展|抢抓|聚焦)"
)
_CHINESE_DIGITS = str.maketrans("〇○零Oo０一二三四五六七八九", "000000123456789")
_COORDINATING = re.compile(
    r"^([\u4e00-\u9fff]{2,12}?(?:市|区|县|旗|州|镇|乡|街道))(?:创建|文明|精神文明)[\u4e00-\u9fff]{0,16}(?:指挥部|领导小组|委员会|工作组)(?:办公室)?$"
)
_ADVERBS = re.compile(
    r"^(?:根据|按照|今年|近年来|为|在|全|我|本|各|该|其|对|由|将|现将|近期|目前|结合|通过|一年来|以来|并|及|使|下面|要求|针对|组织|所有|充分|有关|相关|上级|年)"
)


# A name holds no verb and no particle: 争创美丽村镇, 每个小组都有一名干部联系所.
_SENTENCE_IN_NAME = re.compile(
    r"[的了是有在把将使对和与及等都]|创建|开展|负责|每个|小组|整治|建设|活动|一个|工作|小区|清理|组织|方案|争创|进[一入]|检查|[锦红国党团队校]旗"
)


_SIGNED_IN_ONE = re.compile(
    r"^([^，。；：\s]{4,30}?)(?:\s{1,10}(?=(?:19|20)\d\d年)|(?=(?:19|20)\d\d年\d{1,2}月\d{1,2}日$))((?:19|20)\d\d)年"
)


# 申报单位 | 榆桥县中医院: a form says at its head who fills it in; 责任单位 of an item may be anybody.
_FILLED_IN_BY = re.compile(
    r"^[|\s]{0,3}(?:(?:申报|填报|报送|上报|自评|创建)单位|单位名称)\s{0,2}[|：:]\s{0,2}(?P<name>[\u4e00-\u9fff]{4,24})(?=\s{0,2}[|，。；（(]|$)"
)
_HEAD_LINES = 4


def find_unit(*, title: str, text: str) -> str:
    """The name of the reporting unit as the report gives it; "" where it gives none. Pure.

    Looked for in the signature, the title, the head of a form, and as the subject of the opening, in this order.
    """
    return place_of_unit(title=title, text=text)[0]


def place_of_unit(*, title: str, text: str) -> tuple[str, float, str]:
    """(the name of the reporting unit, how sure, why). Pure. See `find_unit`."""
    lines = [line for line in text.split("\n") if line]
    for index in range(len(lines) - 1, max(-1, len(lines) - 9), -1):
        line = lines[index].strip("。 ")
        dated = index + 1 < len(lines) and DATE_LINE.match(lines[index + 1])
        if SIGNATURE.match(line) and (dated or index == len(lines) - 1) and not DATE_LINE.match(line):
            return line, 0.95, "落款"
        if found := _SIGNED_IN_ONE.match(line):
            return found[1].strip(), 0.9, "落款和日期写在一行"
    named = _unit_in_title(title)
    if named:
        return named, 0.85, "标题"
    for line in lines[:_HEAD_LINES]:
        if (found := _FILLED_IN_BY.match(line)) and _type_of_name(found["name"]) is not None:
            return found["name"], 0.85, "表头"
    subject = _subject(text[:700])
    return (subject, 0.6, "开头的主语") if subject else ("", 0.0, "没有写明单位")


def _unit_in_title(title: str) -> str:
    # 坚持为民创建——某镇工作汇报: the unit stands behind the motto.
    plain = TOKEN.sub("", title).split("——")[-1].strip()
    stop = _TITLE_STOP.search(plain)
    head = plain[: stop.start()] if stop else plain
    head = head.strip("的 ，")
    if not 3 <= len(head) <= 28 or re.search(r"[，。、：]", head):
        return ""
    return head if any(re.search(rf"(?:{suffix})$", head) for suffix, _ in _SUFFIXES) else ""


def _subject(opening: str) -> str:
    names: Counter[str] = Counter()
    for found in _SUBJECT.finditer(opening):
        name = re.sub(r"(?:党组|党委|党工委)$", "", found["name"])
        if not _ADVERBS.match(name) and not _SENTENCE_IN_NAME.search(name) and len(name) >= 3:
            names[name] += 1
    if not names:
        return ""
    return max(names, key=lambda name: (opening.count(name), -opening.index(name)))


def find_unit_type(*, unit: str, title: str, text: str) -> UnitType:
    """The type of the reporting unit: by its name's ending, else by how the text speaks of itself. Pure."""
    return weigh_unit_type(unit=unit, title=title, text=text)[0]


def weigh_unit_type(*, unit: str, title: str, text: str) -> tuple[UnitType, float, str]:
    """(the type of the reporting unit, how sure, why). Pure. See `find_unit_type`."""
    if unit.endswith("办") and len(re.findall(r"办事处(?!机关事务)", text)) >= 3:
        return UnitType.STREET, 0.9, "正文多次写“办事处”"
    for name in (unit, _unit_in_title(title)):
        if (named := _type_of_name(name)) is not None:
            return named, 0.9, f"单位名称“{name}”"
    counts = _counted_types(text)
    if not counts or not max(counts.values()):
        return UnitType.OTHER, 0.0, "名称和正文都看不出单位类型"
    kind, most = counts.most_common(1)[0]
    return kind, round(0.8 * most / counts.total(), 2), "正文的自称和用词"


def _counted_types(text: str) -> Counter[UnitType]:
    counts: Counter[UnitType] = Counter()
    for kind, weight in self_references(text).items():
        if kind in _SELF:
            counts[_SELF[kind]] += weight
    if re.search(r"我院|全院", text) and not re.search(r"患者|病|医", text):
        counts.pop(UnitType.HOSPITAL, None)
    # 全市 and 全区 stand in every report of a lower unit; its own kind counts first.
    for wide in (UnitType.CITY, UnitType.DISTRICT):
        if counts.get(wide) and any(
            kind not in (UnitType.CITY, UnitType.DISTRICT) and n >= 3 for kind, n in counts.items()
        ):
            counts[wide] = 0
    for pattern, kind in (
        (r"街道(?:工委|党工委|办事处)|党工委书记|办事处(?:主任|工委|高度|坚持|召开|机关|多次)", UnitType.STREET),
        (r"社区(?:干部|居民|党支部|党委)|居委会", UnitType.COMMUNITY),
        (r"学校|师生|教师|少先队", UnitType.SCHOOL),
        (r"患者|病房|门诊|医护|医德|医务|就诊", UnitType.HOSPITAL),
        (r"局党组|机关干部|本局|科室|窗口", UnitType.BUREAU),
        (r"公司党委|车间|员工", UnitType.COMPANY),
    ):
        hits = len(re.findall(pattern, text))
        if hits >= 2:
            counts[kind] += min(4, hits // 2)
    return counts


def _type_of_name(name: str) -> UnitType | None:
    if found := _COORDINATING.match(name):
        # The office of a city's or district's headquarters reports for the whole of it.
        return _type_of_name(found[1])
    if re.search(r"银行|信用社|保险|超市|商场", name):
        return UnitType.COMPANY
    plain = re.sub(r"(?:党组|党委|党工委|党总支|党支部|委员会办公室|工会)$", "", name)
    for candidate in (name, plain):
        for suffix, unit_type in _SUFFIXES:
            if candidate and re.search(rf"(?:{suffix})$", candidate):
                return unit_type
    return None


def find_year(*, title: str, text: str) -> int | None:
    """The year a report is about: its title's, else its date's, else the one it names most; None where masked. Pure."""
    return weigh_year(title=title, text=text)[0]


# The year that a report's first sentence looks back on.
_OPENING_YEAR = re.compile(r"(?:^|[。\n：])在?((?:19|20)\d\d)年(?:度|里)?[，,是我全]")
_OPENING_CHARS = 120
# 现将2017年落实情况说明如下: what the report itself says it tells of.
_TOLD_YEAR = re.compile(
    r"现[将就][^。；]{0,16}?((?:19|20)\d\d)年(?:度)?[^。；]{0,24}(?:汇报|报告|总结|说明|报送|申报)[^。；]{0,6}如下"
)
_TOLD_CHARS = 600


def weigh_year(*, title: str, text: str) -> tuple[int | None, float, str]:
    """(the year a report is about, how sure, why). Pure. See `find_year`."""
    lines = [line for line in text.split("\n") if line]
    if found := re.search(r"(?<!\d)((?:19|20)\d\d)\s?年?(?=年|度|上|下|第|全|创|工)", title):
        return int(found[1]), 0.95, "标题"
    if told := _TOLD_YEAR.search(text[:_TOLD_CHARS]):
        return int(told[1]), 0.9, f"开头写明“{told[0]}”"
    for line in reversed(lines[-9:]):
        if DATE_LINE.match(line) and (found := re.match(r"[（(]?((?:19|20)\d\d|二[^年]{3})年", line)):
            signed = int(found[1].translate(_CHINESE_DIGITS))
            # 2023年，我中心…, signed in the January after.
            opening = _OPENING_YEAR.search(text[:_OPENING_CHARS])
            if opening and int(opening[1]) == signed - 1 and re.search(r"年\s?(?:0?[123]|[一二三元])\s?月", line):
                return signed - 1, 0.85, f"开头写明“{opening[1]}年”，次年初落款"
            return signed, 0.9, "落款日期"
        if found := _SIGNED_IN_ONE.match(line):
            return int(found[2]), 0.85, "落款日期"
    # 2021年，我街道… looks back on the year that its last sentence, on 2022年 to come, does not.
    if opening := _OPENING_YEAR.search(text[:_OPENING_CHARS]):
        return int(opening[1]), 0.7, f"开头写明“{opening[1]}年”"
    years = Counter(int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)\s?年", text))
    if not years or ("〔MASK:year〕" in text and years.most_common(1)[0][1] < 3):
        return None, 0.0, "年份被遮盖" if "〔MASK:year〕" in text else "没有写明年份"
    top = years.most_common(1)[0][1]
    year = max(year for year, count in years.items() if count == top)
    return year, round(0.7 * top / years.total(), 2), f"正文提到{top}次"


def is_salutation(line: str) -> bool:
    """True for the line that addresses the receiving body. Pure."""
    return bool(SALUTATION.match(line)) and len(line) <= 40
