"""What a process definition can be refused for, in both languages."""

from dataclasses import dataclass

from states.definition import Words


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a definition: where it is, what it is, what to write instead."""

    code: str
    place: str
    message_vi: str
    message_en: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message_en}"


def fault(code: str, place: str, **facts: object) -> Fault:
    """The fault ``code`` at ``place``, its sentences filled with ``facts``."""
    words = SENTENCES[code]
    return Fault(code, place, words.vi.format(**facts), words.en.format(**facts))


SENTENCES = {
    "form": Words("“{name}” phải là {kind_vi}", "{name!r} must be {kind_en}"),
    "version": Words(
        "phiên bản “{name}” phải là thời kỳ rồi các số, như {regime}.1",
        "version {name!r} must be the regime followed by numbers, such as {regime}.1",
    ),
    "station_name": Words(
        "tên bước “{name}” phải viết thường không dấu, nối bằng dấu gạch dưới, và khác “start”",
        "the station name {name!r} must be lower-case words joined by underscores, other than 'start'",
    ),
    "initial": Words(
        "bước đầu “{name}” không có trong bảng hoặc là bước kết thúc; hãy ghi tên một bước chờ",
        "the initial station {name!r} is not in the table or is final; name a waiting station",
    ),
    "unknown_station": Words(
        "không có bước “{name}”; hãy ghi tên một bước trong bảng, hoặc *waiting cho mọi bước chờ",
        "there is no station {name!r}; name one of the table, or *waiting for every waiting station",
    ),
    "unknown_role": Words(
        "không có vai trò “{name}”; các vai trò dùng được ở đây: {known}",
        "there is no role {name!r}; the roles possible here are {known}",
    ),
    "unknown_act": Words(
        "không có thao tác “{name}”; các thao tác đã biết: {known}",
        "there is no act {name!r}; the known acts are {known}",
    ),
    "unknown_guard": Words(
        "không có điều kiện “{name}”; các điều kiện đã biết: {known}",
        "there is no guard {name!r}; the known guards are {known}",
    ),
    "unknown_choice": Words(
        "không có lựa chọn “{name}”; các lựa chọn đã biết: {known}",
        "there is no choice {name!r}; the known choices are {known}",
    ),
    "unknown_value": Words(
        "lựa chọn {choice} không có giá trị “{name}”; các giá trị: {known}",
        "the choice {choice} has no value {name!r}; its values are {known}",
    ),
    "two_choices": Words(
        "các dòng của thao tác này dùng nhiều lựa chọn ({names}); chỉ dùng một",
        "the rows of this act use several choices ({names}); use one",
    ),
    "value_missing": Words(
        "lựa chọn {choice} còn thiếu dòng cho giá trị {names}",
        "the choice {choice} still needs a row for the value {names}",
    ),
    "value_doubled": Words(
        "giá trị {names} của lựa chọn {choice} có nhiều dòng; chỉ giữ một",
        "the value {names} of the choice {choice} has several rows; keep one",
    ),
    "mixed_rows": Words(
        "có dòng ghi “when” và có dòng không; hãy ghi cho mọi dòng",
        "some rows have a 'when' while others have none; give it to every row",
    ),
    "doubled_row": Words(
        "thao tác này có nhiều dòng không có “when”; chỉ giữ một",
        "this act has several rows without 'when'; keep one",
    ),
    "same_from_start": Words(
        "từ “start” không thể ở nguyên chỗ; hãy ghi tên bước đầu",
        "nothing can stay at 'start'; write the name of the initial station",
    ),
    "start_elsewhere": Words(
        "từ “start” phải đến bước đầu “{initial}”, không phải “{name}”",
        "'start' must lead to the initial station {initial!r}, not to {name!r}",
    ),
    "out_of_final": Words(
        "“{name}” là bước kết thúc nên không có thao tác nào; hãy bỏ nó khỏi “from”",
        "{name!r} is final, so no act is possible there; take it out of 'from'",
    ),
    "unreachable": Words(
        "không có đường nào từ “start” đến bước này; hãy thêm thao tác dẫn đến hoặc bỏ bước",
        "no way leads here from 'start'; add an act that does, or remove the station",
    ),
    "no_end": Words(
        "từ bước này không có đường đến bước kết thúc nào; hãy thêm một lối ra",
        "no way leads from here to a final station; add a way out",
    ),
    "timer_trap": Words(
        "bước này có hạn nhưng không người nào đưa được hồ sơ đi tiếp; hãy thêm thao tác của một vai trò",
        "this station has a limit, yet no person can move the case on; add an act of a role other than clock",
    ),
    "automatic_loop": Words(
        "riêng đồng hồ có thể đưa hồ sơ đi vòng qua {names}; hãy cắt vòng bằng thao tác của người",
        "the clock alone can send a case round through {names}; break the loop with a person's act",
    ),
    "place_taken": Words(
        "ô {cell} trên sơ đồ đã có bước “{name}”; hãy chọn ô khác",
        "the place {cell} of the diagram is taken by {name!r}; choose another",
    ),
    "no_holder": Words(
        "bước chờ phải có “holder”: ai đang giữ hồ sơ",
        "a waiting station needs a 'holder': who holds the case",
    ),
    "final_holds": Words(
        "bước kết thúc không được có “{name}”; hãy bỏ đi",
        "a final station cannot have {name!r}; remove it",
    ),
    "no_limit": Words(
        "bước chờ phải có “limit”: số ngày làm việc, from_argument, hoặc waits_forever kèm lý do",
        "a waiting station needs a 'limit': working_days, from_argument, or waits_forever with a reason",
    ),
    "too_few_days": Words(
        "hạn của thủ tục {name} là {days}; phải từ 1 ngày làm việc trở lên",
        "the limit for the procedure {name} is {days}; it must be at least 1 working day",
    ),
    "procedures": Words(
        "hạn theo thủ tục phải ghi đủ full và simplified, không gì khác; đang có: {names}",
        "a limit by procedure names full and simplified, nothing else; it has: {names}",
    ),
    "argument_not_asked": Words(
        "hạn lấy từ “{name}” nhưng thao tác {act} dẫn đến đây không hỏi nó; hãy thêm vào “asks”",
        "the limit comes from {name!r}, which the act {act} leading here does not ask; add it to 'asks'",
    ),
    "no_reminder": Words(
        "chờ không hạn phải ghi lý do và remind_working_days từ 1 trở lên",
        "waiting without a limit needs a reason and remind_working_days of at least 1",
    ),
    "unknown_ladder": Words(
        "không có bậc thang “{name}”; các bậc thang đã biết: {known}",
        "there is no ladder {name!r}; the known ladders are {known}",
    ),
    "ladder_unserved": Words(
        'bậc thang {ladder} cần dòng “{act}” của đồng hồ ở bước này; hãy thêm dòng có by = ["clock"]',
        'the ladder {ladder} needs a row {act!r} of the clock at this station; add one with by = ["clock"]',
    ),
    "ladder_no_end": Words(
        "bậc thang phải kết thúc: bậc cuối ghi ends = true",
        "a ladder must end: give its last rung ends = true",
    ),
    "ladder_goes_on": Words(
        "chỉ bậc cuối được ghi ends = true; hãy bỏ ở các bậc trước",
        "only the last rung may have ends = true; take it from the ones before",
    ),
    "ladder_order": Words(
        "các bậc sai thứ tự: trước hạn xếp từ xa đến gần, rồi ngày hạn (0), rồi các bậc sau hạn",
        "the rungs are out of order: first those before the due day, nearing it, then 0, then those after it",
    ),
    "rung_tells_or_acts": Words(
        "mỗi bậc ghi một trong hai: tells (báo ai) hoặc acts (đồng hồ làm gì)",
        "a rung has one of the two: tells (whom) or acts (what the clock does)",
    ),
    "rung_acts_early": Words(
        "đồng hồ chỉ được “{act}” sau ngày hạn; hãy ghi days từ 1 trở lên",
        "the clock may {act} only after the due day; give days of at least 1",
    ),
}
