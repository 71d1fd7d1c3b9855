"""Old Word documents (.doc), read by a program of the system: antiword, catdoc or LibreOffice, whichever is there."""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

from corpus.read.forms import OLE2
from corpus.read.limits import ReadLimits
from service.domain.errors import UnusableInput
from service.domain.page import LeftOut

TOOLS = ("antiword", "catdoc", "soffice")
_INSTALL = "apt-get install antiword"
# Names of streams inside an OLE2 file, as they stand in its directory.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MACRO_STREAMS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "VBA_PROJECT_CUR"))
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_WORD_MAGIC = b"\xec\xa5"
_ENCRYPTED_FLAG = 0x01


def doc_tools() -> list[str]:
    """The programs of the system that read old Word documents, the quickest first; empty where it has none."""
    return [tool for tool in TOOLS if shutil.which(tool)]


def read_doc(raw: bytes, name: str, limits: ReadLimits) -> tuple[str, tuple[LeftOut, ...]]:
    """The text of a .doc as lines. Hidden and deleted text is left out by the programs themselves.

    Raises UnusableInput for what is no .doc, has macros or a password, and where the system has no program for it.
    """
    if not raw.startswith(OLE2) or _WORD_STREAM not in raw:
        raise UnusableInput(
            f"“{name}”不是有效的 .doc 文件，或文件已损坏。请用 Word 打开并另存为 .docx 后再试。",
            file=name,
            reason="damaged",
        )
    refuse_locked(raw, name)
    tools = doc_tools()
    if not tools:
        raise UnusableInput(
            f"“{name}”是旧版 Word 文档（.doc），本机没有能读取它的程序（{'、'.join(TOOLS)}）。"
            f"请用 Word 或 WPS 另存为 .docx，或由管理员安装其中一个（如 {_INSTALL}）。",
            file=name,
            reason="no_tool",
        )
    for tool in tools:
        # antiword refuses a document of two lines, which LibreOffice reads.
        if text := _converted(raw, tool, limits):
            return text, (LeftOut("system_tool", 1, tool),)
    raise UnusableInput(
        f"“{name}”没有能读出文字（{'、'.join(tools)}），文件可能已损坏。请用 Word 打开并另存为 .docx 后再试。",
        file=name,
        reason="damaged",
    )


def refuse_locked(raw: bytes, name: str) -> None:
    """Raises UnusableInput where an OLE2 file has a password or macros."""
    at = raw.find(_WORD_MAGIC, 512, 65_536)
    if _ENCRYPTED_PACKAGE in raw or (
        at > 0 and at % 512 == 0 and raw[at + 11 : at + 12] and raw[at + 11] & _ENCRYPTED_FLAG
    ):
        raise UnusableInput(
            f"“{name}”设置了打开密码，无法读取。请用 Word 去掉密码并另存为 .docx 后再试。",
            file=name,
            reason="encrypted",
        )
    if any(stream in raw for stream in _MACRO_STREAMS):
        raise UnusableInput(
            f"“{name}”带有宏（自动运行的程序），已拒绝读取。请另存为不含宏的 .docx 后再试。", file=name, reason="macros"
        )


def _converted(raw: bytes, tool: str, limits: ReadLimits) -> str:
    """The text as `tool` gives it; "" where it fails."""
    with tempfile.TemporaryDirectory(prefix="zhibi-doc-") as folder:
        path = Path(folder) / "document.doc"
        path.write_bytes(raw)
        if tool == "antiword":
            command = [tool, "-m", "UTF-8.txt", "-w", "0", str(path)]
        elif tool == "catdoc":
            command = [tool, "-d", "utf-8", "-w", str(path)]
        else:
            profile = f"-env:UserInstallation=file://{folder}/profile"
            wanted = ["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, str(path)]
            command = [tool, profile, *wanted]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                timeout=limits.max_seconds,
                check=False,
                cwd=folder,
                preexec_fn=_with_room if tool == "soffice" else None,
            )
        except subprocess.TimeoutExpired:
            return ""
        written = Path(folder) / "document.txt"
        content = written.read_bytes() if written.exists() else done.stdout
    if done.returncode or not content.strip():
        return ""
    text = content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\x0c", "\n")
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    """antiword and catdoc draw a table row as |cell|cell|; ours are joined by " | "."""
    plain = line.strip()
    if len(plain) > 2 and plain.startswith("|") and plain.endswith("|"):
        return " | ".join(cell for cell in (one.strip() for one in plain.split("|")) if cell)
    return re.sub(r"^\[pic\]$", "", plain)


def _with_room() -> None:
    """LibreOffice maps more than the reading process may; its time stays bounded."""
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
