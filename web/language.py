"""Pages speak the reader's language."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path

from babel.messages.pofile import read_po
from fastapi import Request

from states.labels import LANGS, Lang
from web.site import is_api

FOLDER = Path(__file__).with_name("translations") / "en"
COOKIE = "lang"
_spoken: ContextVar[Lang] = ContextVar("spoken", default="vi")


@cache
def english() -> dict[str, str]:
    """Every sentence of the pages in English, by its Vietnamese words."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*.po")):
        with path.open("rb") as file:
            found.update({str(m.id): str(m.string) for m in read_po(file, locale="en") if m.id and m.string})
    return found


def language(request: Request) -> Lang:
    """What the reader chose, else what their browser prefers; a program says it with every request."""
    chosen = request.cookies.get(COOKIE)
    if not is_api(request):
        for lang in LANGS:
            if chosen == lang:
                return lang
    return preferred(request.headers.get("accept-language", ""))


@lru_cache(maxsize=512)
def preferred(header: str) -> Lang:
    """English where ``Accept-Language`` puts it before Vietnamese, Vietnamese otherwise."""
    weights: dict[str, float] = {}
    for part in header.split(","):
        tag, _, weight = part.partition(";q=")
        primary = tag.strip().lower().split("-")[0]
        weights[primary] = max(weights.get(primary, 0.0), _weight(weight))
    return "en" if weights.get("en", 0.0) > weights.get("vi", 0.0) else "vi"


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0


@contextmanager
def speaking(lang: Lang) -> Iterator[None]:
    """Everything rendered within is in this language."""
    before = _spoken.set(lang)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> Lang:
    """The language of what is being rendered."""
    return _spoken.get()


def translated(text: str) -> str:
    """A page's Vietnamese sentence in the language of what is being rendered."""
    return text if spoken() == "vi" else english().get(text, text)


def say(lang: Lang, text: str, **facts: object) -> str:
    """A Vietnamese sentence of our own in the language asked for, its ``%(name)s`` filled in."""
    said = text if lang == "vi" else english().get(text, text)
    return said % facts if facts else said
