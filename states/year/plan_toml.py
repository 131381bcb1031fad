"""A plan is written as the TOML that its reader takes."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from states.document import normal
from states.year.plan import Plan
from states.year.plan_file import plan_document

LISTS: Final = ("items", "duties", "campaigns")


def written(plan: Plan) -> str:
    """The plan as TOML, dates as ISO text; ``parse_plan`` reads the same plan back."""
    return "\n".join(_lines(plan_document(plan)))


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    tables = {"parameters", *LISTS}
    yield from (f"{name} = {_value(value)}" for name, value in document.items() if name not in tables)
    yield from ("", "[parameters]")
    yield from (f"{name} = {_value(value)}" for name, value in document["parameters"].items())
    for part in LISTS:
        for entry in document.get(part, ()):
            yield from ("", f"[[{part}]]")
            yield from (f"{name} = {_value(value)}" for name, value in entry.items())
    yield ""


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{name} = {_value(one)}' for name, one in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    # JSON escapes what a basic string of TOML may not hold, except DEL.
    return json.dumps(normal(value), ensure_ascii=False).replace("\x7f", "\\u007f")
