"""What the small page of an act of a session asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from states.awards import lower_awards
from states.document import Document
from states.labels import Lang, label
from web.acting import filled, typed
from web.award_names import award_short
from web.language import say
from workflow.entries import words_at
from workflow.session_reading import ItemView, SessionView

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
    made = {
        "change_session": _change,
        "open_round": _round,
        "propose_lower": _lower,
        "set_aside": _aside,
        "postpone_item": _postpone,
        "declare_conflict": _declare,
        "lift_conflict": _lift,
        "extend": _extend,
    }.get(act)
    return tuple(made(view, asked, lang)) if made else ()


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


def _change(view: SessionView, asked: Mapping[str, Any], _lang: Lang) -> Iterator[Field]:
    facts = view.session
    known = {
        "title": ("line", view.of.record.title),
        "date": ("date", facts.day.isoformat() if facts.day else ""),
        "begins_at": ("time", facts.begins_at),
        "place": ("line", facts.place),
    }
    for name, (kind, value) in known.items():
        yield Field(name, kind, _value(asked, name, value))


def _dossier(view: SessionView, asked: Mapping[str, Any]) -> ItemView | None:
    return view.item(typed(asked, "dossier"))


def _ticked(asked: Mapping[str, Any], known: list[str]) -> frozenset[str]:
    if isinstance(asked, FormData):
        return frozenset(str(one) for one in asked.getlist("nominations"))
    return frozenset(known)


def _people(item: ItemView) -> Options:
    order = sorted(
        item.item.nominations, key=lambda id_: item.people[id_].position if id_ in item.people else 0
    )
    return tuple((id_, item.name(id_)) for id_ in order)


def _round(view: SessionView, asked: Mapping[str, Any], lang: Lang) -> Iterator[Field]:
    item = _dossier(view, asked)
    if item is None:
        yield _choose(view, lang)
        return
    left, said = view.session.undecided(item.ref), view.session.outcomes(item.ref)
    yield Field("dossier", "hidden", item.ref)
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


def _lower(view: SessionView, asked: Mapping[str, Any], lang: Lang) -> Iterator[Field]:
    item = _dossier(view, asked)
    if item is None:
        yield _choose(view, lang)
        return
    id_ = typed(asked, "nomination")
    found = item.item.nominations.get(id_)
    yield Field("dossier", "hidden", item.ref)
    yield Field("nomination", "choice", id_, _people(item))
    subjects = [found] if found else list(item.item.nominations.values())
    codes = dict.fromkeys(
        code
        for one in subjects
        for code in lower_awards(one.award, one.subject_type, view.of.definition.regime)
    )
    yield Field("award", "choice", _value(asked, "award", ""), _awards(codes, lang))


def _awards(codes: Mapping[str, None], lang: Lang) -> Options:
    return tuple((code, award_short(code, lang)) for code in codes)


def _aside(view: SessionView, asked: Mapping[str, Any], lang: Lang) -> Iterator[Field]:
    item = _dossier(view, asked)
    if item is None:
        yield _choose(view, lang)
        return
    one = typed(asked, "nomination")
    yield Field("dossier", "hidden", item.ref)
    yield Field("nominations", "ticks", options=_people(item), ticked=_ticked(asked, [one] if one else []))
    lands = tuple((code, label("choice", code, lang)) for code in ("council", "review"))
    yield Field("lands", "choice", _value(asked, "lands", ""), lands)
    codes = dict.fromkeys(
        code
        for one_ in item.item.nominations.values()
        for code in lower_awards(one_.award, one_.subject_type, view.of.definition.regime)
    )
    if codes:
        keep = ("", say(lang, "Giữ mức đang đề nghị"))
        yield Field(
            "award", "choice", _value(asked, "award", ""), (keep, *_awards(codes, lang)), required=False
        )


def _postpone(view: SessionView, asked: Mapping[str, Any], lang: Lang) -> Iterator[Field]:
    item = _dossier(view, asked)
    yield Field("dossier", "hidden", item.ref) if item else _choose(view, lang)


def _declare(view: SessionView, asked: Mapping[str, Any], lang: Lang) -> Iterator[Field]:
    item = _dossier(view, asked)
    if item is None:
        yield _choose(view, lang)
        return
    hint = say(lang, "Không đánh dấu ai là liên quan tới cả hồ sơ.")
    yield Field("dossier", "hidden", item.ref)
    yield Field(
        "nominations", "ticks", options=_people(item), ticked=_ticked(asked, []), required=False, hint=hint
    )


def _lift(view: SessionView, asked: Mapping[str, Any], _lang: Lang) -> Iterator[Field]:
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


def _extend(_view: SessionView, asked: Mapping[str, Any], _lang: Lang) -> Iterator[Field]:
    yield Field("due", "date", _value(asked, "due", ""))
