"""The pieces of a rectification item told apart by what they say: a deadline, an office, a person, a state, a proof."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.drafting.compose_by_rules.problems import says_wrong
from service.drafting.facts.clauses import has_action
from service.drafting.facts.fields import read_field
from service.drafting.facts.labels import in_office, is_person

PROBLEM, CAUSE, MEASURE, OFFICE, PERSON, DEADLINE, STATE, PROOF = (
    "问题", "原因", "整改措施", "责任单位", "责任人", "整改时限", "完成情况", "佐证材料",
)  # fmt: skip
# The names of `facts.labels.FIELDS` under which a genre asks for the same.
_ASKED_AS = {"时限": DEADLINE, "佐证": PROOF, "措施": MEASURE}
_DAY = (
    r"(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]?|底|初|末|中旬|上旬|下旬|份)?|"
    r"\d{1,2}[./．]\d{1,2}|[下本这]个?(?:周[一二三四五六日末]?|月底?|季度)|年底|年内)"
)
_OFFICE_NAME = (
    r"[\u4e00-\u9fff]{1,12}?(?:站|科|办|所|局|队|社区|街道|村|镇|乡|"
    r"中心|室|股|处|公司|物业|学校|医院|委|部|组|课|馆|院|工会|支部)"
)
_OFFICES = rf"{_OFFICE_NAME}(?:[、/和及]{_OFFICE_NAME}){{0,4}}"
_LABELLED = re.compile(
    r"(?:责任|牵头|承办|主办|整改|包保)(?P<what>科室|单位|部门|股室|人|领导)(?:是|"
    r"为)?[：: ]?(?P<value>[\u4e00-\u9fff、/]{2,24})$"
)
_OFFICE = re.compile(
    rf"(?:由|归)?(?P<value>{_OFFICES}|社区|村委会|居委会|物业|城管|交警|学校|市场办)(?:负责|牵头|来?[管办抓])?$"
)
_OFFICE_AND_PERSON = re.compile(
    rf"(?:由)?(?P<office>{_OFFICE_NAME})[ 　—·-]?(?P<person>[\u4e00-\u9fff]{{2,4}})(?:负责|牵头)?$"
)
_PERSON_DUTY = re.compile(r"(?:由)?(?P<value>[\u4e00-\u9fff]{2,10})(?:负责|牵头|包保)$")
_DEADLINE = re.compile(
    rf"(?P<value>(?:要|须|预计|计划|拟|争取|力争|约了?|限|定于|最迟|务必|要求|承诺|限期){{1,2}}(?:在|到|于)?{_DAY}(?:之?前|以前)?(?:要|能|可|全部|全面)*[\u4e00-\u9fff]{{0,6}}"
    rf"|(?:要|须|在|到|于)?{_DAY}(?:之?前|以前)(?:要|能|可|全部|全面)*[\u4e00-\u9fff]{{0,6}}|{_DAY}(?<=[底末])(?:要|能|可|全部)*(?:完成|整改到位|办结)?)$"
)
_PROOF = re.compile(
    r"(?:有|附|附有|已?留)?(?P<value>[\u4e00-\u9fff]{0,6}(?:照片|台账|记录|合同|单据|影像|截图|扫描件|名册|回执)\d{0,4}[张份页本个段]?)(?:为证|都有|已有|有)?$"
)
_BARE_DAY = re.compile(rf"{_DAY}$")
_STATE = re.compile(
    rf"(?:(?:{_DAY})?(?:都|均|现)?(?:已|已经|全部|全都|基本|大部分|初步)|正在|仍在|还在|在[办做建改修谈]|尚未|[还尚]?[未没](?:完|改|修|动|开工|落实|到位)|[还尚][在剩差有欠]|剩|只剩|推进中|整改中|完成|办结|销号|"
    rf"长期|常态|持续|{_DAY}(?:全部|已)?(?:完成|办结|整改到位|修好|换好|解决)|\d{{1,3}}(?:\.\d+)?%$|待[\u4e00-\u9fff]{{2,8}}$|方案在?研)"
)
# 已做完 and 都弄好了 say of an item what a report calls 已完成.
ALL_DONE = re.compile(
    r"(?:现在|目前)?(?:都|均|全部|全)?(?:已|已经)?(?:全部|都)?(?:做|弄|搞|办|干|整改)(?:完|好|妥|到位)了?"
)
_DONE_BRIEFLY = re.compile(r"[\u4e00-\u9fff]{1,3}(?:了|好了?|完了?|掉了?|过了?)$")
_CAUSE = re.compile(
    r"(?:主要)?(?:原因)?(?:是因为|因为|由于|主要是|原因是|原因|为[啥什][么]?)(?:[：:是嘛呢，]|$)?(?P<value>.{2,80})$"
)
_STATE_DAY = re.compile(
    r"(?P<verb>完成|办结|销号|整改到位|已修|已换|已清|已拆|已补|修好|"
    r"换好)[了 ：:，]*(?P<m>\d{1,2})[./．](?P<d>\d{1,2})日?$"
)
_DOTTED = re.compile(r"(?<![\d.])(?P<m>1[0-2]|0?[1-9])[./．](?P<d>3[01]|[12]\d|0?[1-9])(?:日|号)?(?![\d.%])")
_DONE_WITH = re.compile(r"(?!已)(?P<what>[\u4e00-\u9fff]{1,3}?)[了完掉过]{1,2}$")
_CUT = re.compile(r"[，,；;。]+| ?[—–]{2} ?|[ 　]+")
_OPENING, _CLOSING = "（(“《【[「", "）)”》】]」"


def pieces_of_item(text: str) -> list[str]:
    """The pieces of an item's words: between marks, and between blanks where no figure is typed apart (护眼灯 32 间).
    Brackets and quotes stay whole. Pure."""
    depth, cuts, start = 0, [], 0
    marks = {found.start(): found for found in _CUT.finditer(text)}
    at = 0
    while at < len(text):
        depth += (text[at] in _OPENING) - (text[at] in _CLOSING and depth > 0)
        if not depth and at in marks and _parts(text, marks[at]):
            cuts.append(text[start:at])
            start = marks[at].end()
        at += 1
    cuts.append(text[start:])
    return [piece.strip(" 　，,；;。、") for piece in cuts if piece.strip(" 　，,；;。、：:")]


def _parts(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    if not found.group().strip():
        counted = re.match(r"\d[\d.]*(?=[\u4e00-\u9fff%])", after)
        figure_before = re.search(r"\d$", before)
        dated = _DOTTED.match(after) or re.match(_DAY, after)
        return bool(dated) or not (counted or figure_before or re.match(r"\d", after))
    return not (found.group() == "," and before[-1:].isdigit() and after[:3].isdigit())


def fields_told(pieces: list[str], opened: bool = False) -> Iterator[tuple[str, str]]:
    """What each of an item's pieces tells, in order, as the name of the field and its words. The first is the problem,
    and what describes it goes with it, until a piece answers something; `opened` says that the problem has been told
    before these. Pure."""
    answered = opened
    before = PROBLEM
    for place, piece in enumerate(pieces):
        told = list(_told(piece)) if place or opened else []
        if not told and _BARE_DAY.match(piece) and (place or opened):
            told = [(STATE if before in (STATE, MEASURE) else DEADLINE, piece)]
        if not told:
            goes_on = not answered and (not has_action(piece) or says_wrong(piece))
            told = [(PROBLEM if (not place and not opened) or goes_on else MEASURE, piece)]
            if told[0][0] is MEASURE and answered and says_wrong(piece) and not has_action(piece):
                told = [(STATE, piece)]
        answered = answered or told[-1][0] is not PROBLEM
        before = told[-1][0]
        yield from ((name, with_spoken_days(words)) for name, words in told)


def with_spoken_days(text: str) -> str:
    """A day in dots as a report writes it: 已修 11.18 is 11月18日已修. Pure."""
    if found := _DONE_WITH.fullmatch(text):
        text = f"已{found['what']}"  # 换了 and 修好了, without their subject, are 已换 and 已修好.
    if found := _STATE_DAY.fullmatch(text):
        return f"{int(found['m'])}月{int(found['d'])}日{found['verb']}"
    if re.search(r"[吨米元万亩公里分%]", text):
        return text
    return _DOTTED.sub(lambda found: f"{int(found['m'])}月{int(found['d'])}日", text)


def _told(piece: str) -> Iterator[tuple[str, str]]:
    """The fields a piece answers by its own words; none where only its place can tell."""
    if field := read_field(piece):
        yield _ASKED_AS.get(field.name, field.name), field.value
    elif found := _LABELLED.match(piece):
        yield (PERSON if found["what"] in ("人", "领导") else OFFICE), found["value"]
    elif found := _CAUSE.match(piece):
        yield CAUSE, found["value"]
    elif found := _DEADLINE.match(piece):
        yield DEADLINE, found["value"]
    elif found := _PROOF.match(piece):
        yield PROOF, found["value"]
    elif ALL_DONE.fullmatch(piece):
        yield STATE, "已完成"
    elif _STATE.match(piece) or (_DONE_BRIEFLY.fullmatch(piece) and len(piece) <= 4):
        yield STATE, piece
    elif (found := _OFFICE_AND_PERSON.match(piece)) and (is_person(found["person"]) or in_office(found["person"])):
        yield OFFICE, found["office"]
        yield PERSON, found["person"]
    elif is_person(piece) or in_office(piece):
        yield PERSON, piece
    elif (found := _OFFICE.match(piece)) and not has_action(found["value"]) and not re.search(r"[的了里]", piece):
        yield OFFICE, found["value"]
    elif (found := _PERSON_DUTY.match(piece)) and is_person(found["value"]):
        yield PERSON, found["value"]


def answer_of_cell(text: str) -> list[tuple[str, str]]:
    """What a cell of a ledger answers by its words alone; empty where nothing tells. Pure."""
    return [(name, with_spoken_days(words)) for name, words in _told(text.strip())]
