"""The table of payouts, one payout with its story, a person's payouts, and planning a month."""

from typing import Any, TypeVar

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider import figures
from provider.agreements.rules import Programme
from provider.audit.queries import deeds_about
from provider.clock import Month, UnclearMonth
from provider.errors import Missing
from provider.ledger.queries import entries_of_payout
from provider.payouts import planning, service, table
from provider.payouts.forms import MoveForm, ReasonForm
from provider.payouts.lifecycle import PAYABLE, Channel, State
from provider.payouts.queries import PayoutRow, benefit_shown, components_of
from provider.payouts.table import Asked
from provider.staff.guard import current_actor, current_may, current_scope, refuse_unless, requires
from provider.staff.rules import PHONE_ROLES, Right
from provider.web import done, month_shown, page, store

bp = Blueprint("payouts", __name__)

Word = TypeVar("Word", State, Channel, Programme)


@bp.get("/payouts")
@requires(Right.SEE_PAYOUT)
def index() -> Response:
    """The table of payouts of a month, filtered."""
    with store().read() as session:
        scope = current_scope(session)
        asked = _asked(session)
        found = table.page(session, scope, asked, number=request.args.get("page", 1, type=int))
        return page(
            "payouts/index.html",
            asked=asked,
            found=found,
            by_state=table.sums_by_state(session, scope, asked),
            lists=_lists(session, asked) + _narrower_lists(session, asked),
            address=_address("payouts.index", asked),
        )


@bp.get("/payouts/<int:payout_id>")
@requires(Right.SEE_PAYOUT)
def show(payout_id: int) -> Response:
    """One payout: what it is made of, how it shall reach its person, and its story."""
    return _show(payout_id)


@bp.post("/payouts/<int:payout_id>/hold")
@requires(Right.HOLD_PAYOUT)
def hold(payout_id: int) -> AnyResponse:
    """Hold a payout back."""
    form = ReasonForm(prefix="hold")
    if not form.validate_on_submit():
        return _show(payout_id, 422, hold=form)
    with store().write() as session:
        _refuse_out_of_reach(session, payout_id)
        service.hold(session, payout_id, reason=form.reason.data, seen=form.seen.data, by=current_actor())
    return done(_("Đã tạm giữ khoản chi."), url_for("payouts.show", payout_id=payout_id))


@bp.post("/payouts/<int:payout_id>/release")
@requires(Right.HOLD_PAYOUT)
def release(payout_id: int) -> AnyResponse:
    """Let a held payout go on."""
    form = ReasonForm(prefix="release")
    if not form.validate_on_submit():
        return _show(payout_id, 422, release=form)
    with store().write() as session:
        _refuse_out_of_reach(session, payout_id)
        service.release(session, payout_id, reason=form.reason.data, seen=form.seen.data, by=current_actor())
    return done(_("Đã thôi tạm giữ khoản chi."), url_for("payouts.show", payout_id=payout_id))


@bp.post("/payouts/<int:payout_id>/move")
@requires(Right.MOVE_CHANNEL)
def move(payout_id: int) -> AnyResponse:
    """Give a payout another channel by hand."""
    form = MoveForm(prefix="move")
    if not form.validate_on_submit():
        return _show(payout_id, 422, move=form)
    with store().write() as session:
        _refuse_out_of_reach(session, payout_id)
        service.move_channel(
            session,
            payout_id,
            Channel(form.channel.data),
            reason=form.reason.data,
            seen=form.seen.data,
            by=current_actor(),
        )
    return done(_("Đã đổi hình thức chi."), url_for("payouts.show", payout_id=payout_id))


@bp.get("/payouts/plan")
@requires(Right.PLAN_CHANNELS)
def plan() -> Response:
    """How the payouts of a month shall reach their people, commune by commune, and the button that plans them."""
    with store().read() as session:
        scope = current_scope(session)
        asked = _asked(session)
        return page(
            "payouts/plan.html",
            asked=asked,
            communes=table.plan_by_commune(session, scope, asked),
            by_channel=table.sums_by_channel(session, scope, asked),
            total=table.sum_of(session, scope, asked),
            channels=list(Channel),
            lists=_lists(session, asked),
        )


@bp.post("/payouts/plan")
@requires(Right.PLAN_CHANNELS)
def plan_month() -> AnyResponse:
    """Plan the channels of a month, for one agency or all within reach. Raises Missing when there is none."""
    with store().write() as session:
        asked = _asked(session)
        periods = table.period_ids(session, current_scope(session), asked)
        refuse_unless(bool(periods))
        result = planning.plan_month(session, periods, by=current_actor())
    return done(_in_figures(result), _address("payouts.plan", asked))


@bp.get("/payouts/of/<int:person_id>")
@requires(Right.SEE_PAYOUT, Right.SEE_PERSON)
def of_person(person_id: int) -> Response:
    """A person's payouts, as a fragment for the card of the person."""
    with store().read() as session:
        scope = current_scope(session)
        at_points = current_actor().role in PHONE_ROLES
        rows = table.of_person(session, scope, person_id, at_points=at_points)
        if rows is None:
            raise Missing()
        return page("payouts/_of_person.html", rows=rows, person_id=person_id, may_open=current_may(Right.SEE_PAYOUT))


def _show(payout_id: int, status: int = 200, **refused: ReasonForm) -> Response:
    with store().read() as session:
        row = table.visible(session, current_scope(session), payout_id)
        if row is None:
            raise Missing()
        return page(
            "payouts/show.html",
            status,
            payout=row,
            benefit=benefit_shown(session, row),
            parts=components_of(session, [payout_id]).get(payout_id, []),
            deeds=deeds_about(session, *_things(row)),
            entries=entries_of_payout(session, payout_id),
            forms=_forms(row, refused),
            refused=next(iter(refused.values()), None),
        )


def _forms(row: PayoutRow, refused: dict[str, ReasonForm]) -> dict[str, ReasonForm]:
    """The deeds that are possible now, for who holds the right; a refused form comes back as it was."""
    if row.locked:
        return refused
    forms: dict[str, ReasonForm] = {}
    if row.state in PAYABLE and current_may(Right.HOLD_PAYOUT):
        forms["hold"] = ReasonForm(None, prefix="hold", seen=row.version)
    if row.state is State.HELD and current_may(Right.HOLD_PAYOUT):
        forms["release"] = ReasonForm(None, prefix="release", seen=row.version)
    if row.state in (*PAYABLE, State.HELD) and current_may(Right.MOVE_CHANNEL):
        move = MoveForm(None, prefix="move", seen=row.version)
        move.channel.choices = [one for one in move.channel.choices if one[0] != row.channel.value]
        forms["move"] = move
    return {**forms, **refused}


def _things(row: PayoutRow) -> list[str]:
    """What the story of a payout is told from: itself, the list it came from, its period, the payout carried over."""
    things = [f"payout:{row.id}", f"period:{row.period_id}"]
    if row.source and row.source.startswith("list:"):
        things.append(row.source.partition("/")[0])
    if row.carried_from_id:
        things.append(f"payout:{row.carried_from_id}")
    return things


def _refuse_out_of_reach(session: Session, payout_id: int) -> None:
    refuse_unless(table.visible(session, current_scope(session), payout_id) is not None)


def _asked(session: Session) -> Asked:
    """What the address or the form asks for; what cannot be read counts as not asked."""
    asked = request.values
    scope = current_scope(session)
    try:
        month = Month.parse(asked.get("month", ""))
    except UnclearMonth:
        month = table.newest_month(session, scope)
    return Asked(
        month=month,
        agency_id=asked.get("agency", type=int),
        programme=_word(Programme, asked.get("programme")),
        commune_id=asked.get("commune", type=int),
        state=_word(State, asked.get("state")),
        channel=_word(Channel, asked.get("channel")),
    )


def _word(kind: type[Word], text: str | None) -> Word | None:
    try:
        return kind(text or "")
    except ValueError:
        return None


def _address(endpoint: str, asked: Asked) -> str:
    return url_for(
        endpoint,
        month=asked.month.iso if asked.month else None,
        agency=asked.agency_id,
        programme=asked.programme,
        commune=asked.commune_id,
        state=asked.state.value if asked.state else None,
        channel=asked.channel.value if asked.channel else None,
    )


def _lists(session: Session, asked: Asked) -> list[dict[str, Any]]:
    """The month and the agency, to choose from."""
    scope = current_scope(session)
    months = table.months(session, scope) or ([asked.month] if asked.month else [])
    return [
        _list(
            "month",
            _("Tháng"),
            [(one.iso, month_shown(one)) for one in months],
            asked.month.iso if asked.month else "",
        ),
        _list(
            "agency",
            _("Cơ quan"),
            [_everything(), *((one.id, one.name) for one in table.agencies(session, scope))],
            asked.agency_id,
        ),
    ]


def _narrower_lists(session: Session, asked: Asked) -> list[dict[str, Any]]:
    """Programme, commune, state and channel, to choose from."""
    communes = table.communes(session, current_scope(session), asked)
    return [
        _list(
            "programme",
            _("Chương trình"),
            [_everything(), *((p.value, _(p.sentence)) for p in Programme)],
            asked.programme,
        ),
        _list("commune", _("Xã, phường"), [_everything(), *((one.id, one.name) for one in communes)], asked.commune_id),
        _list(
            "state",
            _("Trạng thái"),
            [_everything(), *((state.value, _(state.sentence)) for state in State)],
            asked.state.value if asked.state else "",
        ),
        _list(
            "channel",
            _("Hình thức"),
            [_everything(), *((one.value, _(one.sentence)) for one in Channel)],
            asked.channel.value if asked.channel else "",
        ),
    ]


def _everything() -> tuple[str, str]:
    return "", _("Tất cả")


def _list(name: str, label: str, options: list[tuple[Any, str]], value: object) -> dict[str, Any]:
    return {"name": name, "label": label, "options": options, "value": value or ""}


def _in_figures(result: planning.MonthPlan) -> str:
    counts = result.counts
    told = _(
        "Đã xếp hình thức chi cho %(all)s khoản: %(cash)s tại điểm, %(home)s tại nhà, %(account)s vào tài khoản.",
        all=figures.count(result.payouts),
        cash=figures.count(counts[Channel.CASH_POINT]),
        home=figures.count(counts[Channel.HOME]),
        account=figures.count(counts[Channel.ACCOUNT]),
    )
    changed = _("%(changed)s khoản thay đổi so với trước.", changed=figures.count(result.changed))
    by_hand = _("Giữ nguyên %(kept)s khoản đã chọn bằng tay.", kept=figures.count(result.by_hand))
    return " ".join([told, changed, *([by_hand] if result.by_hand else [])])
