"""Who may enter a batch, how accounts and banks are read, and the word by which a line is found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.clock import Month
from provider.transfers.banks import bank_of, banks
from provider.transfers.rules import (
    AccountFacts,
    StayOut,
    account_tail,
    account_written,
    batch_number,
    line_of,
    may_enter,
    name_for_bank,
    token_of,
)


def facts(**more: object) -> AccountFacts:
    values: dict[str, object] = {
        "name": "Nguyễn Thị Bưởi",
        "account_no": "0451000123456",
        "bank_is_known": True,
        "holder": "NGUYEN THI BUOI",
    }
    return AccountFacts(**(values | more))  # type: ignore[arg-type]


def test_an_account_in_the_person_s_own_name_may_enter() -> None:
    assert may_enter(facts()) is None
    assert may_enter(facts(holder="Nguyễn Thị  Bưởi")) is None


def test_an_account_without_a_written_holder_is_the_person_s_own() -> None:
    assert may_enter(facts(holder="")) is None


def test_an_account_of_a_registered_representative_may_enter() -> None:
    assert may_enter(facts(holder="TRAN VAN NAM", representatives=("Trần Văn Nam",))) is None


@pytest.mark.parametrize("holder", ["TRAN VAN NAM", "NGUYEN BUOI", "BUOI NGUYEN THI", "NGUYEN THI BUOI EM"])
def test_another_name_stays_out_also_when_it_is_nearly_the_same(holder: str) -> None:
    assert may_enter(facts(holder=holder)) is StayOut.NAME_DIFFERS
    assert StayOut.NAME_DIFFERS.sentence.startswith("Lệch tên")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"account_no": ""}, StayOut.NO_ACCOUNT),
        ({"account_no": "  "}, StayOut.NO_ACCOUNT),
        ({"account_no": "12345"}, StayOut.ACCOUNT_UNCLEAR),
        ({"account_no": "không có"}, StayOut.ACCOUNT_UNCLEAR),
        ({"bank_is_known": False}, StayOut.BANK_UNKNOWN),
        ({"is_deceased": True}, StayOut.DECEASED),
    ],
)
def test_what_is_missing_or_unclear_stays_out_with_its_reason(more: dict[str, object], why: StayOut) -> None:
    assert may_enter(facts(**more)) is why
    assert why.sentence


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("0451000123456", "0451000123456"),
        ("0451 000 123 456", "0451000123456"),
        ("0451.000.123-456", "0451000123456"),
        ("000123456", "000123456"),
        ("buoi1941", "BUOI1941"),
        ("12345", None),
        ("1" * 20, None),
        ("0000000000", None),
        ("4.51E+11", None),
        ("4,51E+11", None),
        ("KHONGCO", None),
        ("0451000123456 (con trai)", None),
        ("٠٤٥١٠٠٠١٢٣", None),
    ],
)
def test_accounts_keep_their_zeros_and_lose_their_spaces(text: str, read: str | None) -> None:
    assert account_written(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("0912 345 678", "0912345678"),
        ("+84912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("01652345678", "0352345678"),
        ("01282345678", "0782345678"),
        ("0112345678", None),
        ("0451000123456", None),
    ],
)
def test_a_wallet_is_a_mobile_number_and_old_ones_are_made_new(text: str, read: str | None) -> None:
    assert account_written(text, is_wallet=True) == read


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Agribank", "970405"),
        ("Ngân hàng NN&PTNT thị xã Quảng Trị", "970405"),
        ("NHNo&PTNT CN Đông Hà", "970405"),
        ("NH TMCP Công Thương VN - CN Quảng Trị", "970415"),
        ("TMCP Sài Gòn Công Thương", "970400"),
        ("Sài Gòn - Hà Nội", "970443"),
        ("Ngân hàng TMCP Đầu tư và Phát triển Việt Nam", "970418"),
        ("BIDV Nam A Lưới", "970418"),
        ("LienVietPostBank", "970449"),
        ("LPBank", "970449"),
        ("Vikki", "970406"),
        ("Viettel Money", "971005"),
        ("970436", "970436"),
    ],
)
def test_a_bank_is_known_by_what_people_write(text: str, number: str) -> None:
    found = bank_of(text)
    assert found is not None
    assert found.bin == number


@pytest.mark.parametrize("text", ["", "khác", "970442", "422589", "Quỹ tín dụng"])
def test_a_bank_nobody_knows_and_a_wrong_number_from_a_public_list_are_no_bank(text: str) -> None:
    assert bank_of(text) is None


def test_every_bank_has_its_own_number_and_is_found_by_its_own_name() -> None:
    assert len({bank.bin for bank in banks()}) == len(banks()) == 44
    for bank in banks():
        assert bank_of(bank.name) == bank
        for written in bank.written:
            assert bank_of(written) == bank, written


def test_a_name_for_the_bank_has_no_marks() -> None:
    assert name_for_bank("Đặng  Thị Thuyền") == "DANG THI THUYEN"
    assert name_for_bank("H'Bia Niê") == "H BIA NIE"


def test_numbers_of_batches_say_their_month() -> None:
    assert batch_number(12, Month(2024, 9)) == "CK2409-000012"


def test_an_account_shows_its_end_only() -> None:
    assert account_tail("0451000123456") == "••••\u00a03456"
    assert account_tail("123") == "••••"


@given(st.integers(min_value=1, max_value=10**10))
def test_a_line_is_found_again_by_its_word(line_id: int) -> None:
    assert line_of(f"MBVCB.123.TRO CAP BTXH T9/2024 {token_of(line_id)} NGUYEN THI BUOI") == line_id


@given(st.integers(min_value=1, max_value=10**8 - 1), st.integers(0, 8), st.integers(1, 9))
def test_a_misread_digit_is_no_line(line_id: int, place: int, shift: int) -> None:
    digits = list(token_of(line_id)[2:])
    digits[place] = str((int(digits[place]) + shift) % 10)
    assert line_of("CT" + "".join(digits)) is None


def test_a_content_without_the_word_names_no_line() -> None:
    assert line_of("TRO CAP BTXH T9/2024") is None
