"""Offline evaluation: cases, measures (one file each), run records, comparison, benchmarks. No model judges here."""
