"""The auditors' desk: what is found, what is counted, what leaves the house, who is seen looking."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from browsing import with_passwords
from builders import PEOPLE, World, a_dossier, a_draft, also, an_actor, forwarded, judged
from builders_pages import at_the_desk
from builders_year import planned
from hypothesis import given, strategies as st
from sqlalchemy.exc import IntegrityError
from test_verification import behind_its_back

from db import view_log
from db.trail import Sought
from states.decide import CLOCK, Actor
from states.history import instant
from states.stays import Stay, spread, stays
from workflow.auditing.asof import moment_named
from workflow.auditing.exports import json_lines, xes
from workflow.auditing.reach import audited, entries
from workflow.auditing.search import Asked, Event, searched
from workflow.auditing.times import times
from workflow.auditing.views import dossier_viewed, exported, paper_fetched
from workflow.clock.sweep import sweep
from workflow.dossiers import reading
from workflow.problems import ChangedMeanwhile, Invalid
from workflow.register.asof import Standing, register_as_of, standings, stations_as_of

HOLD = {"cause": "denunciation", "document": "12/TB-TTr"}
RELEASE = {"document": "15/KL-TTr"}
UNREADABLE = "Nội dung của mục không đọc được."
HISTORY = Path(__file__).parents[1] / "docs" / "history.md"
XES = "{http://www.xes-standard.org/}"


@pytest.fixture
def spring(world: World) -> World:
    """A ward's dossier under review since March, another awarded in April, two attempts that came to nothing."""
    world.on(date(2024, 3, 11))
    a_dossier(world, "home_affairs_review")
    world.on(date(2024, 4, 10))
    a_dossier(world, "awarded", unit="P2")
    world.on(date(2024, 4, 12))
    world.refused("ngoc", "forward", "HS-2024-0001")
    with pytest.raises(ChangedMeanwhile):
        world.do("ngoc", "judge", "HS-2024-0001", version=1, verdicts=[verdict(world)])
    return world


def verdict(world: World) -> dict[str, Any]:
    return {"nomination": world.ids("HS-2024-0001")[0], "verdict": "recommended"}


def found(
    world: World, who: str | Actor = "trung", *, after: Any = None, limit: int = 100, **asked: Any
) -> list[Event]:
    actor = who if isinstance(who, Actor) else world.people[who]
    with world.engine.database.reading() as conn:
        return searched(world.engine, conn, actor, Asked(**asked), after=after, limit=limit)


def told(events: Iterable[Event]) -> list[tuple[str, str, str]]:
    return [(event.outcome, event.ref, event.act) for event in events]


# ---------------------------------------------------------------- search


def test_what_was_done_stands_beside_what_was_refused_or_overtaken(spring: World) -> None:
    events = found(spring)
    assert told(events[:3]) == [
        ("conflict", "HS-2024-0001", "judge"),
        ("refused", "HS-2024-0001", "forward"),
        ("done", "HS-2024-0002", "award"),
    ]
    assert len(events) == len(spring.entries("HS-2024-0001")) + len(spring.entries("HS-2024-0002")) + 2
    assert [event.at for event in events] == sorted((event.at for event in events), reverse=True)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"words": "hs-2024-0002", "act": "submit"}, [("done", "HS-2024-0002", "submit")]),
        ({"person": "vu bich", "outcome": "refused"}, [("refused", "HS-2024-0001", "forward")]),
        ({"person": "Vũ Bích Ngọc", "act": "judge", "outcome": "done"}, [("done", "HS-2024-0002", "judge")]),
        ({"unit": "P1", "act": "submit"}, [("done", "HS-2024-0001", "submit")]),
        ({"unit": "HD", "act": "confirm_result"}, [("done", "HS-2024-0002", "confirm_result")]),
        ({"outcome": "conflict"}, [("conflict", "HS-2024-0001", "judge")]),
        ({"person": "nobody of this name"}, []),
        ({"words": "100%"}, []),
    ],
)
def test_each_question_finds_what_it_asks_for(
    spring: World, asked: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert told(found(spring, **asked)) == expected


@pytest.mark.parametrize(
    "done",
    [
        "UPDATE payload SET body = '[]'",
        "UPDATE payload SET body = 'no words'",
        "UPDATE history SET body = '{'",
        "UPDATE command SET answer = '{' WHERE outcome = 'refused'",
        "UPDATE command SET answer = '[1]' WHERE outcome = 'refused'",
    ],
)
def test_the_desk_gets_past_what_was_made_unreadable(peopled: World, done: str) -> None:
    ref = a_dossier(peopled, "home_affairs_review")
    peopled.refused("ngoc", "forward", ref)
    with behind_its_back(peopled) as conn:
        conn.exec_driver_sql(done)
    desk, entries_ = at_the_desk(peopled, "trung"), peopled.entries(ref)
    assert desk.read(f"/audit?q={ref}").count('class="card-title"') == len(entries_) + 1
    for page in ("history", "history?as_of=2024-05-13", f"history?entry={len(entries_)}", "file"):
        assert (UNREADABLE in desk.read(f"/dossiers/{ref}/{page}")) == ("command" not in done)
    assert at_the_desk(peopled, "lan").browser.get(f"/dossiers/{ref}/history").status_code == 200


def test_what_the_system_did_is_found_by_its_name(spring: World) -> None:
    sweep(spring.engine)
    done = [event for event in found(spring) if event.act == "escalate"]
    assert done
    for name in ("Hệ thống", "he thong", "The System"):
        assert found(spring, person=name) == done
    assert found(spring, person="Hệ thống Hoa") == []


@pytest.mark.parametrize(
    "asked", ["act=dance", "outcome=lost", "from=2024-02-30", "from=2024-03-02&to=2024-03-01"]
)
def test_a_question_nobody_can_answer_is_told_at_its_field(peopled: World, asked: str) -> None:
    desk = at_the_desk(peopled, "trung")
    field = asked.rpartition("&")[2].partition("=")[0]
    assert f'id="{field}-error"' in desk.read(f"/audit?{asked}", 422)
    desk.read(f"/audit/export.jsonl?{asked}", 422)


def test_the_days_asked_are_days_in_vietnam(world: World) -> None:
    # Half past midnight of 2 April in Vietnam is still 1 April in Greenwich.
    world.on(date(2024, 4, 2))
    world.now -= timedelta(hours=7, minutes=31)
    ref = a_draft(world, papers=False)
    world.on(date(2024, 4, 20))
    world.do("lan", "amend", ref, papers=[])
    ready = a_dossier(world, "home_affairs_review", unit="P2")
    assert ready
    admitted = also(world.people["trung"], "unit_clerk", "P1")
    assert found(world, admitted, words=ref) == []  # a draft is none of the auditor's business
    world.on(date(2024, 4, 22))
    world.do("lan", "amend", ref, papers=[{"paper": f"lan-{t}", "type": t} for t in ("TO_TRINH", "BIEN_BAN")])
    world.do("minh", "submit", ref)
    assert told(found(world, words=ref, until=date(2024, 4, 1))) == []
    second = found(world, words=ref, since=date(2024, 4, 2), until=date(2024, 4, 2))
    assert told(second) == [("done", ref, "create")]


def sent_mixed() -> dict[str, Any]:
    """A proposal no process takes: awards of two levels in one dossier."""
    mixed = [("CSTDCS", "Vòng Nhịt Mùi"), ("CSTD_TINH", "Đàm Thị Ửng")]
    rows = [
        {"award": award, "subject": {"type": "individual", "name": name}, "achievement": "Tốt"}
        for award, name in mixed
    ]
    return {
        "unit": "P1",
        "kind": "CONG_TRANG",
        "period": "2023",
        "title": "Lẫn hai cấp",
        "nominations": rows,
    }


def test_a_refused_attempt_to_open_a_dossier_is_found_by_its_own_auditors(spring: World) -> None:
    with_passwords(spring)  # which grants people their roles in the database too
    spring.refused("lan", "create", **sent_mixed())
    refused = ("refused", "", "create")
    for asked in ({}, {"unit": "P1"}, {"person": PEOPLE["lan"][0]}, {"since": spring.now.date()}):
        assert refused in told(found(spring, **{"act": "create", "outcome": "refused", **asked})), asked
    assert refused in told(found(spring))
    for asked in ({"unit": "P2"}, {"person": PEOPLE["minh"][0]}, {"until": date(2024, 4, 1)}, {"words": "x"}):
        assert found(spring, **{"act": "create", "outcome": "refused", **asked}) == [], asked
    elsewhere = an_actor("auditor", "TN", "ha")
    assert found(spring, elsewhere) == []


def test_a_refused_attempt_to_open_a_dossier_is_told_with_its_reasons(peopled: World) -> None:
    peopled.refused("lan", "create", **sent_mixed())
    page = at_the_desk(peopled, "trung").read("/audit?act=create&outcome=refused")
    (line,) = re.findall(r'<tr class="refused-entry">(.*?)</tr>', page, re.DOTALL)
    for part in ("chưa thành hồ sơ", "Trần Thị Lan", "Chiến sĩ thi đua cấp tỉnh” (1 trường hợp)"):
        assert part in line


def test_pages_of_any_length_show_everything_once(spring: World) -> None:
    # Everything at one moment: only the places tell the events apart.
    for key in ("same-1", "same-2", "same-3"):
        spring.now -= timedelta(minutes=1)
        spring.refused("ngoc", "forward", "HS-2024-0001", key=key)
    whole = [event.id for event in found(spring)]
    for limit in (1, 2, 5):
        pages: list[str] = []
        after = None
        while page := found(spring, after=after, limit=limit):
            pages += [event.id for event in page]
            after = (page[-1].at, page[-1].id)
        assert pages == whole
    with pytest.raises(Invalid):
        found(spring, after=(spring.now, "from-another-list"))


def test_who_is_an_auditor_nowhere_finds_nothing(spring: World) -> None:
    for who in ("ngoc", "hung", "lan"):
        assert found(spring, who) == []
        assert not register_as_of(spring.engine, spring.people[who], spring.now).held


# ---------------------------------------------------------------- the register of a day


def stood_at(world: World, moment: datetime) -> dict[str, Standing]:
    """Every open case as the register shows it, by reference."""
    register = register_as_of(world.engine, world.people["trung"], moment)
    shown = standings(world.engine, [one.id for one in register.held], moment)
    for one in register.held:
        case = shown[one.id].case
        assert case.holder is not None
        assert (one.station, one.unit, one.due) == (case.station, case.holder.unit, case.due)
        assert (instant(one.since), one.paused) == (case.entered_at, case.on_hold is not None)
        assert one.left == shown[one.id].left
    return {one.case.ref: one for one in shown.values()}


@pytest.mark.parametrize("day", ["2024-03-10", "2024-03-11", "2024-04-01", "2024-04-10", "2024-05-01"])
def test_the_register_of_a_day_is_the_fold_of_every_history(spring: World, day: str) -> None:
    moment = moment_named(day)
    register = register_as_of(spring.engine, spring.people["trung"], moment)
    stood = {ref: one.case for ref, one in stood_at(spring, moment).items()}
    ended = 0
    for ref in ("HS-2024-0001", "HS-2024-0002"):
        with spring.engine.database.reading() as conn:
            then = reading.state_as_of(conn, spring.record(ref), moment)
        if then is None or then.holder is None:
            assert ref not in stood
            ended += then is not None
        else:
            same = ("station", "holder", "due", "entered_at", "version", "on_hold", "unit", "definition")
            assert [getattr(stood[ref], n) for n in same] == [getattr(then, n) for n in same]
    assert sum(register.ended.values()) == ended
    assert sum(office.held for office in register.offices) == len(register.held)


def test_a_pause_and_a_new_limit_belong_to_the_days_they_lasted(world: World) -> None:
    world.on(date(2024, 3, 11))
    ref = a_dossier(world, "home_affairs_review")
    first = world.case(ref).due
    world.on(date(2024, 3, 13))
    world.do("son", "hold", ref, **HOLD)
    world.on(date(2024, 3, 20))
    world.do("son", "release", ref, **RELEASE)
    moments = {day: stood_at(world, moment_named(f"2024-03-{day}"))[ref].case for day in (12, 14, 21)}
    assert [case.on_hold is not None for case in moments.values()] == [False, True, False]
    assert (moments[12].due, moments[21].due) == (first, world.case(ref).due)
    assert moments[12].due != moments[21].due


def test_every_case_is_counted_at_one_station_at_every_moment(spring: World) -> None:
    scope = audited(spring.people["trung"])
    entries_ = [entry for ref in ("HS-2024-0001", "HS-2024-0002") for entry in spring.entries(ref)]
    for moment in {entry.at for entry in entries_} | {spring.now, spring.now - timedelta(days=400)}:
        folded = Counter[str]()
        for ref in ("HS-2024-0001", "HS-2024-0002"):
            with spring.engine.database.reading() as conn:
                then = reading.state_as_of(conn, spring.record(ref), moment)
            folded.update([then.station] if then else [])
        with spring.engine.database.reading() as conn:
            assert stations_as_of(conn, scope, moment) == folded
        register = register_as_of(spring.engine, spring.people["trung"], moment)
        assert Counter(register.stations) + Counter(register.ended) == folded


def test_the_register_says_who_held_what_with_what_was_overdue_then(spring: World) -> None:
    auditor = spring.people["trung"]
    april = register_as_of(spring.engine, auditor, moment_named("2024-04-01"))
    assert april.stations == {"home_affairs_review": 1}
    (office,) = april.offices
    # Due 25 March; 26 to 29 March with 1 April are five working days.
    assert (office.unit, office.held, office.overdue, april.held[0].left) == ("PNV", 1, 1, -5)
    march = register_as_of(spring.engine, auditor, moment_named("2024-03-12"))
    assert (march.offices[0].overdue, march.held[0].left) == (0, 9)


# ---------------------------------------------------------------- times


def test_times_are_working_days_by_station_and_by_office(spring: World) -> None:
    spring.on(date(2024, 4, 15))
    judged(spring, "HS-2024-0001")
    spring.do("son", "forward", "HS-2024-0001")
    took = times(spring.engine, spring.people["trung"], date(2024, 1, 1), date(2024, 12, 31))
    stations = {pace.name: pace for pace in took.stations}
    # 11 March to 15 April: 25 weekdays, none of them a holiday.
    review = stations["home_affairs_review"].finished
    assert review is not None
    assert (review.count, review.median, review.longest) == (2, 0, 25)
    assert stations["awaiting_council"].now == 1
    assert [one.standing.case.ref for one in took.longest] == ["HS-2024-0001"]
    offices = {pace.name: pace for pace in took.offices}
    assert (offices["PNV"].now, offices["HD"].now) == (0, 1)
    quiet = times(spring.engine, spring.people["trung"], date(2023, 1, 1), date(2023, 12, 31))
    assert all(pace.finished is None for pace in quiet.stations)


def test_what_nobody_is_to_act_on_yet_waits_for_nobody(spring: World) -> None:
    item = planned(spring)
    spring.on(date(2024, 5, 6))
    auditor, year = spring.people["trung"], (date(2024, 1, 1), date(2024, 12, 31))
    took = times(spring.engine, auditor, *year)
    assert item not in {one.standing.case.ref for one in took.longest}
    assert "planned" not in {pace.name for pace in took.stations}
    # In the register it stands all the same, and once it is open somebody is waited for.
    assert item in stood_at(spring, spring.now)
    spring.do(CLOCK, "open", item)
    took = times(spring.engine, auditor, *year)
    assert item in {one.standing.case.ref for one in took.longest}
    (opened,) = (pace for pace in took.stations if pace.name == "open")
    assert (opened.now, opened.finished) == (1, None)
    assert "planned" not in {pace.name for pace in took.stations}


def test_every_stay_ends_where_the_next_one_begins(spring: World) -> None:
    auditor = spring.people["trung"]
    told = entries(spring.engine, audited(auditor), Sought())
    for ref, history in groupby(told, key=lambda one: one.ref):
        told_ = list(stays(json.loads(found.entry.body) for found in history))
        assert all(one.until == other.since for one, other in pairwise(told_))
        assert told_[0] == Stay("drafting", told_[0].unit, told_[0].since, told_[0].until)
        assert bool(told_[-1].until) == (ref == "HS-2024-0002")


@given(st.lists(st.integers(min_value=0, max_value=400), min_size=1, max_size=60))
def test_half_took_no_longer_than_the_median_nine_tenths_no_longer_than_p90(days: list[int]) -> None:
    found_ = spread(days)
    assert found_ is not None
    assert {found_.median, found_.p90, found_.longest} <= set(days)
    assert 2 * sum(d <= found_.median for d in days) >= len(days)
    assert 2 * sum(d < found_.median for d in days) < len(days)
    assert 10 * sum(d <= found_.p90 for d in days) >= 9 * len(days)
    assert 10 * sum(d < found_.p90 for d in days) < 9 * len(days)


def test_nothing_has_no_spread() -> None:
    assert spread([]) is None


# ---------------------------------------------------------------- exports


def first_bad(lines: Iterable[str]) -> str | None:
    """What the program printed in docs/history.md says, which uses nothing of ours."""
    (program,) = re.findall(r"```python\n(.*?)```", HISTORY.read_text(encoding="utf-8"), re.DOTALL)
    here: dict[str, Any] = {"__name__": "docs"}
    exec(program, here)  # the documentation's own lines, so that they cannot lie
    found_: str | None = here["first_bad"](lines)
    return found_


def exported_lines(world: World, **sought: Any) -> list[str]:
    scope = audited(world.people["trung"])
    return list(json_lines(entries(world.engine, scope, Sought(**sought))))


def test_json_lines_can_be_checked_without_the_program(spring: World) -> None:
    lines = exported_lines(spring)
    assert len(lines) == 12
    assert first_bad(lines) is None
    forged = [line.replace('\\"actor\\":\\"son\\"', '\\"actor\\":\\"hung\\"') for line in lines]
    assert first_bad(forged) == "HS-2024-0002, entry 5"
    assert first_bad(lines[:4] + lines[5:]) == "HS-2024-0002, entry 3"
    assert first_bad(lines[1:]) == "HS-2024-0001, entry 2"


def test_nothing_that_leaves_names_a_nominee_or_repeats_a_text(spring: World) -> None:
    scope = audited(spring.people["trung"])
    text = "".join(exported_lines(spring)) + "".join(xes(entries(spring.engine, scope, Sought())))
    for secret in ("Vòng Nhịt Mùi", "Hoàn thành xuất sắc", *(name for name, _, _ in PEOPLE.values())):
        assert secret not in text


def exported_xes(world: World, **sought: Any) -> ElementTree.Element:
    scope = audited(world.people["trung"])
    return ElementTree.fromstring("".join(xes(entries(world.engine, scope, Sought(**sought)))))


def said_of(component: ElementTree.Element) -> dict[str, str]:
    """The attributes of a log, trace or event by their keys, each of which may come once."""
    found_ = [(a.attrib["key"], a.attrib["value"]) for a in component if "key" in a.attrib]
    assert len(dict(found_)) == len(found_)
    return dict(found_)


def test_xes_holds_a_trace_for_each_case_an_event_for_each_entry(spring: World) -> None:
    traces = exported_xes(spring).findall(f"{XES}trace")
    assert [len(trace.findall(f"{XES}event")) for trace in traces] == [3, 9]
    assert said_of(traces[1]) == {"concept:name": "HS-2024-0002", "process": "dossier"}
    last = traces[1].findall(f"{XES}event")[-1]
    said = said_of(last)
    assert (said["concept:name"], said["org:role"], said["org:resource"]) == ("award", "chairman", "hung")
    assert said["time:timestamp"] == "2024-04-10T01:09:00.000000Z"
    assert {e.tag.removeprefix(XES) for e in last} == {"string", "date", "int"}


def test_xes_is_as_ieee_1849_writes_it(spring: World) -> None:
    spring.on(date(2024, 4, 15))
    sweep(spring.engine)
    log = exported_xes(spring)
    assert float(log.attrib["xes.version"]) == 1849.2016  # a decimal, says its schema
    order = ["extension", "global", "classifier", "string", "trace"]
    tags = [part.tag.removeprefix(XES) for part in log]
    assert tags == sorted(tags, key=order.index)
    assert said_of(log) == {"lifecycle:model": "standard"}
    everywhere = {one.attrib["scope"]: said_of(one) for one in log.findall(f"{XES}global")}
    events = [said_of(event) for event in log.iter(f"{XES}event")]
    assert all(said_of(trace).keys() == everywhere["trace"].keys() for trace in log.iter(f"{XES}trace"))
    assert all(event.keys() >= everywhere["event"].keys() and all(event.values()) for event in events)
    assert {event["lifecycle:transition"] for event in events} == {"complete"}
    for classifier in log.findall(f"{XES}classifier"):
        assert everywhere[classifier.attrib["scope"]].keys() >= set(classifier.attrib["keys"].split())
    known = {one.attrib["prefix"] for one in log.findall(f"{XES}extension")}
    assert {key.partition(":")[0] for event in events for key in event if ":" in key} == known
    assert "clock" in {event["org:role"] for event in events}


def test_an_export_can_be_narrowed(spring: World) -> None:
    assert len(exported_lines(spring, act="submit")) == 2
    assert len(exported_lines(spring, words="hs-2024-0001")) == 3


# ---------------------------------------------------------------- looks at personal data


def looks(world: World) -> list[tuple[str, str, str, str]]:
    with world.engine.database.reading() as conn:
        found_ = view_log.listed(conn, frozenset({"LK"}), limit=50)
    return [(name, view.what, view.ref, view.about) for view, name in found_]


def test_an_officers_look_is_noted_once_in_ten_minutes_the_units_never(spring: World) -> None:
    engine, people = spring.engine, spring.people
    for who in ("ngoc", "ngoc", "lan", "minh", "khoa"):
        dossier_viewed(engine, people[who], "HS-2024-0001", "page", "r1")
    dossier_viewed(engine, people["ngoc"], "HS-2024-0001", "print", "r2")
    seen = ("Vũ Bích Ngọc", "page", "HS-2024-0001", "")
    assert sorted(looks(spring)) == [seen, ("Vũ Bích Ngọc", "print", "HS-2024-0001", "")]
    spring.now += timedelta(minutes=11)
    dossier_viewed(engine, people["ngoc"], "HS-2024-0001", "page", "r3")
    assert looks(spring).count(seen) == 2


def test_papers_and_exports_are_noted_every_time(spring: World) -> None:
    for _ in range(2):
        paper_fetched(spring.engine, spring.people["ngoc"], "lan-TO_TRINH", "r1")
    paper_fetched(spring.engine, spring.people["lan"], "lan-TO_TRINH", "r2")
    paper_fetched(spring.engine, spring.people["khoa"], "lan-TO_TRINH", "r3")
    exported(spring.engine, spring.people["trung"], "jsonl: act=award", "r4")
    paper = ("Vũ Bích Ngọc", "paper", "HS-2024-0001", "lan-TO_TRINH")
    export = ("Mai Quốc Trung", "export", "", "jsonl: act=award")
    assert sorted(looks(spring)) == sorted([paper, paper, export])
    with spring.engine.database.reading() as conn:
        assert view_log.listed(conn, frozenset({"TN"}), limit=50) == []
        assert len(view_log.listed(conn, frozenset({"LK"}), ref="HS-2024-0001", limit=50)) == 2


@pytest.mark.parametrize("statement", ["UPDATE view_log SET person_id = 'son'", "DELETE FROM view_log"])
def test_no_look_can_be_taken_back(spring: World, statement: str) -> None:
    exported(spring.engine, spring.people["trung"], "xes: ", "r1")
    with (
        pytest.raises(IntegrityError, match="kept as it was written"),
        spring.engine.database.transaction() as conn,
    ):
        conn.exec_driver_sql(statement)
    assert looks(spring) == [("Mai Quốc Trung", "export", "", "xes: ")]


# ---------------------------------------------------------------- the pages


@pytest.fixture
def peopled(sqlite_world: World) -> World:
    """The small city with two dossiers, whose people can sign in."""
    world = with_passwords(sqlite_world)
    world.on(date(2024, 3, 11))
    ref = a_dossier(world, "home_affairs_review", awards=("CSTDCS",))
    declined = {"verdict": "declined", "reason": "Chưa có sáng kiến"}
    world.do("ngoc", "judge", ref, verdicts=[{"nomination": world.ids(ref)[0], **declined}])
    world.on(date(2024, 5, 13))
    return world


PAGES = ("/audit", "/audit/register", "/audit/times", "/audit/views", "/audit/verify", "/audit/export.jsonl")


def test_the_desk_is_the_auditors_alone(peopled: World) -> None:
    for login in ("ngoc", "hung", "lan", "quy"):
        desk = at_the_desk(peopled, login)
        for path in (*PAGES, "/audit/export.xes", "/dossiers/HS-2024-0001/file"):
            desk.read(path, 404)


def test_a_look_at_a_page_or_over_the_api_is_listed(peopled: World) -> None:
    at_the_desk(peopled, "ngoc").read("/dossiers/HS-2024-0001")
    at_the_desk(peopled, "khoa").read("/dossiers/HS-2024-0001", 404)
    at_the_desk(peopled, "son").read("/api/v1/dossiers/HS-2024-0001")
    auditor = at_the_desk(peopled, "trung")
    auditor.read("/audit/export.jsonl?act=judge")
    page = auditor.read("/audit/views")
    assert re.findall(r"(Vũ Bích Ngọc|Cao Thái Sơn|Ngô Đăng Khoa|jsonl: act=judge)", page) == [
        "jsonl: act=judge",
        "Cao Thái Sơn",
        "Vũ Bích Ngọc",
    ]


def test_the_file_shows_every_entry_with_its_chain_and_what_it_changed(peopled: World) -> None:
    page = at_the_desk(peopled, "trung").read("/dossiers/HS-2024-0001/file")
    entries_ = peopled.entries("HS-2024-0001")
    for entry in entries_:
        assert page.count(entry.hash) == (1 if entry is entries_[-1] else 2)
        assert entry.prev_hash in page
    assert "TO_TRINH.pdf" in page
    assert peopled.view("trung", "HS-2024-0001").papers[0].paper.sha256 in page
    assert re.search(r"nội vụ: lý do</th><td>.{1,60}trống.{1,60}Chưa có sáng kiến", page, re.IGNORECASE)
    assert re.search(r"Nơi giữ</th><td><del class=\"old said\">Phường Hoa Mai</del>", page)
    assert re.search(r"Bước</th><td><del class=\"old said\">Soạn thảo</del>.{1,40}Nội vụ thẩm định", page)


def test_a_day_that_is_none_is_named_beside_its_field(peopled: World) -> None:
    auditor = at_the_desk(peopled, "trung")
    assert "Không phải ngày có thật" in auditor.read("/audit?from=2024-02-30", 422)
    assert "Ngày cuối phải từ ngày đầu" in auditor.read("/audit?from=2024-05-02&to=2024-05-01", 422)
    assert "từ năm 2000" in auditor.read("/audit/register?as_of=1024-05-01", 422)
    auditor.read("/audit/export.xes?from=x", 422)
    for path in (
        "/audit?after=!",
        "/audit?after=WyIyMDI0LTA1LTEzVDAwOjAwOjAwWiIsICJ4Il0",
        "/audit/register?after=!",
    ):
        auditor.read(path, 422)


def test_the_register_page_goes_on_where_it_stopped(peopled: World) -> None:
    refs = {a_dossier(peopled, "home_affairs_review") for _ in range(3)}
    forwarded(peopled, "HS-2024-0001")
    auditor = at_the_desk(peopled, "trung")
    page = auditor.read("/audit/register?held_by=PNV")
    assert {ref for ref in re.findall(r"HS-2024-\d{4}", page) if ref in refs} == refs
    assert "HS-2024-0001" not in page.partition("Ai giữ việc hôm đó")[0]
    early = auditor.read("/audit/register?as_of=2024-04-01")
    assert set(re.findall(r"HS-2024-\d{4}", early)) == {"HS-2024-0001"}
