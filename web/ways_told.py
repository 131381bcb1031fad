"""What the account page shows of how a person is told."""

from dataclasses import dataclass

from db import preferences
from db.engine import Connection
from states.labels import Lang, label
from web.language import say
from workflow.engine import Engine
from workflow.identity import Viewer
from workflow.preferences import acts_told, lang_of, when


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind of notice with when it is mailed."""

    act: str
    label: str
    when: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a person is written to, when, whether their calendar is open."""

    email: str
    lang: str
    choices: tuple[Choice, ...]
    moments: tuple[tuple[str, str], ...]
    calendar: bool


def ways_told(engine: Engine, conn: Connection, viewer: Viewer, lang: Lang) -> Ways:
    """The person's choices; only notices that can reach one of their roles."""
    preference = preferences.of(conn, viewer.account_id)
    acts = acts_told(engine, viewer.roles)
    return Ways(
        email=preference.email,
        lang=lang_of(preference),
        choices=tuple(Choice(act, label("act", act, lang), when(preference, act)) for act in acts),
        moments=(
            ("now", say(lang, "Gửi thư ngay")),
            ("digest", say(lang, "Gom vào thư mỗi sáng")),
            ("bell", say(lang, "Chỉ hiện ở chuông")),
        ),
        calendar=preference.calendar_hash is not None,
    )
