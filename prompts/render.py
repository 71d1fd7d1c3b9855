"""Prompt templates: versioned files with declared inputs, rendered strictly, with the hash a draft's record keeps."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.domain.errors import UnusableInput

_INPUT = re.compile(r"\{\{([a-z_]+)\}\}")


class PromptUnusable(UnusableInput):
    """A template or its inputs do not fit each other; whoever edits `prompts/` or calls it must mend it."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template as its file holds it. `version` is `v1 sha256:…` over the whole file."""

    name: str
    version: str
    inputs: frozenset[str]
    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A template filled in."""

    system: str
    user: str
    version: str


@cache
def load_template(name: str, number: int) -> Template:
    """The template `name` in version `number`.

    Raises PromptUnusable where the file is missing, or its text and its declared inputs differ.
    """
    file_name = f"{name}.v{number}.toml"
    source = files("prompts").joinpath("templates", file_name)
    if not source.is_file():
        raise PromptUnusable(f"缺少提示词模板 prompts/templates/{file_name}。")
    return read_template(source.read_text(encoding="utf-8"), file_name)


def read_template(text: str, file_name: str) -> Template:
    """The template written in `text`; `file_name` is its name in messages. Pure. Raises PromptUnusable as above."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise PromptUnusable(f"{file_name}不是有效的TOML文件：{wrong}。") from wrong
    keys = {"name", "version", "inputs", "system", "user"}
    if set(table) != keys:
        raise PromptUnusable(f"{file_name}须有且只有：{'、'.join(sorted(keys))}。")
    used = frozenset(_INPUT.findall(table["system"] + table["user"]))
    declared = frozenset(table["inputs"])
    if used != declared:
        raise PromptUnusable(f"{file_name}声明的输入与正文不一致：{'、'.join(sorted(used ^ declared))}。")
    version = f"v{table['version']} sha256:{hashlib.sha256(text.encode('utf-8')).hexdigest()[:16]}"
    return Template(table["name"], version, declared, table["system"].strip(), table["user"].strip())


def render(template: Template, values: Mapping[str, str]) -> Rendered:
    """`template` with `values` in place; a value that looks like an input is not filled again. Pure.

    Raises PromptUnusable naming the inputs that are missing or unknown.
    """
    missing, unknown = template.inputs - set(values), set(values) - template.inputs
    if missing or unknown:
        parts = [f"缺少{'、'.join(sorted(missing))}"] if missing else []
        parts += [f"多出{'、'.join(sorted(unknown))}"] if unknown else []
        raise PromptUnusable(f"提示词模板{template.name}的输入不符：{'；'.join(parts)}。")

    def filled(text: str) -> str:
        return _INPUT.sub(lambda found: values[found[1]], text)

    return Rendered(filled(template.system), filled(template.user), template.version)
