"""What happens to dossiers from their first word to their end, told for whoever can carry it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

TO_TRINH, BIEN_BAN, TRICH_NGANG, BAO_CAO = "TO_TRINH", "BIEN_BAN", "TRICH_NGANG", "BAO_CAO_CA_NHAN"
"""The types of papers that the stories need."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One line of a list: who, for which award, of which type of subject, why."""

    name: str
    award: str
    type: str = "individual"
    achievement: str = "Hoàn thành xuất sắc nhiệm vụ năm qua"


@dataclass(frozen=True, slots=True)
class Draft:
    """A dossier as its clerk has it in mind."""

    title: str
    period: str
    proposed: tuple[Proposed, ...]
    kind: str = "CONG_TRANG"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What an office says of one nominee."""

    name: str
    verdict: str = "recommended"
    reason: str = ""
    award: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing to complete: ``what`` is ``field:achievement`` or ``paper:…``, of one nominee or of the whole."""

    what: str
    note: str
    name: str = ""


class Officer(Protocol):
    """One person at work; before each act they find the dossier in their own work, or the story ends there."""

    def drafts(self, draft: Draft) -> str:
        """Begin a dossier; returns what people call it."""

    def brings(self, ref: str, *types: str, of: str = "") -> None:
        """Bring a file of each of these types of papers, of one nominee where one is named."""

    def does(self, ref: str, act: str, *, whole_office: bool = False, **fields: str) -> None:
        """Do an act that asks for a few lines; ``whole_office`` where the dossier waits for a colleague."""

    def judges(self, ref: str, *opinions: Opinion) -> None:
        """Say what is thought of each nominee, one after the other."""

    def asks_for(self, ref: str, *wishes: Wish, reason: str, due: str) -> None:
        """Ask the unit for completion."""

    def completes(self, ref: str, name: str, achievement: str) -> None:
        """Rewrite one nominee's achievement."""

    def records(self, ref: str, entitled: int, votes_for: Mapping[str, int]) -> None:
        """Type the minutes: all members present, those not for a nominee against."""

    def confirms(self, ref: str) -> None:
        """Confirm what a colleague typed."""

    def awards(self, ref: str, *names: str, others_reason: str = "") -> None:
        """Sign the decision for these nominees."""

    def sends_upward(self, ref: str, letter_no: str, date: str) -> None:
        """Send what passed to the province."""

    def answers(self, ref: str, decision_no: str, date: str) -> None:
        """Write down that the province awarded everything."""

    def sees(self, ref: str, station: str, held_by: str = "", *, on_hold: bool = False) -> None:
        """Be told where the dossier is by now, whose turn it is; nobody's once it has ended."""

    def reads(self, ref: str, *told: tuple[str, str]) -> None:
        """Find exactly these acts (login, act) in the history, the seal of the whole intact."""


Cast = Callable[[str], Officer]
"""The people of the small city by login."""


def a_school_s_list_is_awarded(cast: Cast) -> None:
    """School, Education, Home Affairs, council, chairman."""
    first, second, team = "Vòng Nhịt Mùi", "H'Bia Niê", "Tổ Toán - Tin"
    listed = (
        Proposed(first, "CSTDCS"),
        Proposed(second, "CSTDCS"),
        Proposed(team, "TTLDTT", type="collective"),
    )
    ref = cast("thu").drafts(Draft("Đề nghị danh hiệu năm học 2023-2024", "2023-2024", listed))
    cast("thu").sees(ref, "drafting", "unit_clerk")
    cast("thu").brings(ref, TO_TRINH, BIEN_BAN)
    cast("thu").sees(ref, "drafting", "unit_head")
    cast("hieu").does(ref, "submit")
    cast("hieu").sees(ref, "education_review", "education_officer")
    cast("khoa").judges(
        ref, Opinion(first), Opinion(second, "declined", "Sáng kiến chưa được công nhận"), Opinion(team)
    )
    cast("khoa").sees(ref, "education_review", "education_head")
    cast("dung").does(ref, "forward")
    cast("dung").sees(ref, "home_affairs_review", "home_affairs_officer")
    cast("ngoc").judges(ref, Opinion(first), Opinion(team))
    cast("son").does(ref, "forward")
    cast("son").sees(ref, "awaiting_council", "council_secretary")
    cast("yen").does(ref, "put_on_agenda", session_no="02/2024", date="2024-05-20")
    cast("yen").sees(ref, "council_vote", "council_secretary")
    cast("yen").records(ref, 9, {first: 8, team: 9})
    cast("yen").sees(ref, "council_vote", "council_chair")
    cast("chau").confirms(ref)
    cast("chau").sees(ref, "awaiting_decision", "chairman")
    cast("hung").awards(ref, first, team)
    cast("hung").sees(ref, "awarded")
    cast("trung").reads(
        ref,
        *(("thu", "create"), ("thu", "amend"), ("thu", "amend"), ("hieu", "submit")),
        *(("khoa", "judge"), ("khoa", "judge"), ("khoa", "judge"), ("dung", "forward")),
        *(("ngoc", "judge"), ("ngoc", "judge"), ("son", "forward")),
        *(("yen", "put_on_agenda"), ("yen", "record_result"), ("chau", "confirm_result"), ("hung", "award")),
    )


def a_ward_s_nominee_is_awarded_by_the_province(cast: Cast) -> None:
    """Ward, Home Affairs, council, province, the answer."""
    who = "Đàm Thị Ửng"
    draft = Draft("Đề nghị Chiến sĩ thi đua cấp tỉnh", "2023", (Proposed(who, "CSTD_TINH"),))
    ref = cast("lan").drafts(draft)
    cast("lan").brings(ref, TO_TRINH, BIEN_BAN)
    cast("minh").does(ref, "submit")
    cast("minh").sees(ref, "home_affairs_review", "home_affairs_officer")
    cast("ngoc").judges(ref, Opinion(who))
    cast("son").does(ref, "forward")
    cast("yen").does(ref, "put_on_agenda", session_no="02/2024", date="2024-05-20")
    cast("yen").records(ref, 9, {who: 9})
    cast("chau").confirms(ref)
    cast("chau").sees(ref, "awaiting_submission", "chairman")
    cast("hung").sends_upward(ref, "15/TTr-UBND", "2024-05-21")
    cast("hung").sees(ref, "submitted_to_province", "home_affairs_officer")
    cast("ngoc").answers(ref, "77/QĐ-CT", "2024-08-19")
    cast("ngoc").sees(ref, "awarded")
    cast("trung").reads(
        ref,
        *(("lan", "create"), ("lan", "amend"), ("lan", "amend"), ("minh", "submit")),
        *(("ngoc", "judge"), ("son", "forward"), ("yen", "put_on_agenda"), ("yen", "record_result")),
        *(("chau", "confirm_result"), ("hung", "submit_upward"), ("ngoc", "record_answer")),
    )


def exceptional_merit_needs_no_council(cast: Cast) -> None:
    """Ward, Home Affairs, chairman."""
    who = "Siu Hồ Bắc"
    saved = Proposed(who, "GK_HUYEN", achievement="Cứu hai em nhỏ bị nước cuốn ngày 02/05/2024")
    ref = cast("tam").drafts(Draft("Khen thưởng đột xuất cứu người", "2024", (saved,), "DOT_XUAT"))
    cast("tam").brings(ref, TO_TRINH, TRICH_NGANG)
    cast("binh").does(ref, "submit")
    cast("ngoc").judges(ref, Opinion(who))
    cast("ngoc").sees(ref, "home_affairs_review", "home_affairs_head")
    cast("son").does(ref, "forward")
    cast("son").sees(ref, "awaiting_decision", "chairman")
    cast("hung").awards(ref, who)
    cast("hung").sees(ref, "awarded")
    cast("trung").reads(
        ref,
        *(("tam", "create"), ("tam", "amend"), ("tam", "amend"), ("binh", "submit")),
        *(("ngoc", "judge"), ("son", "forward"), ("hung", "award")),
    )


def what_is_missing_is_asked_for_once(cast: Cast) -> None:
    """Commune, Home Affairs, back for completion, judged with what was completed."""
    who, other = "Nguyễn Ngọc Ánh", "Kpă Tuyên"
    listed = (Proposed(who, "CSTDCS"), Proposed(other, "CSTDCS"))
    ref = cast("nga").drafts(Draft("Đề nghị Chiến sĩ thi đua cơ sở", "2023", listed))
    cast("nga").brings(ref, TO_TRINH, BIEN_BAN)
    cast("thong").does(ref, "submit")
    wishes = (
        Wish("field:achievement", "Ghi rõ số liệu", who),
        Wish(f"paper:{BAO_CAO}", "Chưa có báo cáo", other),
    )
    cast("ngoc").asks_for(ref, *wishes, reason="Chưa đủ căn cứ để xét", due="2024-05-24")
    cast("ngoc").sees(ref, "awaiting_completion", "unit_clerk")
    cast("nga").completes(ref, who, "Giảm 12 ngày giải quyết thủ tục đất đai")
    cast("nga").sees(ref, "awaiting_completion", "unit_clerk")
    cast("nga").brings(ref, BAO_CAO, of=other)
    cast("nga").sees(ref, "awaiting_completion", "unit_head")
    cast("thong").does(ref, "resubmit")
    cast("thong").sees(ref, "home_affairs_review", "home_affairs_officer")
    cast("ngoc").judges(ref, Opinion(who), Opinion(other))
    cast("son").does(ref, "forward")
    cast("son").sees(ref, "awaiting_council", "council_secretary")
    cast("trung").reads(
        ref,
        *(("nga", "create"), ("nga", "amend"), ("nga", "amend"), ("thong", "submit")),
        *(("ngoc", "request_completion"), ("nga", "amend"), ("nga", "amend"), ("thong", "resubmit")),
        *(("ngoc", "judge"), ("ngoc", "judge"), ("son", "forward")),
    )


def a_hold_stops_a_dossier_until_it_is_released(cast: Cast) -> None:
    """Home Affairs holds a ward's dossier over a denunciation, releases it, goes on."""
    who = "Ưng Quỳnh Xoa"
    ref = cast("lan").drafts(Draft("Đề nghị Chiến sĩ thi đua năm 2023", "2023", (Proposed(who, "CSTDCS"),)))
    cast("lan").brings(ref, TO_TRINH, BIEN_BAN)
    cast("minh").does(ref, "submit")
    cast("son").does(ref, "hold", whole_office=True, cause="denunciation", document="12/TB-TTr")
    cast("son").sees(ref, "home_affairs_review", "home_affairs_officer", on_hold=True)
    cast("son").does(ref, "release", whole_office=True, document="15/KL-TTr")
    cast("son").sees(ref, "home_affairs_review", "home_affairs_officer")
    cast("ngoc").judges(ref, Opinion(who))
    cast("son").does(ref, "forward")
    cast("trung").reads(
        ref,
        *(("lan", "create"), ("lan", "amend"), ("lan", "amend"), ("minh", "submit")),
        *(("son", "hold"), ("son", "release"), ("ngoc", "judge"), ("son", "forward")),
    )


def after_a_return_the_council_votes_again(cast: Cast) -> None:
    """The chairman returns what was voted; Home Affairs looks again, the council votes anew."""
    who, other = "Trần Văn Hiếu", "Rơ Mah H'Lan"
    listed = (Proposed(who, "CSTDCS"), Proposed(other, "CSTDCS"))
    ref = cast("tam").drafts(Draft("Đề nghị danh hiệu thi đua năm 2023", "2023", listed))
    cast("tam").brings(ref, TO_TRINH, BIEN_BAN)
    cast("binh").does(ref, "submit")
    cast("ngoc").judges(ref, Opinion(who), Opinion(other))
    cast("son").does(ref, "forward")
    cast("yen").does(ref, "put_on_agenda", session_no="02/2024", date="2024-05-20")
    cast("yen").records(ref, 9, {who: 9, other: 9})
    cast("chau").confirms(ref)
    cast("hung").does(ref, "return_for_review", reason="Xem lại sáng kiến của hai người")
    cast("hung").sees(ref, "home_affairs_review", "home_affairs_head")
    cast("son").does(ref, "forward")
    cast("yen").does(ref, "put_on_agenda", session_no="03/2024", date="2024-05-27")
    cast("yen").records(ref, 9, {who: 9, other: 3})
    cast("chau").confirms(ref)
    cast("hung").awards(ref, who, others_reason="Không đủ phiếu của Hội đồng")
    cast("hung").sees(ref, "awarded")
    cast("trung").reads(
        ref,
        *(("tam", "create"), ("tam", "amend"), ("tam", "amend"), ("binh", "submit")),
        *(("ngoc", "judge"), ("ngoc", "judge"), ("son", "forward"), ("yen", "put_on_agenda")),
        *(("yen", "record_result"), ("chau", "confirm_result"), ("hung", "return_for_review")),
        *(("son", "forward"), ("yen", "put_on_agenda"), ("yen", "record_result")),
        *(("chau", "confirm_result"), ("hung", "award")),
    )


STORIES: tuple[Callable[[Cast], None], ...] = (
    a_school_s_list_is_awarded,
    a_ward_s_nominee_is_awarded_by_the_province,
    exceptional_merit_needs_no_council,
    what_is_missing_is_asked_for_once,
    a_hold_stops_a_dossier_until_it_is_released,
    after_a_return_the_council_votes_again,
)
