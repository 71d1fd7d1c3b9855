"""One file as text, whatever it is; every refusal is an UnusableInput with a Chinese message."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.read.decode import decode
from corpus.read.limits import ReadLimits
from corpus.read.read_docx import read_docx
from corpus.read.read_html import declared_charset, read_html
from service.domain.errors import InputTooLarge, UnusableInput

READABLE_SUFFIXES = (".txt", ".md", ".docx", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file and Chinese warnings about what could not be read of it."""

    text: str
    warnings: tuple[str, ...] = ()


def read_file(path: Path, limits: ReadLimits) -> FileText:
    """The text of the file at `path`.

    Raises UnusableInput (missing, unreadable, binary, not what its name says, empty) and InputTooLarge.
    """
    name = path.name
    suffix = path.suffix.lower()
    if suffix not in READABLE_SUFFIXES:
        raise UnusableInput(
            f"“{name}”的格式不支持。可读取：{'、'.join(READABLE_SUFFIXES)}。请另存为其中一种后再试。", file=name
        )
    raw = _bytes_of(path, limits)
    if not raw:
        raise UnusableInput(f"“{name}”是空文件。请确认选对了文件。", file=name, reason="empty")
    read = _docx(raw, name, limits) if suffix == ".docx" else _text(raw, name, suffix)
    if not read.text.strip():
        raise UnusableInput(f"“{name}”里没有可读的文字（可能只有图片）。请提供文字版。", file=name, reason="empty")
    if len(read.text) > limits.max_chars:
        raise InputTooLarge(
            f"“{name}”有 {len(read.text):,} 个字符，上限是 {limits.max_chars:,}。请拆分后再试。",
            file=name,
            limit=limits.max_chars,
        )
    return read


def _bytes_of(path: Path, limits: ReadLimits) -> bytes:
    name = path.name
    try:
        if not path.is_file():
            raise UnusableInput(f"找不到文件“{name}”，或它不是普通文件。请检查路径。", file=name, reason="missing")
        # One byte more than allowed is read, so that a file that grows meanwhile is still refused.
        with path.open("rb") as opened:
            raw = opened.read(limits.max_file_bytes + 1)
    except OSError as failed:
        raise UnusableInput(f"无法读取“{name}”：{failed.strerror or '系统拒绝'}。请检查权限。", file=name) from failed
    if len(raw) > limits.max_file_bytes:
        raise InputTooLarge(
            f"“{name}”超过 {limits.max_file_bytes / 1_000_000:g} MB 的上限。请拆分或压缩图片后再试。",
            file=name,
            limit=limits.max_file_bytes,
        )
    return raw


def _docx(raw: bytes, name: str, limits: ReadLimits) -> FileText:
    text, warnings = read_docx(raw, name, limits)
    return FileText(text, warnings)


def _text(raw: bytes, name: str, suffix: str) -> FileText:
    if raw.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise UnusableInput(
            f"“{name}”的内容不是文本（是压缩包、PDF 或 Word 文件改了扩展名）。请改回正确的扩展名。", file=name
        )
    decoded = decode(raw, name)
    warnings: tuple[str, ...] = ()
    if decoded.broken_bytes:
        warnings = (f"“{name}”有 {decoded.broken_bytes} 处字节无法识别，已用“\ufffd”标出，请对照原文核实。",)
    if suffix not in (".html", ".htm"):
        return FileText(decoded.text, warnings)
    charset = declared_charset(raw)
    if charset and decoded.encoding == "gb18030" and charset.startswith("big5"):
        decoded_text = raw.decode("big5", errors="replace")
        return FileText(read_html(decoded_text), warnings)
    return FileText(read_html(decoded.text), warnings)
