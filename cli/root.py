"""The composition root: settings become an open engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from cli.speech import REFUSED, USAGE, Speech
from db.blobs import BlobStore
from db.definitions import DefinitionChanged
from db.engine import Database
from db.migrate import Unreachable, migrate
from states.decide import Actor
from workflow.engine import Engine
from workflow.people.identity import viewer_of
from workflow.settings import Settings


def settings_from_environment(speech: Speech) -> Settings:
    """What ``KHENTHUONG_…`` says; ends the command where that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        speech.stop(USAGE, speech.word("bad_settings", why=error))


@contextmanager
def engine_of(settings: Settings, speech: Speech) -> Iterator[Engine]:
    """The open engine over a database that is brought up to date; makes the data folder where it is missing."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        database = Database(settings.database_url)
    except (ValueError, OSError) as error:
        speech.stop(USAGE, speech.word("bad_settings", why=error))
    try:
        migrate(database)
        engine = Engine(database, BlobStore(settings.data / "blobs")).open()
    except Unreachable as error:
        database.close()
        speech.stop(USAGE, speech.word("unreachable", why=error))
    except DefinitionChanged as changed:
        database.close()
        speech.stop(REFUSED, speech.word("definition_changed", name=changed.definition_id))
    try:
        yield engine
    finally:
        database.close()


@contextmanager
def opened(speech: Speech) -> Iterator[Engine]:
    """The engine of the environment's settings, closed afterwards."""
    with engine_of(settings_from_environment(speech), speech) as engine:
        yield engine


def person(engine: Engine, login: str, speech: Speech) -> Actor:
    """The person behind a login; ends the command where there is none."""
    viewer = viewer_of(engine, login)
    if viewer is None:
        speech.stop(REFUSED, speech.word("as_whom", login=login))
    return viewer.actor
