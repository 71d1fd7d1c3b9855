"""Page furniture: what a site puts around the reports (N01 head and tail, N02 teasers of others, N03 lead-ins).

General features, never a list of sites. A line is furniture by what it says and where it stands: 时间：2023年3月-4月
is a field of a plan in the body and a date line of the site in the head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.clean.between import drop_between_jumps, drop_between_parts, drop_between_site_lines, is_caption
from corpus.clean.edges import (
    begin_of_report,
    drop_above_title,
    drop_after_site,
    drop_below_signature,
    drop_posters_words,
)
from corpus.clean.mail import is_told_rule, mail_feet, mail_heads
from corpus.clean.site_lines import META_WORD, is_site_line
from corpus.clean.site_words import is_of_site_words
from corpus.split.headings import DATE_LINE, SIGNATURE, block_number, is_title, numbering, without_marks
from corpus.split.labels import is_list_of_labels

_META = re.compile(rf"(?:^|[\s|｜【\[（(]|(?<=\d)|(?<=[\u4e00-\u9fff]))(?:{META_WORD})\s?[：:]", re.IGNORECASE)
_META_START = re.compile(rf"^[【\[（(|]?\s?(?:{META_WORD})\s?[：:]", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\sT]{0,3}\d{1,2}:\d\d|^(?:0\d|1[0-2])-[0-3]\d\s\d{1,2}:\d\d"
)
_FULL_DAY = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")
_BARE_DAY = re.compile(r"^[\[（(【]?(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}[\])）】]?$")
_DAY_IN_LINE = re.compile(
    r"[\[（(【]?(?:(?:19|20)\d\d[-/.])?\d{1,2}[-/]\d{1,2}[\])）】]?$|^[\[（(【]?(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\s"
)
_NAVIGATION = re.compile(
    r"当前位置|您(?:现在)?的位置|现在位置|您所在的|首页\s?(?:[>»›/\-|·→]|&gt;)|[>»›]\s?正文|内容页|返回(?:首页|顶部|列表|目录|上一页)|回到顶部|^正文$|^目\s{0,6}录$|^首页"
    r"|上一[篇页条]|下一[篇页条]|^上[篇页]|^下[篇页]|打印(?:本[页文]|此页|预览)|关闭(?:本页|窗口|页面)|【(?:关闭|打印|大|中|小)】|字[体号][:：]?\s?[\[【]?[大中小]|[\[【]?大\s{1,3}中\s{1,3}小"
    r"|关注我们|打开(?:翻译|APP|微信)|我要投稿|我来说两句|加入收藏|设为首页|添加收藏|网站地图|联系我们|关于我们"
    r"|版权(?:所有|声明)|Copyright|©|ICP[备证]|公网安备|免责声明|技术支持|网站标识码|站点地图|RSS|客户端下载|无障碍(?:阅读|浏览|模式)"
    r"|(?:全文|免费|立即|点击|一键|文档|word版?|Word版?)\s?(?:下载|阅读|查看|复制)|下载(?:本文|文档|全文|地址|此)|展开全文|查看全文|阅读全文|收藏本[站文页]|点击(?:查看|进入|加载)|加载(?:更多|中)"
    r"|本文(?:链接|地址|网址|由|来自|标签|关键词)|转载请|原文(?:链接|地址|网址)|【?(?:纠错|打印|字体|责任编辑|返回)】|编辑推荐|作文网|范文网|公文网"
    r"|^[-—\s]{0,4}(?:END|THE END|完|正文完)[-—\s]{0,4}$|^阅读\s?\d{1,7}\+?(?:\s|$)|\s(?:在看|点赞|赞)\s?\d{0,6}$|^▼"
    r"|开通会员|会员中心|上传文档|免费预览|预览范围|VIP|下载券|^分享[：:]?$|^附件下载|\.(?:docx?|pdf|pptx?|xlsx?|wps)$"
    r"|温馨提示|网友评论|发表评论|共有?\d{1,6}(?:条|人)?(?:评论|跟帖)"
)
# Words of sites that reports use too: 投诉举报渠道畅通, 注册志愿者. They count only in a short line without any stop.
_WEAK_NAVIGATION = re.compile(
    r"扫一扫|扫码|二维码|微信公众号|分享(?:到|至|给)|登录|注册|退出|投诉|举报|文库|文秘|简体|繁體|繁体|English|热搜|热词"
)
_LONGEST_WEAK_LINE = 24
# 无障碍阅读 | 关怀版 | 移动版: short words in a row. In the body such a row is a table's.
_NAVIGATION_BAR = re.compile(r"^[^，。；：|｜\d]{1,10}(?:\s?[|｜]\s?[^，。；：|｜\d]{1,10}){2,12}$")
_BREADCRUMB = re.compile(r"^[^，。；：\n]{1,16}(?:\s?[>»›＞→]{1,2}\s?[^，。；：>»›＞→\n]{1,40}){1,6}$")
_TAIL_MARKER = re.compile(
    r"^[\s【\[（(●■◆★>»·*#|—-]{0,4}(?:"
    r"(?:看|读|浏览|下载)[完过了]?[^，。；]{0,8}的?(?:人|用户|网友|读者)还?(?:看|读|喜欢|下载|关注|浏览)[了过]?|(?:相关|类似|相似|更多|其他|其它|热门|最新|精彩|精选|推荐|延伸|拓展|扩展|随机|本类|同类|热点|近期|往期|站内|猜你|[你您]还?可?能?还?|大家都?在?|看[过了]?|读[过了]?|您?还?可能|本栏目?|栏目|点击|下载|浏览|人气|阅读|本周|本月|一周)"
    r"[^，。；！\n]{0,12}(?:推荐|阅读|文章|范文|链接|内容|喜欢|看|文档|资料|热点|新闻|资讯|排行榜?|搜索|导读|信息|栏目|话题|专题|标签|作文|帖子|素材|下载|搜|篇目|感兴趣|回顾|关注)"
    r"|(?:精选|全部|热门|最新|网友)?(?:留言|评论)区?\s?[（(]?\d{0,6}[)）]?条?|友情链接|友情连接|推荐阅读|推荐文章|站内导航|网站导航|猜你喜欢|热门文章|排行榜|热门标签|标签云|上一篇.{0,60}|下一篇.{0,60}|本文(?:标签|链接|地址|关键词).{0,40}|文章(?:标签|链接).{0,40}"
    r"|【?本文(?:来源|出自).{0,40})[\s：:】\])）>》»…·*#|—-]{0,4}$"
)
_LISTED_BEHIND = re.compile(r"\s?[●•▶►■◆▲]\s?")
# 【社区汇报材料】相关文章： and 关于创城的相关范文推荐, named after the page.
_NAMED_TAIL_MARKER = re.compile(
    r"^(?:[【\[][^】\]\n]{1,40}[】\]]|[^，。；：\n]{2,30}的)\s?(?:相关|类似|相似|其他|更多)[^，。；\n]{0,2}"
    r"(?:文章|范文|阅读|推荐|内容|链接|资料)(?:推荐)?[：:]?$"
)
_TEASER = re.compile(
    r"(?:[（(\[【]?(?:共|精选|汇总|通用|案例|模板|优秀|推荐|热门|合集|实用|最新|集锦|大全)?\s?\d{1,3}\s?篇[）)\]】]?|范文大全|范文精选|优秀范文|通用版|精选篇|(?:[.。]{3,6}|…{1,2}))$"
    r"|心得体会|读后感|观后感|作文|演讲稿|申请书|检讨书|协议书|小编|范文"
)
_LEAD_IN = (
    re.compile(r"小编|本站|本网|网友|站长|笔者为"),
    re.compile(r"供(?:您|你|大家|各位|读者|广大)?(?:们)?(?:参考|阅读|借鉴|学习|下载|查阅)|仅供(?:参考|学习)"),
    re.compile(
        r"欢迎(?:阅读|品鉴|大家|借鉴|参考|您|收藏|查阅|下载|参阅|浏览|查看|使用|分享)|一起来(?:看看|了解|学习|参考|欣赏)|敬请(?:关注|参阅)"
    ),
    re.compile(
        r"(?:以下|下面|接下来|这里|今天|本文)(?:是|为|就|给|由|我们|将|，)?[^。；\n]{0,24}(?:整理|收集|搜集|分享|准备|精选|带来|推荐|介绍|编写|提供|关于)"
    ),
    re.compile(
        r"(?:整理|收集|搜集|精选|分享|准备|为您|为大家|为你|给大家)了?[^。；\n]{0,14}(?:\d{1,3}|[一二三四五六七八九十几多]{1,2})?(?:篇|份|范文|参考|帮助|案例)"
    ),
    re.compile(
        r"希望(?:对|能|可以|给|这些|以上|大家|您)[^。；\n]{0,24}(?:帮助|有用|启发|借鉴|参考|帮到|喜欢|写作|灵感)"
    ),
    re.compile(
        r"以上就是[^。；\n]{0,20}(?:内容|全文|介绍|材料|范文|分享)|采纳|欢迎(?:点赞|留言)|(?:点赞|转发|收藏)[^。；\n]{0,10}(?:三连|支持|关注|转发|在看)"
    ),
    re.compile(r"(?:如果)?(?:觉得|感觉)[^。；，\n]{0,6}(?:有用|不错|有帮助)|留言问|后台[^。；\n]{0,8}留言|文末有"),
    re.compile(
        r"范文|例文|模板|写作(?:技巧|格式|方法|思路|水平)|怎么写|如何写|应用文|应用写作|公文写作|文体之一|释义|是指|书面材料|写好一[篇份]"
    ),
)
_OWN_WORDS = re.compile(
    r"(?:我|全)(?:市|区|县|镇|乡|街道|社区|村|校|院|局|处|办|所|站|中心|公司|单位|行|委|旗|州|厂|队|支部)(?!的?写)|现将|如下[：:]?。?$"
)


def head_and_tail(lines: Sequence[str], label_indexes: Sequence[int]) -> dict[int, str]:
    """The indexes of the lines that are furniture, with their rule. Pure.

    `label_indexes` are the page's label lines, which are never furniture themselves. A label begins a new head, since
    sites put a lead-in under each.
    """
    dropped: dict[int, str] = dict.fromkeys(sorted(mail_heads(lines) | mail_feet(lines)), "N01")
    labels = set(label_indexes)
    present = [index for index, line in enumerate(lines) if line]
    _drop_head(lines, present, labels, dropped)
    _drop_anywhere(lines, present, labels, dropped)
    drop_between_jumps(lines, present, labels, dropped)
    drop_between_site_lines(lines, present, labels, dropped)
    drop_between_parts(lines, present, labels, dropped)
    drop_posters_words(lines, present, labels, dropped)
    _drop_tail(lines, present, labels, dropped)
    drop_below_signature(lines, present, labels, dropped)
    return dropped


def lead_in_score(line: str) -> int:
    """How many features of a site's own introduction `line` shows, 0 where it speaks as a unit (我局, 现将). Pure."""
    if len(line) > 400 or _OWN_WORDS.search(line):
        return 0
    return sum(bool(pattern.search(line)) for pattern in _LEAD_IN)


def _is_content(line: str) -> bool:
    """True for what only a report holds: a numbered heading or a sentence of some length."""
    if numbering(line):
        return not _NAVIGATION.search(line)
    return len(line) >= 40 and "。" in line and lead_in_score(line) < 2 and not _meta(line)


def _meta(line: str) -> bool:
    # 2024年3月8日9:30，我局在文化广场举行启动仪式。 is a sentence.
    if re.search(r"。|，[^，]{6}", line):
        return False
    if _CLOCK.search(line) and len(line) < 90:
        return True
    # 索 引 号：2024-0113 is spaced out to fill its column.
    line = re.sub(r"(?<=[\u4e00-\u9fff]) {1,4}(?=[\u4e00-\u9fff])", "", line) if len(line) < 120 else line
    found = _META.findall(line)
    if len(found) == 1 and re.match(r"^(?:时间|日期)\s?[：:]", line) and not _FULL_DAY.search(line):
        return False
    return bool(found) and len(line) < 120 and (len(found) >= 2 or bool(_META_START.match(line)))


# What a site asks its readers to do, and what it calls its own: two of them in one short line without a verb of work
# are the site's, however it phrases them (登录后可查看剩余内容, 更多精彩请搜索小程序, 开通会员免费复制).
_READER_DOES = re.compile(
    r"登录|注册|开通|升级|充值|支付|购买|解锁|试读|点击|长按|扫描|扫一扫|扫码|识别|下载|复制|转发|收藏|关注|订阅|投稿|纠错|进群|入群|加群|加我|加入|领取|领资料|免费|搜索|继续阅读|阅读全文|展开|翻页|"
    r"留下|写下|发表|代写|咨询|添加|打赏|点个|听全文|折叠|盗链|侵删|侵权|限时|立减|优惠|返回|查看|围观|保留"
)
_SITE_OWNS = re.compile(
    r"公众号|小程序|微信|QQ|二维码|会员|VIP|客服|App|APP|全文|文档|文库|本站|本网|本号|站长|网友|小编|素材|资料包|资料|范文|首发|新用户|积分|人气|热门|标签|排行|周榜|月榜|推荐|隐私政策|"
    r"版权|所有权利|备案|专栏|合集|彩蛋|[上下首末尾]一?页|评论|留言|在看|阅读原文|排版|交流群|热线|课件|模板|稿件|稿子|楼层|本楼|内容|好友|朋友圈|剩余|双十一|编辑部|PPT",
    re.IGNORECASE,
)
_LONGEST_SITE_LINE = 60


def _is_sites_own(line: str) -> bool:
    """True for a short line that holds two or more words of a site's dealings with its readers. Pure."""
    if len(line) > _LONGEST_SITE_LINE or numbering(line) or is_title(line) or _OWN_WORDS.search(line):
        return False
    does, owns = len(set(_READER_DOES.findall(line))), len(set(_SITE_OWNS.findall(line)))
    if _WORK_VERB.search(line) and does + owns < 4:
        return False
    if re.search(r"[，。；].*[，。；]", line[:-1]) and does + owns < 3:
        return False
    return (does >= 1 and owns >= 1) or owns >= 3


# 注册志愿者1200人, 举报投诉、督办: a line that counts or lists is a report's, a row of a table for one.
_LISTED = re.compile(r"\d|、")


def _is_navigation(line: str) -> bool:
    """True for a line of links, paging or sharing; a sentence that holds such words is none."""
    if numbering(line) or is_title(line) or re.search(r"[。；]", line[:-1]):
        return False
    stopped = re.search(r"[，。；：:]", line) is not None
    if _WEAK_NAVIGATION.search(line) and len(line) <= _LONGEST_WEAK_LINE and not stopped and not _LISTED.search(line):
        return True
    found = _NAVIGATION.search(line)
    # 加强巡查（转载请注明来自…），立即整改。 holds furniture; it is none.
    return found is not None and (found.start() <= 1 or not re.search(r"[，。；]", line))


def _drop_head(lines: Sequence[str], present: list[int], labels: set[int], dropped: dict[int, str]) -> None:
    """Before the first content of the page, and before that of each label."""
    in_head, first = True, 0
    for place, index in enumerate(present):
        line = lines[index]
        if index in labels:
            # What stands before a label belongs to the report above it.
            in_head, first = True, place + 1
            continue
        if not in_head:
            continue
        if (
            _repeats_later(line, lines, present[place + 1 : place + 6])
            or _meta(line)
            or _BARE_DAY.match(line)
            or (len(line) < 80 and _is_navigation(line))
        ):
            dropped[index] = "N01"
        elif (
            lead_in_score(line) >= 2
            or (lead_in_score(line) and re.match(r"(?:引言|导语|导读|前言|【?摘要)", line))
            or (lead_in_score(line) and len(line) >= 30 and not numbering(line) and not _BASIS.match(line))
        ):
            dropped[index] = "N03"
        elif _NAVIGATION_BAR.match(line):
            dropped[index] = "N01"
        elif _is_content(line):
            in_head = False
            _drop_between(lines, present[first:place], labels, dropped)
            drop_above_title(lines, present[first:place], labels, dropped)


def _drop_between(lines: Sequence[str], head: list[int], labels: set[int], dropped: dict[int, str]) -> None:
    """Short lines between two lines of the site are the site's, a question above the answer of a forum; so is a first
    line whose words the site says again below (云汐发布, 云汐发布官方账号)."""
    if len(head) > 1 and head[0] not in dropped and head[0] not in labels and head[1] in dropped:
        first = lines[head[0]]
        if len(first) <= 16 and first in lines[head[1]] and not is_title(first):
            dropped[head[0]] = "N01"
    for before, index, after in zip(head, head[1:], head[2:], strict=False):
        if index in dropped or index in labels or before not in dropped or after not in dropped:
            continue
        if len(lines[index]) < 60 and not is_title(lines[index]) and not numbering(lines[index]):
            dropped[index] = "N01"


def _repeats_later(line: str, lines: Sequence[str], following: list[int]) -> bool:
    """True for a teaser of the page itself: cut with dots, and the same words stand whole below."""
    cut = re.sub(r"(?:\.{2,6}|…{1,2}|。{2,6})$", "", line)
    if cut == line or len(cut) < 12:
        return False
    tail = re.sub(r"\s", "", cut)[-12:]
    return any(tail in re.sub(r"\s", "", lines[index]) for index in following)


# A bare number; what else counts pages is told before.
_PAGE_NUMBER = re.compile(r"^\d{1,3}$")
# The opening of a report may say 以下 and 模板 too, but it begins with its basis.
_BASIS = re.compile(r"^(?:根据|按照|为|自|今年|近|在[^。]{2,30}下|收到|接到)")
_WORK_VERB = re.compile(r"开展|组织|加强|推进|建立|完善|设置|我[市区县镇局校院处办]")
# Skip to content, Leave a Reply: no report holds a line of foreign words alone.
_CONTENTS_LINE = re.compile(r"(?:[.．·]{4,80}|…{2,40}|\s\.{3,80})\s?[（(]?\d{1,3}[)）]?$")
_FOREIGN = re.compile(r"^[A-Za-z]{2,20}(?:[ ,.'’!?:-]{1,3}[A-Za-z]{1,20}){1,14}[.!?:]?$")
_RULE_LINE = re.compile(r"^[\s\-—–_=*~·.。▼▲●◆■□☆★◇<>|#+]{2,200}$|^[-—*·•▼▲●◆■]$")


def _drop_anywhere(lines: Sequence[str], present: list[int], labels: set[int], dropped: dict[int, str]) -> None:
    """Lines that are furniture wherever they stand: paging, sharing, copyright, a lead-in with several features."""
    for index in present:
        line = lines[index]
        if index in labels or index in dropped:
            continue
        plain, _ = without_marks(line)
        if (
            _CONTENTS_LINE.search(line)
            or _FOREIGN.match(line)
            or _PAGE_NUMBER.match(line)
            or _RULE_LINE.match(line)
            or _BREADCRUMB.match(plain)
        ):
            dropped[index] = "N01"
        elif len(plain) < 60 and _is_navigation(plain) and not _WORK_VERB.search(plain):
            # 打印机, 登录政务网 and the like stand in sentences; a line of furniture holds no verb of work.
            dropped[index] = "N01"
        elif lead_in_score(plain) >= 3 and len(plain) < 250:
            dropped[index] = "N03"
        elif (
            is_list_of_labels(plain)
            or _is_sites_own(plain)
            or is_site_line(plain)
            or is_caption(plain)
            or is_told_rule(plain)
            or (is_of_site_words(plain) and numbering(plain) is None and not is_title(plain))
        ):
            dropped[index] = "N01"


def _drop_tail(lines: Sequence[str], present: list[int], labels: set[int], dropped: dict[int, str]) -> None:
    end = 0
    for place, index in enumerate(present):
        if index < end:
            dropped.setdefault(index, "N02")
        elif index not in labels and _is_marker(lines, index):
            end = _end_of_tail(lines, present[place + 1 :], labels)
            dropped[index] = "N01"
    # Before the first label stand the page's own titles, which would read as links.
    starts = [*(sorted(labels) or [0]), len(lines)]
    for start, end in pairwise(starts):
        inside = [index for index in present if start <= index < end]
        _drop_unmarked_tail(lines, [index for index in inside if index not in dropped], labels, dropped)
        drop_after_site(lines, inside, dropped)


def _is_marker(lines: Sequence[str], index: int) -> bool:
    plain, _ = without_marks(lines[index])
    # 往期回顾 ● 我镇召开春季会议: the first of the list stands behind the words that announce it.
    plain = _LISTED_BEHIND.split(plain, maxsplit=1)[0] or plain
    return (
        len(plain) <= 70 and not numbering(plain) and bool(_TAIL_MARKER.match(plain) or _NAMED_TAIL_MARKER.match(plain))
    )


def _end_of_tail(lines: Sequence[str], after: list[int], labels: set[int]) -> int:
    """Where the tail before the lines `after` ends: the next label, or the first line that is a report's again."""
    for place, index in enumerate(after):
        if index in labels:
            return index
        title = begin_of_report(lines, after[:place], lambda line: _meta(line) or _is_navigation(line))
        if _reads_as_report(lines[index], 60 if title is None else 30) or (
            title is not None and len(lines[index]) >= 60 and lines[index].endswith("。")
        ):
            # Links between two parts of one page, or beside its one report: go on with the report.
            return index if title is None else title
    return len(lines)


def _reads_as_report(line: str, least: int) -> bool:
    if _TEASER.search(line):
        return False
    if numbering(line) and numbering(line).level <= 2 and not _DAY_IN_LINE.search(line):  # type: ignore[union-attr]
        return not is_title(re.sub(r"^\S{1,4}[、.）)]", "", line))
    return bool(_OWN_WORDS.search(line)) and len(line) >= least and line.endswith(("。", "：", ":"))


def _drop_unmarked_tail(lines: Sequence[str], remaining: list[int], labels: set[int], dropped: dict[int, str]) -> None:
    """From the end upwards: site lines, and lists of other documents that no marker announces.

    One title at the end can be an annex of the report; two or more in a row, or one with a date behind it, are links.
    """
    titles: list[int] = []
    unsure: list[int] = []
    for index in reversed(remaining):
        line, _ = without_marks(lines[index])
        if index in labels:
            break
        if DATE_LINE.match(line) or SIGNATURE.match(line) or line.startswith(("附件", "附：", "附:")):
            break
        if re.match(
            r"^[（(【\[]?(?:责任编辑|责编|编辑|作者|来源|供稿|撰稿|审核|校对|记者|通讯员)[：:\s/].{0,40}$", line
        ) or (len(line) < 60 and (_meta(line) or _BARE_DAY.match(line))):
            # What readers wrote under a line of the site (3楼 发表于 …) goes with it.
            dropped.update(dict.fromkeys([index, *unsure], "N01"))
            unsure = []
        elif len(line) < 80 and (lead_in_score(line) >= 2 or re.match(r"^以上就是.{0,20}(?:内容|全文|介绍)", line)):
            dropped[index] = "N03"
        elif _looks_like_link(line):
            titles += [*unsure, index]
            unsure = []
        elif len(line) <= 40 and len(unsure) < 3 and not numbering(line) and not re.search(r"[。；！？：]", line):
            # 描写春天的优美句子大全 is no title of a document, yet stands among them.
            unsure.append(index)
        else:
            break
    if len(titles) >= 2 or any(_DAY_IN_LINE.search(lines[i]) or _TEASER.search(lines[i]) for i in titles):
        dropped.update(dict.fromkeys(titles, "N02"))


def _looks_like_link(line: str) -> bool:
    bare = _DAY_IN_LINE.sub("", re.sub(r"^(?:[·•●■◆>»*\-]|\d{1,2}[.、])\s?", "", line)).strip()
    if block_number(bare) or not 4 <= len(bare) <= 60 or re.search(r"[。；！]", bare):
        return False
    if numbering(line) and not is_title(bare):
        return False
    return is_title(bare) or bool(_DAY_IN_LINE.search(line)) or bool(_TEASER.search(bare))
