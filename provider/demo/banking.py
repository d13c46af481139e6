"""Accounts: a batch that was taken back, one at the bank and partly answered, one that waits for its second person."""

from sqlalchemy import select

from provider.demo.stage import Stage
from provider.payouts.lifecycle import Channel
from provider.payouts.service import move_channel
from provider.recipients.models import Person
from provider.recipients.rules import Way
from provider.recipients.service import choose_way
from provider.transfers.models import Batch, Line
from provider.transfers.rules import Failure
from provider.transfers.service import build_batch, cancel_batch, mark_failed, mark_paid, release_batch

FAILURES = (
    (Failure.ACCOUNT_WRONG, ""),
    (Failure.NAME_WRONG, "Tên chủ tài khoản khác"),
    (Failure.ACCOUNT_CLOSED, ""),
    (Failure.OTHER, "Tài khoản tạm khóa"),
)
NEW_ACCOUNTS = 6


def build(stage: Stage) -> Batch | None:
    """A batch of everything that may enter; None when nothing may."""
    if not stage.payouts(channel=Channel.ACCOUNT):
        return None
    return build_batch(stage.session, agency_id=stage.agency.id, month=stage.month, by=stage.accountant)


def build_twice_and_send(stage: Stage) -> Batch | None:
    """The first draft is taken back for a wrong account; the second goes to the bank."""
    draft = build(stage)
    if draft is None:
        return None
    stage.walk.on(minutes=14)
    cancel_batch(stage.session, draft.id, by=stage.accountant)
    stage.walk.on(minutes=9)
    return build_and_send(stage)


def build_and_send(stage: Stage) -> Batch | None:
    """Built by the accountant, released by the controller."""
    batch = build(stage)
    if batch is not None:
        stage.walk.on(hours=1, minutes=10)
        release_batch(stage.session, batch.id, by=stage.controller)
    return batch


def answer(stage: Stage, batch: Batch, *, waiting: int, failures: int, bounced: int = 0) -> None:
    """The bank's answers: ``waiting`` lines have none yet, some failed, ``bounced`` were paid and came back."""
    lines = list(stage.session.scalars(select(Line.id).where(Line.batch_id == batch.id).order_by(Line.id)))
    failed = lines[: min(failures, len(FAILURES), len(lines) // 3)]
    rest = lines[len(failed) :]
    paid = rest[: max(1, len(rest) - min(waiting, len(rest) // 4))]
    mark_paid(
        stage.session, batch.id, paid, reference=f"FT{batch.id:04}{stage.month.number:02}781", by=stage.accountant
    )
    for line, (failure, remark) in zip(failed, FAILURES, strict=False):
        stage.walk.on(minutes=2)
        mark_failed(stage.session, line, failure, remark=remark, by=stage.accountant)
    for line in paid[:bounced]:
        stage.walk.on(hours=3)
        mark_failed(
            stage.session, line, Failure.ACCOUNT_CLOSED, remark="Ngân hàng hoàn sau hai ngày", by=stage.accountant
        )


def open_accounts(stage: Stage, commune: str) -> None:
    """Some people of a commune choose an account from now on; their payouts make a new draft."""
    waiting = stage.payouts(channel=Channel.CASH_POINT, commune=commune)
    people = list(dict.fromkeys(payout.person_id for payout in waiting))[:NEW_ACCOUNTS]
    for number, person_id in enumerate(people):
        person = stage.session.get_one(Person, person_id)
        stage.walk.on(minutes=3)
        choose_way(
            stage.session,
            person_id,
            Way.ACCOUNT,
            bank="Agribank",
            account_no=f"3904205{person_id:06}",
            holder=person.name,
            reason="Mở tài khoản tại ngày hội chi trả không dùng tiền mặt",
            by=stage.accountant,
        )
        for payout in waiting:
            if payout.person_id == person_id:
                reason = "Đã mở tài khoản, đề nghị chuyển khoản"
                move_channel(stage.session, payout.id, Channel.ACCOUNT, reason=reason, by=stage.accountant)
        if number == 1:
            stage.walk.on(minutes=20)
    build(stage)
