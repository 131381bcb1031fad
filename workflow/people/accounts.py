"""Accounts are opened, closed, given another password."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from db import grants as grant_table, people, sign_ins, units
from db.engine import Connection
from db.people import Account, Person
from db.text import nfc
from states.roles import PSEUDO_ROLES, Role
from workflow.engine import Engine, real_now
from workflow.people.identity import Clock, Viewer, WrongPassword, checked
from workflow.people.passwords import Passwords
from workflow.problems import Invalid, NotFound, Wrong

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
SHORTEST_PASSWORD = 10
ADMITTED = {role.value for role in Role} - PSEUDO_ROLES


def add_user(
    engine: Engine,
    *,
    login: str,
    name: str,
    password_hash: str,
    grants: Iterable[tuple[str, str]],
    person_id: str | None = None,
    valid_from: date | None = None,
    clock: Clock = real_now,
) -> str:
    """Open an account with its grants, pairs of role and unit; returns the account's id.

    Without ``person_id`` a new person of that name is stored; without ``valid_from`` the grants hold from
    the business day on. Hash the password with ``Passwords().hash`` after ``refuse_weak``.

    Raises:
        Invalid: the login is malformed or taken, the name empty, a role or unit or the person unknown.
    """
    given = list(grants)
    with engine.database.transaction() as conn:
        if wrong := list(_wrong(conn, login, name, given, person_id)):
            raise Invalid(*wrong)
        if person_id is None:
            person_id = engine.source.new_id()
            people.insert_person(conn, Person(person_id, nfc(name)))
        account_id = engine.source.new_id()
        people.insert_account(conn, Account(account_id, login, person_id, password_hash, None, clock()))
        for role, unit in given:
            grant_table.insert(
                conn,
                grant_id=engine.source.new_id(),
                account_id=account_id,
                role=role,
                unit=unit,
                valid_from=valid_from or engine.today(),
            )
    return account_id


def close_account(engine: Engine, login: str, *, clock: Clock = real_now) -> None:
    """Bar an account; its browsers and tokens are out at once. Raises NotFound."""
    with engine.database.transaction() as conn:
        account = people.account_by_login(conn, login)
        if account is None:
            raise NotFound
        people.disable(conn, account.id, clock())


def refuse_weak(login: str, password: str) -> None:
    """Raises Invalid for a password that is too short or holds the login."""
    typed = nfc(password)
    if len(typed) < SHORTEST_PASSWORD:
        raise Invalid(Wrong("new_password", "string_too_short", {"min_length": SHORTEST_PASSWORD}))
    if login in typed.lower():
        raise Invalid(Wrong("new_password", "password_holds_login", {}))


def change_password(
    engine: Engine,
    viewer: Viewer,
    *,
    present: str,
    new: str,
    address: str,
    passwords: Passwords,
    clock: Clock,
) -> None:
    """Replace one's own password and sign every other browser out.

    Raises:
        Invalid: the present password is wrong, or the new one weak.
        LockedOut: the present password was wrong too often.
    """
    refuse_weak(viewer.login, new)
    try:
        account, now = checked(engine, viewer.login, present, address, passwords, clock)
    except WrongPassword:
        raise Invalid(Wrong("password", "password_wrong", {})) from None
    stored = passwords.hash(new)
    with engine.database.transaction() as conn:
        people.set_password_hash(conn, account.id, stored)
        sign_ins.end_all_sign_ins(conn, account.id, now, except_hash=viewer.session or None)


def _wrong(
    conn: Connection, login: str, name: str, grants: list[tuple[str, str]], person_id: str | None
) -> Iterator[Wrong]:
    if not LOGIN.fullmatch(login):
        yield Wrong("login", "login_form", {})
    elif people.account_by_login(conn, login) is not None:
        yield Wrong("login", "login_taken", {})
    if not name.strip():
        yield Wrong("name", "blank", {})
    if person_id is not None and people.person(conn, person_id) is None:
        yield Wrong("person", "nobody_known", {})
    for role, unit in grants:
        if role not in ADMITTED:
            yield Wrong("role", "not_in_list", {})
        if units.unit(conn, unit) is None:
            yield Wrong("unit", "no_such_unit", {})
