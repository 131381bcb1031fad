"""What happens to the minutes of a session: written around its figures, signed by secretary, then by chair."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import Field

from states.session import Session, Signature
from workflow.act import Act
from workflow.fields import Form, Optional_prose
from workflow.moment import Moment


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


def sign(case: Session, _args: Mapping[str, Any], moment: Moment) -> Session:
    """Sign as what one is: the secretary first, then who presides."""
    part = "secretary" if not case.signatures else "chair"
    return replace(case, signatures={**case.signatures, part: Signature(moment.person, moment.seq)})


def send_back(case: Session, _args: Mapping[str, Any], _moment: Moment) -> Session:
    """The secretary's signature falls with the text it stood under."""
    return replace(case, signatures={})


ACTS: tuple[Act[Any], ...] = (
    Act("write_minutes", write, form=WriteMinutes),
    Act("sign_minutes", sign),
    Act("send_back_minutes", send_back, needs_reason=True),
)
