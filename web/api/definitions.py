"""The rules as data: the processes, the awards."""

import re
from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Path, Request

from states.award_shapes import Award
from states.awards import AUTHORITIES, AWARDS
from states.definition import Definition, DefinitionError, Limit, Station, Step
from states.labels import Lang, label
from states.process.diagram import mermaid, svg
from web.access import signed_in
from web.api.route import ApiRoute
from web.api.rule_shapes import (
    AwardAnswer,
    AwardList,
    DeciderAnswer,
    DefinitionAnswer,
    DefinitionItem,
    DefinitionList,
    LimitAnswer,
    StationAnswer,
    StepAnswer,
)
from web.language import language
from web.site import site
from workflow.engine import Engine
from workflow.loading import definition_named

router = APIRouter(route_class=ApiRoute)


@router.get("/definitions")
@signed_in
async def definitions(request: Request) -> DefinitionList:
    """Every process with its versions, the newest last, saying which are in force today."""
    engine, lang = site(request).engine, language(request)
    return DefinitionList(items=[_item(engine, found, lang) for found in _ordered(engine)])


@router.get("/definitions/{name}")
@signed_in
async def definition(request: Request, name: Annotated[str, Path()]) -> DefinitionAnswer:
    """One version as a table, as Mermaid, as SVG; its name is written ``dossier@A.1``."""
    engine, lang = site(request).engine, language(request)
    found = definition_named(engine, name)
    return DefinitionAnswer(
        **_item(engine, found, lang).model_dump(),
        initial=found.initial,
        stations=[_station(station, lang) for station in found.stations.values()],
        steps=[_step(step, lang) for step in found.steps],
        mermaid=mermaid(found, lang),
        svg=svg(found, lang),
    )


@router.get("/awards")
@signed_in
async def awards(request: Request) -> AwardList:
    """Every award with who decides it under the rules in force today."""
    engine, lang = site(request).engine, language(request)
    regime = engine.in_force("dossier").regime
    return AwardList(regime=regime, items=[_award(award, regime, lang) for award in AWARDS.values()])


def _ordered(engine: Engine) -> Iterable[Definition]:
    def place(found: Definition) -> tuple[str, str, list[int]]:
        return found.key, found.regime, [int(number) for number in re.findall(r"\d+", found.version)]

    return sorted(engine.definitions.values(), key=place)


def _item(engine: Engine, found: Definition, lang: Lang) -> DefinitionItem:
    try:
        now = engine.in_force(found.key).name == found.name
    except DefinitionError:
        now = False
    return DefinitionItem(
        name=found.name,
        key=found.key,
        version=found.version,
        title=found.title[lang],
        regime=found.regime,
        effective_from=found.effective_from,
        digest=found.digest,
        in_force=now,
        provisional=found.provisional[lang] if found.provisional else None,
    )


def _station(station: Station, lang: Lang) -> StationAnswer:
    return StationAnswer(
        name=station.name,
        label=station.label[lang],
        final=station.final,
        holder=station.holder or None,
        hands_to=station.hands_to.role if station.hands_to else None,
        once=list(station.hands_to.once) if station.hands_to else [],
        limit=_limit(station.limit, lang) if station.limit else None,
        opens_to=list(station.opens_to),
    )


def _limit(limit: Limit, lang: Lang) -> LimitAnswer:
    return LimitAnswer(
        working_days=dict(limit.working_days) if limit.working_days else None,
        from_argument=limit.from_argument,
        from_case=limit.from_case,
        waits=limit.waits[lang] if limit.waits else None,
        remind_working_days=limit.remind,
        basis=limit.basis,
        confidence=limit.confidence,
    )


def _step(step: Step, lang: Lang) -> StepAnswer:
    return StepAnswer(
        act=step.act,
        label=label("act", step.act, lang),
        sources=list(step.sources),
        to=step.to,
        when=step.when or None,
        by=list(step.by),
        needs=list(step.needs),
        asks=list(step.asks),
        tells=list(step.tells),
        basis=step.basis,
    )


def _award(award: Award, regime: str, lang: Lang) -> AwardAnswer:
    reward = award.multipliers.get(regime)
    return AwardAnswer(
        code=award.code,
        name=award.name(lang),
        in_list=award.list,
        subject=award.subject,
        level=award.level,
        law_article=award.law_article,
        confidence=award.confidence,
        deciders=[
            DeciderAnswer(
                authority=decider.authority,
                name=AUTHORITIES[decider.authority].name(lang),
                unit_kinds=sorted(decider.unit_kinds),
            )
            for decider in award.deciders
            if decider.regime == regime
        ],
        base_salaries=str(reward.value) if reward else None,
        papers=list(award.docs),
        papers_simplified=list(award.docs_simplified),
    )
