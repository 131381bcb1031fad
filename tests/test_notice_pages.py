"""People see what they were told, choose how, read their deadlines elsewhere; administrators see what was sent."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from browsing import with_passwords
from builders import CLERK, World, a_dossier, a_draft
from builders_identity import HandClock, a_door, csrf_of, enter
from builders_year import owed, planned
from hypothesis import given, strategies as st
from mail_server import a_mail_server
from starlette.testclient import TestClient

from db import people, preferences
from notifications import letters
from notifications.catalogue import FACTS, notice_of, templates, worded
from notifications.icalendar import Event, calendar, escaped, folded
from notifications.letters import Envelope, Item, wording
from states.decide import CLOCK
from states.labels import LANGS, Lang
from workflow.engine import ZONE
from workflow.mailing import pump
from workflow.people.preferences import open_calendar, set_contact
from workflow.settings import Settings

TEXT = st.text(st.characters(codec="utf-8"), max_size=200)


@pytest.fixture
def peopled(sqlite_world: World) -> World:
    """The small city, whose people can sign in."""
    return with_passwords(sqlite_world)


def desk(world: World, login: str, **settings: Any) -> TestClient:
    browser = a_door(world.engine, HandClock(), **settings)
    assert enter(browser, login).status_code == 303
    return browser


def bell(browser: TestClient) -> str:
    found = re.search(r'class="bell-count" aria-hidden="true">([^<]*)<', browser.get("/inbox").text)
    return found[1] if found else ""


# ---------------------------------------------------------------- the bell


def test_the_bell_counts_what_is_not_read_until_it_is_marked(peopled: World) -> None:
    a_dossier(peopled, "awaiting_council")
    browser = desk(peopled, "lan")
    assert bell(browser) == "2"
    page = browser.get("/notices").text
    assert page.count('class="unread"') == 2
    until = unescape(re.findall(r'name="until" value="([^"]*)"', page)[0])
    a_dossier(peopled, "home_affairs_review")
    browser.post("/notices/read", data={"csrf": csrf_of(browser), "until": until})
    assert bell(browser) == "1"
    assert bell(desk(peopled, "tam")) == ""


def test_a_notice_of_the_future_cannot_be_marked_as_read(peopled: World) -> None:
    browser = desk(peopled, "lan")
    sent = {"csrf": csrf_of(browser), "until": "2099-01-01T00:00:00+07:00"}
    assert browser.post("/notices/read", data=sent).status_code == 303
    peopled.now += timedelta(minutes=1)
    a_dossier(peopled, "home_affairs_review")
    assert bell(browser) == "1"


@pytest.mark.parametrize("until", ["", "yesterday", "2024-05-13T08:00:00"])
def test_a_mark_that_is_no_instant_is_refused(peopled: World, until: str) -> None:
    browser = desk(peopled, "lan")
    assert browser.post("/notices/read", data={"csrf": csrf_of(browser), "until": until}).status_code == 422


# ---------------------------------------------------------------- choices


def test_whatever_is_told_of_has_a_heading_in_digests_with_the_choices() -> None:
    assert {name.partition("/")[0] for name in templates()} == wording()["group"].keys()


def test_choices_stand_by_kind_of_case_what_tells_of_several_first(peopled: World) -> None:
    page = desk(peopled, "ngoc").get("/account").text
    headings = re.findall(r"<legend>([^<]*)</legend>", page)
    assert headings[:3] == ["Mọi loại việc", "Hồ sơ khen thưởng", "Báo cáo, đăng ký của đơn vị"]
    assert page.index('id="when-submit"') < page.index('id="when-send"')


@pytest.mark.parametrize(
    ("who", "chosen"),
    [
        ("lan", {"escalate", "recount"}),
        ("hung", {"escalate", "recount"}),
        ("vinh", {"escalate"}),
        ("uyen", set()),
    ],
)
def test_whoever_a_ladder_may_reach_chooses_when_to_be_reminded_of_limits(
    peopled: World, who: str, chosen: set[str]
) -> None:
    browser = desk(peopled, who)
    page = browser.get("/account").text
    assert {act for act in ("escalate", "recount") if f'id="when-{act}"' in page} == chosen
    browser.post("/account/notices", data={"csrf": csrf_of(browser), "when-escalate": "digest"})
    with peopled.engine.database.reading() as conn:
        assert ("escalate" in preferences.of(conn, who).choices) == ("escalate" in chosen)


def test_a_person_says_where_and_when_to_be_written_to(peopled: World) -> None:
    browser = desk(peopled, "ngoc")
    csrf = {"csrf": csrf_of(browser)}
    browser.post("/account/contact", data=csrf | {"email": " ngoc@thi-dua.example ", "lang": "en"})
    browser.post(
        "/account/notices", data=csrf | {"when-forward": "digest", "when-award": "bell", "when-x": "now"}
    )
    page = browser.get("/account").text
    assert 'value="ngoc@thi-dua.example"' in page
    assert re.search(r'id="when-forward".*?value="digest" selected', page, re.DOTALL)
    with peopled.engine.database.reading() as conn:
        kept = preferences.of(conn, "ngoc")
    assert (kept.lang, "when-x" in kept.choices, '"x"' in kept.choices) == ("en", False, False)


@pytest.mark.parametrize(
    "email",
    ["ngoc", "a@b", "a b@c.example", "a@c.example\r\nBcc: x@y.example", "ngọc@c.example", "a@" + "b" * 260],
)
def test_what_is_no_address_is_refused_by_name_with_what_to_do(peopled: World, email: str) -> None:
    browser = desk(peopled, "ngoc")
    answer = browser.post("/account/contact", data={"csrf": csrf_of(browser), "email": email, "lang": "vi"})
    assert answer.status_code == 422
    assert "Không phải địa chỉ thư điện tử" in answer.text


def test_choices_and_languages_there_are_not_are_refused(peopled: World) -> None:
    browser = desk(peopled, "ngoc")
    csrf = {"csrf": csrf_of(browser)}
    assert browser.post("/account/notices", data=csrf | {"when-forward": "never"}).status_code == 422
    assert browser.post("/account/contact", data=csrf | {"email": "", "lang": "fr"}).status_code == 422


# ---------------------------------------------------------------- the log


def test_a_mail_that_could_not_be_sent_is_a_task_for_the_administrator(peopled: World) -> None:
    set_contact(peopled.engine, "ngoc", email="ngoc@thi-dua.example", lang="vi")
    a_dossier(peopled, "home_affairs_review")
    with a_mail_server("550 <b>no such user</b>") as post:
        settings = Settings(smtp_host="127.0.0.1", smtp_port=post.port)
        assert pump(peopled.engine, settings, peopled.now).dead == 1
        administrator = desk(peopled, "quy")
        assert "đang chờ người quản trị: 1" in administrator.get("/notices").text
        page = administrator.get("/notices/deliveries?status=dead").text
        assert "550 &lt;b&gt;no such user" in page
        delivery = re.findall(r'name="delivery" value="([^"]*)"', page)[0]
        again = administrator.post(
            "/notices/deliveries/resend", data={"csrf": csrf_of(administrator), "delivery": delivery}
        )
        assert again.status_code == 303
        assert pump(peopled.engine, settings, peopled.now).sent == 1
    assert "Không có thư nào ở đây." in administrator.get("/notices/deliveries?status=dead").text


def test_the_log_is_the_administrators_alone(peopled: World) -> None:
    assert desk(peopled, "ngoc").get("/notices/deliveries").status_code == 404
    administrator = desk(peopled, "quy")
    csrf = {"csrf": csrf_of(administrator)}
    unknown = administrator.post("/notices/deliveries/resend", data=csrf | {"delivery": "none"})
    assert unknown.status_code == 404
    assert administrator.get("/notices/deliveries?status=lost").status_code == 422


# ---------------------------------------------------------------- the demo's mailbox


def test_a_demonstration_keeps_its_mails_to_look_at(peopled: World, tmp_path: Path) -> None:
    set_contact(peopled.engine, "ngoc", email="ngoc@thi-dua.example", lang="vi")
    ref = a_dossier(peopled, "home_affairs_review")
    settings = Settings(demo=True, data=tmp_path)
    assert pump(peopled.engine, settings, peopled.now).sent == 1
    browser = desk(peopled, "ngoc", demo=True, data=tmp_path)
    listed = browser.get("/demo/mail").text
    name = re.findall(r'href="/demo/mail/([0-9a-f-]{36})"', listed)[0]
    page = browser.get(f"/demo/mail/{name}").text
    assert f"{ref}: hồ sơ mới được trình" in page
    assert "&lt;h1 " in page
    for unknown in ("00000000-0000-0000-0000-000000000000", "..%2f..%2fsecret", "x"):
        assert browser.get(f"/demo/mail/{unknown}").status_code == 404
    assert desk(peopled, "ngoc", data=tmp_path).get("/demo/mail").status_code == 404


# ---------------------------------------------------------------- the calendar


def test_my_deadlines_are_read_by_a_calendar_behind_an_address_that_can_be_taken_back(peopled: World) -> None:
    ref = a_dossier(peopled, "home_affairs_review")
    browser = desk(peopled, "ngoc")
    csrf = {"csrf": csrf_of(browser)}
    made = browser.post("/account/calendar", data=csrf).text
    path = re.findall(r'id="new-calendar" readonly value="https://[^/]*(/calendar/[^"]*\.ics)"', made)[0]
    stranger = a_door(peopled.engine, HandClock())
    answer = stranger.get(path)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = events_in(answer.content)
    due = peopled.record(ref).due_on
    assert due is not None
    assert event["DTSTART;VALUE=DATE"] == f"{due:%Y%m%d}"
    assert event["DTEND;VALUE=DATE"] == f"{due + timedelta(days=1):%Y%m%d}"
    assert event["SUMMARY"] == f"{ref}: hạn ở bước “Nội vụ thẩm định”"
    assert event["URL"].endswith(f"/dossiers/{ref}")
    assert events_in(stranger.get(calendar_path(peopled, "son")).content) == []
    browser.post("/account/calendar/close", data=csrf)
    assert stranger.get(path).status_code == 404
    assert stranger.get("/calendar/none.ics").status_code == 404


def test_the_calendar_holds_duties_and_items_of_the_plan_too(peopled: World) -> None:
    report, item = owed(peopled), planned(peopled)
    peopled.do(CLOCK, "open", item)
    stranger = a_door(peopled.engine, HandClock())
    of_clerk = stranger.get(calendar_path(peopled, CLERK["P1"])).text.replace("\r\n ", "")
    of_officer = stranger.get(calendar_path(peopled, "ngoc")).text.replace("\r\n ", "")
    assert f"/reports/{report}" in of_clerk
    assert item not in of_clerk
    assert f"/plan-items/{item}" in of_officer


def test_the_calendar_of_a_closed_account_is_closed(peopled: World) -> None:
    path = calendar_path(peopled, "ngoc")
    with peopled.engine.database.transaction() as conn:
        people.disable(conn, "ngoc", peopled.now)
    assert a_door(peopled.engine, HandClock()).get(path).status_code == 404


def calendar_path(world: World, login: str) -> str:
    return f"/calendar/{open_calendar(world.engine, login)}.ics"


def events_in(body: bytes) -> list[dict[str, str]]:
    """The events of a calendar file, read as RFC 5545 says."""
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    lines = body.replace(b"\r\n ", b"").decode().split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines[lines.index("BEGIN:VEVENT") :] if "BEGIN:VEVENT" in lines else []:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif name != "END" and name:
            found[-1][name] = re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)
    return found


@given(TEXT)
def test_whatever_a_summary_says_a_calendar_reads_it_back(summary: str) -> None:
    event = Event("u@x", date(2024, 5, 13), datetime(2024, 5, 13, tzinfo=UTC), summary, "https://x.example/1")
    (read,) = events_in(calendar("Lịch", [event]))
    meant = summary.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    assert read["SUMMARY"] == "".join(c for c in meant if c == "\n" or (c >= " " and c != "\x7f"))


@given(TEXT)
def test_a_folded_line_unfolds_to_itself_in_whole_letters(text: str) -> None:
    line = escaped(text)
    pieces = folded(line).removesuffix(b"\r\n").split(b"\r\n ")
    assert b"".join(pieces).decode() == line
    assert all(piece.decode() is not None and len(piece) <= 75 for piece in pieces)


# ---------------------------------------------------------------- the letters


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("notice", sorted(templates()))
def test_every_notice_becomes_a_mail_in_both_languages(notice: str, lang: Lang) -> None:
    facts = {name: f"<{name}>" for name in FACTS}
    said = worded(notice, lang, facts)
    item = Item(said.subject, said.text, "<moved>", "https://x.example/dossiers/1", "HS · 1 · 00")
    at = datetime(2024, 5, 13, 8, tzinfo=ZONE)
    mail = letters.mail(
        Envelope("a@x.example", "b@x.example", letters.message_id("d1", "x.example"), at, lang),
        [item],
        account_href="https://x.example/account",
    )
    assert mail["Subject"] == said.subject
    assert mail["Content-Language"] == lang
    html = mail.get_body(("html",))
    assert html is not None
    assert "&lt;moved&gt;" in html.get_content()
    assert "<ref>" not in html.get_content()


def test_every_sentence_of_a_mail_exists_in_both_languages() -> None:
    said = [words for group in wording().values() for words in group.values()]
    assert said
    assert all(words[lang].strip() for words in said for lang in LANGS)
    assert all(words["vi"] != words["en"] for words in said)
    assert notice_of("submit", "dossier") in templates()


def test_a_draft_tells_nobody(peopled: World) -> None:
    a_draft(peopled)
    assert pump(peopled.engine, Settings(smtp_host="127.0.0.1", smtp_port=1), peopled.now).addressed == 0
