"""One person who carries a story on by clicking through the pages alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from browsing import Visit
from builders import PEOPLE
from builders_api import PDF
from journeys import Draft, Opinion, Wish

from states import labels
from states.awards import PAPERS

REF = re.compile(r"HS-\d{4}-\d{4}")


def said(group: str, code: str) -> str:
    """The word a Vietnamese page has for a code."""
    return labels.label(group, code, "vi")


@dataclass(frozen=True, slots=True)
class Clicker:
    """One person at their window: no address is typed, nothing is pressed that the page does not show."""

    login: str
    visit: Visit

    @property
    def page(self) -> Any:
        """What is before their eyes."""
        return self.visit.page

    def drafts(self, draft: Draft) -> str:
        """The form for a new dossier, found from one's own work; the page that follows speaks of papers."""
        if not self.page.url.endswith("/inbox"):
            self._goes_to("Việc của tôi")
        self._follows("Lập hồ sơ")
        self._types({"Tên hồ sơ": draft.title})
        self.page.get_by_label("Kỳ xét").select_option(draft.period)
        if draft.kind != "CONG_TRANG":
            self.page.get_by_label("Loại khen thưởng").select_option(draft.kind)
            self._presses("Kiểm tra")
        for line, proposed in enumerate(draft.proposed, 1):
            self.page.get_by_label(f"Họ tên, tập thể, dòng {line}", exact=True).fill(proposed.name)
            self.page.get_by_label(f"Đối tượng, dòng {line}", exact=True).select_option(proposed.type)
            self.page.get_by_label(f"Thành tích, dòng {line}", exact=True).fill(proposed.achievement)
            self.page.get_by_label(f"Danh hiệu, hình thức, dòng {line}", exact=True).select_option(
                proposed.award
            )
        self._presses("Lưu hồ sơ")
        found = REF.search(self._flash())
        assert found, self._words("#main")
        assert "Giấy tờ còn thiếu: Tờ trình" in self._flash()
        return found[0]

    def brings(self, ref: str, *types: str, of: str = "") -> None:
        """From the dossier's page to its papers, one file after the other."""
        if not self.page.url.endswith(f"{ref}/papers"):
            self._finds(ref)
            self._follows("Tải giấy tờ lên")
        for type_ in types:
            self.page.get_by_label("Loại giấy tờ").select_option(type_)
            if of:
                self.page.get_by_label("Của ai").select_option(label=of)
            file = {"name": f"{type_}.pdf", "mimeType": "application/pdf", "buffer": PDF}
            self.page.get_by_label("Tệp").set_input_files(file)
            self._presses("Tải lên")
            assert f"Đã nhận {type_}.pdf" in self._flash()
            assert PAPERS[type_].name_vi in self._words("table")

    def does(self, ref: str, act: str, *, whole_office: bool = False, **fields: str) -> None:
        """The button or the menu of the dossier's page, then the small page of the act."""
        self._finds(ref, whole_office=whole_office)
        self._chooses(act)
        if "cause" in fields:
            self.page.get_by_label(said("field", "cause")).select_option(fields.pop("cause"))
        self._types({said("field", name): value for name, value in fields.items()})
        self._presses(said("act", act))
        assert said("told", act) in self._flash()

    def judges(self, ref: str, *opinions: Opinion) -> None:
        """The sheet leads from one nominee to the next."""
        self._finds(ref)
        self._chooses("judge", "Thẩm định")
        for opinion in opinions:
            if self._words("#who") != opinion.name:
                self._follows(opinion.name)
            self.page.get_by_label(said("verdict", opinion.verdict), exact=True).check()
            self._types({"Lý do": opinion.reason})
            self._presses("Ghi")
            assert opinion.name in self._words("#main")

    def asks_for(self, ref: str, *wishes: Wish, reason: str, due: str) -> None:
        """A line for each thing."""
        self._finds(ref)
        self._chooses("request_completion")
        for place, wish in enumerate(wishes):
            if wish.name:
                self.page.get_by_label("Của ai").nth(place).select_option(label=wish.name)
            self.page.get_by_label("Mục", exact=True).nth(place).select_option(wish.what)
            self.page.get_by_label("Cần bổ sung gì").nth(place).fill(wish.note)
        self._types({said("field", "due"): due, said("field", "reason"): reason})
        self._presses(said("act", "request_completion"))
        assert said("told", "request_completion") in self._flash()

    def completes(self, ref: str, name: str, achievement: str) -> None:
        """Only what was asked for can be typed in."""
        self._finds(ref)
        assert name in self._words("#completion")
        self._chooses("amend", "Bổ sung hồ sơ")
        (open_,) = self.page.locator("textarea:visible").all()
        open_.fill(achievement)
        self._presses("Lưu hồ sơ")

    def records(self, ref: str, entitled: int, votes_for: Mapping[str, int]) -> None:
        """The figures of the minutes."""
        self._finds(ref)
        self._chooses("record_result")
        everyone, present, written = "Tổng số thành viên Hội đồng", "Số có mặt", "Vắng mặt, gửi ý kiến"
        self._types({everyone: str(entitled), present: str(entitled), written: "0"})
        for name, count in votes_for.items():
            cast = {"for": count, "against": entitled - count, "blank": 0}
            self._types({f"{name}: {said('ballot', b)}": str(n) for b, n in cast.items()}, exact=True)
        self._presses("Ghi kết quả để người khác xác nhận")

    def confirms(self, ref: str) -> None:
        """The figures are shown before they are confirmed."""
        self._finds(ref)
        self._chooses("confirm_result")
        self._presses("Xác nhận kết quả")

    def awards(self, ref: str, *names: str, others_reason: str = "") -> None:
        """Everyone who may be named is ticked already."""
        self._finds(ref)
        self._chooses("award")
        for name in names:
            assert self.page.get_by_label(f"Khen {name}").is_checked()
        self._types({"Lý do không khen": others_reason})
        self._presses("Ký quyết định")
        assert f"khen {len(names)} trường hợp" in self._flash()

    def sends_upward(self, ref: str, letter_no: str, date: str) -> None:
        """The letter."""
        self._finds(ref)
        self._chooses("submit_upward")
        self._types({"Số tờ trình": letter_no, "Ngày tờ trình": date})
        self._presses("Trình tỉnh")

    def answers(self, ref: str, decision_no: str, date: str) -> None:
        """One decision, a tick for each nominee."""
        self._finds(ref)
        self._chooses("record_answer")
        self._types({"Số quyết định chung": decision_no, "Ngày quyết định chung": date})
        for choice in self.page.get_by_label(said("outcome", "awarded"), exact=True).all():
            choice.check()
        self._presses("Ghi trả lời của tỉnh")

    def sees(self, ref: str, station: str, held_by: str = "", *, on_hold: bool = False) -> None:
        """Said above the page that followed the act."""
        flash = self._flash()
        assert ref in self.page.url
        assert said("station", station) in flash, flash
        mine = PEOPLE[self.login][1] == held_by
        turn = "đang chờ bạn" if mine else said("role", held_by) if held_by else "kết thúc"
        assert turn in flash, flash
        if not self.page.url.endswith("/papers"):
            bar = self._words(".action-bar")
            assert said("station", station) in bar
            assert ("Tạm dừng" in bar) == on_hold

    def reads(self, ref: str, *told: tuple[str, str]) -> None:
        """The history lists the newest first."""
        self._goes_to("Hồ sơ")
        self._follows(ref)
        self._follows("Nhật ký đầy đủ")
        lines = self.page.locator("table tbody tr").all_inner_texts()
        assert len(lines) == len(told)
        for line, (who, act) in zip(reversed(lines), told, strict=True):
            assert PEOPLE[who][0] in line
            assert said("told", act) in line
        assert "Niêm phong nguyên vẹn" in self._words(".sealed-ok")

    def _finds(self, ref: str, *, whole_office: bool = False) -> None:
        """In one's own work, which is also where one arrives."""
        if not self.page.url.endswith("/inbox"):
            self._goes_to("Việc của tôi")
        if whole_office:
            self._follows("Cả phòng")
        self._follows(ref)

    def _goes_to(self, words: str) -> None:
        self.page.get_by_role("navigation").first.get_by_role("link", name=words, exact=True).click()

    def _follows(self, words: str) -> None:
        self.page.locator("#main").get_by_role("link", name=words).first.click()

    def _chooses(self, act: str, words: str = "") -> None:
        """The act's button in the bar, or within the menu beside it."""
        acts = self.page.locator(".action-bar .acts")
        link = acts.get_by_role("link", name=words or said("act", act))
        if not link.first.is_visible():
            acts.get_by_text("Thao tác khác").click()
        link.first.click()

    def _presses(self, words: str) -> None:
        self.page.locator("#main").get_by_role("button", name=words).last.click()

    def _types(self, given: Mapping[str, str], *, exact: bool = False) -> None:
        for label, value in given.items():
            if value:
                self.page.locator("#main").get_by_label(label, exact=exact).fill(value)

    def _flash(self) -> str:
        return self._words("#flash")

    def _words(self, where: str) -> str:
        return " ".join(str(self.page.locator(where).first.inner_text()).split())
