"""Files that are not what their name says, or whose name is no name."""

import io
import unicodedata
import zipfile

from bench.nasty_values import MARK

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def _zipped(*names: str, size: int = 10) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            # Without the time of day, so that the same run sends the same bytes.
            archive.writestr(zipfile.ZipInfo(name), b"0" * size, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


FILES: tuple[tuple[str, bytes], ...] = (
    ("a.pdf", b""),
    ("a.pdf", b"%PDF"),
    ("a.pdf", b"<html>"),
    ("a.pdf", PDF[:20]),
    ("a.pdf", b"\x00" * 3000),
    ("a.pdf", PDF + _zipped("x")),
    ("a.pdf.exe", b"MZ"),
    ("a.docx", PDF),
    ("a.docx", b"PK\x03\x04"),
    ("a.docx", b"PK\x05\x06" + b"\x00" * 18),
    ("a.docx", _zipped("word/document.xml")[:-30]),
    ("a.docx", _zipped("word/document.xml", size=5_000_000)),
    ("a.docx", _zipped("../../x", "/etc/x")),
    ("a.xlsx", _zipped("word/document.xml")),
    ("a.xlsx", _zipped(*(f"{n}" for n in range(3000)))),
    ("a.png", b"\x89PNG\r\n\x1a\n"),
    ("a.png", b"<svg onload=x>"),
    ("a.svg", b"<svg onload=x>"),
    ("a.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 20),
    ("a.JPEG", b"GIF89a"),
    ("a", PDF),
    ("", PDF),
    (".pdf", PDF),
    ("a.pdf ", PDF),
    ("a.pdf.", PDF),
    ("CON.pdf", PDF),
    ("-rf.pdf", PDF),
    ("../../a.pdf", PDF),
    ("..\\..\\a.pdf", PDF),
    ("C:\\a.pdf", PDF),
    ("%2e%2e%2fa.pdf", PDF),
    ("a\u202efdp.exe", PDF),
    ("a\u0000.pdf", PDF),
    ("a\n.pdf", PDF),
    ('a".pdf', PDF),
    ("a;b=c.pdf", PDF),
    ("x" * 300 + ".pdf", PDF),
    ("\ud83d\ude00.pdf".encode("utf-16", "surrogatepass").decode("utf-16"), PDF),
    (unicodedata.normalize("NFD", "Tờ trình.pdf"), PDF),
    (f"<{MARK}>.pdf", PDF),
    ("{{1336*1337}}.pdf", PDF),
    ("=1+1.pdf", PDF),
)
"""Names with bytes, as they are uploaded."""
