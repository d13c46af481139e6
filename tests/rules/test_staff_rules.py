"""Roles, rights, scope, passwords, PINs, waits and codes: pure."""

import datetime as dt
import unicodedata

import pyotp
import pytest

from provider import clock
from provider.errors import Refusal
from provider.staff import passwords, second_factor, throttle
from provider.staff.passwords import Cost
from provider.staff.refusals import PasswordTooCommon, PasswordTooLong, PasswordTooShort, UnsafePin
from provider.staff.rules import (
    AGENCY_ROLES,
    MAY,
    MONEY,
    READING,
    ROLE_NAMES,
    SECOND_PERSON,
    Right,
    Role,
    Scope,
    SecondPersonNeeded,
    may,
    may_any,
    refuse_same_person,
)
from provider.staff.sessions import browser_name

NOW = dt.datetime(2024, 9, 5, 3, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "COST", Cost(memory=8, passes=1, lanes=1))


# -- who may do what


def test_every_role_has_a_name_and_rights() -> None:
    assert set(ROLE_NAMES) == set(MAY) == set(Role)
    assert len(set(ROLE_NAMES.values())) == len(Role)


def test_every_right_is_held_by_somebody() -> None:
    assert set(Right) == set().union(*MAY.values())


def test_the_administrator_touches_no_money_and_sees_no_personal_data() -> None:
    forbidden = MONEY | {Right.SEE_PERSON, Right.REVEAL_PERSONAL_DATA, Right.CORRECT_PERSON, Right.SEE_LIST}
    assert not MAY[Role.ADMINISTRATOR] & forbidden


@pytest.mark.parametrize("role", [Role.AGENCY_SUPERVISOR, Role.PROVINCIAL_MANAGER])
def test_who_only_watches_changes_nothing(role: Role) -> None:
    looking = READING | {Right.ANYONE, Right.SIGNED_IN, Right.SEE_DESK, Right.SEE_STYLE}
    assert MAY[role] <= looking


def test_the_provincial_manager_reads_everything() -> None:
    assert MAY[Role.PROVINCIAL_MANAGER] >= READING


@pytest.mark.parametrize("role", AGENCY_ROLES)
def test_an_agency_pays_nothing_and_sees_no_unmasked_person(role: Role) -> None:
    assert not MAY[role] & MONEY
    assert not may_any(role, {Right.SEE_PERSON, Right.REVEAL_PERSONAL_DATA, Right.SEE_OPENING})


def test_only_the_administrator_manages_staff() -> None:
    assert [role for role in Role if may(role, Right.MANAGE_STAFF)] == [Role.ADMINISTRATOR]


AMONG_COLLEAGUES = {Right.ASK_UNDO, Right.MANAGE_STAFF}
"""Deeds whose second person is a colleague of the same role, on the spot; the database keeps them two people."""


@pytest.mark.parametrize(
    ("maker", "checker"), [pair for pair in SECOND_PERSON.items() if pair[0] not in AMONG_COLLEAGUES]
)
def test_nobody_holds_both_halves_of_a_deed_for_two(maker: Right, checker: Right) -> None:
    assert not [role for role in Role if may(role, maker) and may(role, checker)]


def test_a_role_that_is_none_holds_only_what_is_public() -> None:
    assert may("system", Right.ANYONE)
    assert not may("system", Right.SIGNED_IN)
    assert not may("", Right.HAND_OUT)
    assert may("point_staff", Right.HAND_OUT)


@pytest.mark.parametrize(("maker", "checker"), [(7, 7), (None, 7), (7, None), (None, None)])
def test_the_second_person_is_known_and_another(maker: int | None, checker: int | None) -> None:
    with pytest.raises(SecondPersonNeeded):
        refuse_same_person(maker, checker)


def test_two_people_are_two_people() -> None:
    refuse_same_person(7, 8)


# -- how far it reaches


def test_an_empty_scope_reaches_nothing_and_everything_reaches_all() -> None:
    assert not Scope().covers_office(1)
    assert not Scope().covers(office_id=1, agency_id=1)
    assert Scope.everything().covers(office_id=1, agency_id=2, point_id=3)


def test_a_thing_is_covered_when_all_it_has_is_covered() -> None:
    scope = Scope(frozenset({1}), frozenset({2}), frozenset())
    assert scope.covers(office_id=1, agency_id=2)
    assert not scope.covers(office_id=1, agency_id=3)
    assert not scope.covers(office_id=4, agency_id=2)
    assert not scope.covers(office_id=1, agency_id=2, point_id=9)


def test_a_thing_without_any_place_is_covered_by_nobody() -> None:
    assert not Scope.everything().covers()


def test_a_thing_without_an_office_is_outside_a_limited_scope() -> None:
    assert not Scope(frozenset({1}), None, None).covers_office(None)
    assert Scope(None, None, None).covers_office(None)


# -- passwords


@pytest.mark.parametrize(
    "password",
    [
        "lúa chín vàng bên triền đê quê ngoại",
        "correct horse battery staple",
        "mưa rơi ướt cả sân phơi 1978",
        "Xk9#vTq2!mWzR7pLb",
        "cầu ghế đá rêu phong ngủ trưa",
    ],
)
def test_a_sentence_of_one_s_own_is_a_good_password(password: str) -> None:
    passwords.refuse_weak(password, second_factor=False)


@pytest.mark.parametrize(
    "password",
    [
        "123456789012345",
        "000000000000000",
        "qwertyuiop123456",
        "matkhau123456789",
        "MatKhau@20242024",
        "p4ssw0rd1234567",
        "P@$$w0rdP@$$w0rd",
        "buudienvietnam2024",
        "Buudien@quangtri2024",
        "chitra.vnpost.2024",
        "nhanvienbuudien1",
        "Kế toán bưu điện 1",
        "nguyenthihoa1990",
        "anhyeuem1402199x",
        "iloveyouforever!!",
        "abcdefghijklmnop",
        "aaaaaaaaaaaaaaaaaaaa",
        "!@#$%^&*()_+!@#$%^",
    ],
)
def test_what_everybody_tries_first_is_refused_however_long(password: str) -> None:
    with pytest.raises(PasswordTooCommon):
        passwords.refuse_weak(password, second_factor=False)


def test_more_than_ten_thousand_common_passwords_are_refused() -> None:
    tails = [
        "",
        "1",
        "12",
        "123",
        "1234",
        "12345",
        "123456",
        "@123",
        "!",
        "1!",
        "2024",
        "@2024",
        "2025",
        "01",
        "99",
        "@@",
    ]
    tails += [str(year) for year in range(1960, 2000)]
    tried = {word + tail for word in passwords.common_words() for tail in tails}
    assert len(tried) > 10_000
    assert [password for password in sorted(tried)[::7] if not passwords.is_common(password)] == []


def test_one_s_own_name_and_login_make_no_password() -> None:
    about = ("vo.huulong", "Võ Hữu Long")
    assert not passwords.is_common("bươm bướm đậu cành chanh")
    assert passwords.is_common("Vohuulong-1962-Vohuulong", about=about)


def test_a_second_factor_allows_a_shorter_password() -> None:
    passwords.refuse_weak("gió mùa rét", second_factor=True)
    with pytest.raises(PasswordTooShort) as refused:
        passwords.refuse_weak("gió mùa rét", second_factor=False)
    assert refused.value.facts == {"least": 15}
    with pytest.raises(PasswordTooShort):
        passwords.refuse_weak("gió rét", second_factor=True)


def test_a_password_may_be_128_characters_long() -> None:
    long = ("bờ tre gốc rạ chuồn chuồn ớt " * 5)[:128]
    passwords.refuse_weak(long, second_factor=False)
    with pytest.raises(PasswordTooLong):
        passwords.refuse_weak(long + "x", second_factor=False)


def test_the_same_word_typed_by_two_input_methods_is_the_same_password() -> None:
    kept = passwords.hash_of(unicodedata.normalize("NFC", "lúa chín bên đê"))
    assert passwords.prove(kept, unicodedata.normalize("NFD", "lúa chín bên đê")).right
    assert not passwords.prove(kept, "lua chin ben de").right


def test_hashes_are_argon2id_and_never_twice_the_same() -> None:
    one, other = passwords.hash_of("a"), passwords.hash_of("a")
    assert one.startswith("$argon2id$")
    assert one != other


def test_production_hashes_cost_at_least_what_owasp_asks() -> None:
    assert passwords.PRODUCTION_COST.memory >= 19 * 1024
    assert passwords.PRODUCTION_COST.passes >= 2


def test_nobody_s_password_is_never_right_but_is_checked_all_the_same() -> None:
    assert not passwords.prove("", "").right
    assert not passwords.prove("", "anything").right
    assert not passwords.prove("not a hash", "anything").right


def test_a_password_of_a_megabyte_is_not_even_hashed() -> None:
    assert not passwords.prove(passwords.hash_of("a"), "a" * 1_000_000).right


def test_a_hash_of_cheaper_days_is_renewed_when_the_password_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = passwords.hash_of("bờ tre")
    monkeypatch.setattr(passwords, "COST", Cost(memory=16, passes=1, lanes=1))
    assert passwords.prove(kept, "bờ tre").renewed.startswith("$argon2id$v=19$m=16")
    assert passwords.prove(kept, "other").renewed == ""


@pytest.mark.parametrize(
    "pin", ["111111", "123456", "654321", "123123", "121212", "12345", "1234567", "", "12a456", "１２３４５７"]
)
def test_the_pin_anybody_would_try_first_is_refused(pin: str) -> None:
    with pytest.raises(UnsafePin):
        passwords.refuse_unsafe_pin(pin)


def test_an_ordinary_pin_is_taken() -> None:
    passwords.refuse_unsafe_pin("508217")


def test_an_activation_code_may_be_typed_carelessly() -> None:
    code = passwords.new_activation_code()
    assert passwords.activation_hash(code) == passwords.activation_hash(f" {code.lower().replace('-', ' ')} ")
    assert passwords.new_activation_code() != code


# -- slowing down


def _failures(*seconds_ago: int) -> list[dt.datetime]:
    return [NOW - dt.timedelta(seconds=seconds) for seconds in seconds_ago]


def test_four_mistakes_cost_nothing() -> None:
    assert throttle.wait_after(_failures(1, 2, 3, 4), NOW, free=5) == 0


def test_the_wait_doubles_with_each_further_mistake() -> None:
    five = _failures(0, 1, 2, 3, 4)
    assert [throttle.wait_after(_failures(*[0] * n) or five, NOW, free=5) for n in (5, 6, 7, 8, 9, 10)] == [
        30,
        60,
        120,
        240,
        480,
        900,
    ]


def test_the_wait_counts_from_the_last_mistake_and_ends() -> None:
    assert throttle.wait_after(_failures(20, 21, 22, 23, 24), NOW, free=5) == 10
    assert throttle.wait_after(_failures(31, 32, 33, 34, 35), NOW, free=5) == 0


def test_nobody_waits_longer_than_a_quarter_of_an_hour_and_old_mistakes_are_forgotten() -> None:
    assert throttle.wait_after(_failures(*[0] * 40), NOW, free=5) == 900
    assert throttle.wait_after(_failures(*[901] * 40), NOW, free=5) == 0


def test_a_known_browser_is_known_for_its_own_account_only() -> None:
    word = throttle.new_device_word(b"key", "le.an")
    assert len(word) == 64
    assert throttle.known_device(b"key", "le.an", word) == word[:32]
    assert throttle.known_device(b"key", "tran.ba", word) == ""
    assert throttle.known_device(b"other", "le.an", word) == ""
    assert throttle.known_device(b"key", "le.an", "") == ""
    assert throttle.known_device(b"key", "le.an", "ế" * 64) == ""


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/128.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/128.0 Safari/537.36 Edg/128.0", "Edge · Windows"),
        ("curl/8.5", "curl/8.5"),
        ("", ""),
        ("x" * 500, "x" * 40),
    ],
)
def test_a_browser_is_shown_as_a_person_knows_it(told: str, shown: str) -> None:
    assert browser_name(told) == shown


# -- second factor


def test_a_code_opens_once_and_a_neighbouring_half_minute_is_forgiven() -> None:
    secret = second_factor.new_secret()
    with clock.stopped("2024-09-05T10:00"):
        step = int(clock.now().timestamp()) // 30
        for offset in (0, -1, 1):
            code = pyotp.TOTP(secret).generate_otp(step + offset)
            assert second_factor.step_of(secret, code, after=0) == step + offset
            assert second_factor.step_of(secret, code, after=step + offset) is None
        assert second_factor.step_of(secret, pyotp.TOTP(secret).generate_otp(step - 2), after=0) is None
        assert second_factor.step_of(secret, f" {code[:3]} {code[3:]} ", after=0) == step + 1


@pytest.mark.parametrize("code", ["", "abcdef", "١٢٣٤٥٦", "12345", "1234567890123"])
def test_what_is_no_code_opens_nothing(code: str) -> None:
    assert second_factor.step_of(second_factor.new_secret(), code, after=0) is None


def test_a_secret_is_sealed_for_its_owner_and_by_our_key() -> None:
    sealed = second_factor.seal(b"k" * 32, "staff:7", "JBSWY3DPEHPK3PXP")
    assert "JBSWY" not in sealed
    assert second_factor.unseal(b"k" * 32, "staff:7", sealed) == "JBSWY3DPEHPK3PXP"
    assert second_factor.unseal(b"k" * 32, "staff:8", sealed) is None
    assert second_factor.unseal(b"x" * 32, "staff:7", sealed) is None
    assert second_factor.unseal(b"k" * 32, "staff:7", "garbage") is None
    assert second_factor.unseal(b"k" * 32, "staff:7", "") is None


def test_an_authenticator_is_told_who_and_where() -> None:
    assert second_factor.address(second_factor.new_secret(), "le.an").startswith(
        "otpauth://totp/Chi%20tr%E1%BA%A3:le.an?"
    )


def test_every_refusal_of_the_room_has_a_code_and_a_sentence() -> None:
    from provider.staff import refusals

    own = [kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, Refusal)]
    own = [kind for kind in own if kind.__module__ == refusals.__name__]
    assert len({kind.code for kind in own}) == len(own)
    assert all(kind.sentence.endswith(".") for kind in own)
