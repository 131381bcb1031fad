"""What a step tells reaches its people by mail: once, under one id, whatever the mail server does."""

import threading
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from browsing import with_passwords
from builders import CLERK, World, a_dossier, a_draft, a_world
from builders_pages import at_the_desk
from builders_year import owed
from mail_server import Post, a_mail_server

from db import deliveries, grants, outbox, people, preferences
from db.deliveries import Delivery
from db.engine import Database
from notifications.channels import NotSent, Smtp
from notifications.pump import LONGEST, SHORTEST, Pumped, wait
from states.labels import Lang
from workflow.clock.sweep import sweep
from workflow.engine import ZONE
from workflow.mailing import STALE, digest, pump
from workflow.people.identity import viewer_of
from workflow.people.preferences import set_choices, set_contact
from workflow.settings import Settings

BODY = frozenset({"LK"})


def told(post: Post, **changes: Any) -> Settings:
    return Settings(
        **{"smtp_host": "127.0.0.1", "smtp_port": post.port, "public_origin": "https://thi-dua.example"}
        | changes
    )


@pytest.fixture
def peopled(world: World) -> World:
    """The city whose people hold their roles in the database; two of Home Affairs can be written to."""
    with_passwords(world)
    for login in ("ngoc", "minh"):
        set_contact(world.engine, login, email=f"{login}@thi-dua.example", lang="vi")
    return world


def submitted(world: World) -> str:
    """A dossier the ward submitted: Home Affairs is told."""
    ref = a_draft(world)
    world.do("minh", "submit", ref)
    return ref


def log(world: World) -> list[Delivery]:
    with world.engine.database.reading() as conn:
        return [line.delivery for line in reversed(deliveries.log(conn, BODY, limit=99))]


def text_of(mail: Any, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_a_step_is_mailed_to_those_it_tells_in_text_beside_html(peopled: World) -> None:
    ref = submitted(peopled)
    with a_mail_server() as post:
        assert pump(peopled.engine, told(post), peopled.now) == Pumped(addressed=2, sent=1)
        assert pump(peopled.engine, told(post), peopled.now) == Pumped()
    (mail,) = post.taken
    assert (mail["To"], mail["From"]) == ("ngoc@thi-dua.example", "khen-thuong@thi-dua.example")
    assert mail["Subject"] == f"{ref}: hồ sơ mới được trình"
    assert mail["Auto-Submitted"] == "auto-generated"
    record = peopled.record(ref)
    for kind in ("plain", "html"):
        said = text_of(mail, kind)
        assert f"https://thi-dua.example/dossiers/{ref}" in said
        assert f"{ref} · {record.version} · {record.head_hash[:16]}" in said
        assert "Thủ trưởng đơn vị trình hồ sơ" in said
        assert "Đỗ Quang Minh" not in said
    (line,) = log(peopled)
    assert (line.status, line.attempts, line.sent_at) == ("sent", 1, peopled.now)
    assert mail["Message-ID"] == line.message_id


def test_a_reminder_says_how_near_its_limit_is_or_how_long_it_has_been_over(peopled: World) -> None:
    ref = submitted(peopled)
    days = [date(2024, 5, 22), date(2024, 5, 24), date(2024, 5, 27), date(2024, 5, 28)]
    with a_mail_server() as post:
        for day in days:
            sweep(peopled.on(day).engine)
            pump(peopled.engine, told(post), peopled.now)
    reminders = [mail["Subject"] for mail in post.taken if "nhắc hạn xử lý" in mail["Subject"]]
    said = [
        "hạn 27/05/2024, còn 3 ngày làm việc",
        "hạn 27/05/2024, còn 1 ngày làm việc",
        "ngày cuối của hạn là 27/05/2024",
        "quá hạn 1 ngày làm việc, hạn 27/05/2024",
    ]
    assert reminders == [f"{ref}: nhắc hạn xử lý, {one}" for one in said]
    bell = at_the_desk(peopled.on(date(2024, 6, 4)), "ngoc").read("/notices")
    assert [one in bell for one in said] == [True] * 4


def test_a_title_cannot_smuggle_markup_into_a_mail(peopled: World) -> None:
    ref = submitted(peopled)
    with peopled.engine.database.transaction() as conn:
        conn.exec_driver_sql(f"UPDATE cases SET title = '<b>&{{{{x}}}}' WHERE ref = '{ref}'")
    with a_mail_server() as post:
        pump(peopled.engine, told(post), peopled.now)
    assert "&lt;b&gt;&amp;{{x}}" in text_of(post.taken[0], "html")
    assert "<b>&{{x}}" in text_of(post.taken[0])


def test_a_server_that_says_later_is_asked_again_later_under_the_same_id(peopled: World) -> None:
    submitted(peopled)
    with a_mail_server("451 try again later", "vanish") as post:
        assert pump(peopled.engine, told(post), peopled.now).failed == 1
        (line,) = log(peopled)
        assert (line.status, line.smtp_reply) == ("failed", "451 try again later")
        assert line.next_at is not None
        assert line.next_at > peopled.now
        assert pump(peopled.engine, told(post), peopled.now) == Pumped()
        assert pump(peopled.engine, told(post), peopled.now + timedelta(minutes=1)).failed == 1
        assert pump(peopled.engine, told(post), peopled.now + timedelta(minutes=9)).sent == 1
    assert len(post.taken) == 2
    assert {mail["Message-ID"] for mail in post.taken} == {line.message_id}
    assert log(peopled)[0].attempts == 3


@pytest.mark.parametrize("answer", ["550 no such user", "rcpt 550 no such user"])
def test_a_mail_that_is_refused_for_good_waits_for_a_person_who_can_send_it_again(
    peopled: World, answer: str
) -> None:
    submitted(peopled)
    with a_mail_server(answer) as post:
        assert pump(peopled.engine, told(post), peopled.now).dead == 1
        (line,) = log(peopled)
        assert (line.status, line.smtp_reply, line.next_at) == ("dead", "550 no such user", None)
        assert pump(peopled.engine, told(post), peopled.now + timedelta(days=1)) == Pumped()
        set_contact(peopled.engine, "ngoc", email="bich.ngoc@thi-dua.example", lang="vi")
        assert line.message_id is not None
        with peopled.engine.database.transaction() as conn:
            deliveries.again(conn, line.message_id, now=peopled.now)
        assert pump(peopled.engine, told(post), peopled.now).sent == 1
    assert [mail["To"] for mail in post.taken] == ["bich.ngoc@thi-dua.example"]
    assert post.taken[0]["Message-ID"] == line.message_id


def test_a_server_that_hangs_stops_nobody_and_nothing_is_lost(peopled: World) -> None:
    first = submitted(peopled)
    with a_mail_server("hang") as post:
        assert pump(peopled.engine, told(post, smtp_timeout=0.3), peopled.now).failed == 1
        assert submitted(peopled) != first
        post.let_go.set()
        assert pump(peopled.engine, told(post), peopled.now + timedelta(hours=1)).sent == 2
    assert len(post.taken) == 2


def test_without_a_server_mails_wait_and_one_try_a_pass_is_enough_to_know(peopled: World) -> None:
    for _ in range(2):
        submitted(peopled)
    with a_mail_server() as post:
        settings = told(post)
    assert pump(peopled.engine, settings, peopled.now) == Pumped(addressed=4, failed=1)
    assert sorted(line.status for line in log(peopled)) == ["failed", "waiting"]


def test_a_pump_that_died_is_followed_under_the_same_id(peopled: World) -> None:
    submitted(peopled)
    with a_mail_server() as post:
        settings = told(post)
        pump(peopled.engine, settings.model_copy(update={"smtp_port": 1}), peopled.now)
        (line,) = log(peopled)
        until = peopled.now + timedelta(hours=1, minutes=5)
        with peopled.engine.database.transaction() as conn:
            claimed = deliveries.claim(conn, now=peopled.now + timedelta(hours=1), until=until)
        assert [one.id for one in claimed] == [line.id]
        assert pump(peopled.engine, settings, until - timedelta(seconds=1)) == Pumped()
        assert pump(peopled.engine, settings, until).sent == 1
    assert post.taken[0]["Message-ID"] == line.message_id


def test_two_pumps_at_once_send_once(peopled: World) -> None:
    for _ in range(6):
        submitted(peopled)
    gate, passes = threading.Barrier(2), []
    with a_mail_server() as post:

        def run() -> None:
            gate.wait()
            passes.append(pump(peopled.engine, told(post), peopled.now))

        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(one.sent for one in passes) == 6
    assert len({mail["Message-ID"] for mail in post.taken}) == len(post.taken) == 6


def test_what_one_pump_holds_another_passes_over(postgresql_database: Database, tmp_path: Any) -> None:
    world = with_passwords(a_world(postgresql_database, tmp_path))
    for _ in range(2):
        submitted(world)
    other = Database(postgresql_database.url)
    with postgresql_database.transaction() as conn, other.transaction() as beside:
        first, second = outbox.claim(conn, limit=1), outbox.claim(beside, limit=9)
    other.close()
    assert (len(first), len(second)) == (1, 3)
    assert first[0].id not in {notice.id for notice in second}


def test_only_those_who_hold_the_role_when_it_is_sent_are_told(peopled: World) -> None:
    submitted(peopled)
    _end(peopled, "ngoc")
    with a_mail_server() as post:
        assert pump(peopled.engine, told(post), peopled.now) == Pumped(addressed=2)
    assert post.taken == []
    assert log(peopled) == []


def test_whoever_lost_the_role_while_the_mail_was_put_off_is_not_told_any_more(peopled: World) -> None:
    submitted(peopled)
    with a_mail_server("451 later") as post:
        assert pump(peopled.engine, told(post), peopled.now).failed == 1
        _end(peopled, "ngoc")
        assert pump(peopled.engine, told(post), peopled.now + timedelta(hours=1)).dropped == 1
    assert post.taken == []
    assert [line.status for line in log(peopled)] == ["dropped"]


def test_a_closed_account_is_not_written_to(peopled: World) -> None:
    submitted(peopled)
    with peopled.engine.database.transaction() as conn:
        people.disable(conn, "ngoc", peopled.now)
    with a_mail_server() as post:
        assert pump(peopled.engine, told(post), peopled.now) == Pumped(addressed=2)


def test_a_step_is_told_even_when_the_dossier_went_on_and_the_mail_says_so(peopled: World) -> None:
    ref = submitted(peopled)
    peopled.do("minh", "withdraw", ref)
    with a_mail_server() as post:
        pump(peopled.engine, told(post), peopled.now)
    first = next(mail for mail in post.taken if "mới được trình" in mail["Subject"])
    assert "Từ đó việc này đã sang bước “Đơn vị đã rút”" in text_of(first)


def test_what_waited_for_a_month_is_left_to_the_bell(peopled: World) -> None:
    submitted(peopled)
    with a_mail_server() as post:
        assert pump(peopled.engine, told(post), peopled.now + STALE + timedelta(days=1)) == Pumped(
            addressed=2
        )
        assert pump(peopled.engine, Settings(), peopled.now) == Pumped()
    assert post.taken == []


def test_a_person_who_wants_only_the_bell_gets_no_mail(peopled: World) -> None:
    _choose(peopled, "ngoc", submit="bell")
    submitted(peopled)
    with a_mail_server() as post:
        assert pump(peopled.engine, told(post), peopled.now) == Pumped(addressed=2)


@pytest.mark.parametrize(
    ("lang", "subject"), [("vi", "2 thông báo trong ngày"), ("en", "2 notices of the day")]
)
def test_a_days_notices_come_in_one_digest_the_next_morning(peopled: World, lang: Lang, subject: str) -> None:
    set_contact(peopled.engine, "ngoc", email="ngoc@thi-dua.example", lang=lang)
    _choose(peopled, "ngoc", submit="digest")
    refs = [submitted(peopled), submitted(peopled)]
    morning = datetime.combine(date(2024, 5, 14), time(7), ZONE).astimezone(UTC)
    with a_mail_server("451 later") as post:
        settings = told(post)
        assert pump(peopled.engine, settings, peopled.now) == Pumped(addressed=4)
        assert digest(peopled.engine, settings, morning - timedelta(minutes=1)) == 0
        assert digest(peopled.engine, settings, morning) == 1
        assert digest(peopled.engine, settings, morning + timedelta(minutes=1)) == 0
        assert pump(peopled.engine, settings, morning).failed == 1
        assert pump(peopled.engine, settings, morning + timedelta(hours=1)).sent == 1
    (mail,) = post.taken
    assert subject in mail["Subject"]
    assert all(ref in text_of(mail) for ref in refs)
    assert {(line.status, line.message_id) for line in log(peopled)} == {("sent", mail["Message-ID"])}


def test_a_digest_tells_of_one_kind_after_the_other(peopled: World) -> None:
    set_contact(peopled.engine, CLERK["P1"], email="van-thu@thi-dua.example", lang="en")
    _choose(peopled, CLERK["P1"], owe="digest", request_completion="digest")
    first = owed(peopled)
    asked = a_dossier(peopled, "awaiting_completion")
    second = owed(peopled)
    with a_mail_server() as post:
        settings, later = told(post), peopled.now + timedelta(days=1)
        pump(peopled.engine, settings, peopled.now)
        digest(peopled.engine, settings, later)
        pump(peopled.engine, settings, later)
    (mail,) = [
        mail for mail in post.taken if mail["To"].startswith("van-thu") and "of the day" in mail["Subject"]
    ]
    said = text_of(mail)
    places = [said.index(one) for one in ("=== Award", asked, "=== Reports", first, second)]
    assert places == sorted(places)
    assert said.count("===") == 4
    assert f"https://thi-dua.example/reports/{first}" in said


def test_a_notice_in_a_digest_that_is_no_longer_ones_own_is_left_out(peopled: World) -> None:
    with peopled.engine.database.transaction() as conn:
        grants.insert(
            conn, grant_id="x", account_id="ngoc", role="unit_head", unit="P2", valid_from=date(2020, 1, 1)
        )
    _choose(peopled, "ngoc", submit="digest", forward="digest")
    mine, others = a_dossier(peopled, "awaiting_council", unit="P2"), submitted(peopled)
    with a_mail_server() as post:
        settings, later = told(post), peopled.now + timedelta(days=1)
        pump(peopled.engine, settings, peopled.now)
        _end(peopled, "ngoc", grant="x")
        assert digest(peopled.engine, settings, later) == 1
        assert pump(peopled.engine, settings, later).sent == 1
    (mail,) = [mail for mail in post.taken if mail["To"].startswith("ngoc")]
    assert others in text_of(mail)
    assert mine in text_of(mail)
    assert "đã chuyển bước" not in text_of(mail)


@pytest.mark.parametrize("attempts", [1, 2, 5, 9, 150])
def test_tries_come_further_apart_from_ten_seconds_to_half_an_hour(attempts: int) -> None:
    waits = [wait(f"d{n}", attempts).total_seconds() for n in range(50)]
    assert min(waits) >= SHORTEST
    assert max(waits) <= LONGEST
    assert attempts == 1 or len(set(waits)) > 1
    assert min(waits) >= min(SHORTEST * 2 ** (attempts - 1), LONGEST) / 2


def test_a_server_nobody_knows_the_password_of_keeps_mails_waiting() -> None:
    with a_mail_server() as post, pytest.raises(NotSent) as refusal:
        Smtp("127.0.0.1", post.port, user="app", password="wrong").send(_any_mail())
    assert (refusal.value.for_good, refusal.value.nobody_there) == (False, True)


def _any_mail() -> Any:
    mail = EmailMessage()
    mail["From"], mail["To"] = "a@thi-dua.example", "b@thi-dua.example"
    return mail


def _end(world: World, login: str, grant: str = "") -> None:
    """The grant ended yesterday."""
    with world.engine.database.transaction() as conn:
        conn.exec_driver_sql(f"UPDATE \"grant\" SET valid_to = '2024-05-12' WHERE id = '{grant or login}'")


def _choose(world: World, login: str, **chosen: str) -> None:
    viewer = viewer_of(world.engine, login)
    assert viewer is not None
    set_choices(world.engine, viewer, chosen)
    with world.engine.database.reading() as conn:
        assert preferences.of(conn, login).email
