"""Requests and answers of the desk: what a person does before there is a draft, and what is being typed."""

from __future__ import annotations

from typing import Any

from service.web.shapes import Answer, Asked


class FileText(Answer):
    """The text of a file and what could not be read of it."""

    name: str
    text: str
    warnings: list[str]


class OutlineAnswer(Answer):
    """The outline of a draft to be. `possible` are sections of the genre that have no facts; `max_chars` its limit."""

    title: str
    period: dict[str, str]
    sections: list[dict[str, Any]]
    possible: list[dict[str, str]]
    missing: list[dict[str, str]]
    unplaced: list[dict[str, Any]]
    max_chars: int | None


class WorkingAsked(Asked):
    """What is being typed, in whatever shape the page gives it."""

    body: dict[str, Any]


class WorkingAnswer(Answer):
    """What is kept and since when; both null where nothing is."""

    body: dict[str, Any] | None
    saved_at: str | None


class WordRead(Answer):
    """An edited Word file read back. `changes` are {kind, before, after, start} a sentence; `version` what it was
    compared with."""

    version: int
    title: str
    sections: list[dict[str, str]]
    text: str
    changes: list[dict[str, Any]]
    check: dict[str, Any]
    warnings: list[str]
