"""Plans are read from TOML or from a plain document, written back as one."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from states.calendar.working_days import vietnam
from states.document import to_document
from states.year.plan import Plan
from states.year.plan_check import check
from states.year.plan_faults import PlanError, PlanFault, fault
from states.year.plan_reader import read

PLACE_IN_TOML: Final = re.compile(r"\(at line (\d+), column (\d+)\)")
DAY_IN_TOML: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
SHIPPED: Final[Mapping[int, str]] = {2024: "kh152-2024.toml", 2025: "wards-2025.toml"}


def parse_plan(source: str) -> Plan:
    """The plan written in a TOML text. PlanError with everything that is wrong with it."""
    try:
        table = tomllib.loads(source)
    except (ValueError, RecursionError) as error:  # a number or a nesting too long for any plan too
        raise PlanError([_not_toml(source, str(error))]) from None
    return plan_from_document(table)


def plan_from_document(document: object) -> Plan:
    """The plan a document describes, dates as ISO text or as dates. PlanError with everything wrong."""
    faults: list[PlanFault] = []
    plan = read(Plan, document, "", faults)
    if not isinstance(plan, Plan) or (faults := check(plan, vietnam())):
        raise PlanError(faults)
    return plan


def plan_document(plan: Plan) -> dict[str, Any]:
    """The plan as nested plain values, ready for canonical JSON; ``plan_from_document`` reads it back."""
    document: dict[str, Any] = to_document(plan)
    return document


@cache
def shipped_plan(year: int) -> Plan:
    """The plan that comes with the program for a year. KeyError when there is none."""
    return parse_plan((files("states") / "plans" / SHIPPED[year]).read_text("utf-8"))


def _not_toml(source: str, message: str) -> PlanFault:
    found = PLACE_IN_TOML.search(message)
    if found is None:
        return fault("", "not_toml_to_the_end")
    line, column = int(found[1]), int(found[2])
    written = source.splitlines()[line - 1][column - 1 :] if line <= len(source.splitlines()) else ""
    if (day := DAY_IN_TOML.match(written)) and not _exists(day[0]):
        return fault(f"{line}", "no_such_date_on_line", name=day[0], line=line)
    return fault(f"{line}", "not_toml", line=line, column=column)


def _exists(day: str) -> bool:
    try:
        return bool(date.fromisoformat(day))
    except ValueError:
        return False
