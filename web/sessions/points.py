"""What a person should know before confirming an act of a session."""

from collections.abc import Iterator

from states.council.session import Session
from states.labels import Lang
from web.language import say
from workflow.council.session_reading import SessionView


def points(act: str, view: SessionView, lang: Lang) -> Iterator[str]:
    """What the person should know before confirming."""
    facts = view.session
    if act == "convene":
        yield say(lang, "Mọi thành viên Hội đồng trong ngày họp nhận thông báo và đọc được tài liệu.")
    if act == "close_round":
        yield say(
            lang, "Sau khi đóng, số phiếu không sửa được; sai thì mở vòng mới có lý do, cả hai vòng đều giữ."
        )
    if act == "close_session":
        yield from _closing(facts, lang)
    if act == "sign_minutes":
        yield say(lang, "Biên bản có đủ hai chữ ký thì không sửa được nữa.")
    if act == "set_aside":
        yield say(
            lang, "Trường hợp được tách đi tiếp trong một hồ sơ riêng, có liên kết hai chiều với hồ sơ này."
        )


def _closing(facts: Session, lang: Lang) -> Iterator[str]:
    said = [one.result for ref in facts.items for one in facts.outcomes(ref).values()]
    yield say(
        lang,
        "%(passed)s trường hợp thông qua, %(failed)s không thông qua; kết quả về từng hồ sơ ngay khi kết thúc.",
        passed=said.count("passed"),
        failed=said.count("not_passed"),
    )
    if put_off := sum(1 for item in facts.items.values() if item.postponed):
        yield say(lang, "%(n)s hồ sơ để phiên sau.", n=put_off)
