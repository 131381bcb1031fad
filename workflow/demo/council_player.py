"""The demo's councils played act by act: seated, called together, voting, their minutes signed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from db import cases
from db.cases import CaseRecord
from workflow.command import checked
from workflow.demo.council import CouncilStep
from workflow.demo.council_acts import Meeting, said_of
from workflow.demo.papers import upload
from workflow.demo.people import Cast
from workflow.engine import Engine
from workflow.loading import dossier_in, facts_in
from workflow.step import perform

OF_THE_CHAIR = frozenset(
    {
        "set_rule",
        "convene",
        "open_session",
        "close_round",
        "propose_lower",
        "set_aside",
        "close_session",
    }
)
"""Acts the chair does where the story names nobody; the secretary does the others."""


@dataclass(slots=True)
class CouncilPlayer:
    """Plays the councils of one demo; `dossiers` are the references of its dossiers by number, as they come."""

    engine: Engine
    cast: Cast
    dossiers: Mapping[int, str]
    refs: dict[str, str] = field(default_factory=dict)

    def play(self, of: CouncilStep) -> None:
        """Perform one act of a council or a session."""
        record, viewer = self._now(of), self.cast[self._login(of)]
        meeting = Meeting(
            of=of,
            case=facts_in(record) if record else None,
            dossiers=self.dossiers,
            person=lambda login: self.cast[login].actor.person,
            upload=lambda type_: upload(self.engine, viewer, type_, of.council.year),
            placed=self._placed,
        )
        seen = {"ref": record.ref, "version": record.version} if record else {}
        why = {"reason": of.step.options["reason"]} if "reason" in of.step.options else {}
        key = f"demo-{of.key}-{of.step.at:%m%dT%H%M}"
        command = checked(of.step.act, key=key, args=said_of(meeting), **seen, **why)
        self.refs[of.key] = perform(self.engine, command, viewer.actor).ref

    def _now(self, of: CouncilStep) -> CaseRecord | None:
        if of.key not in self.refs:
            return None
        with self.engine.database.reading() as conn:
            return cases.load(conn, self.refs[of.key])

    def _placed(self, ref: str) -> Mapping[int, str]:
        with self.engine.database.reading() as conn:
            record = cases.load(conn, ref)
        assert record is not None  # it is on an agenda
        return {one.position: id_ for id_, one in dossier_in(record).nominations.items()}

    def _login(self, of: CouncilStep) -> str:
        options, council = of.step.options, of.council
        if "by" in options:
            return options["by"]
        if "as" in options:
            return council.teller if options["as"] == "teller" else council.secretary
        return council.chair if of.step.act in OF_THE_CHAIR else council.secretary
