"""What people and programs put into a field that nobody expects there, by kind of nastiness."""

import unicodedata
from collections.abc import Mapping
from typing import Any

MARK = "kt-xss"
"""A tag that no answer may hold as a tag."""
PRODUCT = str(1336 * 1337)
"""What a template that runs its input would show."""

_NAME = "Nguyễn Thị Ngọc Ánh"
_TALL = "a" + "\u0301\u0323" * 400

TEXTS: Mapping[str, tuple[str, ...]] = {
    "spelling": (
        unicodedata.normalize("NFD", _NAME),
        "Nguye\u0302\u0303n Thị " + unicodedata.normalize("NFD", "Ánh"),
        "Đà Ðà D\u0335à",
        "hoà hòa",
        "NguyÔn ThÞ ¸nh",
        "Nguyeãn Thò AÙnh",
        "Ｎｇｕｙễｎ",
        _TALL,
    ),
    "unseen": (
        "An\u200bh",
        "An\u200dh",
        "An\u00adh",
        "\ufeffAnh",
        "An\u2060h",
        "\u202eemos",
        "a\u2066b\u2069",
        "Аnh",
        "a\ufe0f",
        "a\u0007b",
        "a\u0085b",
        "\U000e0041",
        "\u2028",
        "\ufffd\uffff",
    ),
    "broken": ("a\u0000b", "\u0000", "\ud800", "a\udfffb", "\ud83d", "%00", "\\u0000", "\x1b[31m"),
    "size": ("", " ", "\n\n", "\t", "x" * 299, "x" * 301, "đ" * 5001, "x" * 70_000, "\u00a0", "\r\n"),
    "formula": (
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1",
        '=HYPERLINK("http://x")',
        "=cmd|'/c'!A0",
    ),
    "injection": (
        "' OR '1'='1",
        "'; DROP TABLE cases; --",
        "{{1336*1337}}",
        "${1336*1337}",
        "{% raw %}",
        "%(1336)s %n %s",
        f'"><{MARK} onload=x>',
        f"</textarea><{MARK}>",
        "javascript:alert(1)",
        "a\r\nBcc: x@example.org",
        "\r\n[INFO] forged",
        "$(id)",
        "`id`",
        "<!--",
        "]]>",
        "\\",
        "%",
        "_",
    ),
    "path": (
        "../../etc/passwd",
        "..\\..\\x",
        "%2e%2e%2f",
        "C:\\x",
        "\\\\host\\x",
        "CON",
        "/etc/passwd",
        "a/b",
        ".",
    ),
    "date": (
        "31/02/2024",
        "2024-02-30",
        "2023-02-29",
        "0000-01-01",
        "9999-12-31",
        "20226-01-01",
        "2024-5-3",
        "45424",
        "2024-05-13T24:00:00",
        "2024-05-13T00:00:00+99:00",
        "2024-05-13 ",
        "２０２４-０５-１３",
        "2024-W20-1",
        "1970-01-01",
        "2038-01-19",
        "-2024-05-13",
        "2024-05-13Z",
        "2016-12-31T23:59:60Z",
    ),
    "figure": ("1e309", "١٢", "0x10", "1_000", "+1", " 1", "1.0", "-1", "9" * 400, "٣", "NaN", "½"),
}
TEXT = tuple(value for values in TEXTS.values() for value in values)

THINGS: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    1e308,
    2**31,
    2**63,
    2**64,
    10**30,
    [],
    {},
    [[]],
    [None],
    {"a": 1},
    {"": ""},
    {"__proto__": {}},
    ["x"] * 2000,
    "1",
    "null",
)
"""Values of the wrong type, or of a size nobody counts with."""
