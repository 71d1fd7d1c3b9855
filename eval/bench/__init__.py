"""Figures that anyone can repeat with `make bench`. They say how fast this machine is today; no test asserts them."""
