"""Accounts, tokens, notices, verification from the command line."""

import sys
import time
from dataclasses import asdict
from typing import Annotated

import typer

from cli.root import engine_of, opened, settings_from_environment
from cli.speech import UNVERIFIED, USAGE, In, Json, Language, Speech
from db import outbox as outbox_table
from web.api.shapes import VerificationAnswer
from web.history.seals import why
from workflow import mailing
from workflow.auditing import verification as audit
from workflow.engine import ZONE
from workflow.people.accounts import add_user, refuse_weak
from workflow.people.passwords import Passwords
from workflow.people.tokens import create_token

user = typer.Typer(no_args_is_help=True, help="Accounts")
token = typer.Typer(no_args_is_help=True, help="API tokens")
PAUSE = 10
"""Seconds between two rounds of sending."""
Login = Annotated[str, typer.Argument(help="The account's login")]


def verify(as_json: Json = False, lang: In = Language.vi) -> None:
    """Check every chain, every commitment, every row against its history."""
    speech = Speech.of(lang, as_json)
    with opened(speech) as engine:
        found = audit.verify(engine)
    bad = found.first_bad
    if bad:
        said = speech.word("first_bad", case=bad.case, seq=bad.seq, why=why(bad.why, speech.lang))
    else:
        said = speech.word("verified", cases=found.cases, entries=found.entries)
    speech.answer(VerificationAnswer.of(found).model_dump(mode="json"), [said])
    if bad:
        raise typer.Exit(UNVERIFIED)


def outbox(
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 200,
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """The notices that wait to be sent, oldest first."""
    speech = Speech.of(lang, as_json)
    with opened(speech) as engine, engine.database.reading() as conn:
        waiting = outbox_table.listed(conn, status="waiting", limit=limit)
    documents = [
        {"at": w.created_at.astimezone(ZONE).isoformat(), "notice": w.notice, "role": w.role, "unit": w.unit}
        for w in waiting
    ]
    speech.answer(documents, ["{at}  {notice:20} {role}@{unit}".format(**document) for document in documents])


def pump(
    once: Annotated[bool, typer.Option("--once", help="One pass, then end")] = False,
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """Put the morning's digests together and send the notices that wait; again and again unless told once."""
    speech = Speech.of(lang, as_json)
    settings = settings_from_environment(speech)
    with engine_of(settings, speech) as engine:
        while True:
            now = engine.now()
            mailing.digest(engine, settings, now)
            done = asdict(mailing.pump(engine, settings, now))
            speech.answer(done, [speech.word("pumped", **done)])
            if once:
                return
            time.sleep(PAUSE)


@user.command("add")
def user_add(
    login: Login,
    name: Annotated[str, typer.Option(help="The person's full name")],
    role: Annotated[list[str], typer.Option(help="ROLE@UNIT; may be given again")],
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """Open an account; the password is asked for, or read as one line where nobody types."""
    speech = Speech.of(lang, as_json)
    grants = [(what, where) for what, _, where in (one.partition("@") for one in role)]
    if not all(what and where for what, where in grants):
        speech.stop(USAGE, speech.word("role_at_unit"))
    password = _password(speech)
    with opened(speech) as engine, speech.refusing():
        refuse_weak(login, password)
        id_ = add_user(
            engine, login=login, name=name, password_hash=Passwords().hash(password), grants=grants
        )
    speech.answer({"id": id_, "login": login}, [speech.word("user_added", login=login)])


@token.command("create")
def token_create(
    login: Login,
    label: Annotated[str, typer.Option(help="What it is for")] = "command line",
    days: Annotated[
        int | None, typer.Option(min=1, max=3650, help="How long it lasts; else until revoked")
    ] = None,
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """Give a program a way in under somebody's name."""
    speech = Speech.of(lang, as_json)
    with opened(speech) as engine, speech.refusing():
        secret = create_token(engine, login, label, days)
    if not as_json:
        print(speech.word("token_once"), file=sys.stderr)
    speech.answer({"login": login, "token": secret}, [secret])


def _password(speech: Speech) -> str:
    if sys.stdin.isatty():
        return str(typer.prompt(speech.word("password"), hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
