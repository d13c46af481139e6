"""The notices of an opening as one PDF."""

from flask import Response, request
from sqlalchemy.orm import Session

from provider.errors import N_, Invalid, Missing
from provider.paper import sheet
from provider.payday import cash
from provider.payday.notices import notices
from provider.payday.views.shared import bp
from provider.points.models import Opening
from provider.staff.guard import current_actor, current_scope, requires
from provider.staff.rules import Right
from provider.web import PDF, file_answer, page, settings, store

LAYOUTS = ("a4x4", "a6")


class LayoutUnknown(Invalid):
    """The notices are printed four on an A4 or one on an A6."""

    code = "layout_unknown"
    sentence = N_("Hãy chọn khổ giấy: 4 phiếu trên tờ A4 hoặc 1 phiếu trên tờ A6.")


class NobodyToInvite(Missing):
    """Nobody waits to be paid at this opening any more."""

    code = "nobody_to_invite"
    sentence = N_("Phiên này không còn ai chờ nhận tiền mặt nên không có phiếu để in.")


@bp.get("/openings/<int:opening_id>/slips")
@requires(Right.PRINT_SLIPS)
def slips(opening_id: int) -> Response:
    """Print the notices of an opening: choose the layout."""
    with store().read() as session:
        shown = cash.opening_row(session, _opening(session, opening_id))
    return page("payday/slips.html", opening=shown)


@bp.post("/openings/<int:opening_id>/slips.pdf")
@requires(Right.PRINT_SLIPS)
def slips_paper(opening_id: int) -> Response:
    """The notices of an opening as one PDF. A POST: every print is counted."""
    layout = request.form.get("layout", "a4x4")
    if layout not in LAYOUTS:
        raise LayoutUnknown()
    key, actor = settings().key("notice"), current_actor()
    with store().write() as session:
        opening = _opening(session, opening_id)
        sheets = [
            one
            for agency_id in cash.agencies_of_opening(session, opening_id)
            for one in notices(
                session, agency_id=agency_id, month=opening.month, key=key, by=actor, opening_id=opening_id
            )
        ]
        name = f"giay-bao-{opening.month.iso}-{opening_id}.pdf"
    if not sheets:
        raise NobodyToInvite()
    return file_answer(sheet("slip.html", slips=sheets, layout=layout), name, PDF)


def _opening(session: Session, opening_id: int) -> Opening:
    opening = session.get(Opening, opening_id)
    if opening is None or not current_scope(session).covers(office_id=opening.office_id, point_id=opening.point_id):
        raise Missing()
    return opening
