"""The folded facts a row caches."""

import re

import orjson

from db.cases import CaseRecord
from states.case import Case
from states.document import from_document
from states.dossier import Dossier
from states.kinds import KINDS

_REF = re.compile(r"[A-Za-z0-9-]{1,40}")


def could_be_a_ref(text: str) -> bool:
    """Whether a case could be called this; anything else is not asked for, nor written down."""
    return _REF.fullmatch(text) is not None


def facts_in(record: CaseRecord) -> Case:
    """The facts of a case of any kind."""
    return from_document(KINDS[record.kind].facts, orjson.loads(record.facts))


def dossier_in(record: CaseRecord) -> Dossier:
    """The facts of a dossier."""
    return from_document(Dossier, orjson.loads(record.facts))
