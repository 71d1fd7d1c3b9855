"""Archives weighed before anything is expanded; .docx and .xlsx are archives too."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from corpus.read.limits import ReadLimits
from service.domain.errors import InputTooLarge, UnusableInput

# Below this size no ratio is suspicious: a page of spaces shrinks to nothing.
_RATIO_COUNTS_FROM_BYTES = 10_000_000
_MACROS = re.compile(r"(?:^|/)(?:vbaProject|vbaData)[^/]*\.(?:bin|xml)$", re.IGNORECASE)
# A part in UTF-16 hides its declarations from a search for ASCII.
_ENTITIES = tuple(word.encode(encoding) for word in ("<!ENTITY", "<!DOCTYPE") for encoding in ("ascii", "utf-16-le"))
_ENTITIES_WITHIN_BYTES = 65_536
# What zipfile lets through where a part is not what its directory says: zlib.error, where its bytes are.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,
    ValueError,
    KeyError,
    RuntimeError,
)


@contextmanager
def opened(raw: bytes, name: str, limits: ReadLimits, what: str) -> Iterator[zipfile.ZipFile]:
    """The document `raw`, an archive whose parts belong together, weighed; `what` names it for people (“.docx 文件”).

    Raises InputTooLarge over a limit, UnusableInput for what is damaged, encrypted or leads out of its folder.
    """
    with listed(raw, name, limits, what) as archive:
        _weigh(sum(part.file_size for part in archive.infolist()), len(raw), name, limits, limits.max_expanded_bytes)
        for part in archive.infolist():
            refuse_locked_or_leading_out(part, name)
        yield archive


@contextmanager
def listed(raw: bytes, name: str, limits: ReadLimits, what: str) -> Iterator[zipfile.ZipFile]:
    """The archive `raw` with nothing looked at but how many parts it has; each is weighed by itself, see `refuse_part`.

    Raises InputTooLarge for too many parts, UnusableInput for what is damaged, also where that shows later.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            count = len(archive.infolist())
            if count > limits.max_archive_entries:
                raise InputTooLarge(
                    f"“{name}”内有{count}个文件，超过{limits.max_archive_entries}个的上限（ZHIBI_READ_MAX_ENTRIES）。请拆分后再试。",
                    file=name,
                    reason="entries",
                )
            yield archive
    except _BROKEN as broken:
        raise damaged(name, what) from broken


def content_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, limits: ReadLimits, left: int) -> bytes:
    """The bytes of one part, called `name`, of which `left` may still be expanded.

    Raises InputTooLarge over a limit, UnusableInput for what is damaged, encrypted or leads out of the archive.
    """
    refuse_locked_or_leading_out(part, name)
    _weigh(part.file_size, part.compress_size, name, limits, left)
    if part.file_size > limits.max_file_bytes:
        raise InputTooLarge(
            f"“{name}”超过 {limits.max_file_bytes / 1_000_000:g} MB 的上限（ZHIBI_READ_MAX_BYTES）。请拆分后再试。",
            file=name,
            reason="size",
        )
    try:
        return archive.read(part)
    except _BROKEN as broken:
        raise UnusableInput(
            f"“{name}”在压缩包里已损坏，或用了不支持的压缩方式，读不出来。请重新打包，或单独提供后再试。",
            file=name,
            reason="damaged",
        ) from broken


def _weigh(declared: int, packed: int, name: str, limits: ReadLimits, left: int) -> None:
    """The directory declares every part's size, and no part gives more than it declares: its checksum would fail."""
    if declared > left:
        raise InputTooLarge(
            f"“{name}”解压后超过 {limits.max_expanded_bytes / 1_000_000:g} MB（ZHIBI_READ_MAX_EXPANDED_BYTES），"
            "可能是恶意文件，已拒绝读取。请确认来源，或只保留正文另存后再试。",
            file=name,
            reason="expanded",
        )
    if declared > _RATIO_COUNTS_FROM_BYTES and declared > limits.max_ratio * packed:
        raise InputTooLarge(
            f"“{name}”解压后大{declared // max(packed, 1)}倍，超过{limits.max_ratio}倍的上限"
            "（ZHIBI_READ_MAX_RATIO），可能是恶意文件，已拒绝读取。请确认来源后再试。",
            file=name,
            reason="ratio",
        )


def refuse_locked_or_leading_out(part: zipfile.ZipInfo, name: str) -> None:
    """Raises UnusableInput for a part with a password, or a name that leads out of the archive `name`."""
    if part.flag_bits & 0x1:
        raise UnusableInput(f"“{name}”设置了密码，无法读取。请去掉密码后再试。", file=name, reason="encrypted")
    if leads_out(part.filename):
        what = "这个文件名" if _shown(part.filename) == name else f"里的文件名“{_shown(part.filename)}”"
        raise UnusableInput(
            f"“{name}”{what}指向压缩包以外，可能是恶意文件，已拒绝读取。请确认来源后重新打包。",
            file=name,
            reason="zip_slip",
        )


def leads_out(name: str) -> bool:
    """True where a part's name would be written outside of the folder it is unpacked to. Pure."""
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in PurePosixPath(plain).parts or bool(re.match(r"[A-Za-z]:", plain))


def refuse_macros(archive: zipfile.ZipFile, name: str) -> None:
    """Raises UnusableInput where the document brings programs of its own."""
    types = b""
    if "[Content_Types].xml" in archive.namelist():
        types = archive.read("[Content_Types].xml")
    if any(_MACROS.search(part) for part in archive.namelist()) or b"macroEnabled" in types:
        raise UnusableInput(
            f"“{name}”带有宏（自动运行的程序），已拒绝读取。请另存为不含宏的 .docx 或 .xlsx 后再试。",
            file=name,
            reason="macros",
        )


def refuse_entities(archive: zipfile.ZipFile, name: str) -> None:
    """Raises UnusableInput where a part declares entities, which no office program writes and an XML bomb needs."""
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            with archive.open(part) as opened_part:
                head = opened_part.read(_ENTITIES_WITHIN_BYTES)
            if any(mark in head for mark in _ENTITIES):
                raise UnusableInput(
                    f"“{name}”含有不安全的 XML 声明（可能是 XML 炸弹），已拒绝读取。请用 Word 或 WPS 重新另存后再试。",
                    file=name,
                    reason="xml_entities",
                )


def damaged(name: str, what: str) -> UnusableInput:
    """The refusal of an archive that cannot be opened. Pure."""
    return UnusableInput(
        f"“{name}”不是有效的{what}，或文件已损坏、不完整。请重新打开并另存后再试。", file=name, reason="damaged"
    )


def _shown(name: str) -> str:
    return "".join(one if one.isprintable() else "?" for one in name)[:80]
