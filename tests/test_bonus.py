"""What is paid with an award, against sums worked out by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from states.awards import AWARDS
from states.register.bonus import bonus, rounding_called

LAST_OF_1_800 = date(2024, 6, 30)

# Award, subject, regime, day of the decision, base salary, multiplier, sum.
VECTORS = """
LDTT     individual A 2024-03-29 1800000 0.3   540000
LDTT     individual A 2024-07-01 2340000 0.3   702000
LDTT     individual B 2026-06-30 2340000 0.3   702000
LDTT     individual B 2026-07-01 2530000 0.3   759000
LDTT     individual C 2026-10-01 2530000 0.3   759000
CSTDCS   individual A 2024-01-02 1800000 1     1800000
CSTDCS   individual A 2024-06-30 1800000 1     1800000
CSTDCS   individual A 2024-07-01 2340000 1     2340000
CSTDCS   individual B 2025-07-01 2340000 1     2340000
CSTD_TINH individual A 2024-04-22 1800000 3    5400000
CSTD_TINH individual B 2025-08-25 2340000 3    7020000
CSTDTQ   individual A 2024-08-01 2340000 4.5   10530000
TTLDTT   collective A 2024-05-20 1800000 0.8   1440000
TTLDTT   collective A 2024-07-15 2340000 0.8   1872000
TTLDXS   collective A 2024-05-20 1800000 1.5   2700000
CO_TINH  collective A 2024-05-20 1800000 8     14400000
CO_CP    collective B 2025-09-01 2340000 12    28080000
GK_HUYEN individual A 2024-05-20 1800000 0.3   540000
GK_HUYEN collective A 2024-05-20 1800000 0.6   1080000
GK_HUYEN village    A 2024-05-20 1800000 0.6   1080000
GK_HUYEN household  A 2024-05-20 1800000 0.45  810000
GK_XA    individual B 2025-09-08 2340000 0.15  351000
GK_XA    collective B 2025-09-08 2340000 0.3   702000
GK_XA    household  B 2026-07-01 2530000 0.225 569250
BK_TINH  individual A 2024-04-24 1800000 1.5   2700000
BK_TINH  collective A 2024-04-24 1800000 3     5400000
BK_TINH  household  B 2025-10-01 2340000 2.25  5265000
BK_TTG   collective B 2025-10-01 2340000 7     16380000
"""


@pytest.mark.parametrize("line", [line.split() for line in VECTORS.splitlines() if line], ids=" ".join)
def test_a_bonus_is_the_base_salary_on_the_day_of_the_decision_times_the_multiplier(line: list[str]) -> None:
    award, subject, regime, day, base, multiplier, amount = line
    found = bonus(award, subject, regime=regime, day=date.fromisoformat(day))
    assert (found.base_salary, found.multiplier, found.amount) == (int(base), multiplier, int(amount))
    assert found.why == ""


@pytest.mark.parametrize(
    ("award", "subject", "day", "exact", "rounded"),
    [
        ("GK_XA", "household", "2026-07-01", 569_250, 570_000),
        ("GK_XA", "individual", "2024-07-01", 351_000, 360_000),
        ("LDTT", "individual", "2024-03-01", 540_000, 540_000),
        ("LDTT", "individual", "2024-07-01", 702_000, 710_000),
    ],
)
def test_rounding_is_a_parameter_that_goes_up_to_ten_thousand(
    award: str, subject: str, day: str, exact: int, rounded: int
) -> None:
    on = date.fromisoformat(day)
    assert bonus(award, subject, regime="B", day=on, rounding="none").amount == exact
    assert bonus(award, subject, regime="B", day=on, rounding="up_to_10000").amount == rounded
    assert rounding_called("up_to_10000").confidence == "low"


def test_an_unknown_sum_stays_unknown_with_the_reason() -> None:
    assert bonus("HCLD", "individual", regime="A", day=LAST_OF_1_800).why == "no_multiplier"
    assert bonus("KNC", "individual", regime="A", day=LAST_OF_1_800).amount is None
    early = bonus("CSTDCS", "individual", regime="A", day=date(2023, 6, 30))
    assert (early.base_salary, early.amount, early.why) == (None, None, "no_base_salary")
    assert bonus("NO_SUCH", "individual", regime="A", day=LAST_OF_1_800).why == "no_multiplier"


def test_a_sum_is_as_sure_as_its_weakest_part() -> None:
    day = date(2024, 5, 20)
    assert bonus("CSTDCS", "individual", regime="A", day=day).confidence == "med"
    assert bonus("GK_HUYEN", "household", regime="A", day=day).confidence == "low"
    assert bonus("CSTDCS", "individual", regime="C", day=day).confidence == "low"


@given(
    st.sampled_from(sorted(AWARDS)),
    st.sampled_from(["individual", "collective", "household", "village", "commune"]),
    st.sampled_from("ABC"),
    st.integers(0, 2000),
)
def test_a_rounded_sum_is_whole_steps_less_than_one_step_above(
    award: str, subject: str, regime: str, after: int
) -> None:
    day = date(2023, 1, 1) + timedelta(days=after)
    exact = bonus(award, subject, regime=regime, day=day, rounding="none").amount
    rounded = bonus(award, subject, regime=regime, day=day, rounding="up_to_10000").amount
    assert (exact is None) == (rounded is None)
    if exact is not None and rounded is not None:
        assert rounded % 10_000 == 0
        assert 0 <= rounded - exact < 10_000
