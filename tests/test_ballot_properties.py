"""Whatever the council and whatever its members think, a vote is counted alike."""

from dataclasses import dataclass, replace
from datetime import date

from hypothesis import given, strategies as st
from vote_cases import ITEM

from states.council.ballot_faults import differences, faults, of_hands
from states.council.ballots import CHOICES, Outcome, Roll, Totals, of_hands as totals_of_hands, outcome
from states.council.seats import SEAT_ROLES, Seat, seated
from states.council.vote_rules import BALLOTS, RECUSALS, Rule, Setting, overlaid
from states.document import from_document, normal, to_document


@dataclass(frozen=True, slots=True)
class Member:
    """Where a member was, whether apart, what they thought: known to the test alone."""

    place: str
    apart: bool
    choice: str


members = st.lists(
    st.builds(
        Member,
        place=st.sampled_from(("room", "room", "room", "left", "wrote", "away")),
        apart=st.booleans(),
        choice=st.sampled_from(CHOICES),
    ),
    min_size=1,
    max_size=21,
)
rules = st.builds(
    Rule,
    share=st.integers(1, 99),
    strict=st.booleans(),
    quorum_numerator=st.integers(1, 3),
    quorum_denominator=st.integers(3, 4),
    ballot=st.just("hands"),
    written=st.booleans(),
    recusal=st.sampled_from(RECUSALS),
)
votes = st.integers(0, 30)
totals = st.builds(Totals, votes, votes, votes, votes, votes, votes)


def roll_of(council: list[Member]) -> Roll:
    seats = {f"m{number:02}": member for number, member in enumerate(council)}
    return Roll(
        tuple(seats),
        tuple(seat for seat, member in seats.items() if member.place == "room"),
        tuple(seat for seat, member in seats.items() if member.place == "left"),
        tuple(seat for seat, member in seats.items() if member.place == "wrote"),
        {ITEM: tuple(seat for seat, member in seats.items() if member.apart)},
    )


def hands_of(council: list[Member], rule: Rule) -> dict[str, str]:
    places = {"room", "left", "wrote"} if rule.written else {"room", "left"}
    return {
        f"m{number:02}": member.choice
        for number, member in enumerate(council)
        if member.place in places and not member.apart
    }


def vote(council: list[Member], rule: Rule) -> Outcome:
    roll = roll_of(council)
    return outcome(rule, roll, ITEM, totals_of_hands(hands_of(council, rule), roll, ITEM, rule))


@given(members, rules)
def test_a_tally_is_the_recount_of_the_members_one_by_one(council: list[Member], rule: Rule) -> None:
    roll, hands = roll_of(council), hands_of(council, rule)
    tally = totals_of_hands(hands, roll, ITEM, rule)
    thought = [m.choice for m in council if not m.apart and m.place in ("room", "left")]
    wrote = [m.choice for m in council if not m.apart and m.place == "wrote"] if rule.written else []
    assert tally == Totals(*(group.count(choice) for group in (thought, wrote) for choice in CHOICES))
    assert list(of_hands(rule, roll, ITEM, hands)) == []
    assert list(faults({ITEM: rule}, roll, [(ITEM, tally)])) == []


@given(members, rules)
def test_no_member_is_counted_twice(council: list[Member], rule: Rule) -> None:
    roll = roll_of(council)
    assert not roll.may_vote(ITEM) & roll.may_write(ITEM, rule)
    found = vote(council, rule)
    assert found.totals.room + found.totals.opinions + found.silent == found.entitled <= len(council)
    assert found.silent >= 0


@given(members, rules, st.sampled_from(("present", "left", "written")), st.data())
def test_to_be_noted_once_more_adds_no_vote(
    council: list[Member], rule: Rule, where: str, data: st.DataObject
) -> None:
    roll = roll_of(council)
    again = data.draw(st.sampled_from(roll.seats))
    noted = Roll(
        roll.seats,
        roll.present + ((again,) if where == "present" else ()),
        roll.left + ((again,) if where == "left" else ()),
        roll.written + ((again,) if where == "written" else ()),
        roll.recused,
    )
    before = roll.may_vote(ITEM) | roll.may_write(ITEM, rule)
    after = noted.may_vote(ITEM) | noted.may_write(ITEM, rule)
    assert after <= before | {again}
    assert len(noted.may_vote(ITEM)) + len(noted.may_write(ITEM, rule)) == len(after)


@given(members, rules, st.data())
def test_one_more_vote_for_never_turns_passed_into_not_passed(
    council: list[Member], rule: Rule, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(council) - 1))
    won_over = [*council[:place], replace(council[place], choice="for"), *council[place + 1 :]]
    before, after = vote(council, rule), vote(won_over, rule)
    assert after.result == "passed" or before.result != "passed"
    assert after.missing <= before.missing


@given(members, rules)
def test_the_order_of_names_never_matters(council: list[Member], rule: Rule) -> None:
    roll, hands = roll_of(council), hands_of(council, rule)
    turned = Roll(
        *(names[::-1] for names in (roll.seats, roll.present, roll.left, roll.written)),
        {ITEM: roll.recused[ITEM][::-1]},
    )
    backwards = dict(reversed(hands.items()))
    tally = totals_of_hands(backwards, turned, ITEM, rule)
    assert outcome(rule, turned, ITEM, tally) == vote(council, rule)


@given(members, rules)
def test_those_present_are_never_the_denominator(council: list[Member], rule: Rule) -> None:
    """Whoever comes, goes or writes: so many are entitled, so many votes are needed, so many make a quorum."""
    everybody = [replace(member, place="room") for member in council]
    found, full = vote(council, rule), vote(everybody, rule)
    assert (found.entitled, found.needed, found.quorum) == (full.entitled, full.needed, full.quorum)


@given(members, rules)
def test_passed_means_the_share_of_all_entitled_was_reached(council: list[Member], rule: Rule) -> None:
    found = vote(council, rule)
    reached, asked = 100 * found.totals.all_for, rule.share * found.entitled
    enough = found.totals.all_for > 0 and (reached > asked if rule.strict else reached >= asked)
    there = rule.quorum_denominator * found.present >= rule.quorum_numerator * len(council)
    assert (found.result == "passed") == (enough and there)
    assert (found.result == "no_quorum") == (not there)
    assert (found.missing == 0) == enough


@given(members, rules, totals)
def test_figures_of_other_votes_than_were_cast_are_noticed(
    council: list[Member], rule: Rule, typed: Totals
) -> None:
    roll, cast = roll_of(council), vote(council, rule).totals
    same_sums = (typed.room, typed.opinions) == (cast.room, cast.opinions)
    assert (not list(faults({ITEM: rule}, roll, [(ITEM, typed)]))) == same_sums


@given(totals, totals)
def test_tellers_agree_only_on_the_same_figures(first: Totals, second: Totals) -> None:
    found = list(differences({ITEM: first}, {ITEM: second}))
    assert (found == []) == (first == second)
    changes = {difference.field: difference.second for difference in found}
    assert replace(first, **changes) == second


# ------------------------------------------------------------------ documents

texts = st.text("abcđệ /", max_size=8)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
settings = st.builds(
    Setting,
    share=st.integers(0, 100),
    strict=st.booleans(),
    ballot=st.sampled_from(("", *BALLOTS)),
    written=st.sampled_from(("", "allowed", "refused")),
    recusal=st.sampled_from(("", *RECUSALS)),
    source=texts,
)
seats = st.builds(
    Seat,
    person=st.sampled_from(("an", "binh", "chi")),
    role=st.sampled_from(SEAT_ROLES),
    valid_from=days,
    valid_to=st.none() | days,
    votes=st.booleans(),
)


@given(members, rules, settings, seats)
def test_what_a_vote_is_made_of_comes_back_from_its_document(
    council: list[Member], rule: Rule, setting: Setting, seat: Seat
) -> None:
    kept = (roll_of(council), overlaid(rule, setting), setting, seat, vote(council, rule))
    for value in kept:
        assert from_document(type(value), normal(to_document(value))) == value


@given(st.dictionaries(st.sampled_from(("a", "b", "c", "d", "e")), seats), days)
def test_each_person_is_a_member_once(council: dict[str, Seat], day: date) -> None:
    voting = {seat.person for seat in council.values() if seat.votes and seat.holds_on(day)}
    assert sorted(seat.person for seat in seated(council, day).values()) == sorted(voting)
