"""Secrets as the record keeps them."""

from __future__ import annotations

import hashlib


def hash_of(secret: str) -> str:
    """The SHA-256 of a secret of 256 random bits; enough for those, not for passwords. Pure."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
