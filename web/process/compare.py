"""Two versions of a process side by side."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from states.definition import Definition
from states.labels import Lang
from states.process.difference_words import Told, told
from states.process.process_document import by_process
from web.access import signed_in
from web.language import language
from web.rendering import page
from web.site import site
from workflow.engine import Engine
from workflow.loading import definition_named
from workflow.problems import NotFound

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Place:
    """All differences at one station; ``name`` is empty for those of the version itself."""

    name: str
    rows: tuple[Told, ...]


@router.get("/process/compare")
@signed_in
async def compare(
    request: Request, older: Annotated[str, Query(alias="from")] = "", to: str = ""
) -> Response:
    """What changed from one version to another; without names, from the one before to the one in force."""
    engine, lang = site(request).engine, language(request)
    new = definition_named(engine, to) if to else engine.in_force("dossier")
    old, new = (definition_named(engine, older), new) if older else _neighbours(engine, new)
    if old.key != new.key:
        raise NotFound
    return page(
        request,
        "process/compare.html",
        versions=_versions(engine, new.key),
        others=[versions[-1] for versions in by_process(engine.definitions) if versions[-1].key != new.key],
        old=old,
        new=new,
        places=_places(old, new, lang),
    )


def _versions(engine: Engine, key: str) -> list[Definition]:
    versions = (found for found in engine.definitions.values() if found.key == key)
    return sorted(versions, key=lambda d: (d.effective_from, d.version))


def _neighbours(engine: Engine, new: Definition) -> tuple[Definition, Definition]:
    """The version with the one that was in force before it; the first one with the one that followed."""
    versions = _versions(engine, new.key)
    later = max(versions.index(new), 1)
    return versions[later - 1], versions[min(later, len(versions) - 1)]


def _places(old: Definition, new: Definition, lang: Lang) -> list[Place]:
    """The differences by station, in the order a dossier meets them."""
    met = [station.label[lang] for one in (new, old) for station in one.stations.values()]
    rows: dict[str, list[Told]] = {name: [] for name in ["", *met]}
    for one in told(old, new, lang):
        rows.setdefault(one.station, []).append(one)
    return [Place(name, tuple(found)) for name, found in rows.items() if found]
