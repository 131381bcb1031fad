"""Figures are added up so that every sum can be counted again from its sources."""

import pytest
from hypothesis import given, strategies as st

from states.year.duty_sums import Source, sums

NAMES = ("movements", "members")
SOURCE = st.builds(
    Source,
    unit=st.text("ABCDE", min_size=1, max_size=3),
    kind=st.sampled_from(["wards", "office", "school"]),
    ref=st.just("BC-2024-0001"),
    version=st.integers(1, 9),
    accepted=st.booleans(),
    figures=st.dictionaries(st.sampled_from(NAMES), st.integers(0, 10**9)),
)
SOURCES = st.lists(SOURCE, max_size=12, unique_by=lambda source: source.unit)


@given(SOURCES)
def test_every_sum_is_what_a_recount_of_its_units_gives(sources: list[Source]) -> None:
    by_unit = {source.unit: source for source in sources}
    for kind, found in sums(sources, NAMES).items():
        for name, one in found.items():
            counted = [by_unit[unit] for unit in one.units]
            assert one.total == sum(source.figures[name] for source in counted)
            assert one.accepted == sum(source.figures[name] for source in counted if source.accepted)
            assert {source.unit for source in counted} == {
                source.unit for source in sources if name in source.figures and kind in ("", source.kind)
            }


@given(SOURCES)
def test_the_kinds_together_are_the_whole(sources: list[Source]) -> None:
    found = sums(sources, NAMES)
    for name in NAMES:
        parts = [one[name] for kind, one in found.items() if kind]
        assert sum(part.total for part in parts) == found[""][name].total
        units = [unit for part in parts for unit in part.units]
        assert sorted(units) == sorted(found[""][name].units)
        assert len(units) == len(set(units))


@given(SOURCES.filter(bool), st.data())
def test_a_unit_is_never_counted_twice(sources: list[Source], data: st.DataObject) -> None:
    again = data.draw(st.sampled_from(sources))
    with pytest.raises(ValueError, match=f"the unit {again.unit} would be counted twice"):
        sums([*sources, again], NAMES)
