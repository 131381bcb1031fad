"""The demo's year played act by act: every dossier goes down the one road."""

from dataclasses import dataclass, field

from db import cases, nominations
from db.cases import CaseRecord
from states.dossier import Dossier
from states.roles import PSEUDO_ROLES, UNIT_ROLES, Role
from workflow.command import Command, checked
from workflow.demo.acts import Scene, filled_in
from workflow.demo.papers import upload
from workflow.demo.people import Cast
from workflow.demo.story import Story, StoryStep
from workflow.demo.world import demo_world
from workflow.engine import Engine
from workflow.loading import dossier_in
from workflow.people.identity import Viewer
from workflow.problems import ChangedMeanwhile, Problem, Refused
from workflow.step import perform

ENDS_IN: dict[str, type[Problem]] = {"refused": Refused, "late": ChangedMeanwhile}


class StoryBroken(Exception):
    """A step of the story did not end as it is written."""


@dataclass(slots=True)
class Player:
    """Plays steps on an engine whose clock somebody else moves."""

    engine: Engine
    cast: Cast
    refs: dict[int, str] = field(default_factory=dict)

    def play(self, step: StoryStep, story: Story) -> None:
        """Perform one act, or try it where the story says that it fails.

        Raises:
            StoryBroken: it ended otherwise.
        """
        try:
            self._perform(step, story)
        except Problem as problem:
            if type(problem) is not ENDS_IN.get(step.ending):
                raise StoryBroken(f"{story.number} {story.unit} {step}: {problem!r}") from problem
        else:
            if step.ending:
                raise StoryBroken(f"{story.number} {story.unit} {step}: it was done")

    def _perform(self, step: StoryStep, story: Story) -> None:
        record, rows = self._now(story)
        case = dossier_in(record) if record else Dossier(story.unit, "", story.kind, "", story.period)
        viewer = self._who(step, story, case)
        scene = Scene(story, step, case, rows, lambda type_: upload(self.engine, viewer, type_, story.year))
        command = self._command(scene, record)
        done = perform(self.engine, command, viewer.actor)
        self.refs[story.number] = done.ref

    def _now(self, story: Story) -> tuple[CaseRecord | None, tuple[nominations.NominationRecord, ...]]:
        if story.number not in self.refs:
            return None, ()
        with self.engine.database.reading() as conn:
            record = cases.load(conn, self.refs[story.number])
            assert record is not None  # it was created by an earlier step
            return record, tuple(nominations.of_case(conn, record.id))

    def _command(self, scene: Scene, record: CaseRecord | None) -> Command:
        step = scene.step
        seen = {"ref": record.ref, "version": record.version - (step.ending == "late")} if record else {}
        why = {"reason": scene.why(scene.option("reason"))} if scene.option("reason") else {}
        return checked(
            step.act,
            key=f"demo-{scene.story.number}-{step.at:%m%dT%H%M}",
            args=filled_in(scene),
            **seen,
            **why,
        )

    def _who(self, step: StoryStep, story: Story, case: Dossier) -> Viewer:
        return self.cast[step.options.get("by") or self._login(step, story, case)]

    def _login(self, step: StoryStep, story: Story, case: Dossier) -> str:
        """One of those whose role may do it here; the same dossier always meets the same officer.

        Who works in the unit that proposes does not sit over its dossier for the council.
        """
        role = self._role(step, case) if case.definition else Role.unit_clerk
        holders = [
            account
            for account in demo_world(story.year).holders(role, story.unit)
            if role in UNIT_ROLES or all(unit != story.unit for _, unit in account.grants)
        ]
        return holders[story.number % len(holders)].login

    def _role(self, step: StoryStep, case: Dossier) -> str:
        rows = self.engine.definitions[case.definition].rows(case.station, step.act)
        roles = [role for role in rows[0].by if role not in PSEUDO_ROLES] if rows else []
        if not roles:
            raise StoryBroken(f"{step}: nobody does this at {case.station}")
        return roles[-1]
