"""What changed since last month, on screen; and how the rows of a movement list were matched."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from provider.errors import Missing
from provider.lists import queries
from provider.lists.comparing import Compared
from provider.lists.difference_table import Show, by_movement, counts_of, table_of
from provider.lists.kinds import MOVEMENTS
from provider.lists.movements import Explained
from provider.lists.queries import ListShown
from provider.lists.views import bp
from provider.staff.guard import current_scope, requires
from provider.staff.rules import Right
from provider.web import page, store

ROWS_A_PAGE = 100


@bp.get("/<int:list_id>/differences")
@requires(Right.SEE_LIST)
def differences(list_id: int) -> Response:
    """A list against the month before (or, ``?against=month``, against what stands accepted for its own month)."""
    in_force = request.args.get("against") == "month"
    its_list, found = _compared(list_id, in_force=in_force)
    rows = table_of(found.comparison, found.matched)
    asked = request.args.get("show", "")
    show = Show(asked) if asked in set(Show) else Show.ALL
    chosen = [row for row in rows if row.belongs(show)]
    number, pages, first = _page_of(len(chosen))
    return page(
        "lists/differences.html",
        list=its_list,
        found=found,
        rows=chosen[first : first + ROWS_A_PAGE],
        counts=counts_of(rows),
        show=show,
        in_force=in_force,
        unchanged=len(found.comparison.same),
        page=number,
        pages=pages,
        address=url_for(".differences", list_id=list_id, show=show.value, against="month" if in_force else None),
        translate=_,
    )


@bp.get("/<int:list_id>/matches")
@requires(Right.SEE_LIST)
def matches(list_id: int) -> Response:
    """A list of increases, decreases or adjustments: each of its rows, and what in the month it explains."""
    its_list, found = _compared(list_id)
    if its_list.kind not in MOVEMENTS:
        raise Missing()
    answers = by_movement(found.matched)
    rows = [(row, answers.get(row.line.key)) for row in found.rows if row.kind is its_list.kind]
    wrong = [(row, answer) for row, answer in rows if not isinstance(answer, Explained)]
    only_wrong = request.args.get("show") == Show.UNEXPLAINED.value
    chosen = wrong if only_wrong else rows
    number, pages, first = _page_of(len(chosen))
    return page(
        "lists/matches.html",
        list=its_list,
        found=found,
        rows=[(row, answer, isinstance(answer, Explained)) for row, answer in chosen[first : first + ROWS_A_PAGE]],
        all_rows=len(rows),
        wrong=len(wrong),
        page=number,
        pages=pages,
        address=url_for(".matches", list_id=list_id, show=Show.UNEXPLAINED.value if only_wrong else None),
        translate=_,
    )


def _compared(list_id: int, *, in_force: bool = False) -> tuple[ListShown, Compared]:
    with store().read() as session:
        shown = queries.lists(session, list_id=list_id)
        scope = current_scope(session)
        if not shown or not scope.covers(agency_id=shown[0].agency_id, office_id=shown[0].office_id):
            raise Missing()
        return shown[0], queries.differences_of(session, list_id, in_force=in_force)


def _page_of(count: int) -> tuple[int, int, int]:
    """The page asked for, how many there are, and its first row."""
    pages = max(1, -(-count // ROWS_A_PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    return number, pages, (number - 1) * ROWS_A_PAGE
