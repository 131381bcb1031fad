"""What the API answers about batches."""

from typing import Any

from web.api.shapes import Instant, Reason, Shape


class Warned(Shape):
    """What should be known before an item is done: a code with its figures, and the same in words."""

    code: str
    message: str
    basis: str
    facts: dict[str, Any]


class Settled(Shape):
    """How the case stood after the act."""

    station: str
    version: int
    seq: int


class Changed(Shape):
    """Who acted after the version seen, and how the case stood then."""

    by: str
    at: Instant
    station: str
    version: int


class ItemAnswer(Shape):
    """One case; ``state`` is waiting, done, refused, conflict or left_out (because of its warnings)."""

    ref: str
    version: int
    state: str
    warnings: list[Warned]
    reasons: list[Reason]
    answer: Settled | None
    changed: Changed | None


class BatchAnswer(Shape):
    """A batch; ``state`` is running, interrupted or finished, the figures count its items by state."""

    id: str
    act: str
    state: str
    created: Instant
    waiting: int
    done: int
    refused: int
    conflict: int
    left_out: int
    items: list[ItemAnswer]
