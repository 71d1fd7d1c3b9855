"""Typed blanks in place of everything in a past report that belongs to it alone."""
