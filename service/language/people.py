"""People in a text: by title, by what they do, by the segmenter's guess held to surnames."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from service.language.name_lists import Name, NameKind, NameLists, is_common, name_lists, suffix_of
from service.language.patterns import deferred
from service.language.words import Word, is_everyday

_HAN = deferred(r"[\u3400-\u9fff]")
_NO_SURNAME_TAGS = frozenset(("c", "p", "u", "d", "v", "x", "r", "uj", "ul", "m", "q"))


def people_in(text: str, words: Sequence[Word]) -> Iterator[Name]:
    """The people of `text`; spans may repeat or overlap, the caller keeps the surest. Pure."""
    yield from _people_after_titles(text)
    lists = name_lists()
    for index, word in enumerate(words):
        candidate = _person_at(text, words, index, lists)
        if candidate is None:
            continue
        start, end = candidate
        before, after = text[max(0, start - 8) : start].rstrip(" ：:"), text[end : end + 6].lstrip(" 　")
        titled = before.endswith(lists.titles) or after.startswith(lists.titles)
        introduced = before.endswith(lists.titles_before) and end - start == 3 and word.tag.startswith("nr")
        acts = after.startswith(lists.people_verbs) or before.endswith(("由", "组长", "名单"))
        listed = word.tag.startswith("nr") and (before.endswith(("、", "，")) or after.startswith("、"))
        if titled or introduced or acts or listed or (word.tag.startswith("nr") and end - start == 3):
            yield Name(
                start, end, text[start:end], NameKind.PERSON, sure=titled or introduced or (acts and end - start > 1)
            )


@cache
def _after_title() -> re.Pattern[str]:
    titles = "|".join(sorted(name_lists().titles_before, key=len, reverse=True))
    stop = r"(?=[，。、；：:,;（()）\s等与和及任担牵负主带为同率前到在每出说介表强作具组也已将对\d]|$)"
    return re.compile(rf"(?:{titles})[：:\s]{{0,2}}([\u4e00-\u9fff]{{2,4}}?){stop}", re.MULTILINE)


def _people_after_titles(text: str) -> Iterator[Name]:
    """Rare given names that the segmenter cuts to pieces (责任人包守拙，): a surname after a title up to a boundary."""
    lists = name_lists()
    for found in _after_title().finditer(text):
        name = found[1]
        family = name[:2] if name[:2] in lists.surnames and len(name) > 2 else name[:1]
        given = name[len(family) :]
        common = name in lists.not_person or is_common(name, lists) or name[1:] in lists.titles_before
        if family not in lists.surnames or not 1 <= len(given) <= 2 or common:
            continue
        if family in lists.not_alone or any(char in "任的为和及之不也各均" for char in given):
            continue
        if any(title.startswith(given) or given in title for title in lists.titles_before):
            continue
        if len(name) == 3 and is_everyday(name[:2]):
            continue  # 党员干部要带头, 把群众满意放在首位
        yield Name(found.start(1), found.end(1), name, NameKind.PERSON)


def _person_at(text: str, words: Sequence[Word], index: int, lists: NameLists) -> tuple[int, int] | None:
    """The span of a surname and given name that starts at `words[index]`, as far as the words allow."""
    word = words[index]
    family = word.text[:2] if word.text[:2] in lists.surnames else word.text[:1]
    if family not in lists.surnames or word.text in lists.not_person or is_common(word.text, lists):
        return None
    given = len(word.text) - len(family)
    # 陆书记 was cut into 陆书|记: a title that begins right after the surname ends the name there.
    if given and text.startswith(lists.titles, word.start + len(family)):
        return None if family in lists.not_alone else (word.start, word.start + len(family))
    if suffix_of(word.text, lists) and given > 1:
        return None
    if given == 2 and is_everyday(word.text[:2]):
        return None  # 群众安全感, 党员承诺书
    if word.tag.startswith("nr") and 1 <= given <= 2:
        following = words[index + 1] if index + 1 < len(words) else None
        # The segmenter often cuts the third character off (李秀|兰 is 李秀兰 before 同志).
        joins = given == 1 and following and len(following.text) == 1 and following.tag not in _NO_SURNAME_TAGS
        if joins and following and _HAN.match(following.text) and _ends_person(text, following.end, lists):
            return word.start, following.end
        return word.start, word.end
    titled_before = text[max(0, word.start - 6) : word.start].rstrip(" ：:").endswith(lists.titles_before)
    if 1 <= given <= 2 and (titled_before or _ends_person(text, word.end, lists)) and word.tag != "v":
        return word.start, word.end
    if given == 0 and word.tag not in _NO_SURNAME_TAGS:
        return _given_name_after(text, words, index, len(family), lists, titled_before)
    return None


def _given_name_after(
    text: str, words: Sequence[Word], index: int, family: int, lists: NameLists, titled_before: bool
) -> tuple[int, int] | None:
    """The person whose surname alone is `words[index]` (周|海涛): the pieces up to two characters that a title closes,
    or, after a title, the pieces themselves."""
    start = end = words[index].start + family
    start = words[index].start
    for piece in words[index + 1 : index + 3]:
        joined = _HAN.match(piece.text) and piece.end - start <= family + 2 and piece.text not in lists.titles
        if not joined or piece.tag in _NO_SURNAME_TAGS or is_common(piece.text, lists):
            break
        end = piece.end
        if _ends_person(text, end, lists):
            return start, end
    if titled_before and end > start + family:
        return start, end
    alone = text[start : start + family] not in lists.not_alone
    return (start, start + family) if alone and _ends_person(text, start + family, lists) else None


def _ends_person(text: str, end: int, lists: NameLists) -> bool:
    return text[end : end + 6].lstrip(" 　").startswith(lists.titles)
