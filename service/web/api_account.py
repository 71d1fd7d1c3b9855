"""API of one's own account: password, sessions, bearer tokens."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from service.domain.account import TokenScope
from service.domain.errors import Forbidden, UnusableInput
from service.storage.directory import ProofEntry
from service.web.shapes import Answer, Asked
from service.web.signed_in import Owner, Rooms
from service.web.words import iso_time

router = APIRouter(prefix="/account", tags=["account"])


class PasswordAsked(Asked):
    """A new password; `current` where there is one."""

    current: Annotated[str, Field(max_length=1_000)] = ""
    password: Annotated[str, Field(max_length=1_000)]


class TokenAsked(Asked):
    """A bearer token: what it is for, what it may do, how long."""

    name: Annotated[str, Field(max_length=100)] = ""
    scope: TokenScope = TokenScope.READ
    days: Annotated[int, Field(ge=1, le=3_650)] | None = None


class ProofAnswer(Answer):
    """A session or a token of one's own; `id` is no secret."""

    id: str
    name: str
    address: str
    scope: str
    created_at: str
    expires_at: str


class NewTokenAnswer(Answer):
    """A new token; shown this once."""

    token: str
    scope: TokenScope


@router.post("/password", status_code=204)
def set_password(asked: PasswordAsked, person: Owner, rooms: Rooms) -> None:
    """Sets the password; every session ends."""
    if rooms.accounts.has_password(person) and not rooms.accounts.is_password(person, asked.current):
        raise Forbidden("当前密码不对，密码没有改动。请重新输入。", field="current")
    rooms.accounts.set_password(person, asked.password)


@router.get("/sessions", response_model=list[ProofAnswer])
def sessions(person: Owner, rooms: Rooms) -> list[dict[str, Any]]:
    """Where one is signed in."""
    return [_proof(one) for one in rooms.directory.sessions(person)]


@router.delete("/sessions/{session_id}", status_code=204)
def end_session(session_id: str, person: Owner, rooms: Rooms) -> None:
    """Signs out one browser."""
    rooms.directory.end_session(person, session_id)


@router.get("/tokens", response_model=list[ProofAnswer])
def tokens(person: Owner, rooms: Rooms) -> list[dict[str, Any]]:
    """One's live tokens."""
    return [_proof(one) for one in rooms.directory.tokens(person)]


@router.post("/tokens", status_code=201, response_model=NewTokenAnswer)
def new_token(asked: TokenAsked, person: Owner, rooms: Rooms) -> dict[str, Any]:
    """Makes a token."""
    if not asked.name.isprintable():
        raise UnusableInput("令牌的名称含有看不见的字符。请重新输入。", field="name")
    secret = rooms.accounts.new_token(person.name, asked.scope, asked.name.strip(), asked.days, person.id)
    return {"token": secret, "scope": asked.scope}


@router.delete("/tokens/{token_id}", status_code=204)
def revoke_token(token_id: str, person: Owner, rooms: Rooms) -> None:
    """Ends a token."""
    rooms.directory.revoke_token(person, token_id)


def _proof(one: ProofEntry) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "address": one.address,
        "scope": one.scope,
        "created_at": iso_time(one.created_at),
        "expires_at": iso_time(one.expires_at),
    }
