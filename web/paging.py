"""Lists come in pages."""

from urllib.parse import urlencode

AT_ONCE = 50
"""Rows of one page of a list."""


def address(path: str, **asked: str) -> str:
    """The path with what is asked for, empty parts left out."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}" if query else path
