"""Every story of a dossier carried from its first word to its end by programs through the API alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from builders import PEOPLE
from builders_api import Api, an_api
from journeys import STORIES, Cast, Draft, Officer, Opinion, Wish

from db.engine import Database

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Caller:
    """One person's program: it reads what it needs to know where that person may read it."""

    api: Api
    login: str

    def drafts(self, draft: Draft) -> str:
        """Open a dossier for the clerk's own unit."""
        rows = [
            {"award": p.award, "subject": {"type": p.type, "name": p.name}, "achievement": p.achievement}
            for p in draft.proposed
        ]
        body = {"kind": draft.kind, "period": draft.period, "title": draft.title, "nominations": rows}
        answer = self.api.post(self.login, "dossiers", {"unit": PEOPLE[self.login][2], **body})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["ref"])

    def brings(self, ref: str, *types: str, of: str = "") -> None:
        """Upload a file, then put it in its place."""
        whose = {"nomination": self._id(ref, of)} if of else {}
        for type_ in types:
            kept = self.api.upload(self.login, name=f"{type_}.pdf", kind=type_)
            assert kept.status_code == 201, kept.text
            self._act(ref, "amend", {"papers": [{"paper": kept.json()["id"], "type": type_, **whose}]})

    def does(self, ref: str, act: str, *, whole_office: bool = False, **fields: str) -> None:
        """The act with its lines; a reason stands beside the arguments."""
        reason = fields.pop("reason", None)
        self._act(ref, act, dict(fields), reason, whole_office=whole_office)

    def judges(self, ref: str, *opinions: Opinion) -> None:
        """One call for each nominee."""
        for opinion in opinions:
            said = {"verdict": opinion.verdict, "reason": opinion.reason, "award": opinion.award}
            row = {"nomination": self._id(ref, opinion.name), **{k: v for k, v in said.items() if v}}
            self._act(ref, "judge", {"verdicts": [row]})

    def asks_for(self, ref: str, *wishes: Wish, reason: str, due: str) -> None:
        """The items with their ids."""
        items = []
        for wish in wishes:
            kind, _, code = wish.what.partition(":")
            whose = {"nomination": self._id(ref, wish.name)} if wish.name else {}
            items.append({kind: code, "note": wish.note, **whose})
        self._act(ref, "request_completion", {"items": items, "due": due}, reason)

    def completes(self, ref: str, name: str, achievement: str) -> None:
        """The whole list again with one line changed."""
        rows = []
        for n in self._dossier(ref)["nominations"]:
            said = achievement if n["subject"]["name"] == name else n["achievement"]
            subject = {part: value for part, value in n["subject"].items() if value}
            rows.append({"id": n["id"], "award": n["award"], "subject": subject, "achievement": said})
        self._act(ref, "amend", {"nominations": rows})

    def records(self, ref: str, entitled: int, votes_for: Mapping[str, int]) -> None:
        """Everybody present, nobody in writing."""
        votes = [
            {"nomination": self._id(ref, name), "for": count, "against": entitled - count, "blank": 0}
            for name, count in votes_for.items()
        ]
        whole = {"entitled": entitled, "present": entitled, "written": 0, "votes": votes}
        self._act(ref, "record_result", whole)

    def confirms(self, ref: str) -> None:
        """Nothing to add."""
        self._act(ref, "confirm_result", {})

    def awards(self, ref: str, *names: str, others_reason: str = "") -> None:
        """The decision names them by id."""
        others = {"others_reason": others_reason} if others_reason else {}
        self._act(ref, "award", {"nominations": [self._id(ref, name) for name in names], **others})
        outcomes = {n["subject"]["name"]: n["outcome"] for n in self._dossier(ref)["nominations"]}
        assert [name for name, outcome in outcomes.items() if outcome == "awarded"] == list(names)

    def sends_upward(self, ref: str, letter_no: str, date: str) -> None:
        """The letter."""
        self._act(ref, "submit_upward", {"letter_no": letter_no, "date": date})

    def answers(self, ref: str, decision_no: str, date: str) -> None:
        """The same decision for everybody."""
        said = {"outcome": "awarded", "decision_no": decision_no, "date": date}
        rows = [{"nomination": n["id"], **said} for n in self._dossier(ref)["nominations"]]
        self._act(ref, "record_answer", {"answers": rows})

    def sees(self, ref: str, station: str, held_by: str = "", *, on_hold: bool = False) -> None:
        """Read it off the dossier."""
        told = self._dossier(ref)
        holder = told["holder"]["role"] if told["holder"] else ""
        assert (told["station"], holder, told["on_hold"]) == (station, held_by, on_hold)

    def reads(self, ref: str, *told: tuple[str, str]) -> None:
        """The history in its order; the proof of everything that was ever done."""
        items = self.api.get(self.login, f"dossiers/{ref}/history").json()["items"]
        assert [(e["actor"]["name"], e["act"]) for e in items] == [(PEOPLE[who][0], act) for who, act in told]
        verified = self.api.get(self.login, "verify").json()
        assert (verified["ok"], verified["first_bad"]) == (True, None)

    def _act(
        self, ref: str, act: str, args: Told, reason: str | None = None, *, whole_office: bool = False
    ) -> None:
        """Found in one's own work, offered among its acts, then done."""
        queue = self.api.get(self.login, "inbox", all=int(whole_office)).json()
        assert ref in [item["ref"] for item in queue["items"]], f"{self.login} does not find {ref}"
        offers = self.api.get(self.login, f"dossiers/{ref}/acts").json()
        assert [o["reasons"] for o in offers["acts"] if o["act"] == act and not o["allowed"]] == []
        body = {"version": offers["version"], "args": args} | ({"reason": reason} if reason else {})
        answer = self.api.act(self.login, ref, act, **body)
        assert answer.status_code == 200, answer.text

    def _dossier(self, ref: str) -> Told:
        answer = self.api.get(self.login, f"dossiers/{ref}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def _id(self, ref: str, name: str) -> str:
        found = {n["subject"]["name"]: n["id"] for n in self._dossier(ref)["nominations"]}
        return str(found[name])


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_the_api_tells_and_does_all_a_story_needs(
    database: Database, tmp_path: Path, story: Callable[[Cast], None]
) -> None:
    api = an_api(database, tmp_path)

    def cast(login: str) -> Officer:
        return Caller(api, login)

    story(cast)
