"""The history inside a package is checked: its chain, what it folds to, which papers it names."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from states.document import canonical
from states.history import fold, genesis, read, seal
from workflow.package_problems import BadPackage

Content = Callable[[str], bytes]


def check_dossier(
    content: Content, manifest: Mapping[str, Any], about: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The dossier the manifest tells of, once its history was seen to lead to it. Raises BadPackage."""
    record = f"{about.get('ref')}/dossier.json"
    try:
        return _checked(content, manifest, about, record)
    except (TypeError, AttributeError, KeyError, RecursionError):
        # Only what was forged as a whole gets here: well sealed, yet no history of ours.
        raise BadPackage("dossier_unreadable", record) from None


def _checked(
    content: Content, manifest: Mapping[str, Any], about: Mapping[str, Any], record: str
) -> Mapping[str, Any]:
    folder = str(about.get("ref"))
    history = f"{folder}/history.jsonl"
    names = {line["name"]: line["sha256"] for line in manifest["members"]}
    for needed in (record, history):
        if needed not in names:
            raise BadPackage("missing", needed)
    entries = list(_entries(content(history), history))
    _check_chain(entries, manifest, about, history)
    dossier = _document(content(record), record)
    if canonical(fold(entry["effects"] for _, _, entry in entries)) != canonical(dossier.get("facts")):
        raise BadPackage("facts_differ", record)
    _check_papers(dossier, folder, names)
    return dossier


def _check_chain(
    entries: list[tuple[str, bytes, Mapping[str, Any]]],
    manifest: Mapping[str, Any],
    about: Mapping[str, Any],
    name: str,
) -> None:
    """Each entry follows the one before, in this case of this installation, up to the head that was told."""
    log = manifest.get("origin", {}).get("log")
    prev = genesis(str(log), "dossier", str(about.get("case")))
    for seq, (given, body, entry) in enumerate(entries, 1):
        said = (entry.get("log"), entry.get("case"), entry.get("seq"), entry.get("prev"))
        if said != (log, about.get("case"), seq, prev) or seal(prev, body) != given:
            raise BadPackage("history_broken", name, seq=seq)
        prev = given
    if not entries or prev != about.get("head") or len(entries) != about.get("entries"):
        raise BadPackage("head_differs", name)


def _entries(content: bytes, name: str) -> Iterator[tuple[str, bytes, Mapping[str, Any]]]:
    """(hash, sealed bytes, what they say) of each line."""
    for place, line in enumerate(content.splitlines(), 1):
        try:
            written = json.loads(line)
            body = written["body"].encode()
            entry = read(body)
            if not isinstance(written["hash"], str) or not isinstance(entry["effects"], dict):
                raise ValueError("a line that says something else")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BadPackage("history_broken", name, seq=place) from None
        yield written["hash"], body, entry


def _document(content: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(content.decode())
        if not isinstance(found, dict) or not isinstance(found["facts"], dict):
            raise ValueError("no dossier")
        papers = found["papers"]
        if not all(isinstance(p["sha256"], str) and isinstance(p["member"], str) for p in papers):
            raise ValueError("no papers")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadPackage("dossier_unreadable", name) from None
    return found


def _check_papers(dossier: Mapping[str, Any], folder: str, names: Mapping[str, str]) -> None:
    """Every paper the history names is a member with the bytes the history names."""
    told = {paper["sha256"]: paper["member"] for paper in dossier["papers"]}
    for paper in dossier["facts"].get("papers", {}).values():
        member = told.get(paper["sha256"], f"{folder}/papers")
        if names.get(member) != paper["sha256"]:
            raise BadPackage("paper_missing", member)
