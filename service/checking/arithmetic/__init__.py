"""Reckoning over the notes: which operations a draft's words allow, and the simplest that makes its number."""

from service.checking.arithmetic.reckon import reckon
from service.checking.arithmetic.spans import span_between
from service.checking.arithmetic.surprise import found_by_surprise

__all__ = ["found_by_surprise", "reckon", "span_between"]
