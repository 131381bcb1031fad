"""What the small page of an act of a session asks for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from states.awards import lower_awards
from states.council.session import Candidate
from states.document import Document
from states.labels import Lang, label
from web.award_names import award_short
from web.cases.acting import filled, typed
from web.language import say
from workflow.council.session_reading import ItemView, SessionView
from workflow.dossiers.entries import words_at

Options = tuple[tuple[str, str], ...]
SIMPLE = frozenset(
    {
        *("change_session", "convene", "cancel_session", "open_session", "open_round", "close_round"),
        *("propose_lower", "set_aside", "postpone_item", "declare_conflict", "lift_conflict"),
        *("close_session", "sign_minutes", "send_back_minutes", "extend"),
    }
)
"""The acts done on a small page of their own."""
SEVERAL = frozenset({"nominations"})
"""Fields of which one ticks as many as one likes."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field; ``kind`` is line, area, date, time, choice, ticks or hidden."""

    name: str
    kind: str
    value: str = ""
    options: Options = ()
    ticked: frozenset[str] = frozenset()
    required: bool = True
    hint: str = ""


def fields_of(act: str, view: SessionView, asked: Mapping[str, Any], lang: Lang) -> tuple[Field, ...]:
    """The fields of an act; ``asked`` is the form or the address: which dossier, which nomination, what was typed."""
    made = {"change_session": _change, "lift_conflict": _lift, "extend": _extend}
    if act in made:
        return tuple(made[act](view, asked))
    of_a_dossier = {
        "open_round": _round,
        "propose_lower": _lower,
        "set_aside": _aside,
        "postpone_item": _nothing_more,
        "declare_conflict": _declare,
    }
    if act not in of_a_dossier:
        return ()
    item = view.item(typed(asked, "dossier"))
    if item is None:
        return (_choose(view, lang),)
    return (Field("dossier", "hidden", item.ref), *of_a_dossier[act](view, item, asked, lang))


def args_of(act: str, form: FormData, names: tuple[str, ...]) -> Document:
    """The act's arguments as typed into its form, which has fields of these names."""
    if act == "open_session":
        return attendance_of(form)
    args: Document = dict(filled({name: typed(form, name) for name in names if name not in SEVERAL}))
    for name in SEVERAL.intersection(names):
        args[name] = [str(one) for one in form.getlist(name)]
    return args


def attendance_of(form: FormData) -> Document:
    """Who was ticked as present or excused when the session opens; the rest is absent."""
    ticked = {
        name.removeprefix("attendance."): typed(form, name) for name in form if name.startswith("attendance.")
    }
    return {
        "present": [seat for seat, how in ticked.items() if how == "present"],
        "excused": [seat for seat, how in ticked.items() if how == "excused"],
    }


def _value(asked: Mapping[str, Any], name: str, known: str) -> str:
    return typed(asked, name) if name in asked else known


def _change(view: SessionView, asked: Mapping[str, Any]) -> Iterator[Field]:
    facts = view.session
    known = {
        "title": ("line", view.of.record.title),
        "date": ("date", facts.day.isoformat() if facts.day else ""),
        "begins_at": ("time", facts.begins_at),
        "place": ("line", facts.place),
    }
    for name, (kind, value) in known.items():
        yield Field(name, kind, _value(asked, name, value))


def _ticked(asked: Mapping[str, Any], known: list[str]) -> frozenset[str]:
    if isinstance(asked, FormData):
        return frozenset(str(one) for one in asked.getlist("nominations"))
    return frozenset(known)


def _people(item: ItemView) -> Options:
    order = sorted(
        item.item.nominations, key=lambda id_: item.people[id_].position if id_ in item.people else 0
    )
    return tuple((id_, item.name(id_)) for id_ in order)


def _round(view: SessionView, item: ItemView, asked: Mapping[str, Any], lang: Lang) -> Iterator[Field]:
    left, said = view.session.undecided(item.ref), view.session.outcomes(item.ref)
    yield Field("nominations", "ticks", options=_people(item), ticked=_ticked(asked, left), required=False)
    if _hands_permitted(view, item):
        ballots = tuple((code, label("ballot", code, lang)) for code in ("hands", "paper"))
        yield Field("ballot", "choice", _value(asked, "ballot", ""), ballots)
    if said:
        hint = say(lang, "Bắt buộc khi bỏ phiếu lại trường hợp đã có kết quả; cả hai vòng đều được giữ.")
        yield Field("again", "area", _value(asked, "again", ""), required=False, hint=hint)


def _hands_permitted(view: SessionView, item: ItemView) -> bool:
    """Whether the council's rule lets every award of a dossier be voted by a show of hands."""
    council, asked = view.council, item.item.nominations.values()
    return council is not None and all(council.rule(one.award).ballot == "hands" for one in asked)


def _choose(view: SessionView, lang: Lang) -> Field:
    options = tuple((one.ref, f"{one.ref}, {one.unit.name(lang)}") for one in view.items)
    return Field("dossier", "choice", options=options)


def _lower(view: SessionView, item: ItemView, asked: Mapping[str, Any], lang: Lang) -> Iterator[Field]:
    id_ = typed(asked, "nomination")
    found = item.item.nominations.get(id_)
    yield Field("nomination", "choice", id_, _people(item))
    lower = _lower_awards(view, [found] if found else item.item.nominations.values(), lang)
    yield Field("award", "choice", _value(asked, "award", ""), lower)


def _lower_awards(view: SessionView, subjects: Iterable[Candidate], lang: Lang) -> Options:
    regime = view.of.definition.regime
    codes = (code for one in subjects for code in lower_awards(one.award, one.subject_type, regime))
    return tuple((code, award_short(code, lang)) for code in dict.fromkeys(codes))


def _aside(view: SessionView, item: ItemView, asked: Mapping[str, Any], lang: Lang) -> Iterator[Field]:
    one = typed(asked, "nomination")
    yield Field("nominations", "ticks", options=_people(item), ticked=_ticked(asked, [one] if one else []))
    lands = tuple((code, label("choice", code, lang)) for code in ("council", "review"))
    yield Field("lands", "choice", _value(asked, "lands", ""), lands)
    if lower := _lower_awards(view, item.item.nominations.values(), lang):
        keep = ("", say(lang, "Giữ mức đang đề nghị"))
        yield Field("award", "choice", _value(asked, "award", ""), (keep, *lower), required=False)


def _nothing_more(
    _view: SessionView, _item: ItemView, _asked: Mapping[str, Any], _lang: Lang
) -> Iterator[Field]:
    yield from ()


def _declare(_view: SessionView, item: ItemView, asked: Mapping[str, Any], lang: Lang) -> Iterator[Field]:
    hint = say(lang, "Không đánh dấu ai là liên quan tới cả hồ sơ.")
    yield Field(
        "nominations", "ticks", options=_people(item), ticked=_ticked(asked, []), required=False, hint=hint
    )


def _lift(view: SessionView, asked: Mapping[str, Any]) -> Iterator[Field]:
    held = view.session.conflicts
    options = tuple(
        (key, f"{view.member(one.seat)}: {view.nominees.get(one.nomination, '')}")
        for key, one in held.items()
        if not one.lifted and one.dossier in view.session.items
    )
    yield Field("conflict", "choice", typed(asked, "conflict"), options)


def minutes_text(view: SessionView) -> Mapping[str, str]:
    """The words of the minutes as they were written last."""
    text: Mapping[str, str] = words_at(view.of.entries, view.session.minutes).get("text", {})
    return text


def _extend(_view: SessionView, asked: Mapping[str, Any]) -> Iterator[Field]:
    yield Field("due", "date", _value(asked, "due", ""))
