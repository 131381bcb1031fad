"""The page of one act on one dossier knows what it is about."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from states.decide import Weighed, reasons_document
from web.access import viewer
from web.cases.acting import Reason, Trouble, fresh_key, worded
from web.language import language, say
from web.rendering import page, see_other
from web.site import site
from workflow.dossiers import reading
from workflow.dossiers.reading import DossierView
from workflow.loading import Loaded


@dataclass(frozen=True, slots=True)
class Opened:
    """One dossier as its reader may see it, with every reason against the page's act; none when it is allowed.

    ``weighed`` is ``None`` where the act does not belong to the dossier's station.
    """

    view: DossierView
    loaded: Loaded
    weighed: Weighed | None
    reasons: tuple[Reason, ...]

    @property
    def ref(self) -> str:
        """What people call the dossier."""
        return self.view.record.ref


def opened(request: Request, ref: str, act: str) -> Opened:
    """Open a dossier for one act. Raises NotFound."""
    engine, reader, lang = site(request).engine, viewer(request), language(request)
    with engine.database.reading() as conn:
        view, loaded = reading.dossier(engine, conn, ref, reader.actor)
    weighed = next((w for w in reading.acts(engine, loaded, reader.actor) if w.act == act), None)
    refusals = reasons_document(weighed.reasons) if weighed else []
    return Opened(view, loaded, weighed, tuple(worded(r, ref, lang, view.names) for r in refusals))


def act_page(request: Request, template: str, desk: Opened, trouble: Trouble | None, **more: Any) -> Response:
    """The act's page, fresh or as it was typed; an act of another station leads back to the dossier."""
    if desk.weighed is None and trouble is None:
        return not_here(request, desk)
    return page(
        request,
        template,
        status=trouble.status if trouble else 200,
        view=desk.view,
        ref=desk.ref,
        reasons=desk.reasons,
        trouble=trouble,
        errors=trouble.fields if trouble else {},
        key=fresh_key(),
        **more,
    )


def not_here(request: Request, desk: Opened) -> RedirectResponse:
    """Back to the dossier, saying that it waits elsewhere by now."""
    label = desk.view.definition.stations[desk.view.case.station].label[language(request)]
    said = say(language(request), "Việc này không làm ở bước “%(station)s”.", station=label)
    return see_other(request, f"/dossiers/{desk.ref}", said, "info")
