"""Roles, rights, and how far they reach; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self, TypeVar, cast

from provider.errors import N_, NotAllowed

Query = TypeVar("Query")


class Role(StrEnum):
    """What somebody is here. One person has one role."""

    ADMINISTRATOR = "administrator"
    ACCOUNTANT = "accountant"
    CONTROLLER = "controller"
    CASHIER = "cashier"
    POINT_STAFF = "point_staff"
    COURIER = "courier"
    AGENCY_OFFICER = "agency_officer"
    AGENCY_SUPERVISOR = "agency_supervisor"
    PROVINCIAL_MANAGER = "provincial_manager"

    @property
    def label(self) -> str:
        """The role in Vietnamese, to be translated where it is shown."""
        return ROLE_NAMES[self]


ROLE_NAMES: Mapping[Role, str] = MappingProxyType(
    {
        Role.ADMINISTRATOR: N_("Quản trị viên"),
        Role.ACCOUNTANT: N_("Kế toán"),
        Role.CONTROLLER: N_("Kiểm soát viên"),
        Role.CASHIER: N_("Thủ quỹ"),
        Role.POINT_STAFF: N_("Nhân viên điểm chi trả"),
        Role.COURIER: N_("Bưu tá"),
        Role.AGENCY_OFFICER: N_("Cán bộ cơ quan LĐ-TB&XH"),
        Role.AGENCY_SUPERVISOR: N_("Giám sát của cơ quan"),
        Role.PROVINCIAL_MANAGER: N_("Lãnh đạo tỉnh"),
    }
)

PHONE_ROLES = frozenset({Role.POINT_STAFF, Role.COURIER})
"""Who works on a phone: a short lock with a PIN instead of a long idle time."""

AGENCY_ROLES = frozenset({Role.AGENCY_OFFICER, Role.AGENCY_SUPERVISOR})
"""Who belongs to an agency, not to a post office."""

PROVINCE_ROLES = frozenset({Role.ADMINISTRATOR, Role.PROVINCIAL_MANAGER})
"""Who may belong to no office in particular, and then reaches all of them."""


class Right(StrEnum):
    """One thing that may be done or seen. A view names the rights that open it."""

    ANYONE = "anyone"
    """No sign-in needed."""
    SIGNED_IN = "signed_in"
    """Any role: one's own account."""

    SEE_DESK = "see_desk"
    SEE_STYLE = "see_style"
    SEE_DAY_BOOK = "see_day_book"

    UPLOAD_LIST = "upload_list"
    SEE_LIST = "see_list"
    ACCEPT_LIST = "accept_list"
    ACCEPT_LIST_NOT_TIED_OUT = "accept_list_not_tied_out"
    RECEIVE_FUNDS = "receive_funds"
    REPORT_DECREASE = "report_decrease"
    SEND_DECREASE = "send_decrease"
    ANSWER_DECREASE = "answer_decrease"

    SEE_PAYOUT = "see_payout"
    PLAN_CHANNELS = "plan_channels"
    MOVE_CHANNEL = "move_channel"
    HOLD_PAYOUT = "hold_payout"
    PLAN_OPENING = "plan_opening"
    SEE_OPENING = "see_opening"
    PRINT_SLIPS = "print_slips"
    PRINT_ROSTER = "print_roster"

    ISSUE_ADVANCE = "issue_advance"
    OPEN_TILL = "open_till"
    HAND_OUT = "hand_out"
    ASK_UNDO = "ask_undo"
    CONFIRM_UNDO = "confirm_undo"
    CLOSE_TILL = "close_till"

    SEE_PERSON = "see_person"
    CORRECT_PERSON = "correct_person"
    REVEAL_PERSONAL_DATA = "reveal_personal_data"

    PLAN_VISIT = "plan_visit"
    SEE_VISIT = "see_visit"
    MARK_VISIT_PAID = "mark_visit_paid"
    SEE_BATCH = "see_batch"
    BUILD_BATCH = "build_batch"
    RELEASE_BATCH = "release_batch"
    MARK_TRANSFER_PAID = "mark_transfer_paid"

    CUT_OFF = "cut_off"
    DRAW_UP_SETTLEMENT = "draw_up_settlement"
    CONFIRM_SETTLEMENT = "confirm_settlement"
    SEE_SETTLEMENT = "see_settlement"
    SEE_PROGRESS = "see_progress"

    MANAGE_STAFF = "manage_staff"
    MANAGE_OFFICES = "manage_offices"
    MANAGE_AGREEMENTS = "manage_agreements"
    SEE_AGREEMENTS = "see_agreements"


EVERY_ROLE = frozenset({Right.ANYONE, Right.SIGNED_IN, Right.SEE_DESK, Right.SEE_STYLE})
"""What every role holds."""

READING = frozenset(
    {
        Right.SEE_DAY_BOOK,
        Right.SEE_LIST,
        Right.SEE_PAYOUT,
        Right.SEE_OPENING,
        Right.SEE_VISIT,
        Right.SEE_BATCH,
        Right.SEE_PERSON,
        Right.SEE_SETTLEMENT,
        Right.SEE_PROGRESS,
        Right.SEE_AGREEMENTS,
    }
)
"""Rights that look and change nothing; personal numbers stay masked."""

MONEY = frozenset(
    {
        Right.ACCEPT_LIST,
        Right.ACCEPT_LIST_NOT_TIED_OUT,
        Right.RECEIVE_FUNDS,
        Right.PLAN_CHANNELS,
        Right.MOVE_CHANNEL,
        Right.HOLD_PAYOUT,
        Right.ISSUE_ADVANCE,
        Right.OPEN_TILL,
        Right.HAND_OUT,
        Right.ASK_UNDO,
        Right.CONFIRM_UNDO,
        Right.CLOSE_TILL,
        Right.MARK_VISIT_PAID,
        Right.BUILD_BATCH,
        Right.RELEASE_BATCH,
        Right.MARK_TRANSFER_PAID,
        Right.CUT_OFF,
        Right.DRAW_UP_SETTLEMENT,
        Right.CONFIRM_SETTLEMENT,
    }
)
"""Rights that decide where money goes or move it; the administrator holds none of them."""

_PAYING = frozenset(
    {
        Right.SEE_OPENING,
        Right.SEE_VISIT,
        Right.OPEN_TILL,
        Right.HAND_OUT,
        Right.ASK_UNDO,
        Right.CLOSE_TILL,
        Right.SEE_PERSON,
        Right.REVEAL_PERSONAL_DATA,
    }
)

MAY: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.ADMINISTRATOR: EVERY_ROLE
        | {
            Right.MANAGE_STAFF,
            Right.MANAGE_OFFICES,
            Right.MANAGE_AGREEMENTS,
            Right.SEE_AGREEMENTS,
            Right.SEE_DAY_BOOK,
        },
        Role.ACCOUNTANT: EVERY_ROLE
        | READING
        | {
            Right.UPLOAD_LIST,
            Right.ACCEPT_LIST,
            Right.RECEIVE_FUNDS,
            Right.PLAN_CHANNELS,
            Right.MOVE_CHANNEL,
            Right.HOLD_PAYOUT,
            Right.REPORT_DECREASE,
            Right.SEND_DECREASE,
            Right.PLAN_OPENING,
            Right.PLAN_VISIT,
            Right.PRINT_SLIPS,
            Right.PRINT_ROSTER,
            Right.CORRECT_PERSON,
            Right.REVEAL_PERSONAL_DATA,
            Right.MARK_VISIT_PAID,
            Right.BUILD_BATCH,
            Right.MARK_TRANSFER_PAID,
            Right.CUT_OFF,
            Right.DRAW_UP_SETTLEMENT,
        },
        Role.CONTROLLER: EVERY_ROLE
        | READING
        | {
            Right.ACCEPT_LIST,
            Right.ACCEPT_LIST_NOT_TIED_OUT,
            Right.HOLD_PAYOUT,
            Right.ANSWER_DECREASE,
            Right.PRINT_SLIPS,
            Right.PRINT_ROSTER,
            Right.CONFIRM_UNDO,
            Right.REVEAL_PERSONAL_DATA,
            Right.RELEASE_BATCH,
            Right.CONFIRM_SETTLEMENT,
            Right.MANAGE_AGREEMENTS,
        },
        Role.CASHIER: EVERY_ROLE
        | {
            Right.SEE_LIST,
            Right.SEE_PAYOUT,
            Right.SEE_OPENING,
            Right.SEE_VISIT,
            Right.SEE_SETTLEMENT,
            Right.SEE_PROGRESS,
            Right.RECEIVE_FUNDS,
            Right.ISSUE_ADVANCE,
            Right.CONFIRM_UNDO,
            Right.CLOSE_TILL,
            Right.PRINT_ROSTER,
        },
        Role.POINT_STAFF: EVERY_ROLE | _PAYING | {Right.PRINT_SLIPS, Right.PRINT_ROSTER, Right.CONFIRM_UNDO},
        Role.COURIER: EVERY_ROLE | _PAYING | {Right.MARK_VISIT_PAID},
        Role.AGENCY_OFFICER: EVERY_ROLE
        | {
            Right.UPLOAD_LIST,
            Right.ANSWER_DECREASE,
            Right.SEE_LIST,
            Right.SEE_PAYOUT,
            Right.SEE_PROGRESS,
            Right.SEE_SETTLEMENT,
            Right.SEE_AGREEMENTS,
        },
        Role.AGENCY_SUPERVISOR: EVERY_ROLE
        | {Right.SEE_LIST, Right.SEE_PAYOUT, Right.SEE_PROGRESS, Right.SEE_SETTLEMENT, Right.SEE_AGREEMENTS},
        Role.PROVINCIAL_MANAGER: EVERY_ROLE | READING,
    }
)
"""Who may do what. What is not here is refused."""


def may(role: Role | str, right: Right) -> bool:
    """Whether a role holds a right. A role that is none (the system's own) holds nothing."""
    return right is Right.ANYONE or (role in MAY and right in MAY[Role(role)])


def may_any(role: Role | str, rights: Iterable[Right]) -> bool:
    """Whether a role holds at least one of these rights."""
    return any(may(role, right) for right in rights)


SECOND_PERSON: Mapping[Right, Right] = MappingProxyType(
    {
        Right.UPLOAD_LIST: Right.ACCEPT_LIST_NOT_TIED_OUT,
        Right.ASK_UNDO: Right.CONFIRM_UNDO,
        Right.BUILD_BATCH: Right.RELEASE_BATCH,
        Right.DRAW_UP_SETTLEMENT: Right.CONFIRM_SETTLEMENT,
        Right.MANAGE_STAFF: Right.MANAGE_STAFF,
        Right.REPORT_DECREASE: Right.ANSWER_DECREASE,
    }
)
"""A deed begun with the right on the left is confirmed, by somebody else, with the right on the right."""


class SecondPersonNeeded(NotAllowed):
    """The one who asked cannot be the one who confirms."""

    code = "second_person_needed"
    sentence = N_("Việc này cần người thứ hai xác nhận. Người đề nghị không được tự xác nhận.")


def refuse_same_person(maker_id: int | None, checker_id: int | None) -> None:
    """Maker and checker are two people, both known. Raises SecondPersonNeeded."""
    if maker_id is None or checker_id is None or maker_id == checker_id:
        raise SecondPersonNeeded()


@dataclass(frozen=True, slots=True)
class Scope:
    """How far somebody's rights reach. ``None`` means no limit of this kind; an empty set reaches nothing.

    The limits add up: a thing that has an office and an agency is covered when both are. Ask with everything the thing
    has (``covers``, ``limit``): asking with its office alone would let an agency see its neighbour at the same office.
    """

    office_ids: frozenset[int] | None = frozenset()
    agency_ids: frozenset[int] | None = frozenset()
    point_ids: frozenset[int] | None = frozenset()

    @classmethod
    def everything(cls) -> Self:
        """The scope of the system, and of those who read for the whole province."""
        return cls(None, None, None)

    def covers_office(self, office_id: int | None) -> bool:
        """Whether this office is within reach."""
        return _within(self.office_ids, office_id)

    def covers_agency(self, agency_id: int | None) -> bool:
        """Whether this agency is within reach."""
        return _within(self.agency_ids, agency_id)

    def covers_point(self, point_id: int | None) -> bool:
        """Whether this cash point is within reach."""
        return _within(self.point_ids, point_id)

    def covers(
        self, *, office_id: int | None = None, agency_id: int | None = None, point_id: int | None = None
    ) -> bool:
        """Whether a thing with all of these is within reach; what the thing does not have is left out."""
        asked = ((self.office_ids, office_id), (self.agency_ids, agency_id), (self.point_ids, point_id))
        named = [(reach, number) for reach, number in asked if number is not None]
        return bool(named) and all(_within(reach, number) for reach, number in named)

    def limit(self, statement: Query, *, office: Any = None, agency: Any = None, point: Any = None) -> Query:
        """A query limited to what is within reach, by the columns that hold its office, agency and point."""
        query: Any = statement
        for reach, column in ((self.office_ids, office), (self.agency_ids, agency), (self.point_ids, point)):
            if column is not None and reach is not None:
                query = query.where(column.in_(sorted(reach)))
        return cast(Query, query)


def _within(reach: frozenset[int] | None, number: int | None) -> bool:
    return reach is None or (number is not None and number in reach)
