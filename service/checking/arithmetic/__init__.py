"""Reckoning over the notes: which operations a draft's words allow, and the simplest that makes its number."""

from service.checking.arithmetic.reckon import reckon
from service.checking.arithmetic.spans import span_between

__all__ = ["reckon", "span_between"]
