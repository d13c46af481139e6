"""Slips and receipts, read back: whose they are, what the QR says, and that nothing runs over an edge."""

import re

import pytest

from provider.paper import NotOnPaper, sheet
from provider.payday import slips
from provider.words import amount_in_words
from tests.papers import made, read_back

EDGE = 4


def paper_of(*sheets, layout="a6"):
    return sheet("slip.html", slips=sheets, layout=layout)


def test_one_slip_fills_one_a6():
    pdf = paper_of(made.slip(1), made.slip(2), made.longest_slip())
    assert read_back.page_count(pdf) == 3
    assert read_back.sizes_in_mm(pdf) == {(105, 148)}


def test_four_slips_share_an_a4():
    pdf = paper_of(*(made.slip(number) for number in range(9)), layout="a4x4")
    assert read_back.page_count(pdf) == 3
    assert read_back.sizes_in_mm(pdf) == {(210, 297)}


def test_an_unknown_layout_is_a_bug():
    with pytest.raises(NotOnPaper, match="a4x4"):
        paper_of(made.slip(), layout="a5")


def test_a_slip_says_who_what_when_where_and_what_to_bring():
    slip = made.slip(lines=made.MANY_LINES[:3], collectors=made.LONG_COLLECTORS[:1])
    text = read_back.texts(paper_of(slip))[0]
    for said in (
        "GIẤY BÁO LĨNH TIỀN", "Tháng 09/2024", slip.name, "sinh 1942", "••• ••• 402", "Thôn Như Lệ, xã Hải Lệ",
        "2.789.000 đ", "truy lĩnh 2 tháng", "4.454.000 đ", amount_in_words(slip.total), "Thứ Sáu, 06/09/2024",
        "7 giờ 30 – 9 giờ 00", "Điểm BĐ-VHX Hải Lệ", "Mang theo: Căn cước công dân", "Nhận thay: Công Tằng",
        "không phải trả bất kỳ khoản phí nào", "0233 3861 234", slip.short_code,
    ):  # fmt: skip
        assert said in text, said


def test_a_slip_without_a_day_says_so_and_a_reprint_says_so():
    text = read_back.texts(paper_of(made.slip(day=None, slot="", hours="", copy=3)))[0]
    assert "xem thông báo của Bưu điện" in text
    assert "Bản in lần 3" in text


@pytest.mark.parametrize("layout", ["a6", "a4x4"])
def test_two_readers_read_every_code_from_a_picture(layout, tmp_path):
    made_slips = [made.slip(1), made.longest_slip(2), made.slip(3), made.slip(4)]
    found_by_one, found_by_other = [], []
    for picture in read_back.pictures(paper_of(*made_slips, layout=layout), tmp_path):
        one, other = read_back.codes(picture)
        found_by_one += one
        found_by_other += other
    tokens = sorted(slip.token for slip in made_slips)
    assert sorted(found_by_one) == tokens
    assert sorted(found_by_other) == tokens
    assert {slips.read(token, made.KEY) for token in tokens} == {made.id_of(number) for number in (1, 2, 3, 4)}


def test_the_qr_holds_no_name_no_number_and_no_amount(tmp_path):
    (picture,) = read_back.pictures(paper_of(made.slip()), tmp_path)
    (code,), _ = read_back.codes(picture)
    assert re.fullmatch("CT1[0-9A-Z]{31}", code)
    assert slips.read(code, made.KEY) == made.id_of(1)


def awkward_slips():
    wide = {"name": "Wẫm " * 9 + "Nguyễn", **made.LONG_PLACES}
    yield made.slip()
    yield made.slip(birth="", id_masked="", hamlet="", phone="", until=None, address="")
    yield made.longest_slip()
    for count in range(1, len(made.MANY_LINES) + 1):
        yield made.slip(lines=made.MANY_LINES[:count])
        yield made.slip(lines=made.MANY_LINES[:count], collectors=made.LONG_COLLECTORS, **wide)


def test_nothing_on_a_slip_runs_over_an_edge_or_over_something_else():
    awkward = list(awkward_slips())
    pages = read_back.words(paper_of(*awkward))
    assert len(pages) == len(awkward)
    for page in pages:
        assert read_back.outside(page, EDGE, EDGE, 105 - EDGE, 148 - EDGE) == []
        assert read_back.collisions(page) == []


def test_a_long_slip_stays_in_its_quarter_of_an_a4():
    pages = read_back.words(paper_of(*(made.longest_slip(number) for number in range(4)), layout="a4x4"))
    assert read_back.collisions(pages[0]) == []
    for left, top in ((0, 0), (105, 0), (0, 148.5), (105, 148.5)):
        mine = [word for word in pages[0] if left <= word.left < left + 105 and top <= word.top < top + 148.5]
        assert len(mine) > 100
        assert read_back.outside(mine, left + EDGE, top + EDGE, left + 105 - EDGE, top + 148.5 - EDGE) == []


def test_more_allowances_than_fit_are_one_line_and_the_sum_stays():
    slip = made.longest_slip()
    text = read_back.texts(paper_of(slip))[0]
    assert "Các khoản khác (3 khoản) 2.200.000 đ" in text
    assert "21.453.000 đ" in text
    assert sum(line.amount.dong for line in slip.shown_lines) == slip.total.dong


def test_print_is_big_where_it_fits():
    (page,) = read_back.words(paper_of(made.slip()))
    heights = {word.text: (word.bottom - word.top) / 25.4 * 72 / 1.107 for word in page}
    assert heights["An"] > 14
    assert heights["500.000"] > 13


def test_a_receipt_says_what_was_handed_out_to_whom(tmp_path):
    receipt = made.receipt(collector=made.LONG_COLLECTORS[1])
    pdf = sheet("receipt.html", receipt=receipt)
    assert read_back.sizes_in_mm(pdf) == {(105, 148)}
    (text,) = read_back.texts(pdf)
    for said in (
        "BIÊN NHẬN", "BN-HL-2024-09-0042", "08:42 06/09/2024", "2.789.000 đ",
        "Hai triệu bảy trăm tám mươi chín nghìn đồng.",
        "Người nhận thay: Nguyễn Hoàng Phương Nguyên", "nhân viên Lê Văn An", "(Ký hoặc điểm chỉ)",
    ):  # fmt: skip
        assert said in text, said
    (picture,) = read_back.pictures(pdf, tmp_path)
    assert read_back.codes(picture) == ([receipt.token], [receipt.token])
    assert slips.read(receipt.token, made.KEY, context="receipt") == made.id_of(7)


def test_nothing_on_a_receipt_runs_over_an_edge_and_there_is_room_to_sign():
    for collector in (None, made.LONG_COLLECTORS[1]):
        for lines in (made.MANY_LINES[:1], made.MANY_LINES):
            long = made.receipt(
                name=made.LONGEST_NAME,
                lines=lines,
                collector=collector,
                copy=2,
                short_code="XR8V PG8T",
                **made.LONG_PLACES,
            )
            (page,) = read_back.words(sheet("receipt.html", receipt=long))
            assert read_back.outside(page, EDGE, EDGE, 105 - EDGE, 148 - EDGE) == []
            assert read_back.collisions(page) == []
            sign = max(word.bottom for word in page if word.text == "(Ký)")
            foot = min(word.top for word in page if word.text == "Thắc")
            assert foot - sign > 12
