"""Files given on the command line, read exactly: offsets in answers are into what the person has on disk."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from service.commands.printing import tell
from service.domain.errors import InputTooLarge, UnusableInput

if TYPE_CHECKING:
    from corpus.read.values import FileText

# A page of every seed we have is under 200 kB; ten times the notes limit in four-byte characters still fits.
MAX_BYTES = 20_000_000
# Files that have no characters of their own to keep: their text is what a person sees. Any other ending is taken for
# text, as people name their scratch files.
_DOCUMENTS = (".docx", ".doc", ".docm", ".pdf", ".html", ".htm", ".xlsx", ".xlsm", ".xls", ".csv", ".zip")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class DraftRead:
    """A draft as it is checked. `before` is what it said before the tracked changes of its Word file, None where it has
    none; `title` and `sections` are those of a Word file, else empty."""

    text: str
    before: str | None = None
    title: str = ""
    sections: tuple[tuple[str, str], ...] = ()


def read_draft(name: str) -> DraftRead:
    """The draft in the file `name`: of a Word file its title, headings and text without the annex of an export and with
    all tracked changes accepted, else the text as `read_argument` gives it. Raises as that does."""
    path = Path(name)
    if path.suffix.lower() not in (".docx", ".doc"):
        return DraftRead(read_argument(name))
    from service.export.read_back import draft_from_word

    read = _document(path)
    accepted = draft_from_word(read.text)
    before = None if read.before is None else draft_from_word(read.before).text
    return DraftRead(accepted.text, before, accepted.title, accepted.sections)


def read_argument(name: str) -> str:
    """The text of the file `name`, or of standard input for `-`, with every character kept: line breaks as they are,
    a byte order mark counted.

    Raises UnusableInput where the file is missing, no text, or broken; the message names the first broken line.
    """
    if name == "-":
        return decode(sys.stdin.buffer.read(MAX_BYTES + 1), "标准输入")
    path = Path(name)
    if path.suffix.lower() in _DOCUMENTS:
        return _document(path).text
    try:
        with path.open("rb") as file:
            return decode(file.read(MAX_BYTES + 1), name)
    except FileNotFoundError as missing:
        raise UnusableInput(f"找不到文件“{name}”。请检查路径。", file=name) from missing
    except IsADirectoryError as folder:
        raise UnusableInput(f"“{name}”是文件夹，这里需要一个文件。", file=name) from folder
    except OSError as refused:
        raise UnusableInput(f"打不开文件“{name}”：{refused.strerror}。", file=name) from refused


def _document(path: Path) -> FileText:
    from corpus.read.read_file import read_file
    from service.settings import load_settings
    from service.wiring.reading import read_limits

    read = read_file(path, read_limits(load_settings()))
    for warning in read.warnings:
        tell(f"注意：{warning}")
    return read


def decode(content: bytes, name: str) -> str:
    """`content` as text: UTF-16 by its mark, UTF-8, then GB18030 or Big5, each strictly. Pure.

    A guesser is not asked: short GBK is guessed wrong, and a wrong guess changes words silently.
    Raises InputTooLarge over the limit and UnusableInput where no encoding fits.
    """
    if len(content) > MAX_BYTES:
        raise InputTooLarge(f"“{name}”超过{MAX_BYTES // 1_000_000}MB，不像一份笔记或稿件。请拆分后再试。", file=name)
    from corpus.read.decode import big5_reading

    for encoding in ("utf-16",) if content.startswith(_UTF16_MARKS) else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return (big5_reading(content, text) or text) if encoding == "gb18030" else text
    else:
        line = _first_broken_line(content)
        raise UnusableInput(
            f"“{name}”第{line}行起有无法识别的字符，文件可能损坏或编码不是UTF-8/GB18030。请用记事本另存为UTF-8后再试。",
            file=name,
            line=line,
        )
    raise UnusableInput(f"“{name}”不是文本文件。请给出.txt、.md或.docx文件。", file=name)


def _first_broken_line(content: bytes) -> int:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as broken:
        return content.count(b"\n", 0, broken.start) + 1
    return 1


def write_whole(path: Path, content: bytes) -> None:
    """Writes `content` to `path` wholly or not at all: a reader never sees half a file.

    Raises UnusableInput where the folder is missing or refuses, and names the disk when it is full.
    """
    import os
    import tempfile

    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            part = Path(file.name)
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                part.unlink(missing_ok=True)
                raise
        # A temporary file is private to its owner; a report is as readable as any file the person makes.
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)
        part.replace(path)
    except OSError as refused:
        why = "磁盘已满" if refused.errno == 28 else refused.strerror
        raise UnusableInput(f"写不了“{path}”：{why}。没有留下半个文件，请换一个位置再试。", file=str(path)) from refused
