"""Packages at the pages and over the API: sent with the letter, taken away, brought elsewhere, read there."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from builders import World, a_dossier, a_nomination, answered, forwarded, voted
from builders_packages import Taken, digest, with_files
from builders_pages import Desk, a_city, at_the_desk, words

from db import view_log
from db.engine import Database
from workflow.batches.runner import Runner
from workflow.packages.check import Limits, check
from workflow.packages.problems import TooManyFiles
from workflow.packages.sending import made
from workflow.papers.letter_paper import Letter
from workflow.people.tokens import create_token

LETTER = {"letter_no": "15/TTr-UBND", "date": "2024-05-20"}


@pytest.fixture
def sender(sqlite_database: Database, tmp_path: Path) -> World:
    """A city whose papers have their bytes."""
    return with_files(a_city(sqlite_database, tmp_path))


def taken(desk: Desk, path: str) -> bytes:
    """What a link gives to be saved."""
    answer = desk.browser.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return bytes(answer.content)


def brought(desk: Desk, content: bytes, **more: Any) -> Any:
    """The answer to a package sent to the page of received ones."""
    files = {"file": ("goi.zip", content, "application/zip")}
    return desk.browser.post("/received", data={"csrf": desk.csrf}, files=files, **more)


def onward(world: World, ref: str) -> None:
    """From the unit's desk to where it waits to be submitted upward."""
    world.do("minh", "submit", ref)
    forwarded(world, ref)
    world.do("yen", "put_on_agenda", ref, session_no="02/2024", date="2024-05-20")
    voted(world, ref)


def test_what_goes_with_the_letter_is_recorded_and_stays_as_it_was_sent(sender: World) -> None:
    ref = a_dossier(sender, "awaiting_submission")
    desk = at_the_desk(sender, "hung")
    assert "/package.zip" in desk.read(f"/dossiers/{ref}")
    assert "Cần biết trước khi ký:</b> Thiếu giấy tờ nên có" in desk.read(f"/dossiers/{ref}/submission")
    desk.send(f"/dossiers/{ref}/submission", ref, **LETTER)
    said = desk.told()
    submission = sender.case(ref).submission
    assert submission is not None
    assert submission.package[:8] in said
    content = taken(desk, f"/dossiers/{ref}/package.zip")
    assert digest(content) == submission.package
    assert check(BytesIO(content), Limits()).manifest.letter.model_dump() == {
        "no": "15/TTr-UBND",
        "date": "2024-05-20",
    }
    answered(sender, ref)
    assert taken(desk, f"/dossiers/{ref}/package.zip") == content
    assert submission.package in desk.read(f"/dossiers/{ref}/history?changes=1") + desk.read(
        f"/dossiers/{ref}"
    )


def test_the_same_form_sent_twice_is_one_submission(sender: World) -> None:
    ref = a_dossier(sender, "awaiting_submission")
    desk = at_the_desk(sender, "hung")
    version = str(sender.record(ref).version)
    for _ in range(2):
        answer = desk.send(f"/dossiers/{ref}/submission", key="twice", version=version, **LETTER)
        assert answer.status_code == 303
    assert len([e for e in sender.entries(ref) if e.act == "submit_upward"]) == 1


def test_a_letter_goes_without_a_package_where_the_bytes_of_a_paper_are_gone(
    sqlite_database: Database, tmp_path: Path
) -> None:
    world = a_city(sqlite_database, tmp_path)
    ref = a_dossier(world, "awaiting_submission")
    desk = at_the_desk(world, "hung")
    assert desk.browser.get(f"/dossiers/{ref}/package.zip").status_code == 303
    assert "bị mất hoặc khác bản đã ghi" in desk.told()
    desk.send(f"/dossiers/{ref}/submission", ref, **LETTER)
    assert "Chưa lập được gói điện tử" in desk.told()
    submission = world.case(ref).submission
    assert submission is not None
    assert submission.package == ""


def test_home_affairs_and_the_chairman_take_the_package_and_nobody_else(sender: World) -> None:
    ref = a_dossier(sender, "awaiting_submission")
    for login in ("son", "ngoc", "hung"):
        desk = at_the_desk(sender, login)
        assert check(BytesIO(taken(desk, f"/dossiers/{ref}/package.zip")), Limits())
    for login in ("lan", "tam", "khoa", "trung", "chau"):
        at_the_desk(sender, login).read(f"/dossiers/{ref}/package.zip", status=404)
    early = a_dossier(sender, "home_affairs_review")
    at_the_desk(sender, "son").read(f"/dossiers/{early}/package.zip", status=404)
    with sender.engine.database.reading() as conn:
        looks = view_log.listed(conn, frozenset({"LK"}), ref=ref, limit=9)
    assert [(look.what, look.about) for look, _ in looks] == [("export", "package.zip")] * 3


def test_a_package_is_brought_checked_and_read(
    sender: World, postgresql_database: Database, tmp_path: Path
) -> None:
    rows = [a_nomination("CSTD_TINH", "Rơ Châm Tâm", title="Cán bộ"), a_nomination("TTLDXS", "Tổ Văn thư")]
    ref = a_dossier(sender, "awaiting_submission", rows=rows)
    content = taken(at_the_desk(sender, "hung"), f"/dossiers/{ref}/package.zip")
    province = a_city(postgresql_database, tmp_path / "province")
    desk = at_the_desk(province, "ly")
    assert "Chưa nhận gói nào" in desk.read("/received")
    place = brought(desk, content).headers["Location"]
    page = desk.read(place)
    for said in (
        "Rơ Châm Tâm",
        "Cán bộ",
        "Tổ Văn thư",
        "Gói nguyên vẹn",
        ref,
        digest(content),
        "Phường Hoa Mai",
    ):
        assert said in page
    assert taken(desk, f"{place}/package.zip") == content
    papers = Taken.of(content).members
    assert (
        taken(desk, f"{place}/files/{ref}/papers/001-TO_TRINH.pdf")
        == papers[f"{ref}/papers/001-TO_TRINH.pdf"]
    )
    assert taken(desk, f"{place}/files/to-trinh.docx") == papers["to-trinh.docx"]
    checked_again(desk, place, tmp_path / "province" / "blobs" / digest(content)[:2] / digest(content))
    desk.read(f"{place}/files/nothing.pdf", status=404)
    desk.read("/received/nothing", status=404)
    again = brought(desk, content)
    assert again.headers["Location"] == place
    assert "không có gì thay đổi" in desk.told()
    assert desk.read("/received").count(place) == 1
    listed_views(province, digest(content)[:12])


def checked_again(desk: Desk, place: str, kept: Path) -> None:
    """The button tells what has become of the bytes since they were kept."""
    assert "Gói nguyên vẹn" in words(desk.send(f"{place}/check"))
    content = kept.read_bytes()
    kept.write_bytes(content[:-1])
    refused = words(desk.send(f"{place}/check"))
    assert "Gói bị thay đổi" in refused
    assert "tệp không phải là gói hồ sơ, hoặc bị cắt" in refused
    kept.write_bytes(content)


def listed_views(province: World, sha256: str) -> None:
    """The auditors read who looked into the package."""
    page = at_the_desk(province, "trung").read("/audit/views")
    assert "Xem gói nhận về" in page
    assert f"{sha256} files/to-trinh.docx" in page


def test_a_package_that_was_changed_is_refused_in_the_readers_language(sender: World) -> None:
    ref = a_dossier(sender, "awaiting_submission")
    desk = at_the_desk(sender, "ly")
    content = taken(at_the_desk(sender, "hung"), f"/dossiers/{ref}/package.zip")
    changed = Taken.of(content)
    changed.members["danh-sach.docx"] = b"another list"
    answer = brought(desk, changed.packed())
    assert answer.status_code == 422
    assert "danh-sach.docx: dung lượng khác bản kê" in words(answer)
    english = brought(desk, changed.packed(), headers={"Accept-Language": "en"})
    assert "danh-sach.docx: its size is not the listed one" in words(english)
    assert "Chọn một gói hồ sơ" in words(desk.browser.post("/received", data={"csrf": desk.csrf}))
    assert "Chưa nhận gói nào" in desk.read("/received")


def test_a_body_reads_its_own_packages_only(sender: World) -> None:
    ref = a_dossier(sender, "awaiting_submission")
    content = taken(at_the_desk(sender, "hung"), f"/dossiers/{ref}/package.zip")
    place = brought(at_the_desk(sender, "ly"), content).headers["Location"]
    at_the_desk(sender, "son").read(place)
    for login in ("lan", "khoa", "trung", "yen"):
        desk = at_the_desk(sender, login)
        desk.read("/received", status=404)
        desk.read(place, status=404)
        assert brought(desk, content).status_code == 404


@pytest.fixture
def program(sender: World) -> Iterator[Any]:
    """A program of the chairman's."""
    desk = at_the_desk(sender, "hung")
    token = create_token(sender.engine, "hung", "thử", clock=lambda: sender.now)
    desk.browser.headers["Authorization"] = f"Bearer {token}"
    return desk.browser


def test_a_program_makes_the_package_and_sends_it_with_the_letter(sender: World, program: Any) -> None:
    ref = a_dossier(sender, "awaiting_submission")
    made = program.post(f"/api/v1/dossiers/{ref}/package", json=LETTER)
    assert made.status_code == 201, made.text
    assert program.post(f"/api/v1/dossiers/{ref}/package", json=LETTER).json() == made.json()
    sha256 = made.json()["sha256"]
    sent = {"version": sender.record(ref).version, "args": {**LETTER, "package": sha256}}
    path, key = f"/api/v1/dossiers/{ref}/acts/submit_upward", {"Idempotency-Key": "p1"}
    for _ in range(2):
        answer = program.post(path, json=sent, headers=key)
        assert answer.status_code == 200, answer.text
    assert program.get(f"/api/v1/dossiers/{ref}").json()["submission"]["package"] == sha256
    content = program.get(f"/api/v1/dossiers/{ref}/package").content
    assert (digest(content), len(content)) == (sha256, made.json()["size"])


def test_a_program_is_told_why_there_is_no_package(sender: World, program: Any, tmp_path: Path) -> None:
    early, ref = a_dossier(sender, "awaiting_council"), a_dossier(sender, "awaiting_submission")
    for path in (early, "HS-2024-0999"):
        assert program.post(f"/api/v1/dossiers/{path}/package", json=LETTER).status_code == 404
        assert program.get(f"/api/v1/dossiers/{path}/package").status_code == 404
    wrong = program.post(f"/api/v1/dossiers/{ref}/package", json={"letter_no": "", "date": "20/05/2024"})
    assert (wrong.status_code, sorted(f["field"] for f in wrong.json()["fields"])) == (
        422,
        ["date", "letter_no"],
    )
    for blob in (tmp_path / "blobs").glob("*/*"):
        blob.unlink()
    assert program.get(f"/api/v1/dossiers/{ref}/package").status_code == 404
    lost = program.post(f"/api/v1/dossiers/{ref}/package", json=LETTER)
    assert (lost.status_code, [f["field"] for f in lost.json()["fields"]]) == (422, ["ref"])


def test_several_dossiers_go_under_one_letter_with_one_package(sender: World) -> None:
    refs = [a_dossier(sender, "awaiting_submission", unit=unit) for unit in ("P1", "P2", "T1")]
    desk = at_the_desk(sender, "hung")
    seen = [f"{ref}:{sender.record(ref).version}" for ref in refs]
    asked = desk.send("/signing/sheet", act="submit_upward", item=seen)
    ticked = re.findall(r'name="confirmed" value="([^"]+)"', asked.text)
    form = {"act": "submit_upward", "item": seen, "confirmed": ticked, "do": "all", **LETTER}
    own = {f"letter.{refs[2]}": "16/TTr-UBND"}
    batch = str(desk.send("/signing", **form, **own).headers["Location"])
    Runner(sender.engine).start(batch.rpartition("/")[2]).wait(60)
    first, second, apart = (sender.case(ref).submission for ref in refs)
    assert first
    assert apart
    assert (first, apart.letter_no) == (second, "16/TTr-UBND")
    page = desk.read(batch)
    assert "Tờ trình 15/TTr-UBND, 2 hồ sơ" in page
    content = taken(desk, re.findall(r'href="(/dossiers/[^"]+/package.zip)"', page)[0])
    found = check(BytesIO(content), Limits())
    assert (found.sha256, [one.ref for one in found.manifest.dossiers]) == (first.package, refs[:2])
    assert taken(desk, f"/dossiers/{refs[1]}/package.zip") == content
    letter = desk.read(f"/dossiers/{refs[0]}/official/letter")
    assert refs[1] in letter
    assert refs[2] not in letter


def test_a_letter_whose_package_would_be_refused_as_too_large_goes_without(sender: World) -> None:
    refs = [a_dossier(sender, "awaiting_submission", unit=unit) for unit in ("P1", "P2")]
    letter = Letter("15/TTr-UBND", date(2024, 5, 20))
    with pytest.raises(TooManyFiles):
        made(sender.engine, sender.people["hung"], refs, letter, Limits(members=14))
    sha256, _ = made(sender.engine, sender.people["hung"], refs, letter, Limits(members=15))
    with sender.engine.blobs.open(sha256) as stream:
        assert check(stream, Limits(members=15)).sha256 == sha256


def test_a_program_makes_one_package_for_a_batch_and_is_told_what_does_not_belong(
    sender: World, program: Any
) -> None:
    refs = [a_dossier(sender, "awaiting_submission", unit=unit) for unit in ("P1", "P2")]
    early = a_dossier(sender, "awaiting_council")
    wrong = program.post("/api/v1/packages", json={"refs": [refs[0], early], **LETTER})
    assert (wrong.status_code, [f["field"] for f in wrong.json()["fields"]]) == (422, ["refs.1"])
    assert program.post("/api/v1/packages", json={"refs": ["HS-2024-0999"], **LETTER}).status_code == 404
    assert program.post("/api/v1/packages", json={"refs": [], **LETTER}).status_code == 422
    made = program.post("/api/v1/packages", json={"refs": refs, **LETTER}).json()
    args = {**LETTER, "package": made["sha256"]}
    rows = [
        {"ref": ref, "version": sender.record(ref).version, "args": args, "confirmed": True} for ref in refs
    ]
    other = program.post(f"/api/v1/dossiers/{refs[0]}/package", json=LETTER).json()["sha256"]
    for nobodys in (other, "0" * 64, "../etc", 7):
        strange = [rows[0], rows[1] | {"args": {**LETTER, "package": nobodys}}]
        order = {"act": "submit_upward", "items": strange}
        refused = program.post("/api/v1/batches", json=order, headers={"Idempotency-Key": "strange"})
        assert (refused.status_code, [f["field"] for f in refused.json()["fields"]]) == (
            422,
            ["items.1.package"],
        )
    order = {"act": "submit_upward", "items": rows}
    answer = program.post("/api/v1/batches", json=order, headers={"Idempotency-Key": "all"})
    assert answer.status_code == 202, answer.text
    Runner(sender.engine).start(answer.json()["id"]).wait(60)
    for ref in refs:
        submission = sender.case(ref).submission
        assert submission
        assert submission.package == made["sha256"]


@pytest.mark.parametrize("package", ["0" * 64, "x", 7])
def test_a_package_nobody_made_is_no_package(sender: World, program: Any, package: object) -> None:
    ref = a_dossier(sender, "awaiting_submission")
    sent = {"version": sender.record(ref).version, "args": {**LETTER, "package": package}}
    path, key = f"/api/v1/dossiers/{ref}/acts/submit_upward", {"Idempotency-Key": "p2"}
    answer = program.post(path, json=sent, headers=key)
    assert (answer.status_code, [f["field"] for f in answer.json()["fields"]]) == (422, ["package"])


def test_the_province_answers_each_nomination_for_itself(sender: World, program: Any) -> None:
    ref = a_dossier(sender, "submitted_to_province", awards=("CSTD_TINH", "CSTD_TINH", "TTLDXS"))
    first, second, third = sender.ids(ref)
    desk = at_the_desk(sender, "ngoc")
    fields = {
        "answers.0.nomination": first,
        "answers.0.outcome": "awarded",
        "answers.0.decision_no": "77/QĐ-CT",
    }
    fields |= {"answers.1.nomination": second, "answers.1.outcome": "declined", "answers.2.nomination": third}
    fields |= {"answers.2.outcome": "returned", "answers.0.date": "2024-08-19", "answers.1.reason": "Chưa đủ"}
    refused = desk.send(f"/dossiers/{ref}/answer", ref, **fields)
    assert refused.status_code == 422
    assert 'id="answers.2.reason-error"' in refused.text
    done = desk.send(f"/dossiers/{ref}/answer", ref, **fields, **{"answers.2.reason": "Thiếu sáng kiến"})
    assert done.status_code == 303
    case = sender.case(ref)
    assert case.station == "home_affairs_review"
    outcomes = [case.nominations[id_].outcome for id_ in (first, second, third)]
    assert outcomes == ["awarded", "declined", ""]
    assert case.nominations[first].decision_no == "77/QĐ-CT"
    assert case.submission is None
    page = desk.read(f"/dossiers/{ref}/history")
    assert "Thiếu sáng kiến" in page


def test_a_paper_that_was_replaced_stays_at_home(sender: World) -> None:
    ref = a_dossier(sender, "drafting", awards=("CSTD_TINH",))
    desk = at_the_desk(sender, "lan")
    files = {"file": ("moi.pdf", b"%PDF-1.7 new", "application/pdf")}
    sent = {"csrf": desk.csrf, "key": "new", "version": str(sender.record(ref).version), "type": "TO_TRINH"}
    assert desk.browser.post(f"/dossiers/{ref}/papers", data=sent, files=files).status_code == 303
    onward(sender, ref)
    content = taken(at_the_desk(sender, "hung"), f"/dossiers/{ref}/package.zip")
    (dossier,) = check(BytesIO(content), Limits()).dossiers
    assert sorted(paper.name for paper in dossier.papers) == ["BIEN_BAN.pdf", "moi.pdf"]
