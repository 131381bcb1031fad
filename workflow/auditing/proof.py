"""The proof of one case: its chain, its words, its row against what its history folds to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from types import MappingProxyType

import orjson

from db.evidence import COLUMNS, Kept, Stored
from states.document import Document, absorb
from states.dossier import DRAFTING
from states.history import VERSION, Body, commitment, genesis, seal
from states.roles import mask_of
from workflow.register.check import register_fault

BODY_FIELDS = frozenset(Body._fields) - {"from_"} | {"from"}
AS_STORED = itemgetter("kind", "case", "seq", "prev", "actor", "act", "unit", "at")
"""What a body says, in the order of ``db.evidence.SAID``."""
KIND, CASE, SEQ, PREV, ACT, AT = 0, 1, 2, 3, 5, 7
SAID_OF = slice(8)
HASH, BODY, PAYLOAD, SALT = 8, 9, 10, 11
PLAIN = itemgetter(*COLUMNS[:10])
"""Columns of a row that repeat a fact of the same name."""
REF, TITLE = COLUMNS.index("ref"), COLUMNS.index("title")
NOMINATION = ("position", "award", "subject_type", "person", "outcome", "decision_no")
"""The facts of a nomination in the order of ``db.evidence.Kept``."""

NOTHING: Mapping[str, Stored] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Bad:
    """The first thing that does not hold: in which case, at which entry, why."""

    case: str
    seq: int
    why: str


def first_bad(
    log: str,
    case_id: str,
    entries: Sequence[Stored],
    row: Stored | None,
    kept: Mapping[str, Kept],
    lines: Mapping[str, Stored] = NOTHING,
) -> Bad | None:
    """The first thing that does not hold in a case, by its reference where it has a row.

    ``kept`` are the rows of its nominations, ``lines`` those its awards made in the register.
    """
    name = row[REF] if row is not None else case_id
    if not entries:
        return Bad(name, 0, "row_without_history")
    prev, facts, title = genesis(log, entries[0][KIND], case_id), Document(), row[TITLE] if row else ""
    names: dict[str, str] = {}
    for place, entry in enumerate(entries, 1):
        body, words = _read(entry[BODY]), _words(entry[PAYLOAD])
        why = _entry_fault(entry, body, place, prev, facts) or _words_fault(body, entry, words)
        if why:
            return Bad(name, min(place, entry[SEQ]) if isinstance(entry[SEQ], int) else place, why)
        prev = entry[HASH]
        absorb(facts, body["effects"])
        if entry[ACT] in DRAFTING and row is not None:
            # The title as last given; what the row has is believed once the words that gave it are erased.
            title = words["args"].get("title") or title if words else row[TITLE]
        if lines and words:
            names |= words.get("names") or {}
    why = _row_fault(row, facts, entries, body["definition"], title, kept) or register_fault(
        facts, lines, names
    )
    return Bad(name, len(entries), why) if why else None


def resealed(entry: Stored) -> tuple[str, str]:
    """The hash of an entry as it stands with the one its bytes give; that is empty where nothing can be sealed."""
    try:
        return entry[HASH], seal(entry[PREV], entry[BODY])
    except ValueError:
        return entry[HASH], ""


def _read(sealed: object) -> Document:
    """What sealed bytes say; empty where they are no entry of a known version."""
    try:
        document = orjson.loads(sealed)  # type: ignore[arg-type]  # what is not text is refused like a wrong one
    except orjson.JSONDecodeError:
        return {}
    return document if isinstance(document, dict) and document.get("v") == VERSION else {}


def _words(payload: str | None) -> Document | None:
    """The words of an entry; None once erased, empty where they cannot be read."""
    if payload is None:
        return None
    try:
        words = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return {}
    return words if isinstance(words, dict) and isinstance(words.get("args"), dict) else {}


def _entry_fault(entry: Stored, body: Document, place: int, prev: str, facts: Document) -> str:
    if entry[SEQ] != place:
        return "seq_has_a_gap"
    if entry[PREV] != prev:
        return "chain_is_broken"
    if entry[HASH] != seal(prev, entry[BODY]):
        return "body_does_not_match_hash"
    if not body.keys() >= BODY_FIELDS or not isinstance(body["effects"], dict):
        return "body_cannot_be_read"
    if AS_STORED(body) != entry[SAID_OF]:
        return "columns_do_not_match_body"
    if facts.get("station", "start") != body["from"]:
        return "does_not_follow"
    return ""


def _words_fault(body: Document, entry: Stored, words: Document | None) -> str:
    """Words that were not erased must be the ones committed to."""
    if words is None:
        return ""
    reason = words.get("reason")
    if (
        not isinstance(reason, str)
        or body["data_c"] != commitment(entry[SALT], "data", entry[PAYLOAD])
        or body["reason_c"] != (commitment(entry[SALT], "reason", reason) if reason else "")
    ):
        return "words_do_not_match"
    return ""


def _row_fault(
    row: Stored | None,
    facts: Document,
    entries: Sequence[Stored],
    digest: str,
    title: str,
    kept: Mapping[str, Kept],
) -> str:
    if row is None:
        return "history_without_row"
    try:
        folded, nominated = _folded(facts, entries, digest, title), _nominated(facts)
    except (AttributeError, KeyError, TypeError, ValueError):
        # Only a history that was forged as a whole folds to what no row could repeat.
        return "row_does_not_match_history:facts"
    if (stored := tuple(row)) != folded:
        name = next(name for name, one, two in zip(COLUMNS, stored, folded, strict=True) if one != two)
        return f"row_does_not_match_history:{name}"
    return "" if nominated == kept else "nominations_do_not_match_history"


def _folded(facts: Document, entries: Sequence[Stored], digest: str, title: str) -> tuple[object, ...]:
    """The row a history amounts to, in the order of ``COLUMNS``."""
    holder, first, last = facts.get("holder", {}), entries[0], entries[-1]
    return (
        *PLAIN(facts),
        last[KIND],
        title,
        digest,
        not holder,
        first[AT],
        last[HASH],
        facts.get("entered_at"),
        facts.get("due"),
        holder.get("role"),
        holder.get("unit"),
        _mask(tuple(facts.get("opened_to", ()))),
        orjson.dumps(facts, option=orjson.OPT_SORT_KEYS).decode(),
    )


@lru_cache(maxsize=512)
def _mask(roles: tuple[str, ...]) -> int:
    return mask_of(roles)


def _nominated(facts: Document) -> dict[str, Kept]:
    """The nominations' rows carry names the facts must not; what both carry has to agree."""
    return {
        id_: tuple([one.get(name) for name in NOMINATION])
        for id_, one in facts.get("nominations", {}).items()
    }
