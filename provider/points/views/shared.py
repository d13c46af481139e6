"""What the views of this room share: the door, the month asked for, what can be chosen."""

from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from provider import clock
from provider.clock import Month, UnclearMonth
from provider.points import queries
from provider.points.forms import OpeningForm
from provider.staff.guard import current_scope
from provider.web import month_shown

bp = Blueprint("points", __name__)


def with_choices(session: Session, form: OpeningForm) -> OpeningForm:
    """The form with the points and payers within reach to choose from."""
    scope = current_scope(session)
    form.point_id.choices = [(one.id, f"{one.name} ({one.commune})") for one in queries.points(session, scope)]
    form.staff_ids.choices = [(one.id, one.name) for one in queries.payers(session, scope)]
    return form


def asked_month(session: Session) -> Month:
    """The month of the address or the form; the newest one known when there is none."""
    try:
        return Month.parse(request.values.get("month", ""))
    except UnclearMonth:
        known = queries.months(session, current_scope(session))
        return known[0] if known else Month.of(clock.today())


def month_list(session: Session, month: Month) -> dict[str, Any]:
    """The months, to choose from."""
    known = sorted({month, *queries.months(session, current_scope(session))}, reverse=True)
    return {
        "name": "month",
        "label": _("Tháng"),
        "options": [(one.iso, month_shown(one)) for one in known],
        "value": month.iso,
    }
