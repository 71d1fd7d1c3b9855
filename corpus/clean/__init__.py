"""From a page to clean lines: furniture dropped, noise removed change by change, masks turned into typed tokens."""
