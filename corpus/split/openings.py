"""How a report opens and closes: what the lines at a place show of either, as weights that add up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.clean.changes import CleanLine
from corpus.split.headings import (
    DATE_LINE,
    SALUTATION,
    SIGNATURE,
    block_number,
    is_heading_like,
    is_title,
    numbering,
    without_marks,
)

_ANNOUNCED = re.compile(
    r"(?:现|下面|现在|特|兹|现就|谨)[^。；！？]{0,60}(?:汇报|报告|总结|说明|介绍|通报|自查|自评|情况)[^。；！？]{0,16}(?:如下|于下)"
    r"|(?:如下|以下)(?:汇报|报告|总结|介绍|说明)|(?:汇报|报告|总结|情况|说明|介绍)如下[：:。]?$|制定(?:本|如下|以下|此)(?:实施|工作|活动|行动)?(?:方案|计划)"
)
_BY_AUTHORITY = re.compile(
    r"^(?:根据|按照|依据|遵照|为(?:了|深入|进一步|全面|切实|扎实|贯彻|推动|巩固|做好|加强)|自[^，。]{4,40}以来|自[^，。]{2,20}开展|今年以来|近年来|近期|一年来|"
    r"多年来|几年来|长期以来|(?:20\d\d|〔MASK:year〕)年(?:以来|，|度)|在[^。]{4,40}(?:领导|指导|关心|支持)下|以[^。，]{4,60}为(?:指导|统领|抓手|主线|契机)|今年，)"
)
# 2018年9月6日，复查组对我公司进行了实地复查: an occasion, and who is concerned.
_DATED_OPENING = re.compile(
    r"^(?:(?:19|20)\d\d年|〔MASK:year〕年|\d{1,2}月|近日|日前|刚刚过去|进入|截至|接到|收到|一年来)[^。]{0,90}"
    r"(?:我[们]?[\u4e00-\u9fff]{1,2}|本[\u4e00-\u9fff]|测评|复查|考察|反馈|检查组|创建)"
)
_OVERVIEW = re.compile(
    r"^[^，。]{1,24}(?:位于|地处|坐落|组建|始建于|成立于|总面积|现辖|下辖|东至|东临|是(?:19|20)\d\d年|辖区面积|辖\d)[^。]{0,80}(?:面积|人口|户|平方|万人|成立|建立|辖|名|亩|职工|师生)"
)
_CLOSED = re.compile(
    r"^特此(?:报告|申报|汇报|说明|总结)|^(?:以上|上述)(?:是|报告|汇报|情况|材料|，|就是)|不妥之处|批评指正|请(?:予以)?审(?:阅|核|议|示)|谢谢(?:大家|各位)|特此(?:报告|申报|汇报|说明)[^。]{0,12}。$|请[^。，]{0,12}(?:提[^。]{0,6}意见|考评|指导|检阅)[。！!]$|汇报完[了毕][^。]{0,16}。$|宝贵意见|"
    r"(?:应有的|更大的|新的)?贡献[。！!]?$|(?:合格|满意)的?答卷|(?:坚实|良好|扎实)的?基础[。！!]$|再上(?:一个)?新(?:的)?(?:台阶|水平)[。！!]?$|而(?:不懈)?(?:努力)?奋斗[。！!]?$"
)
# The opening of a report stands in its first paragraph, however long.
_OPENING_CHARS = 1_500
# A title of its own names what the document is about and its kind; 下一步工作计划 may head a part.
_OWN_TITLE = re.compile(
    r"(?:关于|文明|创建|创城|创文|整改|自查|自评|测评|指标|迎检|复查|复检|志愿|环境|整治|事迹|未成年|移风易俗|餐桌|养犬|宣传)"
    r".{0,60}(?:报告|总结|汇报|材料|方案|计划|说明|要点|安排|申报书)(?:[（(][^（）()]{1,16}[）)])?$"
)
# Other texts that stand between reports, by the kind that ends their title.
_OTHER_TITLE = re.compile(
    r"^[^，。；：！？|]{0,40}(?:倡议书|倡议|公开信|一封信|承诺书|心得体会|心得|体会|感悟|感想|有感|观后感|读后感|征文|讲话|讲话稿|致辞|致词|发言稿|演讲稿|主持词|祝词|颁奖词|"
    r"小故事|小知识|小贴士|顺口溜|三字经|快板|快板书|童谣|歌谣|诗歌|来信|来信选登|投稿须知|征稿启事|启事|口号|标语)(?:[（(【][^（）()]{1,16}[）)】])?$"
)
# 亲爱的居民朋友们：, 本报讯, 读了几份文件，我写下几点体会: an appeal, a piece of news, an essay.
_OTHER_OPENING = re.compile(
    r"^(?:亲爱的|广大的?|全体|全[市区县镇校院]|尊敬的)?[^，。；]{0,14}(?:朋友们|同学们|同胞们|居民们|市民们|商户们|邻居们|家长们|老师们|同志们|战友们|乡亲们)[：:！!]"
    r"|^(?:本报讯|本网讯|本刊讯|[^，。]{2,10}讯[\s（(])|^(?:【|\[)?(?:编者按|编者的话|读者来信|微故事|小言论|记者手记|今日推荐|读者茶座|友情提示)"
    r"|^(?:读了?|看了|听了|学习了?|参加完?)[^。]{2,40}(?:体会|感想|感触|感受|思考)"
)
_GREETS = re.compile(r"^(?:尊敬的)?各位(?:领导|专家|评委|代表|同志|来宾|嘉宾|考官|委员)[^。]{0,40}[，：:！!。]")
_OF_THE_PAPER = re.compile(
    r"^[（(【]?\s?(?:附件|附表|附录|附注|附图|附\s?[：:\d]|抄送|抄报|主送|报送|[报送发]\s?[：:]|主题词|联系|印发|共印|备注|注\s?[：:]|签发|经办|填报|填表|单位(?:负责人|盖章)|此[件文])"
    r"|\s\|\s"
)
_BODY_CHARS = 40
# I, not my unit: 我常想, 我写下.
PERSONAL = re.compile(
    r"(?<![\u4e00-\u9fff自]本)(?<!自)我(?![们市区县旗州镇乡村组街社办局委处厅院校系班馆站所园厂矿队行店公集单中支党省国])"
)
_LEAST_PERSONAL = 2
_QUOTED = re.compile(r"“[^”]{0,200}”")
_UNIT_SPOKE = 6  # lines around, in which nobody speaks of himself and no number goes on


def opening_at(lines: Sequence[CleanLine], index: int) -> float:
    """How surely a report, or another text, begins at `index`: 0 to 5. Pure."""
    # An opening says what it is within its first sentences, however long the paragraph.
    line = lines[index].text[:_OPENING_CHARS]
    plain, _ = without_marks(line)
    if is_title(plain):
        # A title without any opening after it can be a heading: 三、下一步工作计划 lost its number.
        following = [one.text[:_OPENING_CHARS] for one in lines[index + 1 : index + 4]]
        strong = any(_ANNOUNCED.search(one) or SALUTATION.match(one) for one in following) or any(
            _BY_AUTHORITY.match(one) and len(one) > 60 for one in following[:2]
        )
        if strong or _heads_report(lines, index):
            return 3.0
        return 2.0 if _has_place_or_year(plain) else 0.0
    if is_other_title(plain) or _OTHER_OPENING.match(plain) or _turns_personal(lines, index):
        return 3.0
    if numbering(line) or block_number(line):
        return 0.0
    if index + 1 < len(lines) and is_heading_like(plain) and _is_rest_of_title(lines[index + 1].text):
        # A title on two lines: the unit, then 关于…的报告; or a motto, then ——某镇工作汇报.
        return 3.0
    score = 0.0
    if _ANNOUNCED.search(line) and len(line) >= 16:
        score += 3.0
    if len(line) >= 50 and _BY_AUTHORITY.match(line):
        score += 1.0
    if len(line) >= _BODY_CHARS and _GREETS.match(line):
        score += 2.0
    if len(line) >= 50 and _DATED_OPENING.match(line):
        score += 1.0
    if len(line) >= 50 and _OVERVIEW.match(line):
        score += 1.5
    if SALUTATION.match(line) and len(line) <= 30:
        score += (
            2.0
            if any(_BY_AUTHORITY.match(one.text) or _ANNOUNCED.search(one.text) for one in lines[index + 1 : index + 3])
            else 0.5
        )
    return score


def is_of_a_person(line: str) -> bool:
    """True for a paragraph in which somebody speaks of himself (我忽然想起 …) and counts nothing. Pure."""
    said = _QUOTED.sub("", line)
    return len(line) >= _BODY_CHARS and len(PERSONAL.findall(said)) >= _LEAST_PERSONAL and not re.search(r"\d", line)


def announces_a_part(line: str) -> bool:
    """True for 分类情况如下：, which brings a list or a table and no report. Pure."""
    opening = line[:_OPENING_CHARS]
    return bool(_ANNOUNCED.search(opening)) and not re.search(r"现[将就]|特此|制定", opening)


def _turns_personal(lines: Sequence[CleanLine], index: int) -> bool:
    if not is_of_a_person(lines[index].text):
        return False
    above, below = lines[max(0, index - _UNIT_SPOKE) : index], lines[index + 1 : index + _UNIT_SPOKE]
    goes_on = any(numbering(one.text) or block_number(one.text) for one in below)
    return not goes_on and not any(PERSONAL.search(_QUOTED.sub("", one.text)) for one in above)


def _is_rest_of_title(line: str) -> bool:
    return line.startswith(("关于", "——", "--")) and is_title(line.lstrip("—-"))


def _has_place_or_year(title: str) -> bool:
    return bool(re.search(r"(?:19|20)\d\d年|(?:市|区|县|镇|街道|局|学校|小学|中学|医院|社区|公司)", title))


def closes(before: Sequence[CleanLine]) -> float:
    """How surely the last lines end a report: 0 to 3. Pure."""
    last = before[-1].text
    if DATE_LINE.match(last) or (SIGNATURE.match(last) and len(before) > 3):
        return 3.0
    if re.match(r"^特此(?:报告|申报|汇报|说明)", last):
        return 3.0
    return 1.0 if _CLOSED.search(last) else 0.0


def is_signed(before: Sequence[CleanLine]) -> bool:
    """True where the last two lines are a unit and its date, in either order. Pure."""
    if len(before) < 3:
        return False
    above, last = before[-2].text, before[-1].text
    return bool(
        (SIGNATURE.match(above) and DATE_LINE.match(last)) or (DATE_LINE.match(above) and SIGNATURE.match(last))
    )


def is_of_the_paper(line: str) -> bool:
    """True for what an office sets below its signature: an annex, to whom the paper goes, a row of a table. Pure."""
    return bool(_OF_THE_PAPER.search(line)) or bool(DATE_LINE.match(line)) or bool(SIGNATURE.match(line))


def is_other_title(line: str) -> bool:
    """True for the title of a text that is no report (…倡议书, …心得体会). Pure."""
    plain, _ = without_marks(line)
    return len(plain) <= 44 and numbering(plain) is None and bool(_OTHER_TITLE.match(plain))


def _heads_report(lines: Sequence[CleanLine], index: int) -> bool:
    """True for a title of its own above a paragraph, below which a numbering begins."""
    if not _OWN_TITLE.search(without_marks(lines[index].text)[0]):
        return False
    body = False
    for line in lines[index + 1 : index + 8]:
        mark = numbering(line.text)
        number = mark.number if mark else block_number(line.text)
        if number:
            return body and number == 1
        body = body or len(line.text) >= _BODY_CHARS
    return body
