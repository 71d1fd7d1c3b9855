"""What speaks for a character being part of a name, as words: what it is, what stands around it, what the rules say.

`odds.py` weighs these. A trait is a fact about the place, never a verdict; what it is worth was learnt from labelled
sentences (decision 0014), so a new one is added here and weighed anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from corpus.mask.kinds import is_kind
from corpus.mask.people import CALLED, TITLES, is_surname
from corpus.mask.vague import ending_lists, is_common_word, is_rare
from service.language.name_lists import name_lists
from service.language.words import Word, is_everyday, is_known, segment

_HAN = re.compile(r"[\u3400-\u9fff]")
_PROPER = frozenset(("nr", "nrt", "nrfg", "ns", "nt", "nz"))
_PREPOSITIONS = frozenset("在到于从往由向沿经赴至对把将被给和与及跟是为去比请让使据按")
_PARTICLES = frozenset("的地得了着过们等也都又还就才已")
_VERBS_OF_PEOPLE = re.compile(
    r"同志|负责|牵头|带队|带头|带领|带人|主讲|授课|说|介绍|告诉|表示|自愿|义务|主动|连续|承诺|获评|被评|当选|担任|任|夫妇|一家|老师|等|在|到|用|把|为|和|与|将|率|家|驾驶|提醒|坚持"
)
# 村医伍长贵, 由返乡青年揭明创办: a word for a kind of person, before a name or before a verb.
_ROLES = frozenset("员师长生民人工手者友妈叔伯爷奶婶嫂哥姐兵户主家匠医童孩年妇贤警干")
# 环卫三所, 实验一小, 交警三中队: bodies that are counted.
_COUNTED_BODY = re.compile(
    r"[一二三四五六七八九十]{1,2}(?:(?:中|大|支|分)?队|小(?!时)|中(?!队)|(?:分|中心)?[所院局厂园段]|工区|班组|分?公司|幼儿园|医院)"
)
# No name is longer, and no ending is looked for farther off (characters).
_FAR = 8
# Texts of one trade repeat themselves: of each kind of group so many are remembered, some 10 MB in all.
_REMEMBERED = 16384


@dataclass(slots=True, eq=False)
class Group:
    """Traits that stand together at a place, in the words of `weights.tsv`; like ones are made once.

    `weights` is what they are worth, in the same order; who weighs them keeps it here."""

    traits: tuple[str, ...]
    weights: tuple[float, ...] = ()


_NOBODY = Group(("p-",))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text as the traits see it, everything by place."""

    text: str
    words: Sequence[Word]
    at: Sequence[int]  # the index in `words` of the word that covers the place
    kinds: Sequence[str]  # what each word is
    marks: Sequence[str]  # what each character is
    votes: Sequence[str]  # which rules call the place part of a name
    endings: Sequence[str]  # the ending that begins there, "" where none does
    ahead: Sequence[tuple[int, int, int, int]]  # where the next two endings, preposition or particle, and mark are
    pieces: Sequence[tuple[int, int]]  # the stretch between marks around the place
    counted: dict[int, int]  # by place: how far behind it a counted body begins, 0 inside


def traits(text: str, votes: Sequence[str]) -> Iterator[tuple[int, list[Group], list[Group]]]:
    """(place, traits of its word, its own traits) of every Chinese character of `text`; the first list is one and the
    same for all places of a word. `votes` names the rules that mask a place already. Pure."""
    reading = _read(text, votes)
    people = _people(reading)
    around = f"^{text}$"
    for index, word in enumerate(reading.words):
        of_word = _of_word(reading, index)
        for place in range(word.start, word.end):
            if reading.marks[place] == "h":
                own = [_of_rules(reading, place), *_of_ending(reading, place), _among(*around[place : place + 3])]
                own.append(people.get(place, _NOBODY))
                own += _of_piece(reading, place)
                yield place, of_word, own


def _read(text: str, votes: Sequence[str]) -> _Reading:
    words = segment(text)
    at = [index for index, word in enumerate(words) for _ in word.text]
    marks, endings = [_mark_of(char) for char in text], _endings(text)
    return _Reading(
        text,
        words,
        at,
        [kind_of_word(word.text, word.tag) for word in words],
        marks,
        votes,
        endings,
        _ahead(text, marks, endings),
        _pieces(text),
        _counted(text),
    )


@lru_cache(maxsize=65536)
def kind_of_word(word: str, tag: str) -> str:
    """What a word is, in a few letters: how known it is, its tag, its length. Pure."""
    if not _HAN.match(word):
        return _mark_of(word[0])
    if is_common_word(word):
        known = "c"
    elif is_everyday(word):
        known = "e"
    else:
        known = "k" if is_known(word) else "u"
    kept = tag if tag in _PROPER or tag == "vn" else tag[:1]
    return f"{known}{kept}{min(len(word), 4)}"


@lru_cache(maxsize=_REMEMBERED)
def _mark_of(char: str) -> str:
    if _HAN.match(char):
        return "h"
    if char in "、，。；：“”（）《》〔〕":
        return char
    return "9" if char.isdigit() else "a" if char.isalpha() else "."


def _of_word(reading: _Reading, index: int) -> list[Group]:
    words, kinds = reading.words, reading.kinds
    own, said = kinds[index], words[index].text
    before, said_before = (kinds[index - 1], words[index - 1].text) if index else ("^", "^")
    after, said_after = (kinds[index + 1], words[index + 1].text) if index + 1 < len(words) else ("$", "$")
    single = 0
    for one in words[max(0, index - 2) : index + 3]:
        single += one.start + 1 == one.end and reading.marks[one.start] == "h"
    inside = sum(map(bool, reading.votes[words[index].start : words[index].end]))
    makes = _makes_kind(said, said_after), _makes_kind(said_before, said)
    return [
        _beside(before, own, after),
        Group((f"W{said}", f"B{said_before}", f"A{said_after}")),
        _within(single, _role_of(said_before), own, after, *makes, inside, min(len(said), 5)),
    ]


@lru_cache(maxsize=_REMEMBERED)
def _beside(before: str, own: str, after: str) -> Group:
    return Group((f"w{own}<{before}", f"w{own}>{after}", f"w<{before}>{after}", f"b{before}", f"a{after}"))


@lru_cache(maxsize=_REMEMBERED)
def _within(single: int, role: str, own: str, after: str, makes: bool, made: bool, inside: int, length: int) -> Group:
    roles = f"o{role}{own}", f"o{role}>{after}"
    return Group((f"s{single}", *roles, f"K{makes:d}{made:d}", f"vw{inside}of{length}"))


def _role_of(word: str) -> str:
    return word[-1] if len(word) > 1 and word[-1] in _ROLES else "-"


@lru_cache(maxsize=65536)
def _makes_kind(word: str, after: str) -> bool:
    """True where a word says which kind of thing it is, alone or with the next: 示范村, 便民|超市."""
    return is_kind(word, after) or any(is_kind(word[:-length], word[-length:]) for length in (1, 2))


def _of_rules(reading: _Reading, place: int) -> Group:
    index, votes = reading.at[place], reading.votes
    return _voted(
        reading.kinds[index],
        place - reading.words[index].start,
        votes[place],
        any(votes[place - 1 : place]),
        any(votes[place + 1 : place + 2]),
        reading.counted.get(place),
    )


@lru_cache(maxsize=_REMEMBERED)
def _voted(kind: str, offset: int, own: str, before: bool, after: bool, distance: int | None) -> Group:
    of_each = [trait for one in own for trait in (f"v1{one}", f"vk{one}{kind}")]
    counted = [] if distance is None else [f"d{distance}"]
    return Group((f"w{kind}.{offset}", f"v{own}", *of_each, *counted, f"v{before:d}{bool(own):d}{after:d}"))


def _of_ending(reading: _Reading, place: int) -> list[Group]:
    """The endings that stand at this place and behind it, and how clear the way to the nearest one is."""
    text = reading.text
    first, second, word, mark = reading.ahead[place]
    far = min(place + _FAR, mark)
    if first >= far:
        return [_no_more(0)]
    ending = reading.endings[first]
    distance = first - place
    behind = first + len(ending) - 2
    start, _ = reading.pieces[place]
    nearest = _nearest(
        ending[0],
        min(distance, 5),
        reading.kinds[reading.at[place]],
        reading.marks[behind] if behind < len(text) else "$",
        min(place - start, 5),
        text[start - 1] if start else "^",
    )
    groups = [_ended(0, ending, distance, _clear(text, word, first)), nearest]
    if second < far:
        return [*groups, _ended(1, reading.endings[second], second - place, _clear(text, word, second))]
    return [*groups, _no_more(1)]


def _clear(text: str, word: int, ending: int) -> str:
    return "" if word > ending else "p" if text[word] in _PREPOSITIONS else "d"


def _ahead(text: str, marks: Sequence[str], endings: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """By place: where from there on the first ending is, the second, the first preposition or particle, and the first
    mark; the text's length where there is none."""
    size = len(text)
    first = second = word = mark = size
    found = [(size, size, size, size)] * size
    for place in range(size - 1, -1, -1):
        if endings[place]:
            first, second = place, first
        if text[place] in _PREPOSITIONS or text[place] in _PARTICLES:
            word = place
        if marks[place] not in "h9":
            mark = place
        found[place] = first, second, word, mark
    return found


@lru_cache(maxsize=8)
def _no_more(found: int) -> Group:
    return Group((f"e{found}-",))


@lru_cache(maxsize=_REMEMBERED)
def _ended(found: int, ending: str, distance: int, clear: str) -> Group:
    kind, said = ending.split(":")
    return Group((f"e{found}{kind}{distance}{clear}", f"e{found}{said}{min(distance, 5)}"))


@lru_cache(maxsize=_REMEMBERED)
def _nearest(kind: str, distance: int, of_word: str, next_mark: str, offset: int, opens: str) -> Group:
    return Group(
        (f"ek{kind}{distance}{of_word}", f"en{kind}{distance}{next_mark}", f"ei{offset}{opens}{kind}{distance}")
    )


@lru_cache(maxsize=_REMEMBERED)
def _among(before: str, char: str, after: str) -> Group:
    given, places = _likeness(char)
    beside = _likeness(after)
    return Group(
        (
            f"c{char}",
            f"g{given}",
            f"l{places}",
            f"r{is_rare(char):d}",
            f"gl{max(given, beside[0])}{max(places, beside[1])}",
            f"n{before}",
            f"m{after}",
            *(("<P",) if before in _PREPOSITIONS else ()),
            f"k{is_known(char + after):d}{is_known(before + char):d}",
        )
    )


def _of_piece(reading: _Reading, place: int) -> Iterator[Group]:
    """Where in its stretch between marks the place stands, whether that is one of a list, and what the others are."""
    start, end = reading.pieces[place]
    text = reading.text
    opens = text[start - 1] if start else "^"
    closes = text[end] if end < len(text) else "$"
    yield _stands(min(place - start, 6), opens, min(end - place - 1, 6), closes)
    if opens in "“‘「":
        yield Group((f"q{min(end - start, 8)}", f"qh{text[end + 1 : end + 3]}"))
    elif place and closes in "“‘「":
        yield Group(("q+",))
    for near, side in ((start - 2, "<"), (end + 1, ">")):
        mark = opens if side == "<" else closes
        if mark != "、" or not 0 <= near < len(text):
            continue
        first, last = reading.pieces[near]
        peer = any(reading.votes[first:last])
        same = text[last - 1 : last] == text[end - 1 : end]
        yield _listed(side, peer, same, min(end - start, 6), min(last - first, 6))


@lru_cache(maxsize=_REMEMBERED)
def _stands(behind: int, opens: str, ahead: int, closes: str) -> Group:
    return Group((f"i{behind}{opens}", f"j{ahead}{closes}"))


@lru_cache(maxsize=_REMEMBERED)
def _listed(side: str, peer: bool, same: bool, length: int, of_peer: int) -> Group:
    return Group((f"t{side}{peer:d}{same:d}{length}", f"t{peer:d}{of_peer}"))


def _people(reading: _Reading) -> dict[int, Group]:
    """By place: what speaks for a surname with its given name standing there."""
    text, found = reading.text, dict[int, list[str]]()
    titles, called = _titles(), _titles() | _called()
    for start, char in enumerate(text):
        if reading.marks[start] != "h":
            continue
        double = is_surname(text[start : start + 2]) and len(text[start : start + 2]) == 2
        if not double and not is_surname(char):
            continue
        family = 2 if double else 1
        before = text[max(0, start - 3) : start]
        left = "t" if any(before[cut:] in titles for cut in range(len(before))) else _left_of(text, start)
        if left == "h" and reading.words[reading.at[start]].start == start:
            left = "o" if _role_of(reading.words[reading.at[start - 1]].text) != "-" else left
        for given in (1, 2):
            end = start + family + given
            if end > len(text) or any(reading.marks[one] != "h" for one in range(start, end)):
                break
            behind = text[end : end + 3]
            if any(behind[:cut] in called for cut in (1, 2, 3)):
                right = "t"
            elif _VERBS_OF_PEOPLE.match(behind):
                right = "v"
            elif not behind or reading.marks[end] != "h":
                right = reading.marks[end] if behind else "$"
            else:
                right = "b" if reading.words[reading.at[end]].start == end else "i"
            whole = reading.at[start] == reading.at[end - 1]
            kind = reading.kinds[reading.at[start]] if whole else "x"
            for place in range(start, end):
                found.setdefault(place, []).extend((f"p{left}{right}", f"pk{left}{kind}"))
    return {place: Group(tuple(said)) for place, said in found.items()}


def _left_of(text: str, start: int) -> str:
    before = text[start - 1] if start else "^"
    if before in _PREPOSITIONS:
        return "p"
    if before in _PARTICLES:
        return "d"
    return _mark_of(before) if before != "^" else "^"


@cache
def _titles() -> frozenset[str]:
    return frozenset((*TITLES.split("|"), *name_lists().titles_before))


@cache
def _called() -> frozenset[str]:
    return frozenset(CALLED.split("|"))


@cache
def _endings_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds: dict[str, str] = {}
    for kind, words in ending_lists():
        for word in words:
            kinds.setdefault(word, kind)
    longest = sorted(map(re.escape, kinds), key=lambda one: (-len(one), one))
    return re.compile("|".join(longest)), kinds


def _endings(text: str) -> list[str]:
    pattern, kinds = _endings_pattern()
    found = [""] * len(text)
    for one in pattern.finditer(text):
        found[one.start()] = f"{kinds[one[0]]}:{one[0]}"
    return found


def _counted(text: str) -> dict[int, int]:
    found: dict[int, int] = {}
    for one in _COUNTED_BODY.finditer(text):
        for place in range(max(0, one.start() - 4), one.end()):
            found[place] = max(0, one.start() - place)
    return found


def _pieces(text: str) -> list[tuple[int, int]]:
    pieces, start = list[tuple[int, int]](), 0
    for found in re.finditer(r"[^\w]|_|$", text):
        pieces += [(start, found.start())] * (found.end() - start)
        start = found.end()
    return pieces


@cache
def _likenesses() -> dict[str, tuple[int, int]]:
    rows = files("corpus.mask").joinpath("name_characters.txt").read_text(encoding="utf-8").splitlines()
    read = [row.split(" ") for row in rows if not row.startswith("#")]
    return {char: (int(given), int(place)) for given, place, characters in read for char in characters}


def _likeness(char: str) -> tuple[int, int]:
    return _likenesses().get(char, (0, 0))
