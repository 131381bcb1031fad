"""An office's appraisal: verdicts nomination by nomination, then forward or decline."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from states.awards import lower_awards
from states.dossier import Dossier, Nomination, Opinion
from states.facts import Facts
from states.roles import OFFICE_AT
from workflow.act import Act
from workflow.fields import Code, Form, Prose
from workflow.moment import Moment
from workflow.problems import Wrong


class Verdict(Form):
    """What an office says of one nomination; a reason unless it is recommended, an award when lowered."""

    nomination: Code
    verdict: Literal["recommended", "lower_award", "declined"]
    award: Code | None = None
    reason: Prose | None = None


class Judge(Form):
    """Verdicts on one nomination or many."""

    verdicts: list[Verdict]


def verdicts_fit(facts: Facts) -> Iterator[Wrong]:
    """Each names a standing nomination once, gives its reason, lowers to a lower award of the same list."""
    rows = (facts.args or {})["verdicts"]
    if not rows:
        yield Wrong("verdicts", "too_short", {"min_length": 1})
    seen: set[str] = set()
    for place, row in enumerate(rows):
        nomination = facts.dossier.standing().get(row["nomination"])
        if nomination is None or row["nomination"] in seen:
            yield Wrong(f"verdicts.{place}.nomination", "standing_once", {})
            continue
        seen.add(row["nomination"])
        yield from _verdict_fits(f"verdicts.{place}", row, nomination, facts.regime)


def _verdict_fits(place: str, row: Mapping[str, Any], nomination: Nomination, regime: str) -> Iterator[Wrong]:
    lowered = row["verdict"] == "lower_award"
    if row["verdict"] != "recommended" and not row.get("reason"):
        yield Wrong(f"{place}.reason", "missing", {})
    if lowered and row.get("award") not in lower_awards(nomination.award, nomination.subject_type, regime):
        yield Wrong(f"{place}.award", "not_a_lower_award", {})
    if not lowered and row.get("award"):
        yield Wrong(f"{place}.award", "only_when_lowered", {})


def judge(case: Dossier, args: Mapping[str, Any], moment: Moment) -> Dossier:
    """Write this office's verdicts beside the nominations; a new one replaces the old until it forwards."""
    office = OFFICE_AT[case.station]
    changed = {}
    for row in args["verdicts"]:
        nomination = case.nominations[row["nomination"]]
        opinion = Opinion(verdict=row["verdict"], seq=moment.seq, award=row.get("award") or "")
        opinions = {**nomination.opinions, office: opinion}
        changed[row["nomination"]] = replace(nomination, opinions=opinions)
    return case.with_nominations(changed)


def forward(case: Dossier, _args: Mapping[str, Any], _moment: Moment) -> Dossier:
    """Let the dossier go with what stands: lowered awards take effect, declined ones never revive."""
    office = OFFICE_AT[case.station]
    return case.with_nominations({id_: _spoken(n, office) for id_, n in case.standing().items()})


def _spoken(nomination: Nomination, office: str) -> Nomination:
    opinion = nomination.opinions[office]
    told = replace(nomination, opinions={**nomination.opinions, office: replace(opinion, told=True)})
    if opinion.verdict == "declined":
        return replace(told, outcome="declined", settled_seq=opinion.seq)
    if opinion.verdict == "lower_award":
        return replace(told, award=opinion.award, asked=nomination.asked or nomination.award)
    return told


def decline(case: Dossier, args: Mapping[str, Any], moment: Moment) -> Dossier:
    """End the dossier: an office ends what it declined, the chairman everything that was left."""
    if case.station in OFFICE_AT:
        return forward(case, args, moment)
    ended = {
        id_: replace(n, outcome="declined", settled_seq=moment.seq) for id_, n in case.standing().items()
    }
    return case.with_nominations(ended)


def return_for_review(case: Dossier, _args: Mapping[str, Any], _moment: Moment) -> Dossier:
    """Back to Home Affairs: the council's verdicts are cleared, a new vote follows; history keeps both."""
    cleared = {id_: replace(n, council="") for id_, n in case.standing().items()}
    return replace(case.with_nominations(cleared), agenda=None, result=None, submission=None)


ACTS = (
    Act("judge", judge, form=Judge, fits=verdicts_fit),
    Act("forward", forward),
    Act("decline", decline, needs_reason=True),
    Act("return_for_review", return_for_review, needs_reason=True),
)
