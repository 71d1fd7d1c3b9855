"""`zhibi search`: past sections by meaning and by characters."""

from __future__ import annotations

from service.commands.printing import print_json, print_line


def run(query: str, count: int, genre: str | None, unit_type: str | None, as_json: bool) -> int:
    """Prints the `count` best sections; exit code 0 also where nothing was found."""
    from service.domain.genre import parse_genre, parse_unit_type
    from service.settings import load_settings
    from service.wiring.corpus import open_corpus

    wanted_genre = parse_genre(genre) if genre else None
    wanted_type = parse_unit_type(unit_type) if unit_type else None
    with open_corpus(load_settings()) as corpus:
        hits = corpus.search.search(query, count, wanted_genre, wanted_type)
    if as_json:
        print_json([hit.to_json() for hit in hits])
        return 0
    for rank, hit in enumerate(hits, 1):
        print_line(f"{rank}. {hit.title} · {hit.heading or '开头'}（{hit.genre.chinese}，{hit.report_id}）")
        print_line(f"   {_beginning(hit.text)}")
    if not hits:
        print_line("没有找到。语料库为空时请先运行 zhibi ingest 旧报告文件夹。")
    return 0


def _beginning(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 90 else f"{plain[:90]}……"
