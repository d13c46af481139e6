"""Reading: with whom we have contracts, what benefits are worth in a month, what we are paid."""

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from provider import clock
from provider.agreements import queries
from provider.agreements.rules import Programme
from provider.clock import Month, UnclearMonth
from provider.staff.guard import current_scope, requires
from provider.staff.rules import Right
from provider.web import month_shown, page, store

bp = Blueprint("agreements", __name__)


@bp.get("/agreements")
@requires(Right.SEE_AGREEMENTS)
def index() -> Response:
    """Contracts within reach, each with its tariffs."""
    with store().read() as session:
        scope = current_scope(session)
        tariffs = queries.tariffs(session, scope)
        return page(
            "agreements/index.html",
            contracts=queries.contracts(session, scope),
            tariffs={
                number: [each.terms for each in tariffs if each.terms.contract_id == number]
                for number in {each.terms.contract_id for each in tariffs}
            },
            today=clock.today(),
        )


@bp.get("/agreements/rates")
@requires(Right.SEE_AGREEMENTS)
def rates() -> Response:
    """What each benefit of a programme is worth in a month."""
    with store().read() as session:
        programme, month = _programme(), _month()
        return page(
            "agreements/rates.html",
            programme=programme,
            month=month,
            benefits=queries.known_benefits(session, programme, month),
            standards=[each for each in queries.standards(session) if each.programme is programme],
            lists=_lists(session, programme, month),
        )


def _programme() -> Programme:
    try:
        return Programme(request.args.get("programme", "").upper())
    except ValueError:
        return Programme.BTXH


def _month() -> Month:
    try:
        return Month.parse(request.args.get("month", ""))
    except UnclearMonth:
        today = clock.today()
        return Month(today.year, today.month)


def _lists(session: Session, programme: Programme, month: Month) -> list[dict[str, object]]:
    """The lists to choose from: programmes, and the months in which something changed beside the one shown."""
    changes = {Month(each.effective_from.year, each.effective_from.month) for each in queries.standards(session)}
    today = clock.today()
    months = sorted(changes | {month, Month(today.year, today.month)}, reverse=True)
    return [
        {
            "name": "programme",
            "label": _("Chương trình"),
            "options": [(each.value, _(each.sentence)) for each in Programme],
            "value": programme.value,
        },
        {
            "name": "month",
            "label": _("Tháng"),
            "options": [(each.iso, month_shown(each)) for each in months],
            "value": month.iso,
        },
    ]
