"""What came of an item of a batch, in words."""

from datetime import datetime
from typing import Any

from db.batches import ItemRecord
from states import labels
from states.labels import Lang
from web.errors import fields, reasons
from web.language import say
from web.signing.words import warning_text
from workflow.batches.orders import answer_in, warnings_in
from workflow.engine import ZONE
from workflow.problems import Wrong


def warnings_said(item: ItemRecord, lang: Lang) -> list[dict[str, Any]]:
    """What the signer was warned of, by code with its sentence."""
    return [
        {
            "code": one["code"],
            "message": warning_text(one["code"], one["facts"], lang, {}),
            "basis": one["basis"],
            "facts": one["facts"],
        }
        for one in warnings_in(item)
    ]


def why(item: ItemRecord, lang: Lang) -> list[dict[str, Any]]:
    """Every reason why an item was not done; none while it waits, once it is done, when it was left out."""
    answer = answer_in(item)
    match answer.get("code"):
        case "refused":
            return reasons(answer["reasons"], lang)
        case "invalid":
            wrong = [Wrong(one["field"], one["type"], one["facts"]) for one in answer["fields"]]
            said = [f"{one['label']}: {one['message']}" for one in fields(wrong, lang)]
            return [_reason("invalid", text, lang) for text in said]
        case "changed_meanwhile":
            return [_reason("changed_meanwhile", _changed(answer, lang), lang)]
        case "not_found":
            said_so = say(lang, "Người ký không còn thấy hồ sơ này; phân công có thể đã kết thúc.")
            return [_reason("not_found", said_so, lang)]
        case "key_reused":
            return [_reason("key_reused", labels.problem("key_reused", lang), lang)]
    return []


def _reason(code: str, message: str, lang: Lang) -> dict[str, Any]:
    return {
        "code": code,
        "message": message,
        "hint": labels.problem_hint(code, lang),
        "basis": "",
        "facts": {},
    }


def _changed(answer: dict[str, Any], lang: Lang) -> str:
    """Who was faster, and when."""
    when = f"{datetime.fromisoformat(answer['at']).astimezone(ZONE):%H:%M, %d/%m/%Y}"
    if not answer["by"]:
        return say(lang, "Có người đã thay đổi hồ sơ lúc %(when)s.", when=when)
    return say(lang, "%(who)s đã thay đổi hồ sơ lúc %(when)s.", who=answer["by"], when=when)
