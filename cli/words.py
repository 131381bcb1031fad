"""What the command line says in its own words."""

from collections.abc import Mapping

from states.labels import Words

WORDS: Mapping[str, Words] = {
    "accounts_in": {"vi": "Mọi tài khoản: {path}", "en": "All accounts: {path}"},
    "as_whom": {"vi": "Không có tài khoản {login} đang mở.", "en": "There is no open account {login}."},
    "bad_settings": {"vi": "Cấu hình không dùng được: {why}", "en": "The settings cannot be used: {why}"},
    "unreachable": {
        "vi": "Cơ sở dữ liệu không trả lời: {why}. Kiểm tra KHENTHUONG_DATABASE và máy chủ.",
        "en": "The database does not answer: {why}. Check KHENTHUONG_DATABASE and the server.",
    },
    "clock_held": {
        "vi": "Đồng hồ nhảy quá xa sau {mark}, nên không làm gì. Kiểm tra giờ máy, rồi chạy tick --release.",
        "en": "The clock jumped too far past {mark}, so nothing was done. Check it, then run tick --release.",
    },
    "clock_runs": {"vi": "Đồng hồ đang chạy.", "en": "The clock is running."},
    "clock_stands": {
        "vi": "Đồng hồ lùi về trước {mark}, nên không làm gì cho đến khi qua mốc đó.",
        "en": "The clock went back before {mark}, so nothing is done until it has passed it.",
    },
    "definition_changed": {
        "vi": "Quy trình {name} trong dữ liệu khác bản đi kèm chương trình. Dùng thư mục dữ liệu mới, hoặc bản cũ.",
        "en": "{name} in the data differs from the one shipped. Use a new data folder, or the release before.",
    },
    "definition_ok": {"vi": "{name}: đúng ({digest})", "en": "{name}: sound ({digest})"},
    "done": {
        "vi": "{ref}: đã xong, bước {station}, phiên bản {version}",
        "en": "{ref}: done, station {station}, version {version}",
    },
    "first_bad": {"vi": "Hỏng ở {case}, mục {seq}: {why}", "en": "Broken at {case}, entry {seq}: {why}"},
    "must_not_be_empty": {
        "vi": "{data} đã có dữ liệu khác hoặc dữ liệu mẫu dở dang. Chọn một thư mục trống bằng --data.",
        "en": "{data} holds other data or a demo that was broken off. Choose an empty folder with --data.",
    },
    "package_made": {
        "vi": "{path}: {size} byte, SHA-256 {sha256}",
        "en": "{path}: {size} bytes, SHA-256 {sha256}",
    },
    "package_ok": {
        "vi": "Gói nguyên vẹn: {refs}; {members} tệp; SHA-256 {sha256}",
        "en": "The package is whole: {refs}; {members} members; SHA-256 {sha256}",
    },
    "package_bad": {"vi": "Gói không nguyên vẹn. {said}", "en": "The package is not whole. {said}"},
    "package_kept": {
        "vi": "Đã nhận gói từ {sender}: {refs}",
        "en": "Took in the package from {sender}: {refs}",
    },
    "package_known": {
        "vi": "Gói này đã nhận từ {at}; không có gì thay đổi.",
        "en": "This package is here since {at}; nothing was changed.",
    },
    "paper_lost": {
        "vi": "Tệp của một giấy tờ bị mất, hoặc khác bản đã ghi: {why}. Khôi phục từ bản sao lưu rồi làm lại.",
        "en": "A paper is gone, or is another than was recorded: {why}. Restore it from a backup, then try again.",
    },
    "not_going": {
        "vi": "{ref} không ở bước trình tỉnh, cũng không có gói nào đã gửi.",
        "en": "{ref} is not on its way to the province, nor was a package sent with it.",
    },
    "mixed_bodies": {
        "vi": "Các hồ sơ thuộc nhiều cơ quan; mỗi cơ quan một gói.",
        "en": "These dossiers belong to several bodies; each needs a package of its own.",
    },
    "two_processes": {
        "vi": "{old} và {new} là hai quy trình khác nhau; hãy chọn hai phiên bản của cùng một quy trình.",
        "en": "{old} and {new} are two different processes; name two versions of one.",
    },
    "no_definition": {"vi": "Không có quy trình {name}.", "en": "There is no process {name}."},
    "no_demo_of_day": {
        "vi": "Không có dữ liệu mẫu cho ngày {day}. Các ngày có sẵn: {days}.",
        "en": "There is no demo of {day}. There are demos of {days}.",
    },
    "no_file": {"vi": "Không đọc được {path}: {why}", "en": "{path} cannot be read: {why}"},
    "no_plan": {
        "vi": "Chưa có kế hoạch năm nào có hiệu lực.",
        "en": "No plan of that year has taken effect.",
    },
    "plan_always": {"vi": "thường xuyên", "en": "all year"},
    "plan_duties": {
        "vi": "{sent}/{all} đơn vị đã nộp, {late} quá hạn",
        "en": "{sent} of {all} units have sent it, {late} overdue",
    },
    "plan_late": {"vi": "trễ {days} ngày làm việc", "en": "{days} working days late"},
    "plan_ok": {
        "vi": "Kế hoạch năm {year} đúng: {items} việc, {duties} nghĩa vụ, {campaigns} đợt nhận.",
        "en": "The plan of {year} is sound: {items} items, {duties} duties, {campaigns} intakes.",
    },
    "plan_passed": {"vi": "đã qua khi kế hoạch có hiệu lực", "en": "over when the plan took effect"},
    "not_json": {
        "vi": "--args phải là một tệp JSON gồm các mục có tên, hoặc - để đọc từ đầu vào.",
        "en": "--args must be a file with a JSON object, or - for standard input.",
    },
    "only_in_demo": {
        "vi": "--at chỉ dùng cho dữ liệu mẫu: giờ của hệ thống thật không được đẩy đi.",
        "en": "--at is for demonstrations only: the clock of a real installation is not moved.",
    },
    "open_at": {"vi": "Mở {address}", "en": "Open {address}"},
    "other_demo": {
        "vi": "{data} đang giữ dữ liệu mẫu của ngày {day}. Chọn một thư mục khác bằng --data.",
        "en": "{data} holds the demo of {day}. Choose another folder with --data.",
    },
    "password": {"vi": "Mật khẩu", "en": "Password"},
    "password_for_all": {"vi": "Mật khẩu chung: {password}", "en": "Password for all: {password}"},
    "pumped": {
        "vi": "Thông báo: {addressed}. Thư đã gửi: {sent}, sẽ thử lại: {failed}, không gửi được: {dead}, bỏ: {dropped}",
        "en": "Notices: {addressed}. Mails sent: {sent}, to try again: {failed}, given up: {dead}, dropped: {dropped}",
    },
    "ready": {"vi": "Sẵn sàng: {where}", "en": "Ready: {where}"},
    "role_at_unit": {
        "vi": "--role viết là VAI_TRÒ@ĐƠN_VỊ, ví dụ unit_clerk@LK-P-XUAN-AN.",
        "en": "--role is written ROLE@UNIT, such as unit_clerk@LK-P-XUAN-AN.",
    },
    "same": {"vi": "Không khác nhau.", "en": "No difference."},
    "state": {
        "vi": "Lúc đó: bước {station}, phiên bản {version}",
        "en": "Then: station {station}, version {version}",
    },
    "ticked": {
        "vi": "Đã làm {fired} việc; {failed} việc chưa được, sẽ làm lại ở lượt sau.",
        "en": "Done: {fired}; failed, to be tried again: {failed}.",
    },
    "token_once": {
        "vi": "Mã này chỉ hiện một lần; hãy cất giữ.",
        "en": "This token is shown once; keep it safe.",
    },
    "unit_added": {
        "vi": "Đã thêm đơn vị {unit}. Việc còn phải nộp theo kế hoạch sẽ tự giao ở lượt chạy đồng hồ kế tiếp.",
        "en": "Added the unit {unit}. What the plan still asks of it falls due with the clock's next pass.",
    },
    "unit_ended": {
        "vi": "Đơn vị {unit} tồn tại đến hết ngày {day}.",
        "en": "The unit {unit} exists until {day}.",
    },
    "user_added": {"vi": "Đã mở tài khoản {login}.", "en": "Opened the account {login}."},
    "verified": {
        "vi": "Đã kiểm {cases} hồ sơ, {entries} mục nhật ký: khớp. Chưa neo ra ngoài: "
        "nhật ký bị cắt đuôi cùng dòng hồ sơ, hoặc tính lại toàn bộ, sẽ không bị phát hiện.",
        "en": "Checked {cases} cases, {entries} entries: all hold. Not anchored outside: "
        "a tail cut together with its row, or a full re-hash, would not be seen.",
    },
    "written": {"vi": "Đã ghi {path}", "en": "Wrote {path}"},
}
