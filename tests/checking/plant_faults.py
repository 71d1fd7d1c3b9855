"""Plants one fault of each kind into faithful pairs made of the sample reports, and counts what the checker finds.

A faithful pair: the draft is a sample report as it stands; the notes are its numbered clauses, cut to short lines and
shuffled, as a clerk would jot them. Run `python -m tests.checking.plant_faults` for the table.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from service.checking.check import check_draft
from service.checking.claims import Claim, plain_unit, read_text
from service.checking.cues import PLAN
from service.checking.likeness import alike
from service.domain.finding import Band, Verdict
from service.domain.quantity import Approx, Kind
from service.domain.report import ExemplarOriginal

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


@dataclass(frozen=True)
class Planted:
    """Notes and a draft with one fault: where it stands in the draft and the verdict it should draw."""

    verdict: Verdict
    notes: str
    draft: str
    start: int
    end: int
    exemplar: str = ""


def sample_texts() -> list[str]:
    """The clean sample reports, in order of name."""
    paths = [path for path in sorted(SAMPLES.iterdir()) if path.suffix in (".md", ".txt")]
    clean = [path for path in paths if not path.name.startswith(("dirty", "README"))]
    return [re.sub(r"(?m)^#+\s*", "", path.read_text(encoding="utf-8")) for path in clean]


def jotted(report: str, chance: random.Random) -> str:
    """The report as a clerk's notes: a line for each sentence with numbers, official verbs and connectives left out."""
    lines = []
    # A heading of what comes next, shuffled in among the lines, would make plans of all that follow it.
    body = "\n".join(row for row in report.split("\n") if len(row) > 24 or not PLAN.search(row))
    for sentence in re.split(r"[。；\n]", body):
        if any(claim for claim in read_text(sentence).claims):
            plain = re.sub(
                r"(?:先后|积极|认真|扎实|深入|全面|持续|同时|切实|有效|进一步|大力|不断|充分|及时)", "", sentence
            )
            plain = re.sub(r"(?:开展了?|进行了?|组织开展|予以)", "", plain)
            lines.append(plain.strip(" ，、"))
    chance.shuffle(lines)
    return "\n".join(lines)


def _replaced(draft: str, claim: Claim, text: str) -> tuple[str, int, int]:
    start, end = claim.mention.start, claim.mention.end
    return draft[:start] + text + draft[end:], start, start + len(text)


def _whole(claim: Claim) -> int | None:
    amount = claim.mention.amount
    counted = claim.mention.kind in (Kind.COUNT, Kind.MEASURE) and claim.mention.approx is None
    if amount is None or not amount.exact or amount.lo is None or not counted or not claim.mention.text[:1].isdigit():
        return None
    return int(amount.lo) if amount.lo == int(amount.lo) else None


def _tail(claim: Claim) -> str:
    found = re.match(r"[\d,.，]+[万亿]?(.*)$", claim.mention.text.strip())
    return found.group(1) if found else ""


def _changed(claim: Claim, chance: random.Random) -> str | None:
    value = _whole(claim)
    if value is None or value < 3:
        return None
    digits = str(value)
    swapped = digits[::-1]
    if len(digits) > 1 and swapped != digits and not swapped.startswith("0"):
        return swapped + _tail(claim)
    return str(value + chance.choice((2, 3, 11))) + _tail(claim)


def _wrong_side(claim: Claim, chance: random.Random) -> str | None:
    value = _whole(claim)
    if value is None or value < 25:
        return None
    step = 10 ** (len(str(value)) - 1)
    up = (value // step + 1) * step
    return f"{up}余{_tail(claim)}" if value >= 0.86 * up else None


def _inflated(claim: Claim, chance: random.Random) -> str | None:
    value = _whole(claim)
    if value is None or value < 12:
        return None
    step = 10 ** (len(str(value)) - 1)
    return f"近{(int(value * 1.6) // step + 1) * step}{_tail(claim)}"


def _hedge_lost(claim: Claim, chance: random.Random) -> str | None:
    text = claim.mention.text
    plain = re.sub(r"[余多]|^近|^约", "", text)
    return plain if claim.mention.approx in (Approx.OVER, Approx.NEAR, Approx.ABOUT) and plain != text else None


def _more_precise(claim: Claim, chance: random.Random) -> str | None:
    amount = claim.mention.amount
    hedged = claim.mention.approx is Approx.OVER and claim.mention.kind in (Kind.COUNT, Kind.MEASURE)
    if not hedged or amount is None or amount.lo is None or amount.hi is None or amount.hi - amount.lo < 5:
        return None
    return f"{int(amount.lo) + 2}{plain_unit(claim.mention.unit)}"


_SWAPS = {
    "人次": "人",
    "人": "人次",
    "户": "人",
    "份": "册",
    "册": "份",
    "辆次": "辆",
    "名": "人次",
    "场次": "人次",
    "件": "人次",
}
_SCALES = {"万元": "元", "吨": "公斤", "公里": "米", "公顷": "亩", "亿元": "万元"}


def _unit_swapped(claim: Claim, chance: random.Random) -> str | None:
    text, unit = claim.mention.text.strip(), plain_unit(claim.mention.unit)
    return text[: -len(unit)] + _SWAPS[unit] if unit in _SWAPS and text.endswith(unit) else None


def _scale_lost(claim: Claim, chance: random.Random) -> str | None:
    text = claim.mention.text.strip()
    return next((text[: -len(old)] + new for old, new in _SCALES.items() if text.endswith(old)), None)


def _masked(claim: Claim, chance: random.Random) -> str | None:
    return "xx" + _tail(claim) if _whole(claim) is not None and _tail(claim) else None


_EDITS: dict[Verdict, Callable[[Claim, random.Random], str | None]] = {
    Verdict.CONTRADICTED: _changed,
    Verdict.APPROX_WRONG_SIDE: _wrong_side,
    Verdict.APPROX_INFLATED: _inflated,
    Verdict.QUALIFIER_DROPPED: _hedge_lost,
    Verdict.PRECISION_INVENTED: _more_precise,
    Verdict.UNIT_SWAP: _unit_swapped,
    Verdict.UNIT_SCALE: _scale_lost,
    Verdict.PLACEHOLDER: _masked,
}
_INVENTED = ("收到锦旗7面", "拆除鸡棚19处", "劝返钓鱼人员23人", "捐赠旧课桌38张", "更换门锁56把", "设置鸟窝14个")
_BROKEN = {
    Verdict.NO_SOURCE: _INVENTED,
    Verdict.ZERO_FROM_ABSENCE: ("实现零上访", "未发生一起火灾事故", "做到零差错"),
    Verdict.CORRUPT: ("印发提示函2024余份", "惠及商贩520xx户"),
    Verdict.IMPOSSIBLE: ("2月30日召开复盘会", "抽检合格率达106%", "6月31日完成验收"),
    Verdict.LIST_COUNT_MISMATCH: ("抓实四项举措：巡查、劝导、清理", "推行两项制度：走访、回访、评议"),
    Verdict.PART_EXCEEDS_WHOLE: ("出动护栏清洗车12辆，其中大型车21辆", "培训楼长40名，其中退休教师55名"),
    Verdict.NAME_NUMBER_ALTERED: ("学习七里渡村“千万工程”经验，开展“九送九进”活动",),
}


def planted(report: str, other: str, chance: random.Random, per_verdict: int = 2) -> Iterator[Planted]:
    """Pairs with one fault each, made of one report; `other` is the past report for leaks."""
    notes = jotted(report, chance)
    claims = [one for one in read_text(report).claims if one.mention.text in notes]
    for verdict, edit in _EDITS.items():
        chance.shuffle(claims)
        made = 0
        for claim in claims:
            text = edit(claim, chance)
            if text is not None and text not in notes and made < per_verdict:
                yield Planted(verdict, notes, *_replaced(report, claim, text))
                made += 1
    yield from _swaps(report, notes, claims, per_verdict)
    yield from _moods(report, notes, claims, per_verdict)
    for verdict, clauses in _BROKEN.items():
        clause = chance.choice(clauses)
        source = (
            notes + "\n学习七里渡村“千万工程”经验，开展“八送八进”活动"
            if verdict is Verdict.NAME_NUMBER_ALTERED
            else notes
        )
        yield Planted(verdict, source, f"{report}\n{clause}。", len(report) + 1, len(report) + 1 + len(clause))
    for claim in [one for one in read_text(other).claims if (_whole(one) or 0) >= 20 and one.mention.text not in notes][
        :per_verdict
    ]:
        clause = claim.clause_text.strip(" ，。：")
        if clause not in report:
            yield Planted(
                Verdict.LEAKED, notes, f"{report}\n{clause}。", len(report) + 1, len(report) + 1 + len(clause), other
            )


def _swaps(report: str, notes: str, claims: list[Claim], per_verdict: int) -> Iterator[Planted]:
    """Two figures of one sentence and unit exchanged between two things."""
    made = 0
    for one in sorted(claims, key=lambda claim: claim.mention.start):
        for two in claims:
            apart = one.mention.start < two.mention.start and one.sentence_span == two.sentence_span
            same = one.mention.unit == two.mention.unit and one.mention.text != two.mention.text
            if (
                not (apart and same and _whole(one) and _whole(two) and one.noun and two.noun)
                or alike(one.noun, two.noun) > 0.5
            ):
                continue
            first, second = one.mention, two.mention
            draft = (
                report[: first.start]
                + second.text
                + report[first.end : second.start]
                + first.text
                + report[second.end :]
            )
            if made < per_verdict:
                yield Planted(Verdict.ENTITY_SWAP, notes, draft, first.start, first.start + len(second.text))
                made += 1


def _moods(report: str, notes: str, claims: list[Claim], per_verdict: int) -> Iterator[Planted]:
    """The note made a plan, a figure of last year, or a daily one; the draft states it plainly."""
    marks = {Verdict.PLAN_AS_DONE: "计划", Verdict.PERIOD_SWAP: "去年", Verdict.RATE_VS_TOTAL: "每天"}
    for verdict, mark in marks.items():
        made = 0
        for claim in claims:
            clause = claim.clause_text.strip(" ，。：")
            alone = notes.count(claim.mention.text) == 1
            free = alone and not (claim.plan or claim.before or claim.rate or claim.ends) and _whole(claim) is not None
            if (
                free
                and notes.count(clause) == 1
                and claim.action
                and clause.startswith(claim.action)
                and made < per_verdict
            ):
                yield Planted(
                    verdict, notes.replace(clause, mark + clause), report, claim.mention.start, claim.mention.end
                )
                made += 1


def main() -> None:
    """Prints recall per verdict and false alarms per 1,000 honest numbers."""
    chance = random.Random(20240315)
    texts = sample_texts()
    caught, exact, total = Counter[Verdict](), Counter[Verdict](), Counter[Verdict]()
    missed: dict[Verdict, list[str]] = defaultdict(list)
    for index, text in enumerate(texts):
        for one in planted(text, texts[index - 1], chance):
            exemplars = [ExemplarOriginal("r", "往期报告", "", one.exemplar)] if one.exemplar else []
            result = check_draft(one.notes, one.draft, exemplars)
            found = [f for f in result.findings if f.start < one.end and one.start < f.end and f.rule != "N53"]
            total[one.verdict] += 1
            caught[one.verdict] += any(f.band is not Band.PASS for f in found)
            exact[one.verdict] += any(f.verdict is one.verdict for f in found)
            if not found or ("--wrong" in sys.argv and all(f.verdict is not one.verdict for f in found)):
                around = (
                    one.draft[max(0, one.start - 24) : one.start]
                    + "["
                    + one.draft[one.start : one.end]
                    + "]"
                    + one.draft[one.end : one.end + 12]
                )
                missed[one.verdict].append(f"{around.replace(chr(10), '⏎')} {[str(f.verdict) for f in found]}")
    for verdict in total:
        print(f"{verdict:22} caught {caught[verdict]:3}/{total[verdict]:3}   exact {exact[verdict]:3}")
        for line in missed[verdict] if "--show" in sys.argv else ():
            print("      ", line)
    hits, faults = sum(caught.values()), sum(total.values())
    print(f"all                    caught {hits}/{faults} = {hits / faults:.3f}")
    honest(texts)


def honest(texts: list[str]) -> None:
    """Prints the alarms on faithful pairs."""
    chance = random.Random(7)
    numbers = blocked = flagged = 0
    for text in texts:
        notes = jotted(text, chance)
        result = check_draft(notes, text)
        claims = [
            f for f in (*result.findings, *result.passed) if f.kind != "name" and f.verdict is not Verdict.PLACEHOLDER
        ]
        numbers += len(claims)
        for one in claims:
            blocked += one.band is Band.BLOCK
            flagged += one.band is not Band.PASS
            if one.band is not Band.PASS and "--show" in sys.argv:
                print(
                    "   honest",
                    one.verdict,
                    text[max(0, one.start - 24) : one.start].replace("\n", "⏎"),
                    f"[{one.text}]",
                    text[one.end : one.end + 10].replace("\n", "⏎"),
                    one.message[:70],
                )
    rates = f"blocked {1000 * blocked / numbers:.1f}, flagged {1000 * flagged / numbers:.1f} per 1,000"
    print(f"honest numbers {numbers}: blocked {blocked}, flagged {flagged}; {rates}")


if __name__ == "__main__":
    main()
