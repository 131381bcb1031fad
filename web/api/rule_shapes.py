"""The rules as the API shows them: processes, awards."""

from datetime import date

from pydantic import Field

from web.api.shapes import Shape


class DefinitionItem(Shape):
    """One version of one process."""

    name: str
    key: str
    version: str
    title: str
    regime: str
    effective_from: date
    digest: str
    in_force: bool
    provisional: str | None


class DefinitionList(Shape):
    """Every process in every version."""

    items: list[DefinitionItem]


class LimitAnswer(Shape):
    """How long a case may wait: working days by procedure, a date given or kept, or no limit with its reason."""

    working_days: dict[str, int] | None
    from_argument: str | None
    from_case: str | None
    waits: str | None
    remind_working_days: int | None
    basis: str
    confidence: str


class StationAnswer(Shape):
    """Where a case waits, who holds it, who takes over once those guards are met."""

    name: str
    label: str
    final: bool
    holder: str | None
    hands_to: str | None
    once: list[str]
    limit: LimitAnswer | None
    opens_to: list[str]


class StepAnswer(Shape):
    """One row of the table."""

    act: str
    label: str
    sources: list[str] = Field(alias="from")
    to: str
    when: str | None
    by: list[str]
    needs: list[str]
    asks: list[str]
    tells: list[str]
    basis: str


class DefinitionAnswer(DefinitionItem):
    """One version: the table with its diagram."""

    initial: str
    stations: list[StationAnswer]
    steps: list[StepAnswer]
    mermaid: str
    svg: str


class DeciderAnswer(Shape):
    """Who decides, for units of these kinds."""

    authority: str
    name: str
    unit_kinds: list[str]


class AwardAnswer(Shape):
    """A title or a form of commendation; the reward in base salaries where it is known."""

    code: str
    name: str
    in_list: str = Field(alias="list")
    subject: str
    level: str
    law_article: str
    confidence: str
    deciders: list[DeciderAnswer]
    base_salaries: str | None
    papers: list[str]
    papers_simplified: list[str]


class AwardList(Shape):
    """The catalogue under the regime in force today."""

    regime: str
    items: list[AwardAnswer]
