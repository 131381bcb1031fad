"""The words of a dossier as its history left them: titles, names, achievements, reasons."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from states.dossier import DRAFTING
from states.roles import OFFICE_OF, Role
from workflow.dossiers.entries import EntryView

Path = tuple[str, ...]


def after(words: Mapping[Path, str], entry: EntryView) -> dict[Path, str]:
    """The texts once this entry happened."""
    if entry.act in DRAFTING:
        return _drafted(words, entry.args)
    if entry.act == "judge":
        return {**words, **dict(_judged(entry))}
    return dict(words)


def _drafted(words: Mapping[Path, str], args: Mapping[str, Any]) -> dict[Path, str]:
    kept = dict(words)
    if args.get("title"):
        kept[("title",)] = args["title"]
    if args.get("nominations") is None:
        return kept
    # A list that is sent replaces the one before.
    rest = {path: text for path, text in kept.items() if path[0] != "nominations" or path[2] == "reason"}
    return rest | dict(_listed(args["nominations"]))


def _listed(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Path, str]]:
    for row in rows:
        subject = row["subject"]
        texts = {
            "name": subject["name"],
            "role_title": subject.get("title"),
            "achievement": row["achievement"],
        }
        yield from ((("nominations", row["id"], name), str(text)) for name, text in texts.items() if text)


def _judged(entry: EntryView) -> Iterator[tuple[Path, str]]:
    office = OFFICE_OF.get(Role(entry.role), "")
    for row in entry.args.get("verdicts", ()):
        yield ("nominations", row["nomination"], "reason", office), row.get("reason") or ""
