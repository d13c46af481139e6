"""The staff list: who works here, appoint, suspend, another role by two people."""

from typing import TypeVar

from flask import Response, request, url_for
from flask import session as browser
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from provider.errors import Missing
from provider.staff import queries, service
from provider.staff.forms import AppointForm, PointsForm, RoleForm, SuspendForm
from provider.staff.guard import current_actor, current_scope, requires
from provider.staff.queries import StaffCard
from provider.staff.refusals import LoginTaken, NameNeeded, PlaceNeeded, SameRole, UnusableLogin
from provider.staff.rules import PHONE_ROLES, ROLE_NAMES, Right, Role
from provider.staff.views.blueprint import beside, bp
from provider.web import done, page, store

ON_A_PAGE = 50

PlaceForm = TypeVar("PlaceForm", AppointForm, RoleForm)


@bp.get("/staff")
@requires(Right.MANAGE_STAFF)
def index() -> Response:
    """Everybody within reach, by given name."""
    search, role = request.args.get("search", "")[:60], request.args.get("role", "")
    with store().read() as session:
        wanted = Role(role) if role in ROLE_NAMES else None
        people = queries.staff_list(session, current_scope(session), search=search, role=wanted)
    pages = max(1, -(-len(people) // ON_A_PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    shown = people[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    address = url_for("staff.index", search=search or None, role=role or None)
    return page(
        "staff/index.html", people=shown, total=len(people), search=search, number=number, pages=pages, address=address
    )


@bp.get("/staff/new")
@requires(Right.MANAGE_STAFF)
def new() -> Response:
    """A new account."""
    form = _offering(AppointForm())
    return page("staff/new.html", form=form)


@bp.post("/staff")
@requires(Right.MANAGE_STAFF)
def appoint() -> AnyResponse:
    """Appoint somebody; the activation code is shown on the next page, once."""
    form = _offering(AppointForm())
    if not form.validate_on_submit():
        return page("staff/new.html", 422, form=form)
    try:
        with store().write() as session:
            made = service.appoint(
                session,
                login=form.login.data,
                name=form.name.data,
                role=Role(form.role.data),
                office_id=form.office_id.data,
                agency_id=form.agency_id.data,
                by=current_actor(),
            )
    except (UnusableLogin, LoginTaken) as refusal:
        return page("staff/new.html", beside(form.login, refusal), form=form)
    except NameNeeded as refusal:
        return page("staff/new.html", beside(form.name, refusal), form=form)
    except PlaceNeeded as refusal:
        return page("staff/new.html", beside(form.office_id, refusal), form=form)
    browser["activation"] = [made.staff.id, made.code]
    return done(_("Đã tạo tài khoản cho %(name)s.", name=made.staff.name), _address(made.staff.id))


@bp.get("/staff/<int:staff_id>")
@requires(Right.MANAGE_STAFF)
def show(staff_id: int) -> Response:
    """One person: where they belong, what they may do, and the deeds an administrator has."""
    of, code = browser.pop("activation", None) or (0, "")
    return _card_page(staff_id, code=code if of == staff_id else "")


@bp.post("/staff/<int:staff_id>/suspend")
@requires(Right.MANAGE_STAFF)
def suspend(staff_id: int) -> AnyResponse:
    """Nobody comes in with this account from now on."""
    form = SuspendForm()
    if not form.validate_on_submit():
        return _card_page(staff_id, 422, suspending=form)
    card = _card(staff_id)
    with store().write() as session:
        service.suspend(session, staff_id, reason=form.reason.data, by=current_actor())
    return done(_("Đã tạm ngừng tài khoản của %(name)s.", name=card.row.name), _address(staff_id))


@bp.post("/staff/<int:staff_id>/reinstate")
@requires(Right.MANAGE_STAFF)
def reinstate(staff_id: int) -> AnyResponse:
    """The account may be used again."""
    card = _card(staff_id)
    with store().write() as session:
        service.reinstate(session, staff_id, by=current_actor())
    return done(_("Đã mở lại tài khoản của %(name)s.", name=card.row.name), _address(staff_id))


@bp.post("/staff/<int:staff_id>/activation")
@requires(Right.MANAGE_STAFF)
def renew_activation(staff_id: int) -> AnyResponse:
    """A new one-time code; password, PIN and second factor of before are gone."""
    card = _card(staff_id)
    with store().write() as session:
        code = service.renew_activation(session, staff_id, by=current_actor())
    browser["activation"] = [staff_id, code]
    return done(_("Đã cấp mã kích hoạt mới cho %(name)s.", name=card.row.name), _address(staff_id))


@bp.post("/staff/<int:staff_id>/points")
@requires(Right.MANAGE_STAFF)
def assign_points(staff_id: int) -> AnyResponse:
    """Where somebody pays."""
    form = PointsForm()
    form.point_ids.choices = _points(_card(staff_id))
    if not form.validate_on_submit():
        return _card_page(staff_id, 422, points=form)
    with store().write() as session:
        service.assign_points(session, staff_id, form.point_ids.data, by=current_actor())
    return done(_("Đã ghi điểm chi trả."), _address(staff_id))


@bp.post("/staff/<int:staff_id>/role")
@requires(Right.MANAGE_STAFF)
def propose_role(staff_id: int) -> AnyResponse:
    """Propose another role; a second administrator confirms it."""
    _card(staff_id)
    form = _offering(RoleForm())
    if not form.validate_on_submit():
        return _card_page(staff_id, 422, role=form)
    try:
        with store().write() as session:
            service.propose_role(
                session,
                staff_id,
                Role(form.role.data),
                office_id=form.office_id.data,
                agency_id=form.agency_id.data,
                reason=form.reason.data,
                by=current_actor(),
            )
    except SameRole as refusal:
        return _card_page(staff_id, beside(form.role, refusal), role=form)
    except PlaceNeeded as refusal:
        return _card_page(staff_id, beside(form.office_id, refusal), role=form)
    return done(_("Đã đề nghị. Một quản trị viên khác cần xác nhận trong 24 giờ."), _address(staff_id))


@bp.post("/staff/<int:staff_id>/role/<int:change_id>/confirm")
@requires(Right.MANAGE_STAFF)
def confirm_role(staff_id: int, change_id: int) -> AnyResponse:
    """The second person says yes."""
    _find_change(staff_id, change_id)
    with store().write() as session:
        service.confirm_role(session, change_id, by=current_actor())
    return done(_("Vai trò mới đã có hiệu lực. Người này cần đăng nhập lại."), _address(staff_id))


@bp.post("/staff/<int:staff_id>/role/<int:change_id>/decline")
@requires(Right.MANAGE_STAFF)
def decline_role(staff_id: int, change_id: int) -> AnyResponse:
    """No, or not any more."""
    _find_change(staff_id, change_id)
    with store().write() as session:
        service.decline_role(session, change_id, by=current_actor())
    return done(_("Đã bỏ đề nghị đổi vai trò."), _address(staff_id))


def _address(staff_id: int) -> str:
    return url_for("staff.show", staff_id=staff_id)


def _card(staff_id: int) -> StaffCard:
    with store().read() as session:
        card = queries.staff_card(session, current_scope(session), staff_id)
    if card is None:
        raise Missing()
    return card


def _find_change(staff_id: int, change_id: int) -> None:
    _card(staff_id)
    with store().read() as session:
        if not queries.is_change_of(session, change_id, staff_id):
            raise Missing()


def _offering(form: PlaceForm) -> PlaceForm:
    with store().read() as session:
        scope = current_scope(session)
        offices = [(place.id, place.name) for place in queries.offices_within(session, scope)]
        agencies = [(place.id, place.name) for place in queries.agencies_within(session, scope)]
    form.offer(offices, agencies, whole=scope.office_ids is None)
    return form


def _points(card: StaffCard) -> list[tuple[int, str]]:
    if card.row.role not in PHONE_ROLES or card.office_id is None:
        return []
    with store().read() as session:
        return [(point.id, point.name) for point in queries.points_of_office(session, card.office_id)]


def _card_page(
    staff_id: int,
    status: int = 200,
    *,
    code: str = "",
    role: RoleForm | None = None,
    points: PointsForm | None = None,
    suspending: SuspendForm | None = None,
) -> Response:
    card = _card(staff_id)
    now = {"role": card.row.role.value, "office_id": card.office_id, "agency_id": card.agency_id}
    if points is None:
        points = PointsForm(formdata=None, point_ids=[number for number, _name in card.points])
        points.point_ids.choices = _points(card)
    me = current_actor().staff_id
    return page(
        "staff/show.html",
        status,
        card=card,
        code=code,
        role_form=role or _offering(RoleForm(formdata=None, **now)),
        points_form=points,
        suspend_form=suspending or SuspendForm(formdata=None),
        refused=next((form for form in (role, points, suspending) if form and form.errors), None),
        own=staff_id == me,
        proposed_by_me=card.change is not None and card.change.proposed_by_id == me,
    )
