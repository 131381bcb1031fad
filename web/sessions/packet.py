"""What a member reads before the vote, one dossier after the other, on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db.engine import Connection
from db.papers import CasePaper
from states.awards import AWARDS
from states.council.shares import needed
from states.decide import Actor
from states.kinds import page_of
from states.labels import Lang, label
from web.access import signed_in, viewer
from web.api.route import Ref
from web.award_names import award_short
from web.cases.rows import period_name
from web.dossiers.appraisal import conditions
from web.dossiers.paper_list import Missing, missing, papers
from web.language import language, say
from web.rendering import page
from web.sessions.parts import Interest, interests_of, state_of
from web.site import site
from workflow.council import session_reading
from workflow.council.session_reading import ItemView, SessionView
from workflow.dossiers import reading
from workflow.dossiers.reading import DossierView, NominationView
from workflow.engine import ZONE, Engine
from workflow.problems import NotFound

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Said:
    """One line about a nomination; ``kind`` is rule, warning or opinion."""

    kind: str
    text: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Nominee:
    """One nomination as a member reads it; ``warnings`` counts its lines that warn."""

    id: str
    name: str
    title: str
    achievement: str
    said: tuple[Said, ...]
    papers: tuple[CasePaper, ...]

    @property
    def warnings(self) -> int:
        """How many of its lines warn."""
        return sum(one.kind == "warning" for one in self.said)


@dataclass(frozen=True, slots=True)
class Group:
    """The nominations for one award, with the votes it needs."""

    award: str
    needed: str
    nominees: tuple[Nominee, ...]


@router.get("/sessions/{ref}/packet")
@signed_in
async def packet(request: Request, ref: Ref, n: int = 1) -> Response:
    """One dossier of the agenda; the first unless a number is asked for."""
    engine, lang, actor = site(request).engine, language(request), viewer(request).actor
    with engine.database.reading() as conn:
        view, loaded = session_reading.session(engine, conn, ref, actor)
        if not view.items:
            raise NotFound
        place = min(max(n, 1), len(view.items))
        item = view.items[place - 1]
        dossier = _dossier(engine, conn, item, actor)
    weighed = reading.acts(engine, loaded, actor)
    return page(
        request,
        "sessions/packet.html",
        session=view,
        facts=view.session,
        view=view.of,
        ref=ref,
        here=page_of(ref),
        place=place,
        count=len(view.items),
        item=item,
        unit=item.unit.name(lang),
        period=period_name(item.record.period, lang),
        state=state_of(view.session, item.ref),
        station_label=view.of.definition.stations[view.session.station].label[lang],
        recorded=recorded(view, lang),
        interests=_interests(view, item, lang),
        may_declare=any(one.act == "declare_conflict" and one.allowed for one in weighed),
        groups=_groups(view, item, dossier, lang),
        papers=[one for one in papers(dossier, lang) if not one.about],
        missing=[one.label for one in missing(dossier, lang)],
    )


def _dossier(engine: Engine, conn: Connection, item: ItemView, actor: Actor) -> DossierView:
    return reading.dossier(engine, conn, item.ref, actor)[0]


def recorded(view: SessionView, lang: Lang) -> str:
    """What was noted of the reader's attendance, with the time; empty before the session began."""
    seat = view.seat
    attendance = view.session.attendance.get(seat, "")
    if not seat or not attendance:
        return ""
    noted = [
        entry
        for entry in view.of.entries
        if entry.act == "open_session" or (entry.act == "mark_attendance" and entry.args.get("seat") == seat)
    ]
    hour = f"{noted[-1].at.astimezone(ZONE):%H:%M}" if noted else ""
    how = label("attendance", attendance, lang)
    return say(lang, "Đã ghi nhận lúc %(hour)s: %(how)s.", hour=hour, how=how[:1].lower() + how[1:])


def _interests(view: SessionView, item: ItemView, lang: Lang) -> list[Interest]:
    return list(interests_of(view, view.seat, lang, dossier=item.ref)) if view.seat else []


def _groups(view: SessionView, item: ItemView, dossier: DossierView, lang: Lang) -> list[Group]:
    """The nominations by award, as the session votes on them."""
    asked = {id_: one.award for id_, one in item.item.nominations.items()}
    absent = missing(dossier, lang)
    return [
        Group(
            award_short(award, lang),
            _needed(view, award, lang),
            tuple(
                _nominee(dossier, one, absent, lang)
                for one in dossier.nominations
                if asked.get(one.id) == award
            ),
        )
        for award in dict.fromkeys(asked[one.id] for one in dossier.nominations if one.id in asked)
    ]


def _needed(view: SessionView, award: str, lang: Lang) -> str:
    if view.council is None:
        return ""
    rule, members = view.council.rule(award), len(view.session.members)
    votes = needed(rule.share, members, strict=rule.strict)
    return say(lang, "Cần %(n)s đồng ý trong tổng số %(all)s thành viên.", n=votes, all=members)


def _nominee(dossier: DossierView, one: NominationView, absent: Sequence[Missing], lang: Lang) -> Nominee:
    own = tuple(p for p in dossier.papers if p.nomination_id == one.id and not p.replaced_by)
    return Nominee(
        one.id,
        one.name,
        one.title,
        one.achievement,
        (
            *_opinions(one, lang),
            *_asked(one, lang),
            *_conditions(dossier, one, lang),
            *_absent(absent, one, lang),
        ),
        own,
    )


def _opinions(one: NominationView, lang: Lang) -> list[Said]:
    """What each office said; anything but agreement warns."""
    return [
        Said(
            "opinion" if opinion.verdict == "recommended" else "warning",
            f"{label('office_short', office, lang)}: {label('verdict', opinion.verdict, lang)}",
            opinion.reason,
        )
        for office, opinion in one.opinions.items()
    ]


def _asked(one: NominationView, lang: Lang) -> list[Said]:
    if not one.facts.asked:
        return []
    before = award_short(one.facts.asked, lang)
    return [Said("warning", say(lang, "Đề nghị ban đầu: %(award)s", award=before))]


def _conditions(dossier: DossierView, one: NominationView, lang: Lang) -> list[Said]:
    """The conditions of the award, for reading: nothing here was evaluated."""
    award, regime = AWARDS[one.facts.award], dossier.definition.regime
    return [
        Said("rule", found.text_vi if lang == "vi" else found.text_en, found.source)
        for found in conditions(award, one.facts.subject_type, regime)
    ]


def _absent(absent: Sequence[Missing], one: NominationView, lang: Lang) -> list[Said]:
    """Papers the award wishes for that are not there."""
    wished = set(AWARDS[one.facts.award].docs)
    return [
        Said("warning", say(lang, "Chưa có %(paper)s", paper=paper.label))
        for paper in absent
        if paper.code in wished
    ]
