"""Who is signed in, how they came in, what puts them out."""

import unicodedata
from datetime import date, timedelta

import pytest
from builders_identity import CHEAP, PASSWORD, HandClock, a_door, an_office, csrf_of, enter

from db import grants, people
from db.engine import Database
from states.labels import validation
from workflow.engine import ZONE, Engine
from workflow.people.accounts import add_user, close_account, refuse_weak
from workflow.people.identity import Credentials, WrongPassword, sign_in, viewer_of, who, who_by_token
from workflow.people.lockout import LockedOut
from workflow.people.passwords import Passwords
from workflow.people.tokens import create_token, revoke_token, tokens_of
from workflow.problems import Invalid, NotFound

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Còn {} lần thử trước khi tạm khóa 15 phút."


@pytest.fixture
def engine(sqlite_database: Database) -> Engine:
    """The office on the quicker of the two databases; what depends on the database asks for both."""
    return an_office(sqlite_database)


@pytest.fixture
def clock() -> HandClock:
    """Security time, moved by hand."""
    return HandClock()


def comes_in(
    engine: Engine,
    clock: HandClock,
    login: str = "ha.ltt",
    password: str = PASSWORD,
    address: str = "10.0.0.1",
) -> str:
    """Sign in without a browser; returns the cookie's secret."""
    return sign_in(engine, Credentials(login, password, address), passwords=CHEAP, clock=clock)


def tries(engine: Engine, clock: HandClock, login: str, address: str = "10.0.0.1") -> int | str:
    """One wrong password: the tries left, or that the door is locked."""
    try:
        comes_in(engine, clock, login, "sai", address)
    except WrongPassword as refusal:
        return refusal.tries_left
    except LockedOut:
        return "locked"
    raise AssertionError("a wrong password opened the door")


def test_a_session_knows_the_person_and_their_grants_on_both_databases(database: Database) -> None:
    engine, clock = an_office(database), HandClock()
    viewer = who(engine, comes_in(engine, clock), clock=clock)

    assert viewer is not None
    assert (viewer.login, viewer.name) == ("ha.ltt", "Lê Thị Thu Hà")
    assert [(g.role, g.unit, g.body) for g in viewer.actor.grants] == [("unit_clerk", "TH-BS", "LK")]
    assert viewer.actor.person == viewer.person_id != viewer.account_id
    assert (viewer.scope.units, dict(viewer.scope.bodies)) == (frozenset({"TH-BS"}), {})


def test_an_office_holder_sees_by_role_and_not_by_unit(engine: Engine) -> None:
    viewer = viewer_of(engine, "tuan.pm")
    assert viewer is not None
    assert viewer.scope.units == frozenset()
    assert list(viewer.scope.bodies) == ["LK"]


def test_unknown_and_known_names_count_down_and_lock_alike_on_both_databases(database: Database) -> None:
    engine, clock = an_office(database), HandClock()
    expected = [4, 3, 2, 1, 0, "locked", "locked"]
    assert [tries(engine, clock, "ha.ltt") for _ in expected] == expected
    assert [tries(engine, clock, "khong.co") for _ in expected] == expected


def test_the_right_password_does_not_open_a_locked_door_until_15_minutes_have_passed(
    engine: Engine, clock: HandClock
) -> None:
    for _ in range(5):
        tries(engine, clock, "ha.ltt")
    clock.on(minutes=14, seconds=59)
    with pytest.raises(LockedOut) as locked:
        comes_in(engine, clock)
    assert locked.value.until == clock.at + timedelta(seconds=1)

    clock.on(seconds=1)
    assert comes_in(engine, clock)


def test_the_right_password_forgives_earlier_mistakes(engine: Engine, clock: HandClock) -> None:
    for _ in range(4):
        tries(engine, clock, "ha.ltt")
    comes_in(engine, clock)
    assert tries(engine, clock, "ha.ltt") == 4


def test_mistakes_are_forgotten_after_15_minutes(engine: Engine, clock: HandClock) -> None:
    assert tries(engine, clock, "ha.ltt") == 4
    clock.on(minutes=15, seconds=1)
    assert tries(engine, clock, "ha.ltt") == 4


def test_an_address_that_guesses_at_many_names_is_locked_but_others_are_not(
    engine: Engine, clock: HandClock
) -> None:
    for n in range(30):
        assert tries(engine, clock, f"ten.{n}") == 4
    with pytest.raises(LockedOut):
        comes_in(engine, clock)
    assert comes_in(engine, clock, address="10.0.0.2")


def test_attempts_at_once_cannot_outrun_the_count(engine: Engine, clock: HandClock) -> None:
    outcomes: list[int | str] = []

    class Slow(Passwords):
        def match(self, plain: str, stored: str | None) -> bool:  # noqa: ARG002 - the checker's signature
            # While this password is being checked, the next attempt arrives.
            if len(outcomes) < 9:
                outcomes.append(0)
                try:
                    sign_in(engine, Credentials("ha.ltt", "sai", "10.0.0.1"), passwords=self, clock=clock)
                except LockedOut:
                    outcomes.append("locked")
                except WrongPassword as refusal:
                    outcomes.append(refusal.tries_left)
            return False

    with pytest.raises(WrongPassword):
        sign_in(engine, Credentials("ha.ltt", "sai", "10.0.0.1"), passwords=Slow(), clock=clock)
    assert outcomes.count("locked") == 1
    assert tries(engine, clock, "ha.ltt") == "locked"


def test_a_password_typed_with_decomposed_letters_is_the_same_password(
    engine: Engine, clock: HandClock
) -> None:
    decomposed = unicodedata.normalize("NFD", PASSWORD)
    assert decomposed != PASSWORD
    assert comes_in(engine, clock, password=decomposed)


def test_a_login_is_the_same_in_capitals(engine: Engine, clock: HandClock) -> None:
    assert comes_in(engine, clock, " HA.LTT ")


@pytest.mark.parametrize("login", ["", "\x00", "hà", "\ud800", "x" * 5000, "' OR 1=1 --"])
def test_a_strange_login_is_only_a_wrong_one(database: Database, login: str) -> None:
    assert tries(an_office(database), HandClock(), login) == 4


def test_neither_cookies_nor_tokens_nor_passwords_are_stored(engine: Engine, clock: HandClock) -> None:
    cookie, token = comes_in(engine, clock), create_token(engine, "ha.ltt", "báo cáo", 30, clock=clock)
    tries(engine, clock, "mat-khau-go-nham-o")
    kept = engine.database.url.removeprefix("sqlite:///")
    with open(kept, "rb") as file:
        stored = file.read()
    assert b"ha.ltt" in stored
    for secret in (cookie, token, PASSWORD, "mat-khau-go-nham-o"):
        assert secret.encode() not in stored


def test_a_silent_browser_is_out_after_half_an_hour_and_a_busy_one_after_twelve(
    engine: Engine, clock: HandClock
) -> None:
    begun, silent, busy = clock.at, comes_in(engine, clock), comes_in(engine, clock)
    clock.on(minutes=29)
    assert who(engine, busy, clock=clock)
    clock.on(minutes=1)
    assert who(engine, silent, clock=clock) is None
    while clock.at < begun + timedelta(hours=11, minutes=40):
        clock.on(minutes=10)
        assert who(engine, busy, clock=clock)
    clock.on(minutes=20)
    assert who(engine, busy, clock=clock) is None


def test_moving_the_business_clock_signs_nobody_out_but_ends_grants(engine: Engine, clock: HandClock) -> None:
    cookie = comes_in(engine, clock)
    engine.set_clock(engine.now() + timedelta(days=200))
    viewer = who(engine, cookie, clock=clock)
    assert viewer is not None
    assert viewer.roles == {"unit_clerk"}


def test_a_grant_is_gone_the_day_after_its_last(engine: Engine, clock: HandClock) -> None:
    account = add_user(
        engine,
        login="tam.thoi",
        name="Đỗ Văn Tạm",
        password_hash=CHEAP.hash(PASSWORD),
        grants=[],
        clock=clock,
    )
    last = engine.today() + timedelta(days=1)
    with engine.database.transaction() as conn:
        grants.insert(
            conn,
            grant_id="g1",
            account_id=account,
            role="auditor",
            unit="LK",
            valid_from=date(2024, 1, 1),
            valid_to=last,
        )
    cookie = comes_in(engine, clock, "tam.thoi")

    def roles_now() -> frozenset[str]:
        viewer = who(engine, cookie, clock=clock)
        return viewer.roles if viewer else frozenset({"out"})

    assert roles_now() == {"auditor"}
    engine.set_clock(engine.now() + timedelta(days=1))
    assert roles_now() == {"auditor"}
    engine.set_clock(engine.now() + timedelta(days=1))
    assert roles_now() == set()


def test_a_closed_account_is_out_at_once_by_browser_and_token(engine: Engine, clock: HandClock) -> None:
    cookie, token = comes_in(engine, clock), create_token(engine, "ha.ltt", "báo cáo", clock=clock)
    assert who(engine, cookie, clock=clock)
    assert who_by_token(engine, token, clock=clock)

    close_account(engine, "ha.ltt", clock=clock)

    assert who(engine, cookie, clock=clock) is None
    assert who_by_token(engine, token, clock=clock) is None
    assert tries(engine, clock, "ha.ltt") == 4
    with pytest.raises(NotFound):
        create_token(engine, "ha.ltt", "nữa", clock=clock)


def test_a_token_opens_until_it_expires_or_is_revoked_by_its_owner(engine: Engine, clock: HandClock) -> None:
    short = create_token(engine, "ha.ltt", "một ngày", 1, clock=clock)
    lasting = create_token(engine, "ha.ltt", "mãi", clock=clock)
    clock.on(hours=24)
    assert who_by_token(engine, short, clock=clock) is None
    viewer = who_by_token(engine, lasting, clock=clock)
    assert viewer is not None
    assert (viewer.session, viewer.csrf) == ("", "")

    (left,) = tokens_of(engine, viewer.account_id, clock=clock)
    assert (left.label, left.used_at) == ("mãi", clock.at)
    auditor = viewer_of(engine, "tuan.pm")
    assert auditor is not None
    with pytest.raises(NotFound):
        revoke_token(engine, auditor.account_id, left.hash, clock=clock)
    revoke_token(engine, viewer.account_id, left.hash, clock=clock)
    assert who_by_token(engine, lasting, clock=clock) is None


@pytest.mark.parametrize(
    ("change", "field", "kind"),
    [
        ({"login": "Hà"}, "login", "login_form"),
        ({"login": "ha.ltt"}, "login", "login_taken"),
        ({"name": " "}, "name", "blank"),
        ({"grants": [("clock", "LK")]}, "role", "not_in_list"),
        ({"grants": [("auditor", "XX")]}, "unit", "no_such_unit"),
        ({"person_id": "nobody"}, "person", "nobody_known"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_its_field(
    engine: Engine, change: dict[str, object], field: str, kind: str
) -> None:
    told: dict[str, object] = {
        "login": "moi",
        "name": "Vũ Mới",
        "password_hash": "x",
        "grants": [("auditor", "LK")],
    }
    with pytest.raises(Invalid) as refused:
        add_user(engine, **(told | change))  # type: ignore[arg-type]  # one field is wrong on purpose
    assert [(w.field, w.type) for w in refused.value.fields] == [(field, kind)]
    assert validation(kind, {}, "vi") != validation("other", {}, "vi")
    with engine.database.reading() as conn:
        assert people.account_by_login(conn, "moi") is None


def test_one_person_may_have_two_accounts(engine: Engine) -> None:
    first = viewer_of(engine, "ha.ltt")
    assert first is not None
    add_user(
        engine,
        login="ha.hoidong",
        name=first.name,
        password_hash="x",
        grants=[("council_member", "LK")],
        person_id=first.person_id,
    )
    second = viewer_of(engine, "ha.hoidong")
    assert second is not None
    assert second.person_id == first.person_id
    assert second.account_id != first.account_id


@pytest.mark.parametrize("password", ["ngắn", "tôi là ha.ltt", "HA.LTT-2024"])
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        refuse_weak("ha.ltt", password)


# ------------------------------------------------------------------ at the door


def test_a_wrong_password_and_an_unknown_name_read_the_same(engine: Engine, clock: HandClock) -> None:
    browser = a_door(engine, clock)
    known, unknown = enter(browser, password="sai"), enter(browser, "khong.co", "sai")
    assert known.status_code == unknown.status_code == 422
    assert WRONG.format(4) in known.text
    assert known.text.replace("ha.ltt", "khong.co") == unknown.text
    assert 'value="sai"' not in known.text


def test_the_fifth_mistake_says_that_the_door_is_locked_then_until_when(
    engine: Engine, clock: HandClock
) -> None:
    browser = a_door(engine, clock)
    answers = [enter(browser, password="sai") for _ in range(6)]
    assert "Tạm khóa 15 phút." in answers[4].text
    assert answers[5].status_code == 429
    until = (clock.at + timedelta(minutes=15)).astimezone(ZONE).strftime("%H:%M")
    assert f"Thử lại sau {until}." in answers[5].text
    assert "sid" not in "".join(answers[5].headers.get_list("set-cookie"))


def test_signing_in_again_ends_the_session_before(engine: Engine, clock: HandClock) -> None:
    browser = a_door(engine, clock)
    enter(browser)
    first = browser.cookies["__Host-sid"]
    enter(browser)
    second = browser.cookies["__Host-sid"]
    assert first != second
    assert who(engine, first, clock=clock) is None
    assert who(engine, second, clock=clock)


def test_signing_out_ends_this_browser_and_signing_out_everywhere_ends_all(
    engine: Engine, clock: HandClock
) -> None:
    here, there = a_door(engine, clock), a_door(engine, clock)
    enter(here), enter(there)
    here.post("/sign-out", data={"csrf": csrf_of(here)})
    assert here.get("/account").headers["location"].startswith("/sign-in")
    assert there.get("/account").status_code == 200

    enter(here)
    there.post("/account/sign-out-everywhere", data={"csrf": csrf_of(there)})
    assert here.get("/account").headers["location"].startswith("/sign-in")
    assert there.get("/account").headers["location"].startswith("/sign-in")


def test_a_new_password_signs_other_browsers_out_and_replaces_the_old(
    engine: Engine, clock: HandClock
) -> None:
    here, there = a_door(engine, clock), a_door(engine, clock)
    enter(here), enter(there)
    new = "mưa rào tháng bảy"
    form = {"csrf": csrf_of(here), "password": PASSWORD, "new_password": new, "again": new}

    assert "chưa đúng" in here.post("/account/password", data=form | {"password": "sai"}).text
    assert "Ngắn quá" in here.post("/account/password", data=form | {"new_password": "a", "again": "a"}).text
    assert "không giống nhau" in here.post("/account/password", data=form | {"again": "khác"}).text
    assert enter(a_door(engine, clock), password=new).status_code == 422

    assert here.post("/account/password", data=form).status_code == 303
    assert "Đã đổi mật khẩu" in here.get("/account").text
    assert "Đã đổi mật khẩu" not in here.get("/account").text
    assert there.get("/account").status_code == 303
    assert enter(there, password=PASSWORD).status_code == 422
    assert enter(there, password=new).status_code == 303


def test_a_token_is_shown_once_and_can_be_taken_back(engine: Engine, clock: HandClock) -> None:
    browser = a_door(engine, clock)
    enter(browser)
    form = {"csrf": csrf_of(browser), "label": "Sổ <b>điện tử</b>", "days": "30"}
    shown = browser.post("/account/tokens", data=form).text
    token = shown.split('id="new-token" readonly value="')[1].split('"')[0]
    assert who_by_token(engine, token, clock=clock)
    listed = browser.get("/account").text
    assert token not in listed
    assert "Sổ &lt;b&gt;điện tử" in listed

    stored = listed.split('name="token" value="')[1].split('"')[0]
    browser.post("/account/tokens/revoke", data={"csrf": csrf_of(browser), "token": stored})
    assert who_by_token(engine, token, clock=clock) is None
    assert browser.post("/account/tokens", data=form | {"label": ""}).status_code == 422
    assert browser.post("/account/tokens", data=form | {"days": "9999"}).status_code == 422


def test_one_cannot_take_back_the_token_of_another(engine: Engine, clock: HandClock) -> None:
    token = create_token(engine, "tuan.pm", "kiểm tra", clock=clock)
    auditor = viewer_of(engine, "tuan.pm")
    assert auditor is not None
    browser = a_door(engine, clock)
    enter(browser)
    form = {"csrf": csrf_of(browser), "token": tokens_of(engine, auditor.account_id, clock=clock)[0].hash}
    assert browser.post("/account/tokens/revoke", data=form).status_code == 404
    assert who_by_token(engine, token, clock=clock)


def test_an_account_closed_meanwhile_is_out_on_its_next_page(engine: Engine, clock: HandClock) -> None:
    browser = a_door(engine, clock)
    enter(browser)
    assert browser.get("/account").status_code == 200
    close_account(engine, "ha.ltt", clock=clock)
    assert browser.get("/account").headers["location"].startswith("/sign-in")
