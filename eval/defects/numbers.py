"""Defects of numbers: invented, swapped, misdated, contradicted, worked out wrongly, let in from a past report."""

from __future__ import annotations

import re
from dataclasses import replace

from eval.cases import Case
from eval.defects.plant import FILLERS, PADDED, TURNED, Plant, edits
from eval.defects.rewriting import Edit, Part, Piece, added, mapped, rewritten, without_facts
from eval.measures.standing import claims_of
from eval.trial import Trial
from service.domain.draft import SentenceKind
from service.domain.report import ExemplarOriginal

# Figures that stand in none of the cases.
_INVENTED = ("另发放雨伞8617把。", "另清理沟渠9283米。", "另安装护栏7459处。")
_FACT = SentenceKind.FACT


def _invent(strength: int) -> Edit:
    return added(*_INVENTED[:strength])


def _unnoticed(case: Case, trial: Trial, strength: int) -> Trial:
    return rewritten(case, trial, _invent(strength))


def _noticed(case: Case, trial: Trial, strength: int) -> Trial:
    return rewritten(case, trial, _invent(strength), checked=True)


def _drop_words(strength: int) -> Edit:
    """Takes out opening and closing sentences without a number, which no measure of numbers may miss. Pure."""
    return mapped(
        lambda number, piece: (
            None if piece.kind is not _FACT and number < strength and not re.search(r"\d", piece.text) else piece
        )
    )


# Two rows of figures in one unit each, so that a swap is a swap between things.
_ROWS = (
    ("发放宣传单", "2817份"),
    ("张贴文明公约", "364份"),
    ("签订商户承诺书", "152份"),
    ("收集意见建议表", "476份"),
    ("印制便民手册", "593份"),
    ("寄送告知信函", "688份"),
)


def _listed(case: Case, trial: Trial) -> tuple[Case, Trial]:
    """The case with six figures of one unit more, each told in a sentence of its own."""
    noted = replace(case, notes=case.notes.rstrip("\n") + "\n" + "\n".join(what + how for what, how in _ROWS) + "\n")
    return noted, rewritten(noted, trial, added(*(f"{what}{how}。" for what, how in _ROWS)))


def _swap(strength: int) -> Edit:
    """Gives the first `strength` pairs of rows each other's figure. Pure."""
    swaps = {}
    for at in range(0, 2 * strength, 2):
        (one, first), (other, second) = _ROWS[at], _ROWS[at + 1]
        swaps[f"{one}{first}。"], swaps[f"{other}{second}。"] = f"{one}{second}。", f"{other}{first}。"
    return mapped(lambda number, piece: replace(piece, text=swaps.get(piece.text, piece.text)))


_SUMS_NOTES = "上午清扫队35人，下午清扫队42人\n东街修路灯16盏，西街修路灯27盏\n北院栽树120棵，南院栽树85棵\n"
_SUMS = ("清扫队共77人。", "两街共修路灯43盏。", "两院共栽树205棵。")
_WRONG_SUMS = ("清扫队共87人。", "两街共修路灯53盏。", "两院共栽树215棵。")


def _with_sums(case: Case, trial: Trial) -> tuple[Case, Trial]:
    noted = replace(case, notes=case.notes.rstrip("\n") + "\n" + _SUMS_NOTES)
    return noted, rewritten(noted, trial, added(*_SUMS), checked=True)


def _wrong_sums(strength: int) -> Edit:
    wrong = dict(zip(_SUMS[:strength], _WRONG_SUMS, strict=False))
    return mapped(lambda number, piece: replace(piece, text=wrong.get(piece.text, piece.text)))


_YEARS = ("2011年3月开展大清扫。", "2012年4月召开动员会。", "2013年5月更换公益广告。")
_DAYS = ("3月31日开展大清扫。", "4月30日召开动员会。", "5月31日更换公益广告。")


def _contradict(strength: int, change: bool) -> Edit:
    """Tells up to `strength` new things in one section and again in another, with another value where `change`."""
    told = (("安装晾衣架", 841), ("更换井盖", 752), ("增设长椅", 963))[:strength]

    def edit(parts: list[Part]) -> list[Part]:
        for at, extra in ((0, 0), (len(parts) - 1, 13 if change else 0)):
            new = [Piece("\n", f"{what}{value + extra}个。", _FACT) for what, value in told]
            parts[at] = replace(parts[at], pieces=(*parts[at].pieces, *new))
        return parts

    return edit


_PAST = ExemplarOriginal(
    "past",
    "桐栎街道工作总结",
    "一、工作开展情况",
    "全年投入经费6283万元改造背街小巷，刷新外墙19468平方米。组建梧岭口志愿服务队，登记队员3572人，"
    "开展便民服务7716次。在栖霞坞路建成口袋公园，铺设透水砖28541平方米，沿线居民出门就能看见绿地，日子过得舒心敞亮。",
)
_LEAKS = ("改造投入6283万元。", "刷新外墙19468平方米。", "登记队员3572人。")
_COPIED = (
    "组建志愿服务队，沿线居民出门就能看见绿地。",
    "沿线居民出门就能看见绿地，日子过得舒心敞亮。",
    "在栖霞坞路建成口袋公园，铺设透水砖28541平方米，沿线居民出门就能看见绿地，日子过得舒心敞亮。",
)


def _with_past(case: Case, trial: Trial) -> tuple[Case, Trial]:
    ready = replace(trial, originals=(_PAST,))
    return case, rewritten(case, ready, lambda parts: parts, checked=True)


def _note_words(case: Case, trial: Trial, strength: int) -> Trial:
    """Writes words of the notes into the draft, which is no copying from a past report."""
    rows = [row.strip() for row in case.notes.split("\n") if len(row.strip()) > 12][:strength]
    return rewritten(case, trial, added(*rows))


def _copy(strength: int) -> Edit:
    return added(_COPIED[strength - 1])


def _formulas(strength: int) -> Edit:
    return added(*("以上报告，不妥之处，请批评指正。", "现将有关情况报告如下。", "特此报告。")[:strength])


def _marked(strength: int) -> Edit:
    return added(*["【待补：时间】"] * strength)


def _some_numbers(case: Case, trial: Trial) -> tuple[Case, Trial] | None:
    return (case, trial) if sum(1 for _ in claims_of(trial.draft.text)) >= 8 else None


PLANTS = (
    Plant(
        "number_precision",
        "invented figures",
        edits(_invent),
        "sentences reordered",
        TURNED,
        _some_numbers,
    ),
    Plant("number_recall", "a quarter of the facts left out", edits(without_facts), "filling added", PADDED),
    Plant("unflagged", "invented figures the checker let pass", _unnoticed, "invented figures it flags", _noticed),
    Plant("binding", "figures of one unit swapped", edits(_swap), "figures of nobody", edits(_invent), _listed),
    Plant(
        "derivations",
        "sums worked out wrongly",
        edits(_wrong_sums, checked=True),
        "filling added",
        edits(lambda strength: added(*FILLERS[:strength], kind=SentenceKind.FORMULA), checked=True),
        _with_sums,
    ),
    Plant(
        "period",
        "years out of the period",
        edits(lambda strength: added(*_YEARS[:strength])),
        "days out of the notes",
        edits(lambda strength: added(*_DAYS[:strength])),
    ),
    Plant(
        "inconsistent",
        "a thing told twice with two values",
        edits(lambda strength: _contradict(strength, True)),
        "a thing told twice with one value",
        edits(lambda strength: _contradict(strength, False)),
    ),
    Plant(
        "leak",
        "figures of the past report",
        edits(lambda strength: added(*_LEAKS[:strength])),
        "figures of nobody",
        edits(_invent),
        _with_past,
    ),
    Plant(
        "overlap",
        "a longer and longer run of the past report",
        edits(_copy),
        "fixed formulas",
        edits(_formulas),
        _with_past,
    ),
    Plant("copied", "sentences of the past report", edits(_copy), "sentences reordered", TURNED, _with_past),
    Plant(
        "blocked", "invented figures", _noticed, "gaps marked", edits(lambda n: added(*["【待补：时间】"] * n), True)
    ),
)
