"""Words of a text with their part of speech, by rjieba and the trade's own lexicon.

The dictionary is loaded on first use (about 0.14 s), and the words of each line are remembered: a page that checks
again after a keystroke only segments the line that changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from service.language.patterns import deferred

_LOADING = Lock()
_LEXICON = Path(__file__).with_name("trade_words.tsv")
_FREQUENCY = 5000  # above any rare reading in the dictionary, below the everyday words

# A hostile line of a megabyte is cut here: the segmenter's time grows with the length of an unbroken run.
_LONGEST_PIECE = 2000
# The words of some texts are remembered whole; those of a longer one would take a megabyte.
_LONGEST_REMEMBERED = 4000
_PIECES = deferred(rf"[^\n]{{1,{_LONGEST_PIECE}}}\n?|\n")


# Of words with these tags the dictionary counts the everyday ones above this; what begins a rare name lies far below.
_EVERYDAY = 1000
_EVERYDAY_TAGS = frozenset(("n", "v", "a", "an", "vn", "ad", "d", "b"))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `text[start:end]`, with the segmenter's part-of-speech tag (n, v, ns, nr, m, q, x …)."""

    start: int
    end: int
    text: str
    tag: str


def _jieba() -> Any:
    # Sections are written side by side: a thread that added its words while another one segments was refused by the
    # package (“Already borrowed”), so the first one loads and the others wait.
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> Any:
    # The package makes a segmenter of its own when it is imported; a second one would cost another 0.1 s.
    import rjieba

    for word, tag in _lexicon().items():
        rjieba.add_word(word, _FREQUENCY, tag)
    return rjieba


@lru_cache(maxsize=65536)
def is_known(word: str) -> bool:
    """True for a word of the dictionary or of the trade's lexicon; the segmenter makes up others. Pure."""
    return bool(_jieba().has_word(word))


@lru_cache(maxsize=65536)
def is_everyday(word: str) -> bool:
    """True for a word that everyone uses and that names nobody: 安全, 干部, not 陆书. Pure."""
    is_common = is_known(word) and _jieba().suggest_freq(word) >= _EVERYDAY
    return is_common and _tagged(word)[0][1] in _EVERYDAY_TAGS


@cache
def _tagger() -> Callable[[str], list[tuple[str, str]]]:
    jieba = _jieba()
    tagger: Callable[[str], list[tuple[str, str]]] = jieba.tag
    return tagger


@cache
def _lexicon() -> dict[str, str]:
    rows = _LEXICON.read_text(encoding="utf-8").splitlines()
    return dict(row.split("\t") for row in rows if row and not row.startswith("#"))


@lru_cache(maxsize=8192)
def _tagged(piece: str) -> tuple[tuple[str, str], ...]:
    # The dictionary keeps its own tag for a word it knows (创城办 came back as a person), so ours is laid over it.
    lexicon = _lexicon()
    return tuple((word, lexicon.get(word, tag)) for word, tag in _tagger()(piece))


def segment(text: str) -> list[Word]:
    """The words of `text` in order, covering it without gaps. Pure."""
    return list(_remembered(text) if len(text) <= _LONGEST_REMEMBERED else _words_of(text))


# Every rule that reads a sentence asks for its words, one after the other.
@lru_cache(maxsize=64)
def _remembered(text: str) -> tuple[Word, ...]:
    return tuple(_words_of(text))


def _words_of(text: str) -> list[Word]:
    words: list[Word] = []
    for piece in _PIECES.finditer(text):
        at = piece.start()
        for word, tag in _tagged(piece.group()):
            words.append(Word(at, at + len(word), word, tag))
            at += len(word)
    return words
