"""The history inside a package is checked: its chain, what it folds to, which papers it names."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from states.document import canonical
from states.history import fold, genesis, read, seal
from workflow.packages.problems import BadPackage
from workflow.packages.shapes import DossierLine, DossierRecord, Manifest

Content = Callable[[str], bytes]
Entry = tuple[str, bytes, Mapping[str, Any]]
"""(hash, sealed bytes, what they say)."""


def check_dossier(content: Content, manifest: Manifest, about: DossierLine) -> DossierRecord:
    """The dossier the manifest tells of, once its history was seen to lead to it. Raises BadPackage."""
    record, history = f"{about.ref}/dossier.json", f"{about.ref}/history.jsonl"
    names = {line.name: line.sha256 for line in manifest.members}
    for needed in (record, history):
        if needed not in names:
            raise BadPackage("missing", needed)
    entries = list(_entries(content(history), history))
    _check_chain(entries, manifest.origin.log, about, history)
    dossier = _dossier(content(record), record)
    try:
        _check_facts(dossier, about, entries, record)
        _check_papers(dossier, names)
    except (TypeError, AttributeError, KeyError, RecursionError):
        # Only what was forged as a whole gets here: well sealed, yet no history of ours.
        raise BadPackage("facts_differ", record) from None
    return dossier


def _check_chain(entries: list[Entry], log: str, about: DossierLine, name: str) -> None:
    """Each entry follows the one before, in this case of this installation, up to the head that was told."""
    prev = genesis(log, "dossier", about.case)
    for seq, (given, body, entry) in enumerate(entries, 1):
        said = (entry.get("log"), entry.get("case"), entry.get("seq"), entry.get("prev"))
        if said != (log, about.case, seq, prev) or seal(prev, body) != given:
            raise BadPackage("history_broken", name, seq=seq)
        prev = given
    if not entries or (prev, len(entries)) != (about.head, about.entries):
        raise BadPackage("head_differs", name)


def _entries(content: bytes, name: str) -> Iterator[Entry]:
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


def _dossier(content: bytes, name: str) -> DossierRecord:
    try:
        return DossierRecord.model_validate_json(content)
    except ValidationError:
        raise BadPackage("dossier_unreadable", name) from None


def _check_facts(dossier: DossierRecord, about: DossierLine, entries: list[Entry], name: str) -> None:
    """The facts are what the history folds to; what is said in words beside them is about the same."""
    facts = fold(entry["effects"] for _, _, entry in entries)
    listed = {n.id: (n.position, n.award, n.subject.type, n.council) for n in dossier.nominations}
    known = {
        id_: (n["position"], n["award"], n["subject_type"], n.get("council", ""))
        for id_, n in facts["nominations"].items()
    }
    same = listed == known and len(listed) == len(dossier.nominations)
    if not same or dossier.ref != about.ref or canonical(facts) != canonical(dossier.facts):
        raise BadPackage("facts_differ", name)


def _check_papers(dossier: DossierRecord, names: Mapping[str, str]) -> None:
    """Every paper the history names is a member with the bytes the history names, under its own type."""
    known: Any = dossier.facts.get("papers", {})
    there = {(p.type, p.nomination, p.sha256) for p in dossier.papers if names.get(p.member) == p.sha256}
    for paper in known.values():
        if (paper["type"], paper.get("nomination", ""), paper["sha256"]) not in there:
            told = (p.member for p in dossier.papers if p.sha256 == paper["sha256"])
            raise BadPackage("paper_missing", next(told, f"{dossier.ref}/papers"))
    if len(there) != len(dossier.papers) or len(there) != len(known):
        raise BadPackage("paper_missing", f"{dossier.ref}/papers")
