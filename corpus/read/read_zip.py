"""The documents of a .zip archive, in the order of their names. Nothing is ever written to a disk."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from corpus.read.archive import content_of, leads_out, listed
from corpus.read.limits import ReadLimits
from corpus.read.values import FileText, Refused
from service.domain.errors import InputTooLarge, UnusableInput
from service.domain.page import LeftOut

_UTF8_FLAG = 0x800
_WHAT = "压缩包（.zip）"
ReadPart = Callable[[str, bytes, ReadLimits], list[FileText | Refused]]


def read_zip(
    raw: bytes, name: str, limits: ReadLimits, readable: tuple[str, ...], read_part: ReadPart
) -> list[FileText | Refused]:
    """Each document of the archive as `read_part` reads it, its name behind the archive's; one that is refused (with a
    password, a name that leads out, too large, damaged) is refused alone.

    Hidden parts are passed over; so are parts of other kinds, which the first document's `left_out` counts. Raises
    UnusableInput or InputTooLarge for an archive that is refused as a whole, also where archives nest too deep.
    """
    if limits.max_nesting < 1:
        raise InputTooLarge(
            f"“{name}”是压缩包里的压缩包，层数超过上限（ZHIBI_READ_MAX_NESTING）。请先解压再试。",
            file=name,
            reason="nesting",
        )
    found: list[FileText | Refused] = []
    passed_over: list[str] = []
    # Each document may use what the archives around it have left.
    left = limits.max_expanded_bytes
    with listed(raw, name, limits, _WHAT) as archive:
        for part, shown in _parts(archive):
            if not shown.lower().endswith(readable) and not leads_out(part.filename):
                passed_over.append(shown)
                continue
            try:
                content = content_of(archive, part, shown, limits, left)
            except UnusableInput as refused:
                reason = str(refused.detail["reason"])
                found.append(Refused(shown, refused.message, reason, isinstance(refused, InputTooLarge)).within(name))
                continue
            left -= len(content)
            inner = replace(limits, max_expanded_bytes=left, max_nesting=limits.max_nesting - 1)
            found += [one.within(name) for one in read_part(shown, content, inner)]
    if not found:
        raise UnusableInput(f"“{name}”里没有可读取的文件。可读取：{'、'.join(readable)}。", file=name, reason="empty")
    return _told(found, passed_over)


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    named = [(part, name_of(part)) for part in archive.infolist() if not part.is_dir()]
    for part, shown in sorted(named, key=lambda one: one[1]):
        parents = PurePosixPath(shown).parts
        is_hidden = any(one.startswith((".", "~$", "__MACOSX")) for one in parents)
        # “..” is no hidden folder: who packed it should hear of it.
        if not is_hidden or leads_out(part.filename):
            yield part, shown


def name_of(part: zipfile.ZipInfo) -> str:
    """The name of a part: by its UTF-8 flag, else as UTF-8 or GBK, which Chinese Windows writes without any flag. Pure.

    Characters that steer a terminal or the direction of writing are dropped.
    """
    name = part.filename
    if not part.flag_bits & _UTF8_FLAG:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding) or name
            except UnicodeDecodeError:
                continue
            break
    return "".join(one for one in name.replace("\\", "/") if one.isprintable())


def _told(found: list[FileText | Refused], passed_over: list[str]) -> list[FileText | Refused]:
    if not passed_over:
        return found
    note = LeftOut("passed_over", len(passed_over), "、".join(passed_over[:5]))
    for place, one in enumerate(found):
        if isinstance(one, FileText):
            found[place] = FileText(one.source, one.text, one.kind, (*one.left_out, note))
            break
    return found
