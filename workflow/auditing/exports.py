"""The history leaves the system, for those who check it elsewhere."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from xml.sax.saxutils import quoteattr

from db.history import Entry
from db.trail import FoundEntry
from states.history import instant
from workflow.auditing.reach import body_of

XES_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<global scope="trace"><string key="concept:name" value=""/><string key="process" value=""/></global>
<global scope="event"><string key="concept:name" value=""/>\
<date key="time:timestamp" value="1970-01-01T00:00:00.000000Z"/>\
<string key="lifecycle:transition" value="complete"/></global>
<classifier name="act" scope="event" keys="concept:name"/>
<classifier name="process" scope="trace" keys="process"/>
<string key="lifecycle:model" value="standard"/>
"""
XES_FOOT = "</log>\n"


def json_lines(entries: Iterable[FoundEntry]) -> Iterator[str]:
    """One line for each entry: its exact body as text, its hash, the hash before it; docs/history.md checks them."""
    return (json_line(found.ref, found.entry) for found in entries)


def json_line(ref: str, entry: Entry) -> str:
    """One line of them."""
    line = {
        "ref": ref,
        "seq": entry.seq,
        "prev": entry.prev_hash,
        "hash": entry.hash,
        # A byte that was never text stays visible instead of stopping the export.
        "body": entry.body.decode("utf-8", "backslashreplace"),
    }
    return json.dumps(line, ensure_ascii=False) + "\n"


def xes(entries: Iterable[FoundEntry]) -> Iterator[str]:
    """The same for process mining (IEEE 1849): a trace for each case, an event for each entry; no names."""
    yield XES_HEAD
    for _, group in groupby(entries, key=lambda found: found.entry.case_id):
        first, *others = group
        process = _string("process", first.entry.case_kind)
        yield f"<trace>{_string('concept:name', first.ref)}{process}\n"
        for found in (first, *others):
            yield _event(found)
        yield "</trace>\n"
    yield XES_FOOT


def _event(found: FoundEntry) -> str:
    entry, body = found.entry, body_of(found)
    words: Mapping[str, str] = {
        "concept:name": entry.act,
        "lifecycle:transition": "complete",
        "org:resource": entry.actor,
        "org:role": str(body.get("role", "")),
        "org:group": entry.unit,
        "from": str(body.get("from", "")),
        "to": str(body.get("to", "")),
        "definition": str(body.get("definition", "")),
        "hash": entry.hash,
    }
    strings = "".join(_string(key, value) for key, value in words.items() if value)
    at = f'<date key="time:timestamp" value="{instant(entry.at)}"/>'
    return f'<event>{strings}{at}<int key="seq" value="{entry.seq}"/></event>\n'


def _string(key: str, value: str) -> str:
    """An attribute; what XML cannot say (control signs) becomes a question mark."""
    sayable = "".join(sign if sign.isprintable() else "?" for sign in value)
    return f"<string key={quoteattr(key)} value={quoteattr(sayable)}/>"
