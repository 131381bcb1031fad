"""One route for each act, so that OpenAPI says what each takes."""

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import Field, create_model

from states.kinds import KINDS, kind_of
from states.labels import label
from web.access import signed_in, viewer
from web.api.route import ApiRoute, IdempotencyKey, Ref
from web.api.shapes import ActDone, Created
from web.site import site
from workflow.act import Act
from workflow.acts import ACTS
from workflow.command import checked
from workflow.fields import Form, Prose, Version
from workflow.packages.sending import refuse_unknown
from workflow.problems import NotFound
from workflow.step import perform

Seen = Annotated[Version, Field(description="The version of the case the caller saw")]
BY_THE_CLOCK = frozenset({"escalate", "mark_overdue"})
"""Acts of the year that no person does."""


@cache
def body_of(act: Act[Any]) -> type[Form]:
    """What a request for this act carries: the version seen, the reason, the act's own arguments."""
    needed = any(field.is_required() for field in act.form.model_fields.values())
    parts: dict[str, Any] = {
        "version": (Seen, ...),
        "reason": (Prose, ...) if act.needs_reason else (Prose | None, None),
        "args": (act.form, ...) if needed else (act.form, act.form()),
    }
    name = "".join(part.title() for part in act.name.split("_"))
    return create_model(f"{name}Request", __base__=Form, __doc__=act.form.__doc__, **parts)


def of_kind(ref: str, kind: str) -> None:
    """Let only references of this kind through, before anything is looked up. Raises NotFound."""
    if kind_of(ref) != kind:
        raise NotFound


def begun(request: Request, act: str, sent: Form, key: str) -> Created:
    """Begin a case with what was sent, its reason among it where the act asks for one."""
    args = sent.model_dump(mode="json", by_alias=True, exclude_unset=True)
    reason = args.pop("reason", None)
    command = checked(act, key=key, args=args, reason=reason, request_id=request.state.request_id)
    done = perform(site(request).engine, command, viewer(request).actor)
    return Created(ref=done.ref, station=done.station, version=done.version, definition=done.definition)


def acts_of(kind: str, place: str, names: Iterable[str]) -> APIRouter:
    """One route for each of these acts on cases of a kind, under its place; none for what only follows another."""
    router = APIRouter(route_class=ApiRoute, prefix=f"/{place}/{{ref}}/acts")
    for act in (ACTS[name] for name in sorted(names) if not ACTS[name].follows):
        _add(router, kind, act)
    return router


def of_the_year(kind: str) -> frozenset[str]:
    """The acts people may do on what the year brings."""
    return frozenset(name for name in KINDS[kind].acts - BY_THE_CLOCK if ACTS[name].begins is None)


def _add(router: APIRouter, kind: str, act: Act[Any]) -> None:
    def carry_out(request: Request, ref: Ref, sent: Any, key: IdempotencyKey) -> ActDone:
        of_kind(ref, kind)
        asked = sent.model_dump(mode="json", by_alias=True, exclude_unset=True)
        if package := asked.get("args", {}).get("package"):
            refuse_unknown(site(request).engine, viewer(request).actor, ref, package)
        command = checked(act.name, key=key, ref=ref, request_id=request.state.request_id, **asked)
        done = perform(site(request).engine, command, viewer(request).actor)
        return ActDone(ref=done.ref, station=done.station, version=done.version, seq=done.seq)

    carry_out.__annotations__["sent"] = body_of(act)
    carry_out.__name__ = act.name
    router.add_api_route(
        f"/{act.name}", signed_in(carry_out), methods=["POST"], summary=label("act", act.name, "en")
    )
