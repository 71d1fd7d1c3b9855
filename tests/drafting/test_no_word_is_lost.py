"""A clause put into official words keeps each word and figure of the notes; the guard sees where one is missing."""

from __future__ import annotations

import re
from itertools import product

import pytest

from eval.cases import load_cases
from eval.drafting import request_of
from service.drafting.compose_by_rules.guard import added_words, lost_words
from service.drafting.compose_by_rules.lexicon import lexicon
from service.drafting.compose_by_rules.opening import voice_of
from service.drafting.compose_by_rules.statement import state
from service.drafting.compose_by_rules.surface import written_form
from service.drafting.read_notes import read_notes
from service.language.words import is_known, segment
from tests.drafting.composing import VOICE, fact

_WHO = ("", "领导小组", "领导班子", "环卫所", "志愿者", "辖区小区物业", "市里的专家", "我们网格", "社区两委")
_DID = (
    "清了",
    "换了",
    "拉走",
    "发了",
    "罚了",
    "签了",
    "议了",
    "走了",
    "拆掉",
    "装上",
    "录了",
    "约了",
    "来了",
    "敲了",
    "补上",
    "开了",
)
_WHAT = (
    "小区",
    "门口",
    "楼道杂物",
    "单车",
    "共建协议",
    "菜园",
    "大屏",
    "领导信箱",
    "小车",
    "责任书",
    "地下车库",
    "路灯",
)
_MANY = ("21个", "3处", "1200户", "12盏", "")
_ENDS = ("", "了", "，全部都签了", "累死了", "，还差2份")
_SIGHS = ("累死了",)


def _invented() -> list[str]:
    clauses = [f"{who}{did}{what}{many}{end}" for who, did, what, many, end in product(_WHO, _DID, _WHAT, _MANY, _ENDS)]
    clauses += [f"{who}{what}{many}，{did}{many}" for who, did, what, many in product(_WHO, _DID, _WHAT, _MANY[:3])]
    return clauses[::41]  # every part stands beside every other often enough


def _said(text: str) -> str:
    found = state(fact(text), VOICE)
    return found.alone if found else ""


def test_each_part_of_many_invented_clauses_stands_in_what_is_written() -> None:
    lost = []
    for clause in _invented():
        said = _said(clause)
        parts = [part for part in (*_WHO, *_WHAT, *re.findall(r"\d+", clause)) if part and part in clause]
        lost += [(clause, said, part) for part in parts if part.removeprefix("我们") not in said]
    assert not lost, lost[:5]


def test_a_sigh_falls_away_whole_and_is_told_of() -> None:
    found = state(fact("小广告铲了168处，铲了三个小时累死了"), VOICE)
    assert found is not None and "累" not in found.alone and found.alone.endswith("清理小广告168处，历时3个小时")
    assert found.dropped == ("累死了",)


@pytest.mark.parametrize("noted", ["果树冻死120棵", "哈密瓜发了30箱", "笑脸墙贴了200张", "@所有单位的通知发了12份"])
def test_what_only_looks_like_a_sigh_stays(noted: str) -> None:
    for word in ("果树冻死", "哈密瓜", "笑脸墙", "通知"):
        assert word not in noted or word in _said(noted)


def test_the_nouns_and_figures_of_every_develop_case_stand_in_their_statements() -> None:
    words = lexicon()
    mapped = "".join((*words.replace, *words.plan, *words.hedge, *words.verbs, *words.openers, *words.enders))
    lost, seen = [], 0
    for case in load_cases("develop")[::2]:
        voice = voice_of(request_of(case))
        for one in read_notes(case.notes, case.period).facts:
            found = state(one, voice)
            if found is None or one.unsettled or found.dropped:
                continue
            source = written_form(one.clean)
            nouns = {
                word.text
                for word in segment(source)
                if word.tag in ("n", "nr", "ns", "nt", "nz")
                and len(word.text) > 1
                and is_known(word.text)
                and word.text[0] not in words.verbs  # 发传单 is 发放传单
                and not source[: word.start][-1:].isdigit()  # 4台装了 holds no 台装
            }
            seen += len(nouns)
            lost += [
                (source, found.alone, noun)
                for noun in nouns
                if noun not in found.alone and noun not in mapped and source.find(noun) > _LABEL_CHARS
            ]
    assert seen > 700
    assert not lost, lost[:5]


_LABEL_CHARS = 6  # a label at the head (环境问题：) is said by the heading


_GOOD = (
    "清理楼道杂物56处，志愿者45人参加",
    "领导小组由副区长牵头，成员单位12家",
    "召开调度会2次，整改问题17个，完成率94.4%",
    "入户发放《文明公约》650份，敲门1200户，开门的890户",
    "与石桥村结对帮扶，投入资金18.6万元，修路1.2公里",
)


@pytest.mark.parametrize("source", _GOOD)
def test_the_guard_sees_a_word_left_out_cut_or_split(source: str) -> None:
    assert lost_words(source, source) == () and added_words(source, source) == ()
    missed = []
    for word in segment(source):
        if word.tag in ("x", "uj", "ul", "m", "q") or (len(word.text) == 1 and not word.text.isdigit()):
            continue
        damaged = [source[: word.start] + source[word.end :]]
        if len(word.text) > 1:
            damaged.append(source[: word.start + 1] + source[word.end :])
            damaged.append(source[: word.start + 1] + "设" + source[word.start + 1 :])
        missed += [(word.text, one) for one in damaged if not lost_words(source, one)]
    for figure in re.finditer(r"\d+(?:\.\d+)?", source):
        other = source[: figure.start()] + "7777" + source[figure.end() :]
        missed += [(figure.group(), other)] if not lost_words(source, other) or not added_words(source, other) else []
    assert not missed, missed


def test_the_guard_sees_what_was_put_in() -> None:
    assert added_words("清理楼道杂物56处", "清理楼道杂物56处，群众满意度显著提升")
    assert added_words("种树120棵", "种树120棵、草坪300平方米")
