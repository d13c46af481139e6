"""The samples through the database: received, accepted, compared, and matched with the movement lists."""

from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from provider.agreements.rules import Programme
from provider.audit.actor import SYSTEM
from provider.audit.deeds import DeedKind
from provider.audit.queries import deeds_about
from provider.clock import Month
from provider.db import Store
from provider.errors import Missing
from provider.lists.kinds import MOVEMENTS, ListKind
from provider.lists.models import ListRow, ListState, PayoutList
from provider.lists.queries import differences_of
from provider.lists.service import accept, receive
from provider.money import Money
from provider.payouts.models import Payout
from provider.staff.rules import Role
from tests.make import SEPTEMBER, make_actor, make_agency
from tests.make.lists import line, make_registers, receive_list

SAMPLES = Path(__file__).resolve().parents[1] / "files" / "lists"
OCTOBER = SEPTEMBER.next()
SENT = ("_tang", "_giam", "_dieu_chinh")
TWO = (line(), line("Trần Văn Đức", 700_000))


def take_in(session: Session, name: str, month: Month, *, accepted: bool = True) -> PayoutList:
    """A sample, received and accepted."""
    agency_id = make_registers(session, Programme.BTXH)
    path = SAMPLES / f"btxh_{name}.xlsx"
    received = receive(
        session, path.read_bytes(), path.name, agency_id=agency_id, programme="BTXH", month=month, by=SYSTEM
    )
    if accepted:
        by = make_actor(session, Role.CONTROLLER) if not received.ties_out else SYSTEM
        accept(session, received.id, reason="Đã đối chiếu với công văn", by=by)
    return received


def test_the_samples_are_matched_to_the_last_line_through_the_database(store: Store) -> None:
    with store.write() as session:
        take_in(session, "2024-09", SEPTEMBER)
        october = take_in(session, "2024-10", OCTOBER, accepted=False)
        before = differences_of(session, october.id)
        assert before.missing == MOVEMENTS
        assert len(before.matched.unexplained) == 35
        lists = [take_in(session, f"2024-10{name}", OCTOBER) for name in SENT]
        assert [one.kind for one in lists] == list(MOVEMENTS)
        assert [one.rows for one in lists] == [14, 14, 7]
        found = differences_of(session, october.id)
    counts = {name: count for name, count in found.comparison.counts().items() if count}
    assert counts == {"new": 14, "gone": 14, "amount": 7}
    assert [one.text() for one in found.matched.unexplained] == []
    assert len(found.matched.explained) == 35
    assert not found.matched.to_look_at
    assert found.comparison.before.lines == found.comparison.after.lines == 1178
    total = found.comparison.after.monthly + found.comparison.after.once
    assert total == Money(872_500_000)
    with store.write() as session:
        accept(session, october.id, reason="Khớp", by=make_actor(session, Role.CONTROLLER))
        assert session.scalar(select(func.count()).select_from(Payout)) == 2 * 1178
        assert differences_of(session, october.id).matched.is_exact
        assert differences_of(session, lists[1].id).matched.is_exact


def test_a_movement_list_pays_nobody_and_the_database_says_so(store: Store) -> None:
    with store.write() as session:
        paid = receive_list(session, line())
        accept(session, paid.id, by=SYSTEM)
        moved = take_in(session, "2024-10_tang", OCTOBER)
        assert moved.state is ListState.ACCEPTED
        assert session.scalar(select(func.count()).select_from(Payout)) == 1
    newest = "UPDATE list_row SET payout_id = (SELECT max(id) FROM payout) WHERE id = (SELECT max(id) FROM list_row)"
    with pytest.raises(IntegrityError, match="pays nobody"), store.write() as session:
        session.execute(text(newest))


def test_a_row_of_a_decrease_without_an_amount_has_no_fault(store: Store) -> None:
    with store.write() as session:
        gone = take_in(session, "2024-10_giam", OCTOBER, accepted=False)
        assert (gone.rows, gone.with_errors) == (14, 0)
        assert gone.ties_out


def test_versions_are_counted_for_each_kind(store: Store) -> None:
    with store.write() as session:
        lists = [take_in(session, f"2024-10{name}", OCTOBER) for name in ("_tang", "_giam")]
        assert [one.version for one in lists] == [1, 1]


def test_of_two_accepted_lists_of_one_kind_the_newer_counts(store: Store) -> None:
    with store.write() as session:
        first = take_in(session, "2024-10_tang", OCTOBER)
        again = receive_list(session, line(), month=OCTOBER, kind=ListKind.INCREASE)
        assert again.version == 2
        accept(session, again.id, by=SYSTEM)
        assert first.state is ListState.REPLACED
        assert DeedKind.LIST_REPLACED in [deed.kind for deed in deeds_about(session, f"list:{first.id}")]
        session.flush()
    with pytest.raises(IntegrityError), store.write() as session:
        session.execute(text("UPDATE payout_list SET state = 'accepted'"))


def test_the_kind_may_be_given_against_what_the_title_says(store: Store) -> None:
    with store.write() as session:
        extra = receive_list(session, line("Lê Thị Hoa"), kind=ListKind.SUPPLEMENTARY)
        assert extra.kind is ListKind.SUPPLEMENTARY
        assert accept(session, extra.id, by=SYSTEM) == 1


def test_somebody_of_a_supplementary_list_belongs_to_the_month(store: Store) -> None:
    with store.write() as session:
        accept(session, receive_list(session, *TWO).id, by=SYSTEM)
        extra = receive_list(session, line("Lê Thị Hoa"), kind=ListKind.SUPPLEMENTARY)
        accept(session, extra.id, by=SYSTEM)
        october = receive_list(session, *TWO, line("Lê Thị Hoa"), month=OCTOBER)
        found = differences_of(session, october.id)
    assert not found.comparison.new
    assert len(found.against) == 2
    assert len(found.comparison.same) == 3


def test_a_corrected_version_is_compared_with_what_is_in_force(store: Store) -> None:
    with store.write() as session:
        accept(session, receive_list(session, *TWO).id, by=SYSTEM)
        corrected = receive_list(session, line(), line("Lê Thị Hoa"))
        found = differences_of(session, corrected.id, in_force=True)
    assert [one.line.name for one in found.comparison.new] == ["Lê Thị Hoa"]
    assert [one.line.name for one in found.comparison.gone] == ["Trần Văn Đức"]


def test_without_a_month_before_everybody_is_new_and_nothing_is_compared_with(store: Store) -> None:
    with store.write() as session:
        found = differences_of(session, receive_list(session, *TWO).id)
    assert found.against == ()
    assert len(found.comparison.new) == 2


def test_another_agency_s_list_is_never_compared_with(store: Store) -> None:
    with store.write() as session:
        accept(session, receive_list(session, *TWO).id, by=SYSTEM)
        other = make_agency(session, "LDTBXH-VL", "Phòng LĐ-TB&XH huyện Vĩnh Linh")
        october = receive_list(session, *TWO, month=OCTOBER)
        october.agency_id = other.id
        session.flush()
        assert differences_of(session, october.id).against == ()


def test_a_list_that_is_not_there_is_missing(store: Store) -> None:
    with store.read() as session, pytest.raises(Missing):
        differences_of(session, 99)


def test_rows_kept_for_comparing_say_arrears_apart(store: Store) -> None:
    with store.write() as session:
        accept(session, receive_list(session, line(arrears=1_500_000)).id, by=SYSTEM)
        october = receive_list(session, line(), month=OCTOBER)
        found = differences_of(session, october.id)
        assert session.scalar(select(func.count()).select_from(ListRow)) == 2
    assert not found.comparison.changed
    assert found.comparison.before.once == Money(1_500_000)
