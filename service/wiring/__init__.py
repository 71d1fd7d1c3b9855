"""Puts the rooms together: hands each room the values of the settings it needs, and opens and closes what it holds.

Everything here is opened in a `with` block and closed at its end. Nothing heavy is imported before it is needed, since
`zhibi search` needs no drafting and `zhibi user add` no encoder.
"""
