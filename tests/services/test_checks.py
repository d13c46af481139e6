"""Every self-check of the books catches a break that somebody plants with SQL behind the house's back."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from provider.audit.models import Deed
from provider.audit.queries import first_broken_deed
from provider.db import Store
from provider.errors import N_
from provider.ledger.models import Entry, EntryKind
from provider.lists.service import accept
from provider.money import Money
from provider.payday.safe import issue_advance, withdraw
from provider.payday.service import hand_out
from provider.payday.till import close_till, open_till
from provider.payouts.funds import receive_funds
from provider.payouts.models import Payout, Period
from provider.settlement import checks
from provider.settlement.closing import close_month
from provider.settlement.service import confirm, draw_up, keep_paper
from provider.staff.rules import Role
from tests.make import SEPTEMBER, make_actor, make_agency, make_office, make_opening, make_person, make_staff
from tests.make.lists import line, receive_list
from tests.reading import untrue_sentences

GUARDED = ("entry", "deed")
Plant = str | Callable[[Session], None]


@pytest.fixture(autouse=True)
def _true_books() -> None:
    """These tests leave broken books behind on purpose."""


@pytest.fixture
def month(store: Store) -> int:
    """A whole month through every room: two people on a list, one paid from a till, one carried over; the agency."""
    with store.write() as session:
        accountant, controller = make_actor(session), make_actor(session, Role.CONTROLLER)
        cashier, payer = make_actor(session, Role.CASHIER), make_staff(session, Role.POINT_STAFF)
        by = make_actor(session, Role.POINT_STAFF)
        received = receive_list(session, line(), line("Trần Văn Đức", 700_000), by=accountant)
        accept(session, received.id, by=accountant)
        agency, office = make_agency(session).id, make_office(session).id
        period = session.scalars(select(Period)).one()
        receive_funds(session, period.id, Money(1_200_000), document="GBC-1", on=SEPTEMBER.first_day, by=accountant)
        payout = session.scalars(select(Payout).join(Period).order_by(Payout.id)).first()
        assert payout is not None
        opening = make_opening(session, staff=payer, payouts=(payout,))
        withdraw(session, office, Money(600_000), document="RT-1", by=cashier)
        advance = issue_advance(
            session, office_id=office, staff_id=payer.id, amount=Money(600_000), opening_id=opening.id, by=cashier
        )
        till = open_till(session, advance.id, counted=Money(600_000), by=by)
        hand_out(
            session,
            till_id=till.id,
            person_id=make_person(session).id,
            payout_ids=[payout.id],
            total=payout.amount,
            by=by,
        )
        close_till(session, till.id, counted=Money(100_000), explanation="", by=by)
        close_month(session, agency, SEPTEMBER, by=accountant)
        settlement = draw_up(session, agency, SEPTEMBER, by=accountant)
        confirm(session, settlement.id, content_hash=settlement.content_hash, by=controller)
        for kind in ("pdf", "xlsx"):
            keep_paper(session, settlement.id, kind, f"the {kind} as issued".encode(), by=accountant)
    with store.read() as session:
        assert untrue_sentences(session) == []
    return agency


def unguard(session: Session) -> None:
    """Take the database's own guards away, so that a break can be planted at all."""
    if session.get_bind().dialect.name == "postgresql":
        for table in GUARDED:
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        return
    names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
    for name in names:
        session.execute(text(f"DROP TRIGGER {name}"))


def plant(store: Store, *statements: str) -> None:
    with store.write() as session:
        unguard(session)
        for statement in statements:
            session.execute(text(statement))


PLANTED = [
    (checks.paid_payouts_have_one_payment, "UPDATE entry SET amount = amount + 1 WHERE kind = 'payment'"),
    (checks.paid_payouts_have_one_payment, "UPDATE payout SET state = 'due' WHERE state = 'paid'"),
    (checks.paid_payouts_have_one_payment, "UPDATE payout SET state = 'paid' WHERE state = 'carried'"),
    (
        checks.paid_payouts_have_one_payment,
        'INSERT INTO entry SELECT id + 1000, at, "on", kind, amount, from_account, to_account, period_id, payout_id,'
        " 2, document, NULL, by_staff_id FROM entry WHERE kind = 'payment'",
    ),
    (checks.components_add_up, "UPDATE component SET amount = amount + 1000 WHERE id = 1"),
    (checks.components_add_up, "DELETE FROM component WHERE id = 1"),
    (checks.no_place_holds_less_than_nothing, "UPDATE entry SET amount = 5000000 WHERE kind = 'withdrawn'"),
    (checks.no_place_holds_less_than_nothing, "DELETE FROM entry WHERE to_account LIKE 'carried:%'"),
    (checks.money_of_periods_is_accounted_for, "UPDATE entry SET amount = 1000000 WHERE kind = 'received'"),
    (checks.money_of_periods_is_accounted_for, "DELETE FROM entry WHERE kind = 'received'"),
    (checks.locked_periods_are_resolved, "UPDATE payout SET state = 'missed' WHERE state = 'carried'"),
    (checks.accepted_rows_are_payouts, "UPDATE list_row SET payout_id = NULL WHERE position = 0"),
    (checks.accepted_rows_are_payouts, "DELETE FROM list_row WHERE position = 0"),
    (checks.hand_outs_are_booked, "UPDATE handout_line SET payout_id = (SELECT max(id) FROM payout)"),
    (
        checks.hand_outs_are_booked,
        "UPDATE handout_line SET entry_id = (SELECT min(id) FROM entry WHERE kind = 'received')",
    ),
    (checks.tills_were_fed, "UPDATE advance SET amount = amount + 50000"),
    (checks.tills_were_fed, "DELETE FROM entry WHERE kind = 'advance'"),
    (checks.carried_payouts_arrive, "UPDATE payout SET carried_from_id = NULL"),
    (checks.carried_payouts_arrive, "UPDATE payout SET amount = amount + 1 WHERE carried_from_id IS NOT NULL"),
    (checks.issued_stays_as_issued, "UPDATE settlement SET content = replace(content, '500000', '400000')"),
    (checks.issued_stays_as_issued, "UPDATE settlement SET content = 'nothing'"),
    (checks.issued_stays_as_issued, "UPDATE paper SET hash = substr(hash, 2) || 'x' WHERE kind = 'xlsx'"),
    (checks.issued_stays_as_issued, "UPDATE paper SET content = CAST('%PDF' AS {bytes}) WHERE kind = 'pdf'"),
    (checks.day_book_is_whole, "DELETE FROM deed WHERE id = 2"),
    (checks.day_book_is_whole, "UPDATE chain_head SET deed_id = deed_id - 1"),
]


@pytest.mark.parametrize(("check", "statement"), PLANTED, ids=lambda value: getattr(value, "__name__", None))
def test_a_planted_break_is_found(
    store: Store, month: int, check: Callable[[Session], list[str]], statement: str
) -> None:
    plant(store, statement.replace("{bytes}", "BLOB" if store.on_sqlite else "BYTEA"))
    with store.read() as session:
        where = check(session)
        assert where, "the break was not found"
        sentence = next(words for words, one in checks.CHECKS if one is check)
        told = {one.sentence: one.where for one in checks.differences(session)}
        assert told[sentence] == tuple(where)


def test_every_check_has_a_break_planted_for_it() -> None:
    assert {check for check, _statement in PLANTED} == {check for _sentence, check in checks.CHECKS}
    assert len({sentence for sentence, _check in checks.CHECKS}) == len(checks.CHECKS)
    assert N_("x") == "x"


def test_what_is_found_names_the_thing_it_is_about(store: Store, month: int) -> None:
    plant(store, "UPDATE component SET amount = amount + 1000 WHERE id = 1")
    with store.read() as session:
        payout = session.scalar(text("SELECT payout_id FROM component WHERE id = 1"))
        assert [one.where for one in checks.differences(session)] == [(f"payout:{payout}",)]


COLUMNS = (
    *("at", "kind", "staff_id", "staff_name", "role", "session_id", "about", "within", "facts"),
    *("previous_hash", "hash"),
)


@pytest.mark.parametrize("column", COLUMNS)
def test_no_byte_of_the_day_book_can_be_altered_unseen(store: Store, month: int, column: str) -> None:
    with store.write() as session:
        unguard(session)
        deed = session.scalars(select(Deed).where(Deed.kind == "payday:handed_out")).one()
        before, number = getattr(deed, column), deed.id
        match column:
            case "at":
                changed: object = before.replace(microsecond=before.microsecond ^ 1)
            case "staff_id" | "session_id":
                changed = (before or 0) + 1
            case _:
                changed = before[:-1] + chr(ord(before[-1]) ^ 1) if before else "x"
        setattr(deed, column, changed)
    with store.read() as session:
        assert first_broken_deed(session) == number
        assert checks.day_book_is_whole(session) == [f"deed:{number}"]


def test_deeds_cannot_change_places(store: Store, month: int) -> None:
    plant(
        store,
        "UPDATE deed SET id = -1 WHERE id = 3",
        "UPDATE deed SET id = 3 WHERE id = 4",
        "UPDATE deed SET id = 4 WHERE id = -1",
    )
    with store.read() as session:
        assert first_broken_deed(session) == 3


def test_the_last_deed_cannot_be_cut_off(store: Store, month: int) -> None:
    plant(store, "DELETE FROM deed WHERE id = (SELECT max(id) FROM deed)")
    with store.read() as session:
        assert first_broken_deed(session) is not None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET amount = 1",
        "DELETE FROM entry",
        "UPDATE deed SET facts = '{}'",
        "DELETE FROM deed",
    ],
)
def test_with_its_guards_the_database_refuses_such_a_break_at_once(store: Store, month: int, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), store.write() as session:
        session.execute(text(statement))


def test_the_day_book_and_the_cash_book_agree_on_the_hand_out(store: Store, month: int) -> None:
    with store.read() as session:
        paid = session.scalars(select(Entry).where(Entry.kind == EntryKind.PAYMENT)).one()
        deed = session.scalars(select(Deed).where(Deed.kind == "payday:handed_out")).one()
        assert deed.about == f"payout:{paid.payout_id}"
