"""Files that should not be brought: uploads, packages."""

from collections.abc import Iterator
from functools import partial

from bench import small_desk
from bench.corpus import UPLOADS, Corpus, Input
from bench.door import Knock
from bench.nasty_files import FILES, PDF
from bench.nasty_values import TEXT

PIECES = 60
"""Places at which a package is cut or changed."""


def uploads() -> Iterator[Input]:
    """Every bad file, every text as what a file is called or said to be."""
    name = f"POST {UPLOADS}"
    yield Input(name, partial(_upload, "a.pdf", PDF, "TO_TRINH"), plain=True)
    for file, content in FILES:
        yield Input(name, partial(_upload, file, content, "TO_TRINH"))
    for text in TEXT:
        yield Input(name, partial(_upload, "a.pdf", PDF, text))
        yield Input(name, partial(_upload, f"{text}.pdf", PDF, "TO_TRINH"))


def packages(corpus: Corpus) -> Iterator[Input]:
    """Files that are no package; one that is, cut off or with a byte changed at many places."""
    who, id_ = corpus.door.known_to["package_id"]
    good = small_desk.bytes_of(corpus.door.world, id_)
    yield Input("POST /received", partial(_brought, who, good), plain=True)
    for _, content in FILES:
        yield Input("POST /received", partial(_brought, who, content))
    for place in range(0, len(good), 1 + len(good) // PIECES):
        changed = good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :]
        yield Input("POST /received", partial(_brought, who, changed))
        yield Input("POST /received", partial(_brought, who, good[:place]))


def _upload(name: str, content: bytes, kind: str) -> Knock:
    named = name.encode("utf-8", "replace").decode()
    sent = {"files": {"file": (named, content, "application/pdf")}, "data": {"type": as_sent(kind)}}
    return Knock("upload", "an", "POST", "/api/v1/papers", sent=sent)


def _brought(who: str, content: bytes) -> Knock:
    files = {"file": ("goi.zip", content, "application/zip")}
    sent = {"files": files, "data": {"csrf": f"csrf-{who}"}}
    return Knock("package", who, "POST", "/received", browser=True, sent=sent)


def as_sent(text: str) -> str:
    """As a browser sends it: half a pair becomes the sign for what cannot be shown."""
    return text.encode("utf-8", "replace").decode()
