"""`zhibi eval pairs` and `agreement`: drafts for people to judge, and what their word says of the measures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.commands.printing import print_json, print_line, tell
from service.commands.reading import write_whole

if TYPE_CHECKING:
    from eval.people import BlindPair, Predicts, Preference

_SEED = 20240308
_JUDGED = {"judge_register": "语体", "judge_readability": "易读性"}  # what each prompt asks a judge about


def run_pairs(first: Path, second: Path, out: Path) -> int:
    """Writes blind pairs of two runs: a sheet where `out` ends in .csv, else the JSON of the evaluators' page."""
    from eval.people import blind_pairs, pairs_csv, pairs_json
    from eval.run import read_record

    before, after = read_record(first), read_record(second)
    pairs = blind_pairs(before, after, _SEED)
    if out.suffix.lower() == ".csv":
        write_whole(out, pairs_csv(pairs).encode())
    else:
        runs = (_run_name(first, before), _run_name(second, after))
        made = json.dumps(pairs_json(out.stem, runs, pairs, _notes(after)), ensure_ascii=False, indent=1)
        write_whole(out, (made + "\n").encode())
    tell(f"{len(pairs)}对稿件已写入{out}。")
    if out.suffix.lower() != ".csv":
        tell("管理员把它原样提交到 POST /api/v1/pairs，评测人即可在评测页面打分；得分用该页的 scores.csv 取回。")
    return 0


def _run_name(path: Path, record: Mapping[str, Any]) -> str:
    """What administrators see of a run: its folder, and who wrote."""
    folder = path if path.is_dir() else path.parent
    return f"{folder.resolve().name}（{record['composer']}）"[:200]


def _notes(record: Mapping[str, Any]) -> dict[str, str]:
    """The notes of the cases of a run, where they did not change since."""
    from eval.cases import load_cases

    digests = {row["case"]: row["digest"] for row in record["cases"]}
    return {one.case_id: one.notes for one in load_cases("all") if digests.get(one.case_id) == one.digest}


def run_agreement(first: Path, second: Path, sheets: list[Path], as_json: bool) -> int:
    """Prints how far scorers agree, and which measures predict what they prefer."""
    from eval.people import blind_pairs, krippendorff_alpha, predictions
    from eval.run import read_record

    before, after = read_record(first), read_record(second)
    pairs = blind_pairs(before, after, _SEED)
    said = _said(sheets, pairs)
    alpha = krippendorff_alpha(said)
    found = predictions(before, after, pairs, said)
    if as_json:
        rows = [
            {
                "measure": one.measure,
                "correlation": one.correlation,
                "interval": one.interval,
                "pairs": one.pairs,
                "keep": one.keep,
            }
            for one in found
        ]
        print_json({"alpha": alpha, "scores": len(said), "measures": rows})
        return 0
    print_line(f"{len(said)}条评分，一致性α：{'无法判断' if alpha is None else f'{alpha:.3f}'}")
    for one in found:
        shown = "–" if one.correlation is None else f"{one.correlation:+.2f}"
        ends = "" if one.interval is None else f"，95%区间{one.interval[0]:+.2f}～{one.interval[1]:+.2f}"
        print_line(f"{after['measures'][one.measure]['chinese']}：{shown}（{one.pairs}对{ends}，{_word(one)}）")
    return 0


def _word(one: Predicts) -> str:
    """What follows from how a measure goes with what people prefer."""
    from eval.people import FEWEST_PAIRS

    if one.contrary:
        return "与人的偏好相反，应弃用"
    if one.keep is not None:
        return "可用" if one.keep else "不能预测人的偏好，应弃用"
    if one.interval is None and one.pairs >= FEWEST_PAIRS:
        return "各稿得分没有差别，无法判断"
    return "样本不足，无法判断"


def _said(sheets: Sequence[Path], pairs: Sequence[BlindPair]) -> list[Preference]:
    from eval.people import read_preferences
    from service.domain.errors import UnusableInput

    said: list[Preference] = []
    for sheet in sheets:
        try:
            content = sheet.read_bytes()
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = content.decode("gb18030")  # as a Chinese Excel saves a .csv
        except (OSError, UnicodeDecodeError) as wrong:
            raise UnusableInput(f"表格“{sheet}”读不了。请存为UTF-8编码的CSV。", file=str(sheet)) from wrong
        said += read_preferences(text, pairs)
    return said


def run_judge(first: Path, second: Path, sheets: list[Path], as_json: bool) -> int:
    """Asks the model of the settings which drafts read better, and prints what it said and how far to believe it."""
    from eval.judge import judge_pairs, judged
    from eval.people import blind_pairs
    from eval.run import read_record
    from service.domain.errors import UnusableInput
    from service.settings import load_settings
    from service.wiring.models import open_models

    before, after = read_record(first), read_record(second)
    pairs = blind_pairs(before, after, _SEED)
    genres = {row["case"]: row["genre"] for row in after["cases"]}
    with open_models(load_settings()) as models:
        if models is None:
            raise UnusableInput("没有设置 ZHIBI_MODEL，没有可请的评审模型。")
        judge = models.for_run("judge")
        found = judge_pairs(pairs, genres, lambda prompt: judge.ask(prompt, {}).text)
    rows = judged(pairs, found, _said(sheets, pairs))
    if as_json:
        print_json({"pairs": len(pairs), "prompts": rows})
        return 0
    for row in rows:
        alpha = row["agreement_with_people"]
        asked = _JUDGED.get(row["prompt"], row["prompt"])
        print_line(
            f"{asked}：记录乙胜{row['won']}、负{row['lost']}、平{row['tied']}，读不懂{row['unread']}；"
            f"随次序改口{row['swayed']}；与人的一致性α{'无法判断' if alpha is None else f'{alpha:.3f}'}"
        )
    return 0


def run_outside(run: Path, package: str, python: Path) -> int:
    """Prints the scores of an outside package for the drafts of a run, as JSON."""
    from eval.cases import load_cases
    from eval.outside.packages import require, samples, scores
    from eval.run import read_record
    from service.domain.errors import UnusableInput
    from service.model.connection import OPENAI_ADDRESS
    from service.model.private import keep_back
    from service.settings import load_settings
    from service.wiring.models import private_spans, require_allowed

    require(package, python)
    settings = load_settings()
    if not settings.model:
        raise UnusableInput(f"没有设置 ZHIBI_MODEL，{package}没有可问的模型。")
    address = settings.openai_base_url or OPENAI_ADDRESS
    require_allowed(settings, address)
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
    chosen = samples(read_record(run), load_cases("all"))
    print_json(
        scores(package, python, chosen, settings.model, address, key, lambda text: keep_back(text, private_spans)[0])
    )
    return 0
