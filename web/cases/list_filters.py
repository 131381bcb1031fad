"""What a list of cases is narrowed to."""

from collections.abc import Collection
from dataclasses import dataclass

from db.units import Unit
from states.labels import Lang
from states.periods import Period, PeriodError
from workflow.engine import Engine


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to; empty means all."""

    q: str = ""
    station: str = ""
    unit: str = ""
    period: str = ""

    @property
    def as_kept(self) -> str | None:
        """The period as cases carry it, however it was typed; None for all."""
        try:
            return str(Period.parse(self.period)) if self.period else None
        except PeriodError:
            return self.period


def stations_to_choose(engine: Engine, kinds: Collection[str], lang: Lang) -> list[tuple[str, str]]:
    """Every station of every definition of these kinds, once, as the newest names it."""
    found: dict[str, str] = {}
    for definition in engine.definitions.values():
        if definition.key in kinds:
            found |= {name: station.label[lang] for name, station in definition.stations.items()}
    return list(found.items())


def units_to_choose(
    units: dict[str, Unit], own: frozenset[str], of_office: bool, lang: Lang
) -> list[tuple[str, str]]:
    """The units to choose from: an office's all, a unit's own only where there are several."""
    shown = units if of_office else {id_: units[id_] for id_ in sorted(own)}
    if len(shown) < 2:
        return []
    return [(u.id, u.short(lang)) for u in shown.values()]
