"""Benchmarks whose ground truth is free: the leak of a past report into another unit's draft, search, the checker."""
