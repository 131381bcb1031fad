"""The minutes of a session: every figure from its record, in words too; what a signature seals stays as it was."""

import hashlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from builders import World
from builders_council import a_council, convened, counted, opened, ready, seat, session, voted
from docx import Document
from hypothesis import given, strategies as st

from states.council.ballots import Roll, Totals, outcome
from states.council.vote_rules import Rule
from workflow.papers.minutes_matter import gathered
from workflow.papers.minutes_paper import minutes_paper
from workflow.papers.minutes_round import verdict
from workflow.papers.official_paper import OfficialPaper, Paragraph, Table
from workflow.papers.terms import figure, percent
from workflow.papers.word_file import word_file


def minutes(world: World, ref: str) -> OfficialPaper:
    """The minutes of a session as they stand."""
    with world.engine.database.reading() as conn:
        return minutes_paper(gathered(world.engine, conn, world.record(ref), session(world, ref)))


def sentences(paper: OfficialPaper) -> str:
    """Its running text."""
    return "\n".join(block.text for block in paper.blocks if isinstance(block, Paragraph))


def tables(paper: OfficialPaper) -> list[Table]:
    """Its tables: the roll first, then one to each round."""
    return [block for block in paper.blocks if isinstance(block, Table)]


def lines(paper: OfficialPaper) -> list[str]:
    """Every line of its Word file, read back."""
    document: Any = Document(BytesIO(word_file(paper)))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [p.text for where in (document, *cells) for p in where.paragraphs if p.text]


def ruled(world: World, share: int, award: str = "CSTDCS") -> None:
    """The council votes this award under another share."""
    said = {"award": award, "share": share, "source": "Quy chế 05/QC-HĐ", "confidence": "high"}
    world.do("chau", "set_rule", "HD-2024-0001", reason="Quy chế mới", **said)


def test_eight_of_nine_is_88_9_percent_which_the_minutes_say_misses_90(world: World) -> None:
    a_council(world)
    ruled(world, 90)
    dossier = ready(world, unit="P2", awards=("CSTDCS",))
    ref = opened(world, dossier, absent=["duc"])
    voted(world, ref, dossier)
    paper = minutes(world, ref)
    said = sentences(paper)
    assert (
        "8 trên 9 thành viên là 88,9%, chưa đạt 90% (cần 9 (chín) phiếu, thiếu 1 (một)): không thông" in said
    )
    assert "8 (tám) phiếu tán thành, 0 (không) phiếu không tán thành" in said
    assert "ít nhất 90% tổng số thành viên Hội đồng có quyền biểu quyết" in said
    assert "Có mặt khi đóng vòng phiếu: 8 trên 9 thành viên; cần ít nhất 2/3, tức 6 (sáu) người: đủ" in said
    assert "Tổng số thành viên có quyền biểu quyết: 9 (chín). Có mặt: 8 (tám)." in said
    (row,) = tables(paper)[1].rows
    assert row[2:] == ("8", "0", "0", "0", "9", "9", "88,9%", "Không thông qua")
    read = lines(paper)
    assert {"88,9%", "BIÊN BẢN", "THƯ KÝ", "CHỦ TỌA", f"Số: {ref}/BB-HĐTĐKT"} <= set(read)
    assert any("chưa đạt 90%" in line for line in read)


def test_who_did_not_vote_is_named_with_why(world: World) -> None:
    a_council(world)
    dossier = ready(world, unit="P2")
    ref = opened(world, dossier)
    world.do("quang", "declare_conflict", ref, dossier=dossier, reason="Cùng dòng họ")
    world.do("vinh", "declare_conflict", ref, dossier=dossier, reason="Từng làm cùng")
    lifted = f"{seat(world, ref, 'vinh')}.{world.ids(dossier)[0]}"
    world.do("chau", "lift_conflict", ref, conflict=lifted, reason="Đã thôi từ lâu")
    voted(world, ref, dossier)
    said = sentences(minutes(world, ref))
    assert "Dương Vinh Quang không bỏ phiếu về" in said
    assert "tự khai báo có liên quan (Cùng dòng họ)" in said
    assert "1 (một) thành viên có liên quan không bỏ phiếu" in said
    assert "8 trên 9 thành viên là 88,9%, đạt 70% (cần 7 (bảy) phiếu): thông qua" in said
    assert "không có liên quan đến" in said
    assert "Đã thôi từ lâu" in said
    assert "Từng làm cùng" not in said


def test_written_opinions_are_counted_apart_from_the_room(world: World) -> None:
    a_council(world)
    world.do(
        "chau",
        "set_rule",
        "HD-2024-0001",
        reason="Quy chế",
        written="allowed",
        source="Quy chế 05",
        confidence="high",
    )
    dossier = ready(world, unit="P2")
    ref = opened(world, dossier, written=["duc"])
    voted(world, ref, dossier)
    paper = minutes(world, ref)
    assert "trong đó 1 (một) ý kiến bằng văn bản" in sentences(paper)
    assert "Vắng, gửi ý kiến bằng văn bản: 1 (một), gồm" in sentences(paper)
    assert tables(paper)[1].rows[0][2:6] == ("9", "0", "0", "1")
    assert "Vắng, gửi ý kiến bằng văn bản" in {row[3] for row in tables(paper)[0].rows}


def test_a_round_held_again_stands_beside_the_first_with_its_reason(world: World) -> None:
    a_council(world)
    dossier = ready(world, unit="P2", awards=("CSTDCS",))
    ref = opened(world, dossier)
    failed = world.ids(dossier)[0]
    voted(world, ref, dossier, against={failed: 5})
    voted(world, ref, dossier, nominations=[failed], again="Phiếu in sai tên")
    paper = minutes(world, ref)
    said = sentences(paper)
    assert said.index("Vòng phiếu 1:") < said.index("Vòng phiếu 2:") < said.index("Phiếu in sai tên")
    assert [table.rows[0][-1] for table in tables(paper)[1:]] == ["Không thông qua", "Thông qua"]


def test_what_was_put_off_set_aside_or_lowered_is_told_with_its_reason(world: World) -> None:
    a_council(world)
    one, other = ready(world, unit="T1", awards=("CSTDCS", "LDTT", "TTLDTT")), ready(world, unit="P2")
    ref = opened(world, one, other)
    apart, name = world.ids(one)[1], world.view("chau", one).nominations[1].name
    world.do("chau", "set_aside", ref, dossier=one, nominations=[apart], reason="Có đơn", lands="review")
    first = world.ids(one)[0]
    lower = {"nomination": first, "award": "LDTT", "reason": "Chưa đủ sáng kiến"}
    world.do("chau", "propose_lower", ref, dossier=one, **lower)
    world.do("chau", "postpone_item", ref, dossier=other, reason="Chờ xác minh")
    said = sentences(minutes(world, ref))
    assert f"Tách {name} sang hồ sơ riêng, đưa về thẩm định lại, lý do: Có đơn." in said
    assert ", lý do: Chưa đủ sáng kiến." in said
    assert f"mức thấp hơn cho {world.view('chau', one).nominations[0].name}: " in said
    assert "Để hồ sơ sang phiên sau, lý do: Chờ xác minh." in said
    assert "3 (ba) trường hợp" in said


def test_the_hash_of_the_last_signature_is_that_of_the_file_made_again(world: World) -> None:
    a_council(world)
    dossier = ready(world)
    ref = opened(world, dossier)
    voted(world, ref, dossier)
    world.do("chau", "close_session", ref)
    words = {"opening": "Khai mạc.", "discussion": "Dòng một\nDòng hai", "closing": "Hết."}
    world.do("yen", "write_minutes", ref, text=words)
    world.do("yen", "sign_minutes", ref)
    assert session(world, ref).sha256 == ""
    world.do("chau", "send_back_minutes", ref, reason="Thiếu kiến nghị")
    assert lines(minutes(world, ref)).count("(Đã ký)") == 0
    world.do("yen", "write_minutes", ref, text={**words, "proposals": "Tuyên dương trước toàn ngành."})
    world.do("yen", "sign_minutes", ref)
    world.do("chau", "sign_minutes", ref)
    paper = minutes(world, ref)
    assert session(world, ref).sha256 == hashlib.sha256(word_file(paper)).hexdigest()
    assert [s.name for s in paper.signatures] == ["Trịnh Hải Yến", "Đinh Bảo Châu"]
    assert [s.capacity[0] for s in paper.signatures] == ["THƯ KÝ", "CHỦ TỌA"]
    said = lines(paper)
    assert {"Dòng một", "Dòng hai", "Tuyên dương trước toàn ngành."} <= set(said)
    assert "Không có kiến nghị nào được ghi nhận." not in said
    assert world.refused("yen", "write_minutes", ref, text=words) == ["wrong_station"]


def test_an_open_round_is_not_in_the_minutes_yet(world: World) -> None:
    a_council(world)
    dossier = ready(world)
    ref = opened(world, dossier)
    world.do("yen", "open_round", ref, dossier=dossier)
    counted(world, ref)
    assert len(tables(minutes(world, ref))) == 1
    assert "Hội đồng chưa bỏ phiếu về hồ sơ này." in sentences(minutes(world, ref))


def test_a_round_that_lost_its_quorum_is_not_counted(sqlite_world: World) -> None:
    world = sqlite_world
    a_council(world)
    dossier = ready(world, unit="P2")
    ref = opened(world, dossier)
    world.do("yen", "open_round", ref, dossier=dossier)
    for who in ("duc", "binh", "dung", "son"):
        world.do("yen", "mark_attendance", ref, seat=seat(world, ref, who), attendance="absent")
    world.do("chau", "close_round", ref)
    paper = minutes(world, ref)
    assert len(tables(paper)) == 1
    assert "5 trên 9 thành viên; cần ít nhất 2/3, tức 6 (sáu) người: không đủ điều kiện" in sentences(paper)
    assert "không kiểm phiếu vì không đủ số thành viên có mặt" in sentences(paper)


def test_a_session_only_convened_has_its_members_called_but_nothing_voted(sqlite_world: World) -> None:
    a_council(sqlite_world)
    ref = convened(sqlite_world, ready(sqlite_world))
    assert "Hội đồng chưa bỏ phiếu về hồ sơ này." in sentences(minutes(sqlite_world, ref))


def _verdict(share: int, seats: int, votes: int, *, strict: bool = False) -> str:
    rule, members = Rule(share, strict=strict), tuple(str(n) for n in range(seats))
    totals = Totals(votes, seats - votes)
    return verdict(rule, outcome(rule, Roll(members, members), "n", totals))


def test_more_than_half_is_said_as_such() -> None:
    assert "4 trên 8 thành viên là 50,0%, chưa quá 50% (cần 5 (năm) phiếu" in _verdict(50, 8, 4, strict=True)
    assert "5 trên 8 thành viên là 62,5%, quá 50%" in _verdict(50, 8, 5, strict=True)


@given(st.integers(1, 99), st.data(), st.integers(1, 100))
def test_the_sentence_never_contradicts_the_count(seats: int, data: Any, share: int) -> None:
    votes = data.draw(st.integers(0, seats))
    said = _verdict(share, seats, votes)
    assert ("chưa đạt" in said) == (votes * 100 < share * seats or votes == 0)
    assert said.startswith(f"{votes} trên {seats} thành viên là ")


def test_figures_are_written_twice_and_shares_with_a_comma() -> None:
    counts: Sequence[int] = (0, 21, 105)
    assert [figure(n) for n in counts] == ["0 (không)", "21 (hai mươi mốt)", "105 (một trăm linh năm)"]
    assert [percent(n) for n in (0, 889, 1000, 5)] == ["0,0%", "88,9%", "100,0%", "0,5%"]
