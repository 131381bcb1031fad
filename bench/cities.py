"""Who sits where in the small city: the three tiers of regime A, the two of B, of C."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

BODY = "TP"
"""The body that decides, under every regime."""


@dataclass(frozen=True, slots=True)
class City:
    """One regime's units with their people, on the Monday its world begins; ``here`` are awards its chairman gives."""

    regime: str
    began: datetime
    units: tuple[tuple[str, str, str], ...]
    people: Mapping[str, tuple[str, str, str]]
    here: tuple[str, ...]
    at_once: tuple[str, ...]

    def role(self, login: str) -> str:
        """What somebody is here."""
        return self.people[login][1]

    def holders(self, role: str) -> list[str]:
        """The logins of those who hold a role."""
        return [login for login, (_, held, _) in self.people.items() if held == role]


UNITS = (
    (BODY, "city", "Thành phố Sao Mai"),
    ("NV", "home_affairs_office", "Phòng Nội vụ"),
    ("GD", "education_office", "Phòng Giáo dục và Đào tạo"),
    ("HD", "council", "Hội đồng Thi đua - Khen thưởng"),
    ("PH", "ward", "Phường Cỏ May"),
    ("TH", "school", "Trường THCS Hướng Dương"),
)
PEOPLE = {
    "an": ("Lò Thị An", "unit_clerk", "PH"),
    "bao": ("Trương Gia Bảo", "unit_head", "PH"),
    "cam": ("Nông Hồng Cẩm", "unit_clerk", "TH"),
    "duy": ("Tạ Khánh Duy", "unit_head", "TH"),
    "giang": ("Hà Trường Giang", "education_officer", "GD"),
    "hoa": ("Đoàn Quỳnh Hoa", "education_head", "GD"),
    "kien": ("Lương Trung Kiên", "home_affairs_officer", "NV"),
    "loan": ("Mạc Bích Loan", "home_affairs_officer", "NV"),
    "nam": ("Quách Hải Nam", "home_affairs_head", "NV"),
    "phuong": ("Thái Minh Phương", "council_secretary", "HD"),
    "quan": ("Vi Văn Quân", "council_member", "HD"),
    "sang": ("Kiều Công Sang", "council_chair", "HD"),
    "tuan": ("Phùng Anh Tuấn", "chairman", BODY),
    "uy": ("Chu Nhật Uy", "auditor", BODY),
    "van": ("La Thanh Vân", "registrar", BODY),
    "xuan": ("Bế Minh Xuân", "council_vice_chair", "HD"),
}
A = City("A", datetime(2024, 5, 13, 1, tzinfo=UTC), UNITS, PEOPLE, ("CSTDCS", "LDTT"), ("GK_HUYEN",))

WARD_UNITS = (
    (BODY, "ward", "Phường Sao Mai"),
    ("VX", "culture_social_office", "Phòng Văn hóa - Xã hội"),
    ("HD", "council", "Hội đồng Thi đua - Khen thưởng"),
    ("PH", "office", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân"),
    ("TH", "school", "Trường THCS Hướng Dương"),
)
_OFFICE = {
    "kien": ("Lương Trung Kiên", "culture_social_officer", "VX"),
    "loan": ("Mạc Bích Loan", "culture_social_officer", "VX"),
    "nam": ("Quách Hải Nam", "culture_social_head", "VX"),
}
WARD_PEOPLE = {login: _OFFICE.get(login, held) for login, held in PEOPLE.items() if held[2] != "GD"}
B = City(
    "B", datetime(2025, 9, 8, 1, tzinfo=UTC), WARD_UNITS, WARD_PEOPLE, ("CSTDCS", "LDTT", "GK_XA"), ("GK_XA",)
)
C = City("C", datetime(2026, 10, 5, 1, tzinfo=UTC), B.units, B.people, B.here, B.at_once)
CITIES = (A, B, C)
