"""A payer's day: the advance, the till, hand-outs in the order of the queue, those who did not come, the count."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from provider import clock
from provider.demo.stage import Stage
from provider.errors import Refusal
from provider.ledger import accounts
from provider.ledger.queries import balance
from provider.money import ZERO, Money
from provider.payday import safe, service, till
from provider.payday.models import Handout
from provider.payday.rules import Waiting, payable_now
from provider.payday.waiting import waiting_of
from provider.payouts.lifecycle import PAYABLE
from provider.payouts.models import Payout
from provider.points.models import Seat
from provider.recipients.models import Payee
from provider.recipients.rules import PayeeKind, in_force
from provider.visits.models import Stop

MILLION = 1_000_000


@dataclass(slots=True)
class Payer:
    """Somebody with an open till."""

    stage: Stage
    login: str
    till_id: int

    def pay(self, person_id: int) -> Handout | None:
        """Hand out everything that waits for a person, to a representative where there is one who may collect.

        None when the house refused it; the attempt is noted as it is at the counter.
        """
        session, by = self.stage.session, self.stage.cast[self.login]
        due = due_of(self.stage, person_id)
        payee = _representative(self.stage, person_id)
        try:
            return service.hand_out(
                session,
                till_id=self.till_id,
                person_id=person_id,
                payout_ids=[one.payout_id for one in due],
                total=Money.sum(one.amount for one in due),
                collector=payee.kind if payee else PayeeKind.SELF,
                payee_id=payee.id if payee else None,
                by=by,
            )
        except Refusal as refusal:
            service.note_refusal(session, person_id=person_id, till_id=self.till_id, code=refusal.code, by=by)
            return None

    def miss(self, person_id: int, reason: str, remark: str = "") -> None:
        """Note that a person was not paid."""
        by = self.stage.cast[self.login]
        service.miss(self.stage.session, person_id=person_id, till_id=self.till_id, reason=reason, remark=remark, by=by)

    def close(self, difference: int = 0, explanation: str = "") -> None:
        """Count the till; ``difference`` đồng more (or less) than the book has."""
        session = self.stage.session
        expected = balance(session, accounts.till(self.till_id))
        till.close_till(
            session,
            self.till_id,
            counted=Money(max(0, expected.dong + difference)),
            explanation=explanation,
            by=self.stage.cast[self.login],
        )


def take_over(
    stage: Stage, login: str, amount: Money, *, opening_id: int | None = None, round_id: int | None = None
) -> Payer:
    """The cashier prepares an advance, if there is so much; the payer counts it and answers for it from now on."""
    amount = min(amount, _in_safe(stage))
    advance = safe.issue_advance(
        stage.session,
        office_id=stage.office_id,
        staff_id=stage.cast.id_of(login),
        amount=amount,
        opening_id=opening_id,
        round_id=round_id,
        by=stage.cashier,
    )
    stage.walk.on(minutes=3)
    opened = till.open_till(stage.session, advance.id, counted=amount, by=stage.cast[login])
    return Payer(stage, login, opened.id)


def draw_cash(stage: Stage, amount: Money) -> None:
    """So much cash lies ready in the safe from now on, as far as there is money for it."""
    missing = amount - _in_safe(stage)
    drawn = min(missing, balance(stage.session, accounts.deposit(stage.office_id)))
    if drawn > ZERO:
        document = f"SEC-{clock.today():%d%m}-{stage.office_id:02}"
        safe.withdraw(stage.session, stage.office_id, drawn, document=document, by=stage.cashier)


def _in_safe(stage: Stage) -> Money:
    """What is not spoken for."""
    held = balance(stage.session, accounts.safe(stage.office_id))
    return held - safe.waiting_advances(stage.session, stage.office_id)


def people_at(stage: Stage, *, opening_id: int | None = None, round_id: int | None = None) -> list[int]:
    """Who waits at an opening or on a round, in its order."""
    wanted = select(Payout.person_id).where(Payout.state.in_(PAYABLE))
    if opening_id is not None:
        wanted = wanted.join(Seat, Seat.payout_id == Payout.id).where(Seat.opening_id == opening_id)
        wanted = wanted.order_by(Seat.line_no, Payout.id)
    else:
        wanted = wanted.join(Stop, Stop.payout_id == Payout.id).where(Stop.round_id == round_id)
        wanted = wanted.order_by(Stop.position, Payout.id)
    return list(dict.fromkeys(stage.session.scalars(wanted)))


def due_of(stage: Stage, person_id: int) -> list[Waiting]:
    """What would be handed to a person now."""
    return payable_now(waiting_of(stage.session, person_id, office_id=stage.office_id))


def cash_for(stage: Stage, people: Sequence[int]) -> Money:
    """What these people are to get, rounded up to a million."""
    total = sum(one.amount.dong for person in people for one in due_of(stage, person))
    return Money(-(-max(total, 1) // MILLION) * MILLION)


def queue(stage: Stage, day: dt.date, hours: tuple[str, str], people: Sequence[int]) -> Iterator[int]:
    """People coming one after another, evenly between two hours; the clock walks along."""
    first, last = (dt.datetime.combine(day, dt.time.fromisoformat(hour), clock.TZ) for hour in hours)
    start = max(first, clock.local(clock.now()))
    end = min(last, clock.local(stage.walk.limit))
    step = max(dt.timedelta(), end - start) / (len(people) + 1)
    stage.walk.to(day, hours[0])
    for person in people:
        stage.walk.on(seconds=step.total_seconds())
        yield person


def _representative(stage: Stage, person_id: int) -> Payee | None:
    payees = stage.session.scalars(select(Payee).where(Payee.person_id == person_id).order_by(Payee.id))
    today = clock.today()
    return next((one for one in payees if in_force(one.valid_from, one.valid_to, today)), None)
