"""What the people of the demo fill in for each act, read off the story's options."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from db.nominations import NominationRecord
from states.awards import required_papers, wished_papers
from states.document import Document
from states.dossier import Dossier
from states.roles import OFFICE_AT
from workflow.demo.nominees import demo_words, nominees
from workflow.demo.story import Story, StoryStep, written_day
from workflow.demo.world import demo_world


@dataclass(frozen=True, slots=True)
class Scene:
    """One step with the dossier as it stands before it; `upload` brings a paper of a type, answers its id."""

    story: Story
    step: StoryStep
    case: Dossier
    rows: tuple[NominationRecord, ...]
    upload: Callable[[str], str]

    def option(self, name: str, default: str = "") -> str:
        """An option of the step as it is written in the story."""
        return self.step.options.get(name, default)

    def listed(self, name: str) -> list[str]:
        """An option that lists several things, separated by commas."""
        return [part for part in self.option(name).split(",") if part]

    def day(self, name: str) -> str:
        """An option that is a day, as forms take it."""
        return written_day(self.option(name), self.story.year).isoformat()

    def why(self, key: str) -> str:
        """The sentence behind a key of the demo's words; a text that is no key stands for itself."""
        sentences: Mapping[str, str] = self.words["reasons"]
        return sentences.get(key, key)

    @property
    def words(self) -> Mapping[str, Any]:
        """What people of this demo write."""
        return demo_words(self.story.year)

    def by_place(self, name: str) -> dict[str, str]:
        """An option such as `2:late,5:absence`: what follows each place, by nomination id."""
        pairs = (part.partition(":") for part in self.listed(name))
        return {self.id_at(int(place)): rest for place, _, rest in pairs}

    def id_at(self, place: int) -> str:
        """The nomination at this place of the dossier, counted from 1."""
        return next(id_ for id_, n in self.case.nominations.items() if n.position == place)


def filled_in(scene: Scene) -> Document:
    """The arguments of the step's act."""
    form = FORMS.get(scene.step.act)
    return form(scene) if form else {}


def _create(scene: Scene) -> Document:
    story = scene.story
    named = {"unit": story.unit, "kind": story.kind, "period": story.period, "title": story.title}
    return {**named, "nominations": nominees(story.year)[story.number]}


def _amend(scene: Scene) -> Document:
    if scene.case.completion:
        return _answers(scene)
    types = scene.listed("papers")
    if types == ["all"]:
        types = _all_papers(scene)
    return {"papers": [{"paper": scene.upload(type_), "type": type_} for type_ in types]}


def _all_papers(scene: Scene) -> list[str]:
    codes = [n.award for n in scene.case.nominations.values()]
    procedure = scene.case.procedure
    return [*required_papers(procedure), *wished_papers(codes, procedure)]


def _answers(scene: Scene) -> Document:
    """What was flagged, or the first so many of it."""
    assert scene.case.completion is not None  # the caller looked
    flags = list(scene.case.completion.flags.values())[: int(scene.option("answers", "99"))]
    papers = [
        {"paper": scene.upload(f.paper), "type": f.paper}
        | ({"nomination": f.nomination} if f.nomination else {})
        for f in flags
        if f.paper
    ]
    told = {f.nomination for f in flags if f.field == "achievement"}
    rows = {"nominations": [_row(scene, n, n.id in told) for n in scene.rows]} if told else {}
    return {"papers": papers, **rows}


def _row(scene: Scene, nomination: NominationRecord, told: bool) -> Document:
    subject = {
        "type": nomination.subject_type,
        "name": nomination.name,
        "title": nomination.role_title or None,
        "person": nomination.person_id,
        "class": scene.case.nominations[nomination.id].class_,
    }
    more = f" {scene.words['achievements']['completed']}" if told else ""
    return {
        "id": nomination.id,
        "award": nomination.award,
        "subject": {name: value for name, value in subject.items() if value},
        "achievement": nomination.achievement + more,
    }


def _request_completion(scene: Scene) -> Document:
    return {
        "items": [_item(scene, text) for text in scene.listed("items")],
        "due": scene.day("due"),
    }


def _item(scene: Scene, text: str) -> Document:
    """`BIEN_BAN` is a paper of the dossier, `2.achievement` a field of its second nomination."""
    place, _, thing = text.rpartition(".")
    about = {"nomination": scene.id_at(int(place))} if place else {}
    kind = "paper" if thing.isupper() else "field"
    return {**about, kind: thing, "note": scene.words["notes"][thing]}


def _judge(scene: Scene) -> Document:
    declined, lowered = scene.by_place("decline"), scene.by_place("lower")
    verdicts = [_verdict(scene, id_, declined, lowered) for id_ in _to_judge(scene)]
    return {"verdicts": verdicts}


def _to_judge(scene: Scene) -> Iterator[str]:
    """Who has no verdict of this office yet, or only the places that `only=1-4` names."""
    first, _, last = scene.option("only", "1-999").partition("-")
    for id_ in scene.case.unjudged(OFFICE_AT.get(scene.case.station, "")):
        if int(first) <= scene.case.nominations[id_].position <= int(last or first):
            yield id_


def _verdict(scene: Scene, id_: str, declined: Mapping[str, str], lowered: Mapping[str, str]) -> Document:
    if id_ in declined:
        return {"nomination": id_, "verdict": "declined", "reason": scene.why(declined[id_])}
    if id_ in lowered:
        code, _, why = lowered[id_].partition(":")
        return {"nomination": id_, "verdict": "lower_award", "award": code, "reason": scene.why(why)}
    return {"nomination": id_, "verdict": "recommended"}


def _put_on_agenda(scene: Scene) -> Document:
    return {"session_no": scene.option("session"), "date": scene.day("date")}


def _record_result(scene: Scene) -> Document:
    council = demo_world(scene.story.year).council
    present = int(scene.option("present", str(council.present)))
    written = int(scene.option("written", str(council.written)))
    votes = [_votes(scene, id_, present + written) for id_ in scene.case.standing()]
    return {"entitled": council.members, "present": present, "written": written, "votes": votes}


def _votes(scene: Scene, id_: str, took_part: int) -> Document:
    position, scarce = scene.case.nominations[id_].position, demo_world(scene.story.year).council.scarce
    against = took_part - scarce if str(position) in scene.listed("fails") else position % 3 // 2
    return {"nomination": id_, "for": took_part - against, "against": against, "blank": 0}


def _award(scene: Scene) -> Document:
    left_out = {scene.id_at(int(place)) for place in scene.listed("without")}
    named = [id_ for id_ in scene.case.electable() or scene.case.standing() if id_ not in left_out]
    why = {"others_reason": scene.why(scene.option("because"))} if left_out else {}
    return {"nominations": named, **why}


def _submit_upward(scene: Scene) -> Document:
    return {"letter_no": scene.option("letter"), "date": scene.step.at.date().isoformat()}


def _record_answer(scene: Scene) -> Document:
    declined, returned = scene.by_place("declined"), scene.by_place("returned")
    told = {
        **{id_: ("declined", why) for id_, why in declined.items()},
        **{id_: ("returned", why) for id_, why in returned.items()},
    }
    return {"answers": [_answer(scene, id_, told) for id_ in scene.case.standing()]}


def _answer(scene: Scene, id_: str, told: Mapping[str, tuple[str, str]]) -> Document:
    if id_ in told:
        outcome, why = told[id_]
        return {"nomination": id_, "outcome": outcome, "reason": scene.why(why)}
    signed = scene.day("signed")
    number = scene.option("decision")
    return {"nomination": id_, "outcome": "awarded", "decision_no": number, "date": signed}


def _hold(scene: Scene) -> Document:
    return {"cause": scene.option("cause"), "document": scene.option("document")}


def _release(scene: Scene) -> Document:
    return {"document": scene.option("document")}


def _extend(scene: Scene) -> Document:
    return {"due": scene.day("due")}


FORMS: Mapping[str, Callable[[Scene], Document]] = {
    "create": _create,
    "amend": _amend,
    "request_completion": _request_completion,
    "judge": _judge,
    "put_on_agenda": _put_on_agenda,
    "record_result": _record_result,
    "award": _award,
    "submit_upward": _submit_upward,
    "record_answer": _record_answer,
    "hold": _hold,
    "release": _release,
    "extend": _extend,
}
