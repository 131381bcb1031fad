"""The places of a demo with everybody who signs in there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count

from db import people, units
from db.units import Unit
from workflow.demo.world import DemoAccount, DemoWorld, demo_world
from workflow.engine import Engine
from workflow.people.accounts import add_user
from workflow.people.identity import Viewer, viewer_of
from workflow.people.preferences import set_contact
from workflow.people.tokens import create_token

EVERY = 20
"""How many accounts go by between two words of progress."""


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """A way into the demo: for a person by password, for a program by token; roles are (role, unit)."""

    login: str
    password: str
    token: str
    name: str
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in a demo, by login; each is looked up once."""

    engine: Engine
    _known: dict[str, Viewer] = field(default_factory=dict)

    def __getitem__(self, login: str) -> Viewer:
        if login not in self._known:
            viewer = viewer_of(self.engine, login)
            assert viewer is not None, login
            self._known[login] = viewer
        return self._known[login]


def settle(
    engine: Engine,
    *,
    password: str,
    password_hash: str,
    report: Callable[[str], None],
    year: int,
) -> list[DemoLogin]:
    """Store the units, open every account with the one password, give each a token of its own."""
    world = demo_world(year)
    _found_units(engine, world)
    # Who a second account belongs to is there before it.
    owners_first = sorted(world.accounts, key=lambda account: account.person != account.login)
    logins, total = [], len(owners_first)
    for account, number in zip(owners_first, count(1)):
        _open_account(engine, world, account, password_hash)
        token = create_token(engine, account.login, "demo")
        logins.append(DemoLogin(account.login, password, token, account.name, account.grants))
        if number % EVERY == 0 or number == total:
            report(f"Đang mở tài khoản {number}/{total} … / Opening accounts {number}/{total} …")
    return logins


def _found_units(engine: Engine, world: DemoWorld) -> None:
    with engine.database.transaction() as conn:
        for position, found in enumerate(world.units):
            units.insert_unit(
                conn,
                Unit(
                    id=found.id,
                    kind=found.kind,
                    body=found.body,
                    name_vi=found.name_vi,
                    name_en=found.name_en,
                    short_vi=found.short_vi,
                    short_en=found.short_en,
                    valid_from=found.valid_from,
                    valid_to=found.valid_to,
                    position=position,
                ),
            )


def _open_account(engine: Engine, world: DemoWorld, account: DemoAccount, password_hash: str) -> None:
    id_ = add_user(
        engine,
        login=account.login,
        name=account.name,
        password_hash=password_hash,
        grants=account.grants,
        person_id=_person_of(engine, account),
        valid_from=max(world.unit(unit).valid_from for _, unit in account.grants),
    )
    # Addresses under .example reach nobody, whatever mail server a demonstration is given.
    set_contact(engine, id_, email=f"{account.login}@longkhanh.example", lang="vi")


def _person_of(engine: Engine, account: DemoAccount) -> str | None:
    """The id of who has another account already; None for somebody new."""
    if account.person == account.login:
        return None
    with engine.database.reading() as conn:
        found = people.account_by_login(conn, account.person)
    assert found is not None  # owners come first
    return found.person_id


def in_file_order(logins: Iterable[DemoLogin], year: int) -> list[DemoLogin]:
    """The logins as the file lists them: who decides first."""
    places = {account.login: place for place, account in enumerate(demo_world(year).accounts)}
    return sorted(logins, key=lambda login: places[login.login])
