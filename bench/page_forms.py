"""The forms our own pages hold, found by following the pages' links."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from bench.door import ORIGIN, Door, Knock


@dataclass(slots=True)
class Form:
    """A form as a browser would send it untouched."""

    who: str
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects the forms and the links of one page."""

    def __init__(self, who: str, address: str) -> None:
        super().__init__()
        self.who, self.address = who, address
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._named = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of what can be followed or filled in."""
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told:
            self.links.append(urljoin(self.address, told["href"]))
        elif tag == "form":
            action = urljoin(self.address, told.get("action", ""))
            self.forms.append(Form(self.who, action, told.get("method", "get").upper()))
        elif self.forms and tag in ("input", "textarea", "select", "button") and told.get("name"):
            self._named = told["name"]
            if told.get("type") == "file":
                self.forms[-1].files.append(self._named)
            elif tag != "select":
                self.forms[-1].fields.append((self._named, told.get("value", "")))
        elif self.forms and tag == "option" and ("selected" in told or self._unset()):
            self.forms[-1].fields.append((self._named, told.get("value", "")))

    def _unset(self) -> bool:
        return all(name != self._named for name, _ in self.forms[-1].fields)


def crawled(door: Door, who: str, *, pages: int) -> Iterator[Form]:
    """Every different form on the first so many pages this person reaches from their own work."""
    waiting, seen, known = [f"{ORIGIN}/inbox", f"{ORIGIN}/account"], set[str](), set[tuple[str, ...]]()
    while waiting and len(seen) < pages:
        address = waiting.pop(0)
        shape = urlsplit(address).path
        if shape in seen or not address.startswith(ORIGIN) or shape.startswith(("/static", "/language")):
            continue
        seen.add(shape)
        answer = door.knock(Knock("crawl", who, "GET", address.removeprefix(ORIGIN), browser=True))
        if answer.status == 200 and "html" in answer.media:
            reader = _Reader(who, address)
            reader.feed(answer.text)
            waiting += reader.links
            for form in reader.forms:
                mark = (form.action, form.method, *sorted({name for name, _ in form.fields}))
                if mark not in known and form.action.startswith(ORIGIN):
                    known.add(mark)
                    yield form
