"""A command: one act asked for by one person, checked as a form before anything is opened."""

import hashlib
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import StringConstraints, ValidationError

from states.document import Document, canonical
from workflow.acts import ACTS
from workflow.fields import Form, Prose, Version
from workflow.problems import Invalid, NotFound, Wrong

Key = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200, pattern=r"^[!-~]+$")]


class Sent(Form):
    """What every command is sent with, beside the arguments of its act."""

    key: Key
    ref: str = ""
    version: Version | None = None
    reason: Prose | None = None
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """What a person sent, or the clock: the act, on which dossier, at the version they saw, once under this key.

    ``args`` are plain JSON. What came from outside is made by ``checked`` alone.
    """

    act: str
    key: str
    ref: str = ""
    version: int | None = None
    reason: str | None = None
    args: dict[str, Any] = field(default_factory=dict)
    request_id: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 over act, ref and body: the same digest is the same command."""
        body = {"act": self.act, "ref": self.ref, "version": self.version, "reason": self.reason}
        return hashlib.sha256(canonical({**body, "args": self.args}).encode()).hexdigest()


def checked(act: str, *, key: str, **sent: Any) -> Command:
    """The command as a checked form, its arguments as plain JSON in one spelling.

    Raises:
        Invalid: with every field that cannot be taken.
        NotFound: the act only ever follows another one.
    """
    definition = ACTS[act]
    if definition.follows:
        raise NotFound
    wrong: list[Wrong] = []
    args: Document = {}
    try:
        form = definition.form.model_validate(sent.pop("args", None) or {})
        args = form.model_dump(mode="json", by_alias=True, exclude_none=True)
    except ValidationError as error:
        wrong += wrongs(error)
    try:
        command = Command(act=act, args=args, **dict(Sent(key=key, **sent)))
        if definition.needs_reason and command.reason is None:
            wrong.append(Wrong("reason", "missing", {}))
        if definition.begins is None and command.version is None:
            wrong.append(Wrong("version", "missing", {}))
    except ValidationError as error:
        wrong += wrongs(error)
    if wrong:
        raise Invalid(*wrong)
    return command


def wrongs(error: ValidationError) -> list[Wrong]:
    """Pydantic's complaints as ours: the place of each field, the kind of mistake, its figures."""
    return [
        Wrong(".".join(str(part) for part in e["loc"]) or "body", e["type"], _plain(e.get("ctx") or {}))
        for e in error.errors(include_url=False, include_input=False)
    ]


def _plain(context: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int | str) else str(value) for name, value in context.items()}
