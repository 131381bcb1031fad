"""The forms of what units owe: figures that can be summed, sections that can be read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from states.definition import Words


@dataclass(frozen=True, slots=True)
class FigureField:
    """A whole number the form asks for; one that is ``required`` may be 0, not missing."""

    name: str
    required: bool
    label: Words


@dataclass(frozen=True, slots=True)
class DutyForm:
    """What one kind of duty asks a unit for."""

    name: str
    title: Words
    duties: tuple[str, ...]
    figures: tuple[FigureField, ...]
    sections: Mapping[str, Words]

    @property
    def required(self) -> tuple[str, ...]:
        """The figures that must be given."""
        return tuple(figure.name for figure in self.figures if figure.required)


@cache
def forms() -> tuple[DutyForm, ...]:
    """Every form that comes with the program."""
    tables = tomllib.loads((files("states.year") / "duty_forms.toml").read_text("utf-8"))
    return tuple(
        DutyForm(
            name=name,
            title=Words(**table["title"]),
            duties=tuple(table["duties"]),
            figures=tuple(
                FigureField(f["name"], f["required"], Words(f["vi"], f["en"])) for f in table["figures"]
            ),
            sections={s["name"]: Words(s["vi"], s["en"]) for s in table["sections"]},
        )
        for name, table in tables.items()
    )


@cache
def form_of(duty: str) -> DutyForm:
    """The form a duty is answered with. Raises LookupError for a duty that has none."""
    for form in forms():
        if duty.startswith(form.duties):
            return form
    raise LookupError(f"no form is given for the duty {duty!r}")
