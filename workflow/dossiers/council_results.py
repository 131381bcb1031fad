"""What a session of the council does to a dossier: its result comes home, an award is lowered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from states.dossier import Dossier, Result, Tally
from workflow.act import Act
from workflow.fields import Form
from workflow.moment import Moment


class OfASession(Form):
    """Nothing a person could fill in: only a session brings these about."""


def take_result(case: Dossier, args: Mapping[str, Any], moment: Moment) -> Dossier:
    """Keep what the council said of each nomination; what it put off waits for its next session."""
    if not args["votes"]:
        return replace(case, agenda=None, result=None)
    result = Result(
        entitled=args["entitled"],
        recorded_by=moment.person,
        seq=moment.seq,
        present=args["present"],
        written=args["written"],
        votes={row["nomination"]: _tally(row) for row in args["votes"]},
        confirmed=True,
    )
    said = {
        row["nomination"]: replace(case.nominations[row["nomination"]], council=_verdict(row))
        for row in args["votes"]
    }
    return replace(case.with_nominations(said), result=result)


def _tally(row: Mapping[str, Any]) -> Tally:
    return Tally(row["for"], row["against"], row["blank"], row["entitled"], row["needed"])


def _verdict(row: Mapping[str, Any]) -> str:
    return "passed" if row["result"] == "passed" else "not_passed"


def lower_award(case: Dossier, args: Mapping[str, Any], _moment: Moment) -> Dossier:
    """Ask for the lower award from now on; the first one asked for stays written."""
    id_ = args["nomination"]
    before = case.nominations[id_]
    return case.with_nominations(
        {id_: replace(before, award=args["award"], asked=before.asked or before.award)}
    )


ACTS: tuple[Act[Any], ...] = (
    Act("take_result", take_result, form=OfASession, follows=True),
    Act("lower_award", lower_award, form=OfASession, follows=True),
)
