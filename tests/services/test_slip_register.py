"""Slips: one per person and month, one code for ever; what a scanned or typed code leads to."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from provider.agreements.rules import Programme
from provider.audit.queries import deeds_about
from provider.db import Store
from provider.money import Money
from provider.payday import slips
from provider.payday.models import Slip
from provider.payday.notices import notices
from provider.payday.refusals import SlipUnknown
from provider.payday.slip_register import looks_like_token, print_slips, slip_behind, slip_meant, slips_of
from provider.payday.slip_sheet import SlipSheet
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Payout
from provider.recipients.rules import PayeeKind
from tests.make import (
    SEPTEMBER,
    make_actor,
    make_agency,
    make_commune,
    make_opening,
    make_payee,
    make_payout,
    make_period,
    make_person,
)

KEY = b"the key of the tests"


def printed(session: Session, **more: object) -> list[SlipSheet]:
    agency, by = make_agency(session), make_actor(session)
    return notices(session, agency_id=agency.id, month=SEPTEMBER, key=KEY, by=by, **more)  # type: ignore[arg-type]


def test_a_person_has_one_slip_with_all_allowances_together(store: Store) -> None:
    with store.write() as session:
        one = make_payout(session, amount=540_000, arrears=60_000)
        two = make_payout(session, amount=2_055_000, period=make_period(session, Programme.NCC))
        opening = make_opening(session, payouts=(one, two))
        (sheet,) = printed(session, opening_id=opening.id)
        assert sheet.total == Money(2_655_000)
        assert [line.label for line in sheet.lines] == [
            "Trợ cấp xã hội hằng tháng, Tháng 09/2024",
            "Trợ cấp ưu đãi người có công, Tháng 09/2024",
        ]
        assert sheet.lines[0].note == "gồm truy lĩnh 60.000"
        assert (sheet.point, sheet.slot, sheet.copy) == ("Nhà văn hóa Phường 1", "07:30 – 11:00", 1)
        assert sheet.id_masked == "••• ••• 017"
        assert session.scalar(select(func.count()).select_from(Slip)) == 1


def test_a_reprint_has_the_same_code_and_is_counted_and_noted(store: Store) -> None:
    with store.write() as session:
        opening = make_opening(session, payouts=(make_payout(session),))
        first, second = printed(session, opening_id=opening.id), printed(session, opening_id=opening.id)
        assert [sheet.token for sheet in first] == [sheet.token for sheet in second]
        assert [sheet.copy for sheet in first + second] == [1, 2]
        deeds = deeds_about(session, f"opening:{opening.id}")
        assert [(deed.facts["people"], deed.facts["first_copies"]) for deed in deeds] == [(1, 1), (1, 0)]


def test_slips_are_for_who_waits_for_cash_at_a_point_in_roster_order(store: Store) -> None:
    with store.write() as session:
        late = make_payout(session, make_person(session, "Trần Văn Đức"))
        early = make_payout(session, make_person(session, "Lê Thị Hoa"))
        opening = make_opening(session, payouts=(early, late))
        for channel, state in (
            (Channel.HOME, State.DUE),
            (Channel.ACCOUNT, State.DUE),
            (Channel.CASH_POINT, State.HELD),
            (Channel.CASH_POINT, State.PAID),
        ):
            make_payout(session, make_person(session, f"Người {channel} {state}"), channel=channel, state=state)
        assert [sheet.name for sheet in printed(session, opening_id=opening.id)] == ["Lê Thị Hoa", "Trần Văn Đức"]
        assert len(printed(session)) == 2
        elsewhere = make_commune(session, "Phường 2").id
        assert printed(session, commune_ids=[elsewhere]) == []
        assert printed(session, opening_id=999) == []


def test_the_slip_names_who_may_collect_today(store: Store) -> None:
    with store.write() as session:
        person = make_person(session)
        make_payee(session, person, kind=PayeeKind.GUARDIAN)
        over = make_payee(session, person, "Lê Văn Ba")
        over.valid_to = over.valid_from
        make_payout(session, person)
        (sheet,) = printed(session)
        assert [(one.name, one.relation) for one in sheet.collectors] == [("Trần Văn Nam", "con")]


def test_an_illness_is_never_named_on_a_slip(store: Store) -> None:
    with store.write() as session:
        make_payout(session, benefit_text="Người nhiễm HIV/AIDS thuộc hộ nghèo")
        (sheet,) = printed(session)
        assert "HIV" not in repr(sheet)


# -- reading a code back -----------------------------------------------------------------------------------------------


def one_slip(session: Session) -> tuple[SlipSheet, Payout]:
    payout = make_payout(session)
    (sheet,) = printed(session)
    return sheet, payout


@pytest.mark.parametrize("dress", ["{}", " {} ", "https://chitra.example/{}", "{}\n"])
def test_a_scanned_code_leads_to_its_person(store: Store, dress: str) -> None:
    with store.write() as session:
        sheet, payout = one_slip(session)
        for text in (sheet.token, sheet.token.lower()):
            found = slip_meant(session, dress.format(text), key=KEY)
            assert found is not None
            assert (found.person_id, found.month, found.copies) == (payout.person_id, SEPTEMBER, 1)


def test_a_typed_code_leads_to_its_person_however_it_is_typed(store: Store) -> None:
    with store.write() as session:
        sheet, payout = one_slip(session)
        for typed in (sheet.short_code, sheet.short_code.lower(), sheet.short_code.replace(" ", "-")):
            assert slip_behind(session, typed, key=KEY).person_id == payout.person_id


def test_a_forged_an_altered_and_an_unknown_code_are_told_apart(store: Store) -> None:
    with store.write() as session:
        sheet, _payout = one_slip(session)
        last = "0" if sheet.token[-5] != "0" else "1"
        with pytest.raises(slips.Forged):
            slip_meant(session, sheet.token[:-5] + last + sheet.token[-4:], key=KEY)
        with pytest.raises(slips.Forged):
            slip_meant(session, slips.make(bytes(8), b"somebody else's key"), key=KEY)
        with pytest.raises(SlipUnknown):
            slip_meant(session, slips.make(bytes(8), KEY), key=KEY)
        with pytest.raises(slips.AnotherPaper):
            slip_meant(session, slips.make(bytes(8), KEY, context="receipt"), key=KEY)
        with pytest.raises(SlipUnknown):
            slip_meant(session, slips.short_code(b"somebody"), key=KEY)


def test_a_mistyped_short_code_is_said_to_be_one_and_a_name_is_not(store: Store) -> None:
    with store.write() as session:
        sheet, _payout = one_slip(session)
        typed = sheet.short_code
        swapped = typed[:-1] + next(letter for letter in "XRVPG" if letter != typed[-1])
        if not swapped.replace(" ", "").isdigit():
            with pytest.raises(slips.MistypedCode):
                slip_meant(session, swapped, key=KEY)
        for text in ("bưởi", "nguyen thi buoi", "0017", "045141000017", "", "b"):
            assert slip_meant(session, text, key=KEY) is None
            assert not looks_like_token(text)


def test_eight_digits_of_an_identity_number_are_no_code_unless_a_slip_has_it(store: Store) -> None:
    with store.write() as session:
        _sheet, payout = one_slip(session)
        assert slip_meant(session, "23456789", key=KEY) is None
        typed = next(
            code
            for number in range(22_222_222, 99_999_999)
            if not set(code := str(number)) & set("01") and _is_code(code)
        )
        assert slip_meant(session, typed, key=KEY) is None
        slip = session.scalars(select(Slip)).one()
        slip.short = f"{typed[:4]} {typed[4:]}"
        session.flush()
        found = slip_meant(session, typed, key=KEY)
        assert found is not None
        assert found.person_id == payout.person_id


def _is_code(text: str) -> bool:
    try:
        slips.read_short_code(text)
    except slips.MistypedCode:
        return False
    return True


def test_every_slip_has_a_code_of_its_own(store: Store) -> None:
    with store.write() as session:
        agency, by = make_agency(session), make_actor(session)
        people = [make_person(session, f"Người {number}").id for number in range(30)]
        made = print_slips(session, agency_id=agency.id, month=SEPTEMBER, person_ids=people, about="test", by=by)
        assert len({slip.short for slip in made.values()}) == len({slip.id8 for slip in made.values()}) == 30
        some = slips_of(session, agency_id=agency.id, month=SEPTEMBER, person_ids=people[:3])
        assert set(some) == set(people[:3])
