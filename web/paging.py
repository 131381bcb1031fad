"""Lists come in pages."""

from urllib.parse import urlencode

AT_ONCE = 50
"""Rows of one page of a list."""


def plain(asked: str) -> str:
    """What was asked for in an address, short enough and without what no database stores."""
    return asked.replace("\0", "").strip()[:200]


def address(path: str, **asked: str) -> str:
    """The path with what is asked for, empty parts left out."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}" if query else path
