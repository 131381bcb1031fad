"""What happens to the minutes of a session: written around its figures, signed by secretary, then by chair."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import Field

from db import people
from states.council.session import Session, Signature
from states.document import Document
from workflow.act import Act, Lookup, Prepared
from workflow.fields import Form, Optional_prose
from workflow.moment import Moment
from workflow.papers.minutes_matter import gathered
from workflow.papers.minutes_paper import minutes_paper, signed_by_chair
from workflow.papers.word_file import word_file


class MinutesText(Form):
    """The words around the figures, by part of the minutes."""

    opening: Optional_prose = ""
    discussion: Optional_prose = ""
    proposals: Optional_prose = ""
    closing: Optional_prose = ""


class WriteMinutes(Form):
    """The text, whole."""

    text: MinutesText = Field(default_factory=MinutesText)


def write(case: Session, _args: Mapping[str, Any], moment: Moment) -> Session:
    """Remember the entry that holds the words; the figures come from what was recorded."""
    return replace(case, minutes=moment.seq)


def paper_made(lookup: Lookup, args: Document) -> Prepared:
    """With the last signature the SHA-256 of the Word file as it then is."""
    session, record = lookup.case, lookup.record
    assert isinstance(session, Session)
    assert record is not None  # only a session that exists is signed
    account = people.account_by_id(lookup.conn, lookup.account)
    if not session.signatures or account is None:
        return Prepared(args)
    matter = gathered(lookup.engine, lookup.conn, record, session)
    name = people.names_of(lookup.conn, [account.person_id])[account.person_id]
    made = word_file(minutes_paper(signed_by_chair(matter, account.person_id, name)))
    return Prepared({**args, "sha256": hashlib.sha256(made).hexdigest()})


def sign(case: Session, args: Mapping[str, Any], moment: Moment) -> Session:
    """Sign as what one is: the secretary first, then who presides."""
    part = "secretary" if not case.signatures else "chair"
    signatures = {**case.signatures, part: Signature(moment.person, moment.seq)}
    return replace(case, signatures=signatures, sha256=args.get("sha256", ""))


def send_back(case: Session, _args: Mapping[str, Any], _moment: Moment) -> Session:
    """The secretary's signature falls with the text it stood under."""
    return replace(case, signatures={})


ACTS: tuple[Act[Any], ...] = (
    Act("write_minutes", write, form=WriteMinutes),
    Act("sign_minutes", sign, looks_up=paper_made),
    Act("send_back_minutes", send_back, needs_reason=True),
)
