"""From bytes to text. Short GBK is guessed wrong by statistics alone, so strict decoders are tried first."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass

from service.domain.errors import UnusableInput

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

# Common characters of running Chinese: a wrong decoding of Chinese bytes yields rare characters instead.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相"
    "全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果"
    "料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则"
    "任取据处理世车创市城街道社区文明工作开展宣传环境整治领导小组服务，。、：；（）“”《》"
)
# Big5 as Windows writes it, and with the characters of Hong Kong.
_BIG5 = ("cp950", "big5hkscs")
# Ways to write Chinese in seven bits, each with what gives it away.
_SEVEN_BITS = (
    (re.compile(rb"~\{(?:[!-~]{2}){1,200}~\}"), "hz"),
    (re.compile(rb"\x1b\$A"), "iso2022_jp_2"),
    (re.compile(rb"\+[A-Za-z0-9+/]{3,4000}-?"), "utf-7"),
)
# What a UTF-8 file is opened as by mistake.
_OPENED_AS = ("cp1252", "latin-1", "gb18030")
_FEWEST_TO_JUDGE = 40  # characters beyond ASCII; of fewer, how common they are says nothing
# A file whose beginning is Chinese and whose rest is not was overwritten or cut in the middle.
_HALF_JUDGED, _HALF_COMMON = 100, 0.25
# The share of undecodable places (each up to three characters) above which a text is no longer a damaged one but none.
_MOST_BROKEN = 0.05
# Random bytes often pass as strict GB18030; running Chinese has at least a quarter of common characters.
_LEAST_COMMON = 0.06


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, its encoding, and how many places could not be read (each shows as U+FFFD)."""

    text: str
    encoding: str
    broken_bytes: int = 0


def decode(raw: bytes, name: str) -> Decoded:
    """`raw` as text: by its byte order mark, else strict UTF-8, strict GB18030 or Big5, then a guess. Pure.

    Raises UnusableInput where `raw` is binary (NUL bytes, many control characters), mostly undecodable, or was already
    garbled when it was saved.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _lenient(raw[len(mark) :], encoding, name)
    if b"\x00" in raw:
        wide = _wide_without_mark(raw)
        if wide is None:
            raise _binary(name)
        return _lenient(raw, wide, name)
    if (seven := _seven_bit_reading(raw)) is not None:
        return _readable(seven, name)
    candidates: list[tuple[str, str]] = []
    for encoding in ("utf-8", "gb18030"):
        try:
            candidates.append((encoding, raw.decode(encoding)))
        except UnicodeDecodeError:
            continue
        break
    if candidates:
        encoding, text = candidates[0]
        if encoding == "gb18030" and (better := big5_reading(raw, text)) is not None:
            encoding, text = "big5", better
        if encoding == "gb18030" and _commonness(text) < _LEAST_COMMON and _beyond_ascii(text) > _FEWEST_TO_JUDGE:
            raise _unreadable(name)
        return _readable(Decoded(text, encoding), name)
    return _damaged(raw, name)


def _readable(decoded: Decoded, name: str) -> Decoded:
    if _was_garbled(decoded.text):
        raise UnusableInput(
            f"“{name}”里存的就是乱码：它以前用错误的编码打开，又存了一次，换编码已读不回来。请找原文件重新另存。",
            file=name,
            reason="garbled",
        )
    controls = len(re.findall(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", decoded.text))
    if controls > 8 and controls > len(decoded.text) * 0.01:
        raise _binary(name)
    return decoded


def _was_garbled(text: str) -> bool:
    """True for UTF-8 that someone opened as another encoding and saved: æŸ³æºªé•‡, 鏌虫邯闀�, 锟斤拷锟斤拷."""
    sample = text[:20_000]
    if _commonness(sample) > _LEAST_COMMON or _beyond_ascii(sample) < _FEWEST_TO_JUDGE:
        return False
    if sample.count("锟斤拷") * 6 > _beyond_ascii(sample):
        return True
    back = (sample.encode(wrong, errors="ignore").decode("utf-8", errors="ignore") for wrong in _OPENED_AS)
    return any(_commonness(one) > 0.25 and len(one) * 4 > len(sample) for one in back)


def _lenient(raw: bytes, encoding: str, name: str) -> Decoded:
    text = raw.decode(encoding, errors="replace")
    if "\x00" in text:
        raise _binary(name)
    if (broken := _broken_places(text)) is None:
        raise _unreadable(name)
    return _readable(Decoded(text, encoding, broken), name)


def _wide_without_mark(raw: bytes) -> str | None:
    """UTF-16 saved without a byte order mark: line breaks and digits leave NULs on one side only."""
    raw = raw[: len(raw) // 2 * 2]  # cut short inside a character
    if len(raw) < 4:
        return None
    # Not by counting NULs on one side: 一 is U+4E00, a NUL on the other.
    readings: list[tuple[float, str]] = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            readings.append((_commonness(raw.decode(encoding)), encoding))
        except UnicodeDecodeError:
            continue
    best = max(readings, default=(0.0, ""))
    return best[1] if best[0] > 0.2 else None


def _broken_places(text: str) -> int | None:
    """How many places of `text` were undecodable; None where it is no damaged text but none at all."""
    places = len(re.findall("\ufffd{1,9}", text))
    if places > max(8, len(text) * _MOST_BROKEN) or text.count("\ufffd") > max(24, len(text) * 3 * _MOST_BROKEN):
        return None
    return places


def _beyond_ascii(text: str) -> int:
    return sum(char > "\x7f" for char in text)


def _commonness(text: str) -> float:
    sample = [char for char in text[:20_000] if ord(char) > 0x7F]
    if not sample:
        return 0.0
    return sum(char in _COMMON for char in sample) / len(sample)


def is_chinese_text(raw: bytes) -> bool:
    """True where `raw` reads as running Chinese, whatever the file is called. Pure."""
    try:
        return _commonness(decode(raw, "").text) >= _LEAST_COMMON
    except UnusableInput:
        return False


def _seven_bit_reading(raw: bytes) -> Decoded | None:
    """Old mail wrote Chinese in ASCII (~{VP9z~}, +Ti1W/Q-), which any decoder takes for the letters it shows."""
    if not raw.isascii():
        return None
    for mark, encoding in _SEVEN_BITS:
        if not mark.search(raw):
            continue
        text = raw.decode(encoding, errors="replace")
        broken = _broken_places(text)
        if broken is not None and _commonness(text) > _HALF_COMMON:
            return Decoded(text, encoding, broken)
    return None


def big5_reading(raw: bytes, as_gb: str) -> str | None:
    """`raw` as Big5 where that reads clearly better than `as_gb`, its strict GB18030 reading; else None. Pure.

    Big5 bytes often pass as strict GB18030, in characters nobody uses.
    """
    ours = _commonness(as_gb)
    if ours > 0.25:
        return None
    for encoding in _BIG5:
        with contextlib.suppress(UnicodeDecodeError):
            text = raw.decode(encoding)
            return text if _commonness(text) > ours + 0.1 else None
    return None


def _damaged(raw: bytes, name: str) -> Decoded:
    """Bytes that no strict decoder takes: the lenient reading with the fewest losses, else a statistical guess."""
    trials = [(encoding, raw.decode(encoding, errors="replace")) for encoding in ("utf-8", "gb18030", *_BIG5)]
    # By losses and by words: a Big5 text cut short loses as little in GB18030, in characters nobody uses.
    encoding, text = max(trials, key=lambda trial: _commonness(trial[1]) - trial[1].count("\ufffd") / len(trial[1]))
    broken = _broken_places(text)
    if broken is not None and _commonness(text) >= _LEAST_COMMON:
        return _readable(Decoded(text, "big5" if encoding in _BIG5 else encoding, broken), name)
    for _, text in trials:
        first = text.find("\ufffd")
        if first > _HALF_JUDGED and _commonness(text[:first]) > _HALF_COMMON:
            raise UnusableInput(
                f"“{name}”已损坏：从第{text.count(chr(10), 0, first) + 1}行起读不出来，前面的内容完好。"
                "请找完好的文件，或只把前面的部分另存后再试。",
                file=name,
                reason="damaged",
            )
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:200_000]).best()
    if best is None or _commonness(str(best)) < 0.2:
        raise _unreadable(name)
    return _lenient(raw, best.encoding, name)


def _binary(name: str) -> UnusableInput:
    return UnusableInput(
        f"“{name}”不是文本文件（含有二进制内容）。请提供 .txt、.md、.docx 或 .html 文件。", file=name, reason="binary"
    )


def _unreadable(name: str) -> UnusableInput:
    return UnusableInput(
        f"“{name}”的文字编码无法识别，大部分内容读出来是乱码。请用记事本另存为 UTF-8 编码后再试。",
        file=name,
        reason="encoding",
    )
