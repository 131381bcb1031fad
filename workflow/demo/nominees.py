"""Who the demo proposes: invented people, groups, with a few sentences on what they did."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from typing import Any

from states.awards import award
from states.council.subject_classes import suggested
from states.document import Document
from workflow.demo.story import Share, Story, stories
from workflow.demo.world import DemoPerson, demo_world, parsed

FIRST = 2024
"""The demo whose sentences the later ones change."""
TEAMS = ("Tổ ", "Đội ", "Nhóm ", "Bộ phận ")


@cache
def demo_words(year: int) -> Mapping[str, Any]:
    """The sentences people of a demo write: achievements, reasons, notes; a later year changes some."""
    words = parsed(f"words_{FIRST}.toml")
    changed = parsed(f"words_{year}.toml")
    return {part: {**said, **changed.get(part, {})} for part, said in words.items()}


@cache
def nominees(year: int) -> Mapping[int, list[Document]]:
    """The nominations of every dossier by its number; nobody is proposed by two units."""
    world = demo_world(year)
    kinds = {unit.id: unit.kind for unit in world.units}
    pools = {kind: iter(people) for kind, people in world.people.items()}
    return {s.number: list(_nominations(s, pools[kinds[s.unit]], pools["resident"])) for s in stories(year)}


def _nominations(
    story: Story, staff: Iterator[DemoPerson], residents: Iterator[DemoPerson]
) -> Iterator[Document]:
    place, named = count(1), iter(story.named)
    for share in story.shares:
        for _ in range(share.count):
            position = next(place)
            subject = _classed(
                _subject(story, position, share, named, residents if share.subjects == "residents" else staff)
            )
            yield {
                "award": share.award,
                "subject": subject,
                "achievement": _achievement(story, share, position),
            }


def _subject(
    story: Story, position: int, share: Share, named: Iterator[str], pool: Iterator[DemoPerson]
) -> Document:
    if position in story.persons:
        login, post = story.persons[position]
        name = next(account.name for account in demo_world(story.year).accounts if account.login == login)
        return {"type": "individual", "name": name, "title": post, "person": login}
    if share.subjects in ("staff", "residents") and award(share.award).fits_subject("individual"):
        person = next(pool)
        return {"type": "individual", "name": person.name, "title": person.post}
    own_type = award(share.award).subject
    return {"type": share.subjects if own_type == "any" else own_type, "name": next(named)}


def _classed(subject: Document) -> Document:
    """The subject as units of the demo note it: persons as their post says, teams as small."""
    if subject["type"] == "collective":
        return {**subject, "class": "small" if subject["name"].startswith(TEAMS) else "ordinary"}
    class_ = suggested(subject["type"], subject.get("title", ""))
    return {**subject, "class": class_} if class_ else subject


def _achievement(story: Story, share: Share, position: int) -> str:
    """A deed of this dossier where it tells of some, else what is usual for the award; figures differ by place."""
    words = demo_words(story.year)["achievements"]
    turn = story.number + position
    figures = {"few": 2 + turn % 5, "many": 18 + turn * 7 % 40, "percent": 91 + turn % 9}
    usual = words.get(share.award) or words["form"]
    closing = words["closing"][turn % len(words["closing"])]
    opening = story.deeds[position % len(story.deeds)] if story.deeds else usual[turn % len(usual)]
    return f"{opening} {closing}".format(**figures)
