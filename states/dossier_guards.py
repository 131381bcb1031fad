"""The conditions of the award dossier: each says what is missing for an act, with the figures behind it."""

from collections.abc import Iterator, Mapping
from typing import Any

from states import awards
from states.facts import Facts, Guard, Reasons, Unmet
from states.roles import OFFICE_AT


def has_nominations(facts: Facts) -> Reasons:
    """A dossier proposes at least one nomination."""
    if not facts.dossier.nominations:
        yield Unmet("no_nominations", {})


def papers_present(facts: Facts) -> Reasons:
    """The submission letter with the minutes; simplified: with the short account (Luật 06/2022 Điều 84, 85)."""
    there = {paper.type for paper in facts.dossier.papers.values()}
    missing = [code for code in awards.required_papers(facts.case.procedure) if code not in there]
    if missing:
        yield Unmet("missing_paper", {"papers": missing}, "Luật 06/2022/QH15 Điều 84, 85")


def one_route(facts: Facts) -> Reasons:
    """One dossier goes one way: all of it is decided here, or all of it is submitted upward."""
    groups: dict[str, list[tuple[str | int, str]]] = {}
    for id_, code in _proposed(facts):
        kind = awards.route_of(code, facts.unit_kind, facts.regime).kind
        if kind in ("here", "upward"):
            groups.setdefault(kind, []).append((id_, code))
    if len(groups) > 1:
        yield Unmet(
            "mixed_routes", {"groups": [_group(route, rows) for route, rows in sorted(groups.items())]}
        )


def _group(route: str, rows: list[tuple[str | int, str]]) -> dict[str, Any]:
    return {"route": route, "awards": sorted({code for _, code in rows}), "nominations": [i for i, _ in rows]}


def decided_or_submitted(facts: Facts) -> Reasons:
    """Each award is one this body decides or passes on (Luật 06/2022 Điều 77–80)."""
    routes = {code: awards.route_of(code, facts.unit_kind, facts.regime) for _, code in _proposed(facts)}
    elsewhere = {code: route.decider for code, route in routes.items() if route.kind == "not_here"}
    later = sorted(code for code, route in routes.items() if route.kind == "not_offered")
    if elsewhere:
        deciders = sorted(set(elsewhere.values()))
        yield Unmet("not_decided_here", {"awards": sorted(elsewhere), "deciders": deciders}, "Điều 80")
    if later:
        yield Unmet("not_offered_yet", {"awards": later})


def _proposed(facts: Facts) -> Iterator[tuple[str | int, str]]:
    """(id, award) of each nomination as it would stand after the act; in a list typed in, its place there."""
    args = facts.args or {}
    if facts.act == "lower_award" and args:
        yield args["nomination"], args["award"]
        return
    if facts.act == "judge":
        for verdict in args.get("verdicts", ()):
            if verdict["verdict"] == "lower_award":
                yield verdict["nomination"], verdict["award"]
        return
    if args.get("nominations") is not None and facts.act in ("create", "amend"):
        for position, row in enumerate(args["nominations"]):
            yield position, row["award"]
        return
    for id_, nomination in facts.dossier.standing().items():
        yield id_, nomination.award


def lowered_on_route(facts: Facts) -> Reasons:
    """A lower award proposed goes the dossier's own way; else the office declines with the proposal as reason."""
    if not (facts.args and any(True for _ in _proposed(facts))):
        return
    yield from decided_or_submitted(facts)
    lowered = list(_proposed(facts))
    standing: list[tuple[str | int, str]] = [(id_, n.award) for id_, n in facts.dossier.standing().items()]
    kinds = {awards.route_of(c, facts.unit_kind, facts.regime).kind: (i, c) for i, c in standing}
    for id_, code in lowered:
        kind = awards.route_of(code, facts.unit_kind, facts.regime).kind
        if kind in ("here", "upward") and kind not in kinds:
            groups = [_group(kind, [(id_, code)]), *(_group(k, standing) for k in kinds)]
            yield Unmet("mixed_routes", {"groups": groups})


def all_judged(facts: Facts) -> Reasons:
    """The office has spoken on every standing nomination."""
    office = OFFICE_AT[facts.case.station]
    left = list(facts.dossier.unjudged(office))
    if left:
        total = len(facts.dossier.standing())
        yield Unmet(
            "not_all_judged", {"left": len(left), "total": total, "nominations": left, "office": office}
        )


def something_stands(facts: Facts) -> Reasons:
    """There is at least one nomination left to pass on."""
    if not any(True for _ in facts.dossier.recommended(OFFICE_AT[facts.case.station])):
        yield Unmet("nothing_stands", {"total": len(facts.dossier.nominations)})


def none_stands(facts: Facts) -> Reasons:
    """An office declines the whole dossier only when it recommends none of it."""
    standing = len(list(facts.dossier.recommended(OFFICE_AT[facts.case.station])))
    if standing:
        yield Unmet("something_stands", {"standing": standing, "total": len(facts.dossier.nominations)})


def education_has_spoken(facts: Facts) -> Reasons:
    """A school's dossier carries the Education office's opinion on everything that stands."""
    silent = list(facts.dossier.unjudged("education")) if facts.unit_kind == "school" else []
    if silent:
        yield Unmet("education_opinion_missing", {"nominations": silent})


def completion_not_asked_before(facts: Facts) -> Reasons:
    """One completion request per office per dossier (published procedure, 2024; confidence medium)."""
    office = OFFICE_AT[facts.case.station]
    if office in facts.dossier.completed:
        yield Unmet("completion_already_asked", {"office": office}, "TTHC Pleiku 2024")


def only_flagged(facts: Facts) -> Reasons:
    """During completion only the flagged items are open."""
    flags = facts.dossier.completion.flags.values() if facts.dossier.completion else ()
    open_ = {(flag.nomination, flag.field or flag.paper) for flag in flags}
    closed = sorted(facts.changes - open_)
    if closed:
        yield Unmet(
            "not_flagged",
            {"fields": [name for _, name in closed], "nominations": [id_ for id_, _ in closed if id_]},
        )


def flags_answered(facts: Facts) -> Reasons:
    """Every flagged item was touched since it was asked for; used to hand over, never to block."""
    flags = facts.dossier.completion.flags.values() if facts.dossier.completion else ()
    if not all(flag.answered for flag in flags):
        yield Unmet("missing_paper", {"papers": []})


def result_recorded(facts: Facts) -> Reasons:
    """A result was typed and waits to be confirmed."""
    if facts.dossier.result is None or facts.dossier.result.confirmed:
        yield Unmet("result_not_recorded", {})


def voted_elsewhere(facts: Facts) -> Reasons:
    """Figures are typed only of a session held elsewhere; one that votes here brings its own."""
    agenda = facts.dossier.agenda
    if agenda and agenda.session:
        yield Unmet("session_votes", {"ref": agenda.session})


def part_leaves_something(facts: Facts) -> Reasons:
    """What is parted is a part: something must stay that the dossier goes on with."""
    if not facts.dossier.standing().keys() - set((facts.args or {})["nominations"]):
        yield Unmet("nothing_left", {"ref": facts.case.ref})


def something_to_award(facts: Facts) -> Reasons:
    """At least one nomination passed; without a council, stands."""
    if not facts.dossier.electable():
        yield Unmet("not_passed", {"nominations": list(facts.dossier.standing())})


def only_what_passed(facts: Facts) -> Reasons:
    """The chairman awards only what the council passed; without a council, what stands."""
    asked, electable = (facts.args or {})["nominations"], facts.dossier.electable()
    extra = [id_ for id_ in asked if id_ not in electable]
    if extra and electable:  # where nothing passed at all, something_to_award says so
        yield Unmet("not_passed", {"nominations": extra})


DOSSIER_GUARDS: Mapping[str, Guard] = {
    "has_nominations": Guard(has_nominations),
    "papers_present": Guard(papers_present),
    "one_route": Guard(one_route),
    "decided_or_submitted": Guard(decided_or_submitted),
    "lowered_on_route": Guard(lowered_on_route, needs_args=True),
    "all_judged": Guard(all_judged),
    "something_stands": Guard(something_stands),
    "none_stands": Guard(none_stands),
    "education_has_spoken": Guard(education_has_spoken),
    "completion_not_asked_before": Guard(completion_not_asked_before),
    "only_flagged": Guard(only_flagged, needs_args=True),
    "flags_answered": Guard(flags_answered),
    "result_recorded": Guard(result_recorded),
    "voted_elsewhere": Guard(voted_elsewhere),
    "part_leaves_something": Guard(part_leaves_something, needs_args=True),
    "something_to_award": Guard(something_to_award),
    "only_what_passed": Guard(only_what_passed, needs_args=True),
}
