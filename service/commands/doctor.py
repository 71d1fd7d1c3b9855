"""`zhibi doctor`: what is configured, what answers, what is missing and how to mend it."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from service.commands.printing import print_json, print_line
from service.domain.errors import ZhibiError

if TYPE_CHECKING:
    from service.settings import Settings

_ENOUGH_DISK_BYTES = 1_000_000_000


def run(as_json: bool) -> int:
    """Prints one line a check; returns 0 where all is well, else 3."""
    from service.settings import load_settings

    settings = load_settings()
    checks: list[tuple[str, Callable[[Settings], str]]] = [
        ("Python", lambda _: platform.python_version()),
        ("数据文件夹", _home),
        ("数据库", _record),
        ("审计记录", _audit),
        ("稿件版本", _texts),
        ("编码器", _encoder),
        ("索引", _index),
        ("模型", _model),
        ("统一登录", _sign_on),
    ]
    rows = _told_once([_checked(name, check, settings) for name, check in checks])
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            print_line(f"{'✓' if row['ok'] else '✘'} {row['name']}：{row['detail']}")
    return 0 if all(row["ok"] for row in rows) else 3


def _told_once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same rows; what fails because of one thing says it once."""
    first: dict[str, str] = {}
    for row in rows:
        if not row["ok"] and first.setdefault(row["detail"], row["name"]) != row["name"]:
            row["detail"] = f"没有检查，原因同“{first[row['detail']]}”"
    return rows


def _checked(name: str, check: Callable[[Settings], str], settings: Settings) -> dict[str, Any]:
    try:
        return {"name": name, "ok": True, "detail": check(settings)}
    except ZhibiError as failed:
        return {"name": name, "ok": False, "detail": failed.message}


def _home(settings: Settings) -> str:
    from service.domain.errors import StorageFailed
    from service.wiring.record import make_home

    make_home(settings.home)
    free = shutil.disk_usage(settings.home).free
    if free < _ENOUGH_DISK_BYTES:
        raise StorageFailed(f"{settings.home}所在磁盘只剩{free // 1_000_000}MB，请清理。")
    return f"{settings.home}，可用{free // 1_000_000_000}GB"


def _record(settings: Settings) -> str:
    from service.wiring.record import open_shelf

    with open_shelf(settings) as shelf:
        reports = len(shelf.report_ids())
    hint = "" if reports else "；语料库为空，可运行 zhibi ingest 旧报告文件夹"
    return f"{'PostgreSQL' if settings.database_url else 'SQLite'}，旧报告{reports}份{hint}"


def _audit(settings: Settings) -> str:
    from service.domain.errors import StorageFailed
    from service.storage.audit import AuditStore
    from service.wiring.record import open_record

    with open_record(settings) as database:
        state = AuditStore(database).verify()
    if state.fault:
        raise StorageFailed(f"审计记录不完整：{state.fault}。请从备份恢复，并查明是谁改动了数据库。")
    return f"{state.entries}条，哈希链完整"


def _texts(settings: Settings) -> str:
    from service.domain.errors import StorageFailed
    from service.storage.integrity import verify_texts
    from service.wiring.record import open_record

    with open_record(settings) as database:
        count, wrong = verify_texts(database)
    if wrong:
        shown = "、".join(wrong[:3])
        raise StorageFailed(f"{len(wrong)}处文字与存入时的哈希不符：{shown}。请从备份恢复。")
    return f"{count}份文字与哈希一致"


def _encoder(settings: Settings) -> str:
    from service.wiring.corpus import choose_encoder
    from service.wiring.record import open_record

    with open_record(settings) as database:
        encoder = choose_encoder(settings, database)
        vectors = encoder.encode_queries(["文明城市创建"])
    return f"{encoder.name}，{vectors.shape[1]}维"


def _index(settings: Settings) -> str:
    """The three stores against each other: every report whole in the database, its vectors and its keywords in step."""
    from corpus.passages import has_body
    from corpus.version import understanding_version
    from service.domain.errors import ServiceUnavailable
    from service.wiring.corpus import open_corpus

    with open_corpus(settings, build_index=True) as corpus:
        shelf = corpus.shelf
        lacking = len(shelf.reports_without_vectors(corpus.encoder.name))
        if lacking:
            raise ServiceUnavailable(f"有{lacking}份报告还没有向量。请运行 zhibi reindex。")
        behind = len(shelf.pages_behind(understanding_version()))
        if behind:
            raise ServiceUnavailable(f"有{behind}页报告没有存完，或由旧的清理规则读入。请运行 zhibi reindex。")
        kept, indexed = len(shelf.vector_keys(corpus.encoder.name)), corpus.index.size()
        if kept != indexed:
            raise ServiceUnavailable(f"数据库里有{kept}个向量，索引里有{indexed}个。请运行 zhibi reindex。")
        corpus.search.catch_up()
        searchable = sum(has_body(section.masked_text) for section in shelf.searchable_sections())
        known = corpus.search.keywords_size()
        if searchable != known:
            raise ServiceUnavailable(f"应有{searchable}节可按字词检索，实有{known}节。请重新启动执笔。")
        if corpus.held_by:
            return (
                f"数据库里有{kept}个向量、{known}节可按字词检索；索引文件夹正由另一个执笔进程"
                f"（进程号{corpus.held_by}）使用，没有核对，停止它之后再运行 zhibi doctor 可以核对"
            )
        return f"{indexed}个向量、{known}节可按字词检索，与数据库一致"


def _model(settings: Settings) -> str:
    from service.wiring.drafting import probe_model

    return probe_model(settings)


def _sign_on(settings: Settings) -> str:
    from service.wiring.single_sign_on import open_sign_on

    provider = open_sign_on(settings)
    return "未设置，用密码或一次性链接登录" if provider is None else provider.answers()
