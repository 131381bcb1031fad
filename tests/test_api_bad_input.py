"""Whatever a program sends, it is told which field is wrong, what is wrong, in its language; never a 500."""

import io
import json
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
from builders import a_dossier, a_draft
from builders_api import PDF, Api, an_api
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from db.engine import Database
from web.api.route import Unreadable, read_json
from workflow.auditing.asof import moment_named
from workflow.papers.uploads import LARGEST
from workflow.problems import Invalid

DRAFT = {
    "unit": "P1",
    "kind": "CONG_TRANG",
    "period": "2023",
    "title": "Đề nghị khen thưởng",
    "nominations": [
        {"award": "CSTDCS", "subject": {"type": "individual", "name": "Đàm Thị Ửng"}, "achievement": "Tốt"}
    ],
}
TYPED_IN_PARTS = unicodedata.normalize("NFD", "Đề nghị")


@pytest.fixture
def api(sqlite_database: Database, tmp_path: Path) -> Api:
    """The API on the quicker of the two databases."""
    return an_api(sqlite_database, tmp_path)


@pytest.fixture
def either_api(database: Database, tmp_path: Path) -> Api:
    """The API, once on each kind of database."""
    return an_api(database, tmp_path)


def changed(path: str, value: Any) -> dict[str, Any]:
    """The draft with one part replaced; a path such as nominations.0.award."""
    draft: Any = json.loads(json.dumps(DRAFT))
    *way, last = path.split(".")
    place = draft
    for step in way:
        place = place[int(step) if step.isdecimal() else step]
    place[last] = value
    return dict(draft)


def complaints(answer: Any) -> dict[str, str]:
    """Field and message of a 422; fails on any other answer."""
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "invalid"), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return {field["field"]: field["message"] for field in told["fields"]}


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("title", "", "title"),
        ("title", "   ", "title"),
        ("title", None, "title"),
        ("title", 7, "title"),
        ("title", "a" * 301, "title"),
        ("title", "a" * 900_000, "title"),
        ("title", "một\u200bhai", "title"),
        ("title", "một\uffffhai", "title"),
        ("title", "một\U0010fffe", "title"),
        ("title", "một\u0000hai", "title"),
        ("title", "một\u202ehai", "title"),
        ("title", ["Đề nghị"], "title"),
        ("kind", "KHAC", "kind"),
        ("kind", {"code": "CONG_TRANG"}, "kind"),
        ("period", "2023-2025", "period"),
        ("period", "13/05/2024", "period"),
        ("period", 2023, "period"),
        ("period", "2023\u0000", "period"),
        ("unit", "Phường Hoa Mai", "unit"),
        ("unit", "NOWHERE", "unit"),
        ("unit", "HD", "unit"),
        ("unit", "P1\u0000", "unit"),
        ("surprise", 1, "surprise"),
        ("nominations", {}, "nominations"),
        ("nominations", "CSTDCS", "nominations"),
        ("nominations", [7], "nominations.0"),
        ("nominations.0.award", "HUAN_CHUONG_SAO", "nominations.0.award"),
        ("nominations.0.award", "TTLDTT", "nominations.0.award"),
        ("nominations.0.award", 1.5, "nominations.0.award"),
        ("nominations.0.subject.type", "robot", "nominations.0.subject.type"),
        ("nominations.0.subject.person", "nobody", "nominations.0.subject.person"),
        ("nominations.0.subject.age", 41, "nominations.0.subject.age"),
        ("nominations.0.achievement", "a" * 5001, "nominations.0.achievement"),
        ("nominations.0.id", "id-of-another", "nominations.0.id"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(api: Api, path: str, value: Any, field: str) -> None:
    said = {
        lang: complaints(api.post("lan", "dossiers", changed(path, value), lang=lang))
        for lang in ("vi", "en")
    }
    assert list(said["vi"]) == list(said["en"]) == [field]
    assert said["vi"][field] != said["en"][field]
    assert api.get("lan", "dossiers").json()["items"] == []
    assert api.world.kept_commands() == []


@pytest.mark.parametrize("nul", ["\u0000", "\\u0000"])
def test_texts_no_database_stores_are_refused_on_both(either_api: Api, nul: str) -> None:
    path = f"dossiers/HS-2024{nul}0001"
    assert either_api.get("lan", path.replace("\u0000", "%00")).status_code == 404
    for name in ("q", "unit", "station", "period", "cursor"):
        answer = either_api.get("lan", "dossiers", **{name: f"a\u0000{nul}"})
        assert list(complaints(answer)) == [name]


def test_text_typed_in_parts_is_stored_composed(either_api: Api) -> None:
    created = either_api.post("lan", "dossiers", changed("title", TYPED_IN_PARTS), key="k")
    told = either_api.get("lan", f"dossiers/{created.json()['ref']}").json()
    assert told["title"] == "Đề nghị" != TYPED_IN_PARTS
    composed = either_api.post("lan", "dossiers", changed("title", "Đề nghị"), key="k")
    assert composed.json() == created.json()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"version": NaN}',
        b'{"version": Infinity}',
        b'{"version": 3, "version": 4}',
        b'{"version": 3, "reason": "\\ud800"}',
        b'{"version": 3, "\\ud800": 1}',
        b'{"version": ' + b"9" * 5000 + b"}",
        b'{"version": 3, "args": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"[" * 100_000,
        b'{"version": "3"}',
        b'{"version": 3.0}',
        b'{"version": true}',
        b'{"version": -1}',
        b'{"version": 1e400}',
        b'{"version": 3, "args": null}',
        b'{"version": 3, "args": []}',
        b'{"version": 3, "args": {"x": 1}}',
        b'{"version": 3, "reason": {"a": 1}}',
        b'{"version": 3, "reason": ""}',
        b'{"version": 3, "a.b\\u0000": 1}',
        b'{"version": 3, "x": "' + b"y" * 2_000_000 + b'"}',
        b'{"version": 3, ' + b", ".join(b'"f%d": 1' % n for n in range(20_000)) + b"}",
    ],
)
def test_a_body_that_is_no_command_is_refused(api: Api, content: bytes) -> None:
    ref = a_draft(api.world)
    answer = api.raw("minh", f"dossiers/{ref}/acts/submit", content)
    assert complaints(answer)
    assert len(answer.content) < 100_000
    assert api.world.record(ref).version == 2


def test_a_stranger_with_a_broken_body_only_learns_to_sign_in(api: Api) -> None:
    for content in (b"{", b"[" * 100_000, b'{"version": NaN}', b"{}"):
        answer = api.client.post(
            "/api/v1/dossiers", content=content, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 401


def test_a_command_wants_its_key(api: Api) -> None:
    headers = api.headers("lan")
    for extra in ({}, {"Idempotency-Key": ""}, {"Idempotency-Key": "a b"}, {"Idempotency-Key": "k" * 201}):
        answer = api.client.post("/api/v1/dossiers", json=DRAFT, headers=headers | extra)
        assert list(complaints(answer)) == ["Idempotency-Key"]


def test_a_body_of_another_kind_is_refused(api: Api) -> None:
    ref = a_draft(api.world)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml"):
        headers = api.headers("minh") | {"Idempotency-Key": "k", "Content-Type": kind}
        answer = api.client.post(
            f"/api/v1/dossiers/{ref}/acts/submit", content=b'{"version": 2}', headers=headers
        )
        assert complaints(answer)


def test_an_act_of_another_station_role_or_unit_is_refused_with_its_reason(api: Api) -> None:
    ref = a_dossier(api.world, "home_affairs_review")
    for who, act, args, code in (
        ("lan", "amend", {"title": "Khác"}, "wrong_station"),
        ("son", "judge", {"verdicts": []}, "wrong_role"),
        ("khoa", "judge", {"verdicts": []}, "not_found"),
        ("binh", "withdraw", {}, "not_found"),
        ("hung", "award", {"nominations": ["x"]}, "not_found"),
    ):
        told = api.act(who, ref, act, args=args).json()
        assert (told["reasons"][0]["code"] if told["reasons"] else told["code"]) == code
    assert api.post("tam", "dossiers", DRAFT).json()["reasons"][0]["code"] == "wrong_role"


@pytest.mark.parametrize(
    "day", ["13/05/2024", "2024-02-30", "20240520", "2024-5-2", 20240520, 1.5, True, None, ""]
)
def test_a_date_is_written_one_way(api: Api, day: Any) -> None:
    ref = a_dossier(api.world, "awaiting_council")
    answer = api.act("yen", ref, "put_on_agenda", args={"session_no": "02/2024", "date": day})
    assert list(complaints(answer)) == ["date"]


@pytest.mark.parametrize(
    ("figures", "votes", "field"),
    [
        ({}, {"for": 9, "against": 1}, "votes.0"),
        ({"present": 8, "written": 2}, {"for": 10}, "written"),
        ({"entitled": 0}, {}, "entitled"),
        ({"present": -1}, {}, "present"),
        ({"present": "9"}, {}, "present"),
        ({"present": 8.5}, {}, "present"),
        ({}, {"for": 10**30}, "votes.0.for"),
        ({}, {"nomination": "another"}, "votes.0.nomination"),
        ({"votes": []}, {}, "votes"),
        ({"votes": "all"}, {}, "votes"),
    ],
)
def test_figures_that_do_not_add_up_are_refused(
    api: Api, figures: dict[str, Any], votes: dict[str, Any], field: str
) -> None:
    ref = a_dossier(api.world, "council_vote")
    row = {"nomination": api.world.ids(ref)[0], "for": 9, "against": 0, "blank": 0} | votes
    args = {"entitled": 9, "present": 9, "written": 0, "votes": [row]} | figures
    assert field in complaints(api.act("yen", ref, "record_result", args=args))
    assert api.world.case(ref).result is None


@pytest.mark.parametrize(
    "as_of",
    [
        "yesterday",
        "13/05/2024",
        "2024-02-30",
        "2024-05-13T25:00:00Z",
        "2024-05-13T08:00:00",
        "0001-01-01",
        "9999-12-31",
        "2024-05-13T08:00:00+99:99",
        "٢٠٢٤-05-13",
        "2024-05-13\u0000",
        "1" * 50,
    ],
)
def test_a_moment_is_written_one_way(api: Api, as_of: str) -> None:
    ref = a_draft(api.world)
    assert list(complaints(api.get("lan", f"dossiers/{ref}/history", as_of=as_of))) == ["as_of"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("inbox", {"queue": "mine"}),
        ("inbox", {"limit": "0"}),
        ("inbox", {"limit": "201"}),
        ("inbox", {"limit": "many"}),
        ("inbox", {"all": "perhaps"}),
        ("inbox", {"cursor": "!"}),
        ("inbox", {"cursor": "bnVsbA"}),
        ("inbox", {"cursor": "WyJ4IiwgInkiXQ"}),
        ("dossiers", {"cursor": "WyIyMDI0LTA1LTEzIiwgImlkIl0"}),
        ("dossiers", {"cursor": "W251bGwsICJpZCJd"}),
        ("dossiers", {"period": "soon"}),
        ("dossiers", {"unit": "a b"}),
        ("dossiers", {"q": "a" * 301}),
    ],
)
def test_a_question_that_cannot_be_understood_is_refused(api: Api, path: str, query: dict[str, str]) -> None:
    assert list(complaints(api.get("lan", path, **query))) == [next(iter(query))]


@pytest.mark.parametrize(
    "ref", ["%00", "..%2f..", "HS%202024", "'; DROP TABLE cases", "%ff", "a" * 5000, "Đ", "*"]
)
def test_a_reference_that_never_was_is_not_found(either_api: Api, ref: str) -> None:
    for path in (f"dossiers/{ref}", f"dossiers/{ref}/acts", f"dossiers/{ref}/history", f"papers/{ref}"):
        assert either_api.get("lan", path).status_code == 404
    assert either_api.post("lan", f"dossiers/{ref}/acts/submit", {"version": 1}).status_code == 404
    assert either_api.post("lan", f"dossiers/HS-2024-0001/acts/{ref}", {"version": 1}).status_code == 404


def a_zip(*names: str) -> bytes:
    """A small zip with these parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("a.pdf", PDF, 201),
        ("a.docx", a_zip("[Content_Types].xml", "word/document.xml"), 201),
        ("a.xlsx", a_zip("xl/workbook.xml"), 201),
        ("a.jpeg", b"\xff\xd8\xff\xe0" + b"\0" * 60, 201),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 60, 201),
        ("a.pdf", b"", 422),
        ("a.pdf", b"<html>", 422),
        ("a.png", PDF, 422),
        ("a.docx", a_zip("xl/workbook.xml"), 422),
        ("a.xlsx", b"PK\x03\x04 and no more", 422),
        ("a.exe", b"MZ", 422),
        ("pdf", PDF, 422),
        ("a\u200b.pdf", PDF, 422),
        ("a" * 200 + ".pdf", PDF, 422),
        ("a.pdf", PDF + b"\0" * LARGEST, 422),
    ],
)
def test_a_paper_is_what_its_name_says(api: Api, name: str, content: bytes, status: int) -> None:
    answer = api.upload("lan", name=name, content=content)
    assert answer.status_code == status, answer.text
    if status == 422:
        assert list(complaints(answer)) == ["file"]


def test_a_paper_has_a_type_of_the_list_and_a_file(api: Api) -> None:
    assert list(complaints(api.upload("lan", kind="THU_TINH"))) == ["type"]
    nothing = api.client.post("/api/v1/papers", data={"type": "TO_TRINH"}, headers=api.headers("lan"))
    assert list(complaints(nothing)) == ["file"]
    text = api.client.post(
        "/api/v1/papers", data={"type": "TO_TRINH", "file": "x"}, headers=api.headers("lan")
    )
    assert list(complaints(text)) == ["file"]
    broken = api.headers("lan") | {"Content-Type": "multipart/form-data; boundary=x"}
    assert complaints(api.client.post("/api/v1/papers", content=b"--y\r\n", headers=broken))
    assert api.upload("ngoc").status_code == 404


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(sorted(DRAFT)) | st.text(max_size=8), inner, max_size=5)
    ),
    max_leaves=12,
)


@given(value=JSON)
def test_json_is_read_back_or_refused(value: Any) -> None:
    try:
        text = json.dumps(value).encode()
        assert json.dumps(read_json(text)) == json.dumps(value)
    except Unreadable:
        assert b"NaN" in text or b"Infinity" in text or b"\\ud" in text


@given(
    text=st.text(max_size=40)
    | st.from_regex(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(Z|[+-]\d{2}:\d{2}))?", fullmatch=True)
)
def test_every_text_names_a_moment_or_is_refused(text: str) -> None:
    try:
        found = moment_named(text)
    except Invalid:
        return
    assert found.tzinfo is not None
    assert text.startswith(f"{found.year}-")


@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.sampled_from(sorted(DRAFT)), value=JSON)
def test_no_value_of_any_field_breaks_the_api(api: Api, part: str, value: Any) -> None:
    content = json.dumps({**DRAFT, part: value}).encode()
    assert api.raw("lan", "dossiers", content).status_code in (201, 409, 422)
