"""A payday: a payer with an open till at an opening, with the services themselves, so that the books are true."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from provider.audit.actor import Actor
from provider.money import Money
from provider.payday.models import Handout, Till
from provider.payday.safe import issue_advance
from provider.payday.service import hand_out
from provider.payday.till import open_till
from provider.payouts.models import Payout
from provider.points.models import Opening
from provider.staff.rules import Role
from tests.make.month import make_cash, make_funds, make_opening, make_period
from tests.make.registers import actor, make_office, make_staff


@dataclass(frozen=True)
class Payday:
    """Who is there, and the till."""

    till: Till
    opening: Opening | None
    payer: Actor
    cashier: Actor


def make_payday(session: Session, *payouts: Payout, cash: int = 10_000_000, at_counter: bool = False) -> Payday:
    """An opening where these payouts (funded before) are expected, and a payer who has counted his advance."""
    payer, cashier = make_staff(session, Role.POINT_STAFF), make_staff(session, Role.CASHIER)
    opening = None if at_counter else make_opening(session, staff=payer, payouts=payouts)
    office = make_office(session)
    make_funds(session, make_period(session), cash)
    make_cash(session, office, cash)
    advance = issue_advance(
        session,
        office_id=office.id,
        staff_id=payer.id,
        amount=Money(cash),
        opening_id=opening.id if opening else None,
        by=actor(cashier),
    )
    till = open_till(session, advance.id, counted=Money(cash), by=actor(payer))
    return Payday(till, opening, actor(payer), actor(cashier))


def pay(session: Session, day: Payday, *payouts: Payout) -> Handout:
    """Hand out these payouts of one person, as the card shows them."""
    return hand_out(
        session,
        till_id=day.till.id,
        person_id=payouts[0].person_id,
        payout_ids=[payout.id for payout in payouts],
        total=Money.sum(payout.amount for payout in payouts),
        by=day.payer,
    )
