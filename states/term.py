"""What holds from one day to another, or until further notice."""

from datetime import date


class Term:
    """A unit, a seat, a figure set by a decision: ``valid_to`` is the last day, ``None`` while it lasts."""

    __slots__ = ()

    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day; the first and the last both count."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
