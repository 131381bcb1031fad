"""One act on several cases that were ticked, each by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.datastructures import FormData

from states import labels
from web.cases.acting import Trouble, attempt, typed
from web.language import language
from workflow.problems import NotFound

MOST = 500
"""Cases of one form."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one ticked case: done, or every reason why not."""

    ref: str
    unit: str
    trouble: Trouble | None


def one_by_one(
    request: Request, act: str, form: FormData, ticked: str, args: Mapping[str, Any]
) -> list[Result]:
    """Each case ticked in the boxes of that name goes down the road alone; one that is refused keeps no other back.

    It goes under a key of its own, at the version that was ticked (``version.<ref>``).
    """
    refs = [ref for ref in form.getlist(ticked) if isinstance(ref, str)][:MOST]
    return [_one(request, act, form, ref, args) for ref in dict.fromkeys(refs)]


def _one(request: Request, act: str, form: FormData, ref: str, args: Mapping[str, Any]) -> Result:
    sent = {"key": f"{typed(form, 'key')}-{ref}"[:200], "version": typed(form, f"version.{ref}")}
    unit = typed(form, f"unit.{ref}")
    try:
        done = attempt(request, act, ref, sent, args)
    except NotFound:
        # Those before it are done already, so this one is told among them.
        gone = labels.problem("not_found", language(request))
        return Result(ref, unit, Trouble(404, "", fields={"ref": gone}))
    return Result(ref, unit, done if isinstance(done, Trouble) else None)
