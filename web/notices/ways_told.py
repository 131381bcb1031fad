"""What the account page shows of how a person is told."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from db import preferences
from db.engine import Connection
from db.preferences import Preference
from notifications.letters import word, wording
from states.labels import Lang, label
from web.language import say
from workflow.engine import Engine
from workflow.people.identity import Viewer
from workflow.people.preferences import acts_told, lang_of, when


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind of notice with when it is mailed."""

    act: str
    label: str
    when: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The notices of one kind of case; those that tell of several kinds stand together."""

    heading: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a person is written to, when, whether their calendar is open."""

    email: str
    lang: str
    choices: tuple[Choices, ...]
    moments: tuple[tuple[str, str], ...]
    calendar: bool


def ways_told(engine: Engine, conn: Connection, viewer: Viewer, lang: Lang) -> Ways:
    """The person's choices; only notices that can reach one of their roles."""
    preference = preferences.of(conn, viewer.account_id)
    return Ways(
        email=preference.email,
        lang=lang_of(preference),
        choices=_choices(acts_told(engine, viewer.roles), preference, lang),
        moments=(
            ("now", say(lang, "Gửi thư ngay")),
            ("digest", say(lang, "Gom vào thư mỗi sáng")),
            ("bell", say(lang, "Chỉ hiện ở chuông")),
        ),
        calendar=preference.calendar_hash is not None,
    )


def _choices(acts: Mapping[str, frozenset[str]], preference: Preference, lang: Lang) -> tuple[Choices, ...]:
    """What is told of several kinds first, then kind by kind."""
    groups: dict[str, list[Choice]] = defaultdict(list)
    for act, kinds in acts.items():
        kind = next(iter(kinds)) if len(kinds) == 1 else ""
        groups[kind].append(Choice(act, label("act", act, lang), when(preference, act)))
    headings = {"": say(lang, "Mọi loại việc")} | {
        kind: word("group", kind, lang) for kind in wording()["group"]
    }
    return tuple(Choices(said, tuple(groups[kind])) for kind, said in headings.items() if kind in groups)
