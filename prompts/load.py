"""The one file that loads genre plans: each genre is a TOML file in `prompts/genres/`, read strictly.

A new genre is a new file, shipped or in a folder of one's own. An unknown key, kind, topic or form word is refused by
name, so a typing slip in a plan cannot silently drop a section from every report.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from service.domain.draft import GenrePlan, PlannedSection, RequiredField
from service.domain.errors import UnusableInput
from service.domain.fact import FactKind, Tense
from service.domain.genre import Genre, GenreTraits, UnitType, forget_genre, genre_names, learn_genre, learn_traits

_FORM_WORDS = frozenset({"unit", "period", "title", "self", "span", "basis"})
_FORM_WORD = re.compile(r"\{([^{}]*)\}")
_TOPIC = re.compile(r"T\d\d")
_PLAN_KEYS = frozenset(
    {
        "version",
        "genre",
        "title",
        "register",
        "openings",
        "closings",
        "never",
        "max_chars",
        "section",
        "variant",
        "require",
        "name",
        "use",
        "ahead",
        "all_years",
        "may_ask",
        "lists",
    }
)
_SECTION_KEYS = frozenset(
    {
        "key",
        "heading",
        "purpose",
        "kinds",
        "topics",
        "tenses",
        "share",
        "by_topic",
        "empty",
        "lead",
        "require",
        "words",
        "unlisted",
    }
)
_REQUIRE_KEYS = frozenset({"ask", "why", "per", "kinds", "names", "words"})
_Word = TypeVar("_Word", bound=StrEnum)


class GenrePlanUnusable(UnusableInput):
    """A genre file breaks its own form; whoever edits `prompts/genres/` must mend it."""


_added: dict[str, Path] = {}


def add_genres(folder: Path) -> tuple[Genre, ...]:
    """The genres whose plans are the TOML files in `folder`, known to this process from now on; a file changed since
    is read anew. Such a file has a `name` besides what the shipped ones have.

    Raises GenrePlanUnusable where the folder or a file cannot be read, breaks its form, or doubles a genre.
    """
    if not folder.is_dir():
        raise GenrePlanUnusable(f"文种文件夹“{folder}”不存在。请检查设置 ZHIBI_GENRES_FOLDER。")
    found = []
    for path in sorted(folder.glob("*.toml")):
        try:
            text = path.read_text(encoding="utf-8")
            table = tomllib.loads(text)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
            raise GenrePlanUnusable(f"文种文件{path.name}读不了：{wrong}。") from wrong
        key, name = table.get("genre"), table.get("name")
        if not isinstance(key, str) or not isinstance(name, str) or path.stem != key:
            raise GenrePlanUnusable(f"文种文件{path.name}须写明genre（与文件名相同）和name（中文名称）。")
        known = key in genre_names()
        genre = learn_genre(key, name)
        try:
            plan, _ = read_genre_plan(text, path.name)  # Refused here, by the file's name, not at the first draft.
        except GenrePlanUnusable:
            if not known:
                forget_genre(key)
            raise
        by_items = any(one.per == "item" for section in plan.sections for one in section.requires)
        learn_traits(genre, GenreTraits(plan.ahead, by_items, bool(table.get("may_ask", plan.ahead))))
        _added[key] = path
        found.append(genre)
    _loaded.cache_clear()
    return tuple(found)


def load_genre_plan(genre: Genre, unit_type: UnitType = UnitType.OTHER) -> GenrePlan:
    """The plan of `genre`, with the headings its `variant` gives for `unit_type`.

    Raises GenrePlanUnusable where the file is missing or breaks its form.
    """
    plan, variants = _loaded(genre)
    headings = variants.get(unit_type)
    if not headings:
        return plan
    sections = tuple(replace(one, heading=headings.get(one.key, one.heading)) for one in plan.sections)
    return replace(plan, sections=sections)


@cache
def _loaded(genre: Genre) -> tuple[GenrePlan, Mapping[UnitType, Mapping[str, str]]]:
    added = _added.get(genre.value)
    source = added or files("prompts").joinpath("genres", f"{genre.value}.toml")
    name = str(added) if added else f"prompts/genres/{genre.value}.toml"
    if not source.is_file():
        raise GenrePlanUnusable(f"缺少文种“{genre.chinese}”的章节计划文件 {name}。")
    return read_genre_plan(source.read_text(encoding="utf-8"), name)


def read_genre_plan(text: str, name: str) -> tuple[GenrePlan, Mapping[UnitType, Mapping[str, str]]]:
    """The plan written in `text`, and its headings by unit type. `name` is the file's name in messages. Pure.

    Raises GenrePlanUnusable, naming the file, the place and the unknown word.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise GenrePlanUnusable(f"{name}不是有效的TOML文件：{wrong}。") from wrong
    _only(table, _PLAN_KEYS, name)
    for key in ("version", "genre", "title", "register", "openings", "closings", "section"):
        if key not in table:
            raise GenrePlanUnusable(f"{name}缺少“{key}”。")
    sections = tuple(_section(one, f"{name}的第{number}个section") for number, one in enumerate(table["section"], 1))
    keys = [one.key for one in sections]
    if len(set(keys)) != len(keys):
        raise GenrePlanUnusable(f"{name}有重复的section key：{'、'.join(keys)}。")
    forms = (table["title"], *table["openings"], *table["closings"])
    for form in forms:
        _check_form(form, name)
    plan = GenrePlan(
        genre=_word(Genre, table["genre"], name),
        title_form=table["title"],
        opening_forms=tuple(table["openings"]),
        closing_forms=tuple(table["closings"]),
        sections=sections,
        register=table["register"],
        never=tuple(table.get("never", ())),
        max_chars=table.get("max_chars"),
        requires=tuple(_require(one, name) for one in table.get("require", ())),
        ahead=bool(table.get("ahead", False)),
        all_years=bool(table.get("all_years", False)),
        lists=bool(table.get("lists", True)),
        use=table.get("use", ""),
        version=f"v{table['version']} sha256:{hashlib.sha256(text.encode('utf-8')).hexdigest()[:16]}",
    )
    return plan, _variants(table.get("variant", ()), keys, name)


def _section(table: Mapping[str, Any], place: str) -> PlannedSection:
    _only(table, _SECTION_KEYS, place)
    for key in ("key", "heading", "purpose", "kinds"):
        if key not in table:
            raise GenrePlanUnusable(f"{place}缺少“{key}”。")
    if table.get("empty", "omit") not in ("omit", "ask"):
        raise GenrePlanUnusable(f"{place}的empty只能是omit或ask，不能是“{table['empty']}”。")
    for topic in table.get("topics", ()):
        if not _TOPIC.fullmatch(topic):
            raise GenrePlanUnusable(f"{place}的主题“{topic}”不是T加两位数字。")
    return PlannedSection(
        key=table["key"],
        heading=table["heading"],
        purpose=table["purpose"],
        kinds=_words(FactKind, table["kinds"], place),
        topics=tuple(table.get("topics", ())),
        share=float(table.get("share", 0.2)),
        by_topic=bool(table.get("by_topic", False)),
        empty=table.get("empty", "omit"),
        lead=table.get("lead", ""),
        requires=tuple(_require(one, place) for one in table.get("require", ())),
        tenses=_words(Tense, table.get("tenses", ()), place),
        words=tuple(table.get("words", ())),
        unlisted=_unlisted(table, place),
    )


def _unlisted(table: Mapping[str, Any], place: str) -> PlannedSection | None:
    """The section where the notes hold no list of items: what its `unlisted` names holds instead of its own."""
    if "unlisted" not in table:
        return None
    own = {key: value for key, value in table.items() if key != "unlisted"}
    if fixed := {"key", "unlisted"} & set(table["unlisted"]):
        raise GenrePlanUnusable(f"{place}的unlisted不能再写“{min(fixed)}”。")
    return _section({**own, **table["unlisted"]}, f"{place}的unlisted")


def _require(table: Mapping[str, Any], place: str) -> RequiredField:
    _only(table, _REQUIRE_KEYS, place)
    if table.get("per", "section") not in ("section", "item"):
        raise GenrePlanUnusable(f"{place}的per只能是section或item，不能是“{table['per']}”。")
    if not table.get("ask") or not table.get("why"):
        raise GenrePlanUnusable(f"{place}的require须写ask和why。")
    return RequiredField(
        ask=table["ask"],
        why=table["why"],
        per=table.get("per", "section"),
        kinds=_words(FactKind, table.get("kinds", ()), place),
        names=tuple(table.get("names", ())),
        words=tuple(table.get("words", ())),
    )


def _variants(
    tables: Collection[Mapping[str, Any]], keys: Collection[str], name: str
) -> Mapping[UnitType, Mapping[str, str]]:
    found: dict[UnitType, Mapping[str, str]] = {}
    for table in tables:
        _only(table, frozenset({"unit_types", "headings"}), f"{name}的variant")
        _only(table.get("headings", {}), frozenset(keys), f"{name}的variant.headings")
        for unit_type in _words(UnitType, table.get("unit_types", ()), name):
            found[unit_type] = dict(table.get("headings", {}))
    return found


def _only(table: Mapping[str, Any], known: Collection[str], place: str) -> None:
    for key in table:
        if key not in known:
            raise GenrePlanUnusable(f"{place}里有不认识的“{key}”。可用：{'、'.join(sorted(known))}。")


def _check_form(form: str, name: str) -> None:
    for word in _FORM_WORD.findall(form):
        if word not in _FORM_WORDS:
            raise GenrePlanUnusable(f"{name}的句式里有不认识的“{{{word}}}”。可用：{'、'.join(sorted(_FORM_WORDS))}。")


def _words(kind: type[_Word], names: Collection[str], place: str) -> tuple[_Word, ...]:
    return tuple(_word(kind, name, place) for name in names)


def _word(kind: type[_Word], name: str, place: str) -> _Word:
    try:
        return kind(name)
    except ValueError as wrong:
        known = "、".join(str(one) for one in kind)
        raise GenrePlanUnusable(f"{place}里有不认识的“{name}”。可用：{known}。") from wrong
