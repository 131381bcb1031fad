"""Whether the history holds, in words."""

from dataclasses import dataclass

from states.labels import Lang
from web.language import say
from workflow.auditing.verification import Verification


@dataclass(frozen=True, slots=True)
class Seal:
    """What the drawing of a seal says."""

    ok: bool
    title: str
    text: str


def seal_of_case(found: Verification, lang: Lang, *, count: bool) -> Seal:
    """The seal of one dossier; a unit is not told how many entries there are, so ``count`` is off for it."""
    if found.first_bad:
        title = say(lang, "Sai lệch tại mục %(seq)s", seq=found.first_bad.seq)
        return Seal(False, title, why(found.first_bad.why, lang))
    text = (
        say(lang, "%(n)s/%(n)s mục khớp, chưa neo ra ngoài", n=found.entries)
        if count
        else say(lang, "Khớp, chưa neo ra ngoài")
    )
    return Seal(True, say(lang, "Niêm phong nguyên vẹn"), text)


def seal_of_register(found: Verification, lang: Lang) -> Seal:
    """The seal of everything that was ever done here."""
    if found.first_bad:
        bad = found.first_bad
        where = say(lang, "Hồ sơ %(ref)s, mục %(seq)s.", ref=bad.case, seq=bad.seq)
        return Seal(False, say(lang, "Có sai lệch trong nhật ký"), f"{where} {why(bad.why, lang)}")
    said = say(
        lang,
        "%(cases)s hồ sơ, %(entries)s mục khớp, chưa neo ra ngoài.",
        cases=found.cases,
        entries=found.entries,
    )
    return Seal(True, say(lang, "Niêm phong nguyên vẹn"), said)


def why(code: str, lang: Lang) -> str:
    """What does not hold, for an auditor."""
    kind, _, column = code.partition(":")
    words = {
        "row_without_history": say(lang, "Có hồ sơ nhưng không có nhật ký."),
        "history_without_row": say(lang, "Có nhật ký nhưng không còn hồ sơ."),
        "seq_has_a_gap": say(lang, "Thiếu mục: số thứ tự không liền nhau."),
        "chain_is_broken": say(lang, "Mục này không nối với mã băm của mục trước."),
        "body_does_not_match_hash": say(
            lang, "Nội dung đã bị sửa: mã băm tính lại không trùng mã băm đã ghi."
        ),
        "body_cannot_be_read": say(lang, "Nội dung của mục không đọc được."),
        "columns_do_not_match_body": say(lang, "Các cột của mục khác với nội dung đã niêm phong."),
        "does_not_follow": say(lang, "Mục này không bắt đầu từ bước mà mục trước để lại."),
        "words_do_not_match": say(lang, "Lời ghi kèm mục đã bị sửa: không khớp cam kết."),
        "nominations_do_not_match_history": say(
            lang, "Danh sách đề nghị đang lưu khác với kết quả tính lại từ nhật ký."
        ),
        "row_does_not_match_history": say(lang, "Hồ sơ đang lưu khác với kết quả tính lại từ nhật ký."),
        "register_does_not_match_history": say(lang, "Sổ khen thưởng khác với kết quả tính lại từ nhật ký."),
        "definition_does_not_match_digest": say(
            lang, "Quy trình đang lưu khác với bản đã dùng để quyết định."
        ),
        "number_series_is_behind": say(
            lang, "Dãy số quyết định thấp hơn số đã cấp, nên số ấy có thể bị cấp lần nữa."
        ),
    }
    said = words.get(kind, code)
    return f"{said} ({column})" if column else said
