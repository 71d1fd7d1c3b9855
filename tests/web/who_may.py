"""The written table of who may do what: who_may.tsv by rows, and as `docs/who-may.md` shows it.

A row names a route, the state its draft is in ("-": no draft), the body sent (START and END stand for a finding's
place), and the code each person gets; `absent` is what whoever reaches the draft gets for one that is not there.
"""

from __future__ import annotations

from pathlib import Path

COLUMNS = ("route", "state", "body", "staff", "other_staff", "editor", "other_editor", "evaluator", "admin", "nobody")
WHO = COLUMNS[3:]


def table() -> list[dict[str, str]]:
    """The rows of who_may.tsv by column."""
    lines = Path(__file__).with_name("who_may.tsv").read_text(encoding="utf-8").splitlines()
    names = lines[0].split("\t")
    assert tuple(names) == (*COLUMNS, "absent")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines[1:]]


def route_of(row: dict[str, str]) -> str:
    """The route of a row as the application names it: `GET /api/v1/working/{place}`. Pure."""
    return row["route"].split("?")[0].replace("/working/new", "/working/{place}")


def is_of_api(route: str) -> bool:
    """True for a route for programs; the others are pages, which ask for a session and not for a token. Pure."""
    return route.split(" ")[1].startswith(("/api/", "/healthz", "/readyz", "/metrics"))
