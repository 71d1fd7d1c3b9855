"""What each rule of cleaning did, in words for people."""

from __future__ import annotations

RULE_NAMES = {
    "N00": "不可见字符、排版空格或强调符号",
    "N01": "网页的页头、页脚或导航",
    "N02": "别的文章的推荐链接",
    "N03": "网站自己的导语",
    "N04": "夹在句子里的广告",
    "N05": "重复的标题或篇目标签",
    "N07": "词语中间的杂散符号",
    "N08": "词语中间的空括号",
    "N09": "词语中间的空格",
    "N10": "被删去的词，由重复稿补回",
    "N12": "被拆成单独一段的词，已接回原句",
    "N13": "被遮盖的地名或单位",
    "N14": "被遮盖的词",
    "N15": "被遮盖的数字",
    "N16": "被遮盖的年份",
    "N17": "用同一个年份盖住的数字",
    "N18": "小数点误作句号",
    "N19": "数字前后的空格",
    "N20": "分项序号缺少“是”",
    "N23": "句子中间的换行",
    "N24": "标题或日期后面多余的句号",
    "N25": "写成小写的英文缩写",
    "N30": "汉字之间的半角标点",
    "N31": "繁体字",
}

DAMAGE_NAMES = {
    "mask": "有遮盖",
    "heading_lost": "缺标题",
    "head_cut": "开头不全",
    "tail_cut": "结尾不全",
    "deleted_word": "有词被删",
    "punct_lost": "缺标点",
}


def rule_name(rule: str) -> str:
    """What the rule `rule` did, as a Chinese phrase; the code itself where it is unknown. Pure."""
    return RULE_NAMES.get(rule, rule)


def damage_name(flag: str) -> str:
    """The Chinese name of a damage flag. Pure."""
    return DAMAGE_NAMES.get(flag, flag)
