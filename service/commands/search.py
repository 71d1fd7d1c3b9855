"""`zhibi search`: past sections by meaning and by characters."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from service.commands.printing import print_json, print_line


def run(asked: Namespace) -> int:
    """Prints the best sections; exit code 0 also where nothing was found."""
    from service.domain.genre import parse_genre, parse_level, parse_unit_type
    from service.settings import load_settings
    from service.wiring.corpus import open_corpus

    with open_corpus(load_settings()) as corpus:
        hits = corpus.search.search(
            asked.query,
            asked.count,
            parse_genre(asked.genre) if asked.genre else None,
            parse_unit_type(asked.unit_type) if asked.unit_type else None,
            level=parse_level(asked.level) if asked.level else None,
            year=asked.year,
            whole=asked.whole,
            unit=asked.unit or "",
        )
    from corpus.show import masks_named

    if asked.json:
        print_json([hit.to_json() for hit in hits])
        return 0
    for rank, hit in enumerate(hits, 1):
        warned = "  ⚠ 本单位的旧稿，数字和日期不要照抄" if hit.same_unit else ""
        name = masks_named(f"{hit.title} · {hit.heading or '开头'}")
        print_line(f"{rank}. {name}（{hit.genre.chinese}，{hit.report_id}）{warned}")
        print_line(f"   {_beginning(masks_named(hit.text))}")
        print_line(f"   {_reason(hit.why)}")
    if not hits:
        print_line("没有找到。语料库为空时请先运行 zhibi ingest 旧报告文件夹。")
    return 0


def _reason(why: Mapping[str, Any]) -> str:
    """Why a section stands where it does: its rank by meaning, by characters, by the official words."""
    legs = (("按意思", "meaning_rank"), ("按字词", "keyword_rank"), ("换成公文用词", "widened_rank"))
    return "，".join(f"{name}第{why[key]}" for name, key in legs if why.get(key)) or "各项排名都靠后"


def _beginning(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 90 else f"{plain[:90]}……"
