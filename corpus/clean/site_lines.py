"""Lines that no report holds, whatever stands around them: labels of a site, buttons, floors of a forum."""

from __future__ import annotations

import re

from corpus.split.headings import is_title

META_WORD = (
    "发布时间|发表时间|发布日期|更新时间|更新日期|编辑时间|上传时间|创建时间|时间|日期|来源|信息来源|文章来源|稿件来源|作者|文章作者|编辑|责任编辑|责编|编审|审核|初审|复审|"
    "终审|校对|发布者|发布人|发布机构|发布单位|上传者|浏览|浏览次数|浏览量|阅读|阅读量|阅读数|点击|点击数|点击量|点击率|访问量|访问次数|人气|评论|收藏|点赞|字体|字号|打印|分享|"
    "文件名|文件名称|成文日期|成文时间|生效日期|废止日期|名称|标题|文号|发文字号|有效性|主题词|主题分类|公文种类|发文机关|公开方式|公开范围|索引号|信息索引|分类|栏目|所属栏目|关键词|关键字|标签|TAG|tags|摄影|撰稿|供稿|投稿|摘要|导语|大小|格式|页数"
)
# 热门标签：述职 心得, 站长推荐：…, 排版 | 小砚 校对 | 阿拙: a label of the site, then what it labels.
_SITE_LABEL = re.compile(
    rf"^(?:(?:{META_WORD})\s?[|｜丨]\s?[^|｜丨\s]{{1,20}}\s{{0,3}}){{1,5}}$"
    r"|^[【\[]?(?:热门|站长|编辑|小编|本站|网友|相关|猜你|精彩|热点|最新|最热|本周|本月|今日)(?:标签|推荐|搜索|下载|阅读|专题|文章|评论|留言|排行|资料|文档|范文)[】\]]?\s?[：:]?"
    r"|^(?:排版|校对|校审|美编|设计|监制|制图|供图|图源|图文)\s?[|｜/丨：:]"
)


# Nothing but what a reader may do: 点评 回复 支持, +关注, 写留言, 赞 56 在看 12.
_READER_ALONE = re.compile(
    r"^(?:[+＋·|｜/、\s]{0,3}(?:已?关注|阅读|播放|写留言|写评论|评论|留言|回复|点评|支持|反对|举报|点赞|赞|踩|在看|分享|收藏|转发|打赏|赞赏|引用|只看该作者|倒序浏览|阅读模式|登录|注册)"
    r"\s?[（(]?\d{0,7}[.\d万+]{0,4}[）)]?){1,9}\s?$"
)
# 1#, 12楼, 沙发 小河弯弯: who wrote below in a forum.
_FLOOR = re.compile(r"^(?:\d{1,4}\s?[#＃]|第?\d{1,4}\s?楼|(?:楼主|沙发|板凳|地板)(?:\s{1,3}\S{1,16})?)$")
# 2. 本站资源均由用户上传，版权归原作者所有。: a site numbers its own notes too.
_SITE_SPEAKS = re.compile(r"本站|本网|用户上传|会员分享|版权归|侵权|文库")
# 广告：找工作就上某某网, 【推广】…: said to be none of the report's. 广告：清理12处 counts, as a row of a table does.
_ADVERT = re.compile(r"^[【\[（(]?(?:广告|推广|赞助(?:商)?|AD)(?:[】\])）]|\s?[：:|丨])\s?[^\d。；]{2,50}$")
# （责编：dl007）分享让更多人看到: who edited, and what the reader may do behind it.
_EDITED = re.compile(rf"^[（(【\[](?:{META_WORD})\s?[：:/][^（）()【】\[\]]{{1,24}}[）)】\]][^，。；]{{0,20}}$")
# ★ 本站提醒：改名字别忘了 ★: a notice between two ornaments of the same kind.
_ORNAMENTED = re.compile(r"^([★☆◆◇●•■※▲△♥❤✿❀♪])\1{0,5}\s?[^★☆◆◇●•■※▲△♥❤✿❀♪]{2,40}?\s?\1{1,6}$")
# 批注 [李1]：数字再核一下: what a word processor printed beside the text; 下转第3版: where a paper goes on.
_BESIDE = re.compile(
    r"^[|\s\[【（(]{0,3}(?:批注|修订|审阅意见|带格式的?|删除的内容|插入的内容|设置了格式)\s?[\[【（(]?[^\]】）)：:。]{0,12}[\]】）)]?\s?[：:][^\n]{0,80}$"
    r"|^[【\[（(＞>▶→▲▼\s]{0,3}(?:紧?接|上接|下转|转接|转|续)第?\s?[A-Z]?\d{0,2}[一二三四五六七八九十]{0,2}\s?[版页面][^。]{0,24}$"
)
# [图片], Comment [LI3]: …, 由 扫描全能王 扫描创建, 2楼 小明：…: what stood in place of a picture, what a program
# wrote, who spoke below.
_BY_PROGRAM = re.compile(
    r"^[\[【（(<](?:图片|视频|音频|表情|图|动画表情|语音|广告|评论|此处[^\]】）)]{0,8}|!--[^>]{0,40}--|本[段节文][^\]】）)]{1,12}|未完待续|本页无正文|完)[\]】）)>].{0,12}$"
    r"|^Comment\s?\[[^\]]{1,12}\]\s?[：:].{0,80}$|^【批注】.{0,60}$|^.{0,8}(?:扫描全能王|CamScanner|WPS\sOffice|Adobe|福昕).{0,16}$"
    r"|^\d{1,4}\s?[楼#＃]\s.{0,60}$|^(?:楼主|层主|答主|UP主|博主|作者|客服)(?:回复[^：:]{0,12})?\s?[：:].{0,40}$|^(?:QQ|qq|微信|VX|vx|V信|加[Vv微])群?号?\s?[：:]\s?[A-Za-z0-9_-]{5,24}.{0,12}$"
    r"|^(?:file|https?|ftp)://\S{1,200}$|^[—-]{2}\s?[^—\-，。；：]{1,14}\s?[—-]{2}$|^\[\d{1,3}\]$"
    r"|^(?:(?:打印|导出|拟稿|失效)(?:人|时间|日期)|提取码|签名|密级|紧急程度|流程状态|办理意见)(?:\s?[：:].{0,24})?$"
)
# 云在青天 LV14, 最近访问 2 小时前, #创城进行时 27个, 拟稿 | 缪某 | 08-17 09:20 | 08-17 09:58: a rank, how long ago,
# tags, a log of who had a paper when.
_OF_ACCOUNTS = re.compile(
    r"(?:^|\s)[Ll][Vv]\.?\s?\d{1,3}(?:\s|[\u4e00-\u9fff]|$)|(?:^|\s)[^，。；\d]{0,8}\d{1,3}\s?(?:秒|分钟|小时|天|周|个月)前(?:\s|$)"
    r"|^[\u4e00-\u9fff]{0,8}[：:\s]{0,3}(?:[#＃][^\s#＃，。；\d]{1,16}[#＃]?\s?(?:\d{1,5}\s?[个篇条])?\s{0,3}){1,8}$"
    r"|^(?!.*\d[余多]?[人次名处份场件户])(?:.{0,30}\d\d[-/.]\d\d\s{1,2}\d{1,2}:\d\d){2}"
)
# [00:01:10] 老曹：先念第一篇: who said something when, and no unit spoke.
_SAID_AT = re.compile(r"^[\[【（(](?:\d{1,2}:)?\d{1,2}:\d\d[\]】）)]\s{0,2}[^\s：:，。]{1,12}\s?[：:](.{0,60})$")
# 🎧 本文配乐, 👉 点这里, ☞ 往期: no office begins a line with a picture.
_PICTURED = re.compile(
    r"^[\u261a-\u261f\U0001f300-\U0001faff]\ufe0f?\s?(?![（(]?[一二三四五六七八九十\d]{1,3}[、.）)])[^。；]{1,40}$"
)
_SPEAKS_AS_UNIT = re.compile(
    r"我[市区县镇乡局校院处办所站馆厂队园]|\d[\d.]{0,9}[余多]?[\u4e00-\u9fff]|^[（(]?[一二三四五六七八九十\d]{1,3}[、.．）)]|[一二三四五]是"
)
# What a site or a mail says of itself to be on the safe side: 如误收请立即删除, 仅代表作者观点, 未经授权不得转载.
_DISCLAIMS = re.compile(
    r"仅代表[^，。]{0,8}(?:个人|作者|网友|本人)|不代表(?:本|我们|平台|网站)|与本[站网平][^，。]{0,6}无关|概不负责|不承担[^，。]{0,8}责任|如有侵[权犯][^。]{0,8}(?:请|联系|告知|删)|侵犯[^，。]{0,10}(?:联系|删除)|如误收|"
    r"仅供指定|请勿轻信|请勿(?:直接)?回复|垃圾邮件|系统自动(?:发送|识别)|自动生成，|未经[^，。]{0,8}(?:许可|授权|允许)[^。]{0,8}(?:转载|复制|使用|传播|引用|商用|镜像)|(?:严禁|不得|禁止|谢绝)[^，。]{0,6}(?:转载|商用|外传|复制)|最终解释权|版权归|归原?作者所有|"
    r"来自互联网|来源于?网络|网络收集|网络整理|收益归|由(?:用户|网友|会员)[^，。]{0,6}(?:提供|上传|发布)|^内部(?:资料|刊物|交流)(?:$|[，、\s：])|注意保存|准印证|统一刊号|仅供[^，。]{0,6}(?:交流|学习|参考|阅读|内部)"
)
_LONGEST_LABEL, _LONGEST_NOTICE = 60, 80


def is_site_line(line: str) -> bool:
    """True for a line that only a site writes, wherever on the page it stands. Pure."""
    if len(line) < _LONGEST_LABEL and not re.search(r"[。；]", line) and _is_of_accounts(line):
        return True
    if (said := _SAID_AT.match(line)) and not _SPEAKS_AS_UNIT.search(said[1]):
        return True
    if _READER_ALONE.match(line) or _FLOOR.match(line) or _BESIDE.match(line) or _BY_PROGRAM.match(line):
        return True
    if len(line) < _LONGEST_LABEL and any(one.match(line) for one in (_SITE_LABEL, _ADVERT, _EDITED, _ORNAMENTED)):
        return True
    if len(line) < _LONGEST_NOTICE and _DISCLAIMS.search(line) and not _SPEAKS_AS_UNIT.search(line):
        return True
    return len(line) < _LONGEST_NOTICE and len(set(_SITE_SPEAKS.findall(line))) >= 2


def _is_of_accounts(line: str) -> bool:
    pictured = _PICTURED.match(line) and not _SPEAKS_AS_UNIT.search(line) and not is_title(line)
    return bool(pictured) or bool(_OF_ACCOUNTS.search(line))
