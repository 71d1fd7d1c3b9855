"""The house keeps its own rules: layers, one vendor a room, names that say something, files that fit a head."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("service", "prompts", "corpus", "eval")
UNITS = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

# Each vendor is imported in the rooms named here and nowhere else; its errors become ours there.
VENDORS = {
    "langchain": ("service/model",),
    "langchain_core": ("service/model",),
    # eval/outside/ask.py runs in an environment that is not ours.
    "langchain_openai": ("service/model", "eval/outside/ask.py"),
    "openai": ("service/model",),
    "tiktoken": ("service/model",),
    "chromadb": ("corpus/index",),
    "onnx": ("corpus/e5",),
    "onnxruntime": ("corpus/e5",),
    "sqlalchemy": ("service/storage",),
    "alembic": ("service/storage",),
    "fastapi": ("service/web", "service/app.py"),
    "starlette": ("service/web",),
    "uvicorn": ("service/app.py",),
    "docx": ("corpus/read", "service/export"),
    "trafilatura": ("corpus/read",),
    "openpyxl": ("corpus/read",),
    "pypdfium2": ("corpus/read",),
    "pwdlib": ("service/storage",),
    "authlib": ("service/web/single_sign_on.py",),
    "joserfc": ("service/web/single_sign_on.py",),
    "matplotlib": ("eval/report",),
    "ragas": ("eval/outside",),
    "deepeval": ("eval/outside",),
    "rich": ("service/commands",),
    "rjieba": ("service/language",),
    "pydantic_settings": ("service/settings.py",),
}
EMPTY_WORDS = set(
    "helper helpers util utils common manager misc handler process chunk item data info".split()  # noqa: SIM905
)
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60


@functools.cache
def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def _contract_layers() -> list[str]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = config["tool"]["importlinter"]["contracts"][0]["layers"]
    return [name.strip() for layer in layers for name in layer.split("|")]


def test_every_unit_stands_in_a_layer() -> None:
    layers = _contract_layers()
    free = {"service", "service.settings"}  # the package itself; values without imports of their own
    homeless = []
    for path in UNITS:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if module not in free and not any(module == layer or module.startswith(f"{layer}.") for layer in layers):
            homeless.append(module)
    assert homeless == []


@pytest.mark.parametrize("vendor", sorted(VENDORS))
def test_a_vendor_is_imported_in_its_own_room_only(vendor: str) -> None:
    strangers = [
        str(path.relative_to(ROOT))
        for path in UNITS
        if any(name.split(".")[0] == vendor for name in _imports(path))
        and not str(path.relative_to(ROOT)).startswith(VENDORS[vendor])
    ]
    assert strangers == []


def test_no_unit_has_an_empty_name() -> None:
    assert [str(path.relative_to(ROOT)) for path in UNITS if EMPTY_WORDS & set(path.stem.split("_"))] == []


def test_files_fit_a_head() -> None:
    tests = sorted((ROOT / "tests").rglob("*.py"))
    long = {
        str(path.relative_to(ROOT)): count
        for path in [*UNITS, *tests]
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MAX_FILE_LINES
    }
    assert long == {}


def test_functions_fit_a_screen() -> None:
    long = {}
    for path in UNITS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MAX_FUNCTION_LINES:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert long == {}


def test_public_functions_of_the_inner_rooms_say_what_they_give() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in UNITS
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def _tracked_text() -> dict[str, str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    texts = {}
    for name in listed.decode("utf-8").split("\0"):
        path = ROOT / name
        if name and path.is_file() and path.suffix not in {".png", ".lock"}:
            texts[name] = path.read_bytes().decode("utf-8", errors="replace")
    return texts


def test_the_tree_names_no_machine_and_no_index() -> None:
    # Spelled in halves so that this file does not find itself.
    machine = re.compile("/(?:" + "wo" + "rk|ro" + "ot|far" + r"m)/[A-Za-z.]")
    index = re.compile("--(?:extra-)?index" + "-url|pypi" + r"\.org|files\.python" + "hosted")
    found = {name for name, text in _tracked_text().items() if machine.search(text) or index.search(text)}
    assert found == set()


def test_the_lock_files_are_hashed_and_name_no_index() -> None:
    for path in sorted((ROOT / "requirements").glob("*.lock")):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path.name
        packages = re.findall(r"^[a-z0-9][^=\n]*==", text, re.MULTILINE)
        hashed = re.findall(r"^[a-z0-9][^=\n]*==[^\n]*\\\n +--hash=sha256:", text, re.MULTILINE)
        assert packages and len(packages) == len(hashed), path.name
