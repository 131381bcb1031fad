"""The rail leads to what a person may open."""

from collections.abc import Iterator
from dataclasses import dataclass

from states.labels import Lang, label
from states.roles import OFFICE_OF, UNIT_ROLES, Role
from web.language import say
from workflow.overdue import LEADERS
from workflow.packages.receiving import RECEIVERS
from workflow.people.identity import Viewer
from workflow.year.plan_year import WATCHERS

REPORTING = frozenset({*UNIT_ROLES, *OFFICE_OF, "auditor"})
"""Who owes reports or reads them."""


OF_THE_COUNCIL = frozenset(
    {
        *(str(role) for role in Role if role.startswith("council_")),
        *("home_affairs_officer", "home_affairs_head", "culture_social_officer", "culture_social_head"),
        *("chairman", "auditor"),
    }
)
"""Who may see sessions."""
BESIDE = {"/councils": "/sessions"}
"""Parts whose pages stand under another one's entry."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The person as the top bar shows them."""

    name: str
    role_label: str
    initials: str

    @classmethod
    def of(cls, viewer: Viewer, lang: Lang) -> "Shown":
        """Two roles at most; the initials are of the two last words, as people call each other."""
        roles = dict.fromkeys(label("role", grant.role, lang) for grant in viewer.grants)
        return cls(
            name=viewer.name,
            role_label=", ".join(list(roles)[:2]),
            initials="".join(word[0].upper() for word in viewer.name.split()[-2:]),
        )


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the rail."""

    href: str
    label: str
    icon: str
    current: bool


def navigation(held: frozenset[str], paths: frozenset[str], part: str, lang: Lang) -> list[Link]:
    """The entries whose pages there are and for which one of the roles held is enough; ``part`` is the current one."""
    return [
        Link(href, words, icon, href == part)
        for href, words, icon, roles in _entries(lang)
        if href in paths and (not roles or held & roles)
    ]


def part_of(path: str) -> str:
    """The part of the system a page belongs to: "/dossiers" of "/dossiers/HS-2024-1"."""
    part = "/" + path[1:].partition("/")[0]
    return BESIDE.get(part, part)


def _entries(lang: Lang) -> Iterator[tuple[str, str, str, frozenset[str]]]:
    everyone: frozenset[str] = frozenset()
    yield "/inbox", say(lang, "Việc của tôi"), "inbox", everyone
    yield "/signing", say(lang, "Trình ký"), "pen", frozenset({"chairman"})
    yield "/dossiers", say(lang, "Hồ sơ"), "folder2", everyone
    yield "/reports", say(lang, "Báo cáo"), "file-earmark-text", REPORTING
    yield (
        "/packs",
        say(lang, "Gói báo cáo"),
        "box-arrow-up",
        frozenset({"education_officer", "education_head"}),
    )
    yield "/sessions", say(lang, "Hội đồng"), "people", OF_THE_COUNCIL
    yield "/year", say(lang, "Kế hoạch năm"), "calendar-event", WATCHERS
    yield "/obligations", say(lang, "Nghĩa vụ"), "grid-3x3-gap", WATCHERS
    yield "/deadlines", say(lang, "Hạn xử lý"), "alarm", LEADERS
    yield "/calendar", say(lang, "Lịch làm việc"), "calendar-check", everyone
    yield "/register", say(lang, "Sổ khen thưởng"), "award", everyone
    yield "/received", say(lang, "Gói nhận về"), "inboxes", RECEIVERS
    yield "/notices", say(lang, "Thông báo"), "bell", everyone
    yield "/audit", say(lang, "Nhật ký"), "journal-text", frozenset({"auditor"})
    yield "/process", say(lang, "Quy trình"), "diagram-3", everyone
