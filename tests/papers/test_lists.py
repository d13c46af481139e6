"""The list to sign, the settlement, the claim and the list of the unpaid, read back."""

import re
from dataclasses import replace
from functools import cache

import pytest

from provider.figures import plain
from provider.money import Money
from provider.paper import sheet
from provider.payday import slips
from provider.words import amount_in_words
from tests.papers import made, read_back

LANDSCAPE = (297, 210)


@cache
def settlement_paper(*, price: int = 500_000, version: int = 1) -> bytes:
    """Drawn once for all tests here: it is the longest of the papers."""
    return sheet("settlement.html", settlement=made.settlement(40, price=price, version=version))


@pytest.mark.parametrize(("count", "long"), [(1, False), (8, False), (9, False), (40, False), (80, False), (30, True)])
def test_every_page_of_the_list_adds_itself_up_and_carries_forward(count, long):
    roster = made.roster(count, long=long)
    pdf = sheet("roster.html", roster=roster)
    pages = read_back.texts(pdf)
    assert read_back.sizes_in_mm(pdf) == {LANDSCAPE}
    if len(pages) > 1:
        people = [int(re.search(r"Cộng trang: (\d+) người", page)[1]) for page in pages]
        carried = [int(re.search(r"Cộng dồn đến trang này: (\d+) người", page)[1]) for page in pages]
        assert sum(people) == count
        assert carried == [sum(people[: at + 1]) for at in range(len(people))]
    assert f"TỔNG CỘNG: {count} người" in pages[-1]
    assert f"{plain(roster.sums.total)} đồng" in pages[-1]
    assert amount_in_words(roster.sums.total) in pages[-1]
    assert "ĐẠI DIỆN CƠ QUAN" in pages[-1]
    assert all("Họ và tên" in page and "Ký nhận" in page for page in pages)
    assert [f"Trang {at}/{len(pages)}" in page for at, page in enumerate(pages, start=1)] == [True] * len(pages)


def test_every_person_stands_on_the_list_once():
    text = " ".join(read_back.texts(sheet("roster.html", roster=made.roster(60))))
    assert all(text.count(row.id_number) == 1 for row in made.roster(60).rows)


@pytest.mark.parametrize("long", [False, True])
def test_nothing_on_the_list_is_printed_over_something_else(long):
    for page in read_back.words(sheet("roster.html", roster=made.roster(20, long=long))):
        assert read_back.collisions(page) == []
        assert read_back.outside(page, 29, 5, 297 - 14, 210 - 5) == []


def test_a_list_cut_wrongly_is_refused():
    with pytest.raises(ValueError, match="39 places"):
        made.roster(40).pages((20, 19))


def test_the_settlement_reads_like_a_bank_statement(tmp_path):
    settlement = made.settlement(40)
    statement = settlement.statement
    pdf = settlement_paper()
    text = " ".join(read_back.texts(pdf))
    assert read_back.sizes_in_mm(pdf) == {LANDSCAPE}
    for line in statement.lines:
        assert re.search(
            rf"\b{line.number} \d\d:\d\d \d\d/\d\d/2024 {line.movement.reference}\b.* {plain(line.balance)}\b", text
        )
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 05/BKQT-BĐQT",
        "Quảng Trị, ngày 25 tháng 9 năm 2024", "Số dư đầu kỳ", "Số dư cuối kỳ", "Không thay cho sao kê tài khoản",
        amount_in_words(statement.paid), settlement.content_hash[:16], settlement.day_book_head[:16],
        "Hoàn trả", "Chuyển kỳ", "XÁC NHẬN CỦA CƠ QUAN", "GIÁM ĐỐC BƯU ĐIỆN", "Nơi nhận:", "- Lưu: VT, KTTC.",
        *(row.label for row in statement.by_commune), plain(settlement.fee.gross),
    ):  # fmt: skip
        assert said in text, said
    for picture in read_back.pictures(pdf, tmp_path)[-1:]:
        assert read_back.codes(picture) == ([settlement.token], [settlement.token])
    assert slips.read(settlement.token, made.KEY, context="settlement") == made.id_of(5)


def test_every_page_of_the_settlement_carries_its_number_and_its_hash():
    settlement = made.settlement(40, version=2)
    pages = read_back.texts(settlement_paper(version=2))
    assert all(f"Số 05/BKQT-BĐQT – bản 2 – mã nội dung {settlement.content_hash[:16]}" in page for page in pages)
    assert "thay cho bản 1" in pages[0]


@pytest.mark.parametrize("price", [500_000, 99_500_000])
def test_the_figures_of_a_settlement_stay_in_their_columns(price):
    for page in read_back.words(settlement_paper(price=price)):
        assert read_back.collisions(page) == []
        assert read_back.outside(page, 29, 5, 297 - 14, 210 - 5) == []
        assert not [word for word in page if re.fullmatch(r"\d{1,3}(\.\d{3})*\.\d{1,2}", word.text)]


def test_the_page_number_stands_on_top_but_not_on_the_first_page():
    first, second, *_ = read_back.words(settlement_paper())
    assert [word.text for word in second if word.top < 15] == ["2"]
    assert [word.text for word in first if word.top < 15] == []


def test_the_fee_claim_says_for_what_how_much_and_where_to():
    claim = made.fee_claim()
    (text,) = read_back.texts(sheet("fee_claim.html", claim=claim))
    for said in (
        "GIẤY ĐỀ NGHỊ THANH TOÁN PHÍ CHI TRẢ", "Kính gửi: Phòng LĐ-TB&XH", "0,75%", "6.600", "đồng/người",
        plain(claim.fee.gross), amount_in_words(claim.fee.gross), "0771 0000 1234", "KẾ TOÁN TRƯỞNG",
    ):  # fmt: skip
        assert said in text, said


def test_a_claim_without_an_account_leaves_room_to_write_it():
    claim = replace(made.fee_claim(), account_number="", bank="")
    (text,) = read_back.texts(sheet("fee_claim.html", claim=claim))
    assert re.search(r"số tài khoản …+, tại …+\.", text)


def test_the_list_of_the_unpaid_says_how_long_and_what_becomes_of_the_money():
    pages = read_back.texts(sheet("unpaid_list.html", unpaid=made.unpaid(30)))
    text = " ".join(pages)
    assert "Tổng cộng: 30 người" in text
    assert amount_in_words(Money(15_000_000)) in text
    assert "Đi viện; Chuyển" in text
    assert all("Số kỳ" in page for page in pages[:-1])


def test_an_empty_list_of_the_unpaid_says_that_everybody_came():
    (text,) = read_back.texts(sheet("unpaid_list.html", unpaid=made.unpaid(0)))
    assert "Không có ai chưa nhận." in text
    assert "Không đồng" in text
