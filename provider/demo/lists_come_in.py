"""The lists of a month come in, are accepted or sent back, and the agency's money follows."""

from collections.abc import Mapping

from provider.agreements.rules import Programme
from provider.audit.actor import Actor
from provider.clock import today
from provider.demo.files import ListFile
from provider.demo.stage import Stage
from provider.lists import service
from provider.lists.models import PayoutList
from provider.money import Money
from provider.payouts.funds import receive_funds

Files = Mapping[Programme, ListFile]


def send(stage: Stage, file: ListFile, programme: Programme, *, by: Actor | None = None) -> int:
    """The agency's officer uploads a list with what the letter says; its number."""
    return service.receive(
        stage.session,
        file.content,
        file.name,
        agency_id=stage.agency.id,
        programme=programme.value,
        month=stage.month,
        sent_people=file.people,
        sent_amount=file.amount,
        by=by or stage.officer,
    ).id


def send_and_accept(stage: Stage, files: Files) -> None:
    """Every list is uploaded by the agency and accepted (see ``accept``)."""
    numbers = {}
    for programme, file in files.items():
        stage.walk.on(minutes=9)
        numbers[programme] = send(stage, file, programme)
    stage.walk.on(hours=2)
    for number in numbers.values():
        stage.walk.on(minutes=6)
        accept(stage, number)


def accept(stage: Stage, number: int) -> None:
    """By the accountant; a list that does not tie out by the controller, with a reason."""
    received = stage.session.get_one(PayoutList, number)
    if received.ties_out:
        service.accept(stage.session, number, by=stage.accountant)
    else:
        reason = "Đã điện thoại với cán bộ lập danh sách: dòng lỗi sẽ gửi ở danh sách bổ sung"
        service.accept(stage.session, number, reason=reason, by=stage.controller)


def fund(stage: Stage) -> None:
    """The agency's money for the new payouts of every period; the first period's comes in two transfers."""
    for place, (programme, period) in enumerate(stage.periods().items()):
        amount = stage.new_money(period)
        if not amount:
            continue
        first = Money(amount.dong // 2 // 1_000_000 * 1_000_000) if place == 0 else Money(0)
        for part, number in ((first, 1), (amount - first, 2)):
            if part:
                stage.walk.on(minutes=7)
                document = f"UNC-{programme.value}-{stage.month.number:02}-{number}"
                receive_funds(stage.session, period.id, part, document=document, on=today(), by=stage.accountant)
