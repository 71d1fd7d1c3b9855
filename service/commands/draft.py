"""`zhibi draft`: notes to a checked draft."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from service.commands.check import print_result
from service.commands.printing import print_json, print_line, tell
from service.commands.reading import read_argument, write_whole
from service.domain.errors import UnusableInput
from service.domain.finding import Verdict

if TYPE_CHECKING:
    from service.domain.draft import Draft, DraftRequest

_ENDINGS = (".docx", ".md", ".json")


@dataclass(frozen=True, slots=True)
class Asked:
    """The arguments of the command as they were typed."""

    notes: str
    genre: str
    unit: str
    period: str
    unit_type: str | None
    title: str | None
    length: int | None


def run(asked: Asked, out: Path | None, as_json: bool, with_comments: bool = False, with_facts: bool = False) -> int:
    """Drafts, writes `out` where it is given, prints; returns 1 where the checker found something that blocks.

    A Word file gets the findings as comments and the fact sheet as an annex where they are wanted.
    """
    if (with_comments or with_facts) and (out is None or out.suffix.lower() != ".docx"):
        raise UnusableInput("--comments 和 --facts 只用于 Word 文件。请用 --out 给出一个 .docx 文件名。")
    if out is not None and out.suffix.lower() not in _ENDINGS:
        raise UnusableInput(f"不认识输出格式“{out.name}”。可选：{'、'.join(_ENDINGS)}。", file=str(out))
    draft = _drafted(_request(asked))
    body = draft.to_json(draft_id(draft))
    if out is not None:
        write_whole(out, _file_content(draft, out.suffix.lower(), with_comments, with_facts))
        tell(f"已写入{out}。")
    if as_json:
        print_json(body)
    else:
        _print_draft(draft, with_text=out is None)
    return 1 if draft.check.blocks else 0


def draft_id(draft: Draft) -> str:
    """An id that the same draft always has: this command stores nothing that could number it."""
    return hashlib.sha256(draft.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _request(asked: Asked) -> DraftRequest:
    from corpus.classify.unit import find_unit_type
    from service.domain.draft import DraftRequest
    from service.domain.genre import parse_genre, parse_unit_type
    from service.domain.period import parse_period
    from service.settings import load_settings
    from service.wiring.genres import learn_genres

    learn_genres(load_settings())
    if not asked.unit.strip():
        raise UnusableInput("单位名称是空的。请用 --unit 写明单位。")
    return DraftRequest(
        notes=read_argument(asked.notes),
        genre=parse_genre(asked.genre),
        unit=asked.unit.strip(),
        period=parse_period(asked.period),
        unit_type=parse_unit_type(asked.unit_type)
        if asked.unit_type
        else find_unit_type(unit=asked.unit, title="", text=""),
        title=asked.title,
        length=asked.length,
    )


def _drafted(request: DraftRequest) -> Draft:
    from service.drafting.draft_report import draft_report
    from service.settings import load_settings
    from service.wiring.corpus import open_corpus
    from service.wiring.drafting import drafting_tools
    from service.wiring.models import open_models

    settings = load_settings()
    with open_corpus(settings) as corpus, open_models(settings) as models:
        named = models.for_run(f"draft-{secrets.token_hex(6)}") if models else None
        return draft_report(request, drafting_tools(settings, corpus, named))


def _file_content(draft: Draft, ending: str, with_comments: bool, with_facts: bool) -> bytes:
    sections = [(section.heading, section.text) for section in draft.sections]
    if ending == ".json":
        return (json.dumps(draft.to_json(draft_id(draft)), ensure_ascii=False, indent=2) + "\n").encode()
    if ending == ".md":
        from service.export.markdown import draft_markdown

        return draft_markdown(draft.title, sections).encode()
    from service.export.marks import fact_rows, remarks_of
    from service.export.word import Beside, draft_docx
    from service.settings import load_settings

    check = draft.check.to_json()
    beside = Beside(
        remarks=remarks_of(check) if with_comments else (), facts=fact_rows(check, draft.text) if with_facts else ()
    )
    return draft_docx(draft.title, sections, label_generated=load_settings().label_generated, beside=beside)


def _print_draft(draft: Draft, with_text: bool) -> None:
    if with_text:
        print_line(draft.text)
        print_line()
        sys.stdout.flush()
    questions = _questions(draft)
    if questions:
        print_line(f"待补{sum(len(places) for places in questions.values())}处，填好或删去后才能报出：")
    for (ask, why), places in questions.items():
        where = "、".join(_shortened([place for place in places if place and place != ask]))
        print_line(f"  {ask}{f'（{where}）' if where else ''}{f'——{why}' if why else ''}")
    for reason, lines in _unused(draft).items():
        print_line(f"未使用：第{'、'.join(map(str, lines))}行 {reason}")
    if draft.provenance.degraded:
        print_line(f"注意：{draft.provenance.degraded}")
    print_result(
        draft.check,
        {one.text for one in draft.check.findings if one.verdict is Verdict.PLACEHOLDER},
        {note.line for note in draft.unused_notes},
    )


def _questions(draft: Draft) -> dict[tuple[str, str], list[str]]:
    """What is still to be filled in, each question once, with the sections that ask it; in the order of the draft."""
    asked: dict[tuple[str, str], list[str]] = {}
    known = Counter(one.placeholder for one in draft.missing)
    for one in draft.missing:
        asked.setdefault((one.ask, one.why), []).append(one.section)
    for finding in draft.check.findings:
        if finding.verdict is not Verdict.PLACEHOLDER:
            continue
        if known[finding.text]:
            known[finding.text] -= 1
        else:
            asked.setdefault((finding.text.removeprefix("【待补：").removesuffix("】"), ""), []).append("")
    return asked


_ITEM = re.compile(r"(?P<section>.+)第(?P<number>\d+)项$")


def _shortened(places: Sequence[str]) -> list[str]:
    """问题整改情况第1项, 问题整改情况第2项 as 问题整改情况第1、2项."""
    numbers: dict[str, list[str]] = {}
    for place in dict.fromkeys(places):
        found = _ITEM.match(place)
        numbers.setdefault(found["section"] if found else place, []).extend([found["number"]] if found else [])
    return [f"{section}第{'、'.join(items)}项" if items else section for section, items in numbers.items()]


def _unused(draft: Draft) -> dict[str, list[int]]:
    """The lines that are not in the draft, by the reason why."""
    lines: dict[str, list[int]] = {}
    for note in draft.unused_notes:
        known = lines.setdefault(note.reason, [])
        if note.line not in known:
            known.append(note.line)
    return lines
