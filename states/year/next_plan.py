"""The plan of the next year, drawn up from the one of this year."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from states.definition import Words
from states.periods import Period
from states.year.plan import Campaign, Due, Duty, Plan, PlanItem, Window

LEAP_DAY: Final = (2, 29)
NUMBER: Final = re.compile(r"(?<!\d)\d+(?!\d)")
# The year in the number of another document, such as TT 02/2023/TT-BNV, stays what it was.
NUMBER_OF_A_DOCUMENT: Final = re.compile(r"\d/\Z")
ITS_LETTERS: Final = re.compile(r"/[^\W\d_]")


def next_plan(plan: Plan) -> Plan:
    """The same plan a year on: a draft to review, with number, date, basis left to be filled in.

    The year, the one before, the one after move on by one wherever a text or a period names them; days move to
    the same day (29 February to 28); anniversaries are counted anew. ValueError past the last calendar.
    """
    moves = {str(year): str(year + 1) for year in (plan.year - 1, plan.year, plan.year + 1)}
    return replace(
        plan,
        year=plan.year + 1,
        number="",
        issued=None,
        basis=(),
        title=_said(plan.title, moves),
        items=tuple(_item(item, plan.year, moves) for item in plan.items),
        duties=tuple(_duty(duty, moves) for duty in plan.duties),
        campaigns=tuple(_campaign(campaign, moves) for campaign in plan.campaigns),
    )


def a_year_later(day: date) -> date:
    """The same day of the next year; 29 February becomes 28 February."""
    if (day.month, day.day) == LEAP_DAY:
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)


def _item(item: PlanItem, year: int, moves: Mapping[str, str]) -> PlanItem:
    counted = {str(year - since): str(year + 1 - since) for since in item.anniversaries}
    return replace(
        item,
        text=_said(item.text, {**counted, **moves}),
        answer=_maybe_said(item.answer, moves),
        regime_b=_maybe_said(item.regime_b, moves),
        note=_maybe_said(item.note, moves),
        window=_window(item.window),
        due=_due(item.due),
        fixed_dates=tuple(a_year_later(day) for day in item.fixed_dates),
        award_period=_period(item.award_period),
    )


def _duty(duty: Duty, moves: Mapping[str, str]) -> Duty:
    return replace(
        duty,
        opens=a_year_later(duty.opens),
        due=_due(duty.due),
        period=_period(duty.period),
        note=_maybe_said(duty.note, moves),
    )


def _campaign(campaign: Campaign, moves: Mapping[str, str]) -> Campaign:
    return replace(
        campaign,
        name=_said(campaign.name, moves),
        note=_maybe_said(campaign.note, moves),
        period=_period(campaign.period),
        opens=_maybe_later(campaign.opens),
        closes=_maybe_later(campaign.closes),
    )


def _said(words: Words, moves: Mapping[str, str]) -> Words:
    return Words(_moved(words.vi, moves), _moved(words.en, moves))


def _moved(text: str, moves: Mapping[str, str]) -> str:
    """A text with its numbers moved all at once, so that 2023-2024 becomes 2024-2025."""

    def each(found: re.Match[str]) -> str:
        before, after = text[: found.start()], text[found.end() :]
        cited = NUMBER_OF_A_DOCUMENT.search(before) and ITS_LETTERS.match(after)
        return found[0] if cited else moves.get(found[0], found[0])

    return NUMBER.sub(each, text)


def _maybe_said(words: Words | None, moves: Mapping[str, str]) -> Words | None:
    return None if words is None else _said(words, moves)


def _window(window: Window | None) -> Window | None:
    if window is None:
        return None
    return Window(first=a_year_later(window.first), last=a_year_later(window.last))


def _due(due: Due | None) -> Due | None:
    return None if due is None else Due(before=_maybe_later(due.before), by=_maybe_later(due.by))


def _maybe_later(day: date | None) -> date | None:
    return None if day is None else a_year_later(day)


def _period(text: str) -> str:
    return str(Period.parse(text).a_year_later()) if text else ""
