"""Who works in a demo: one for each role and a few more where a month needs them. Their names belong to nobody."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider.agreements.models import Agency
from provider.audit.actor import SYSTEM, Actor
from provider.demo.passphrases import draw
from provider.demo.sign_ins import SignIn
from provider.demo.walk import Walk
from provider.places.models import AdminUnit, PostOffice
from provider.points.models import Point
from provider.staff import service
from provider.staff.entrance import actor_of
from provider.staff.models import Staff
from provider.staff.rules import Role

HOME_OFFICE, HOME_AGENCY = "BD-TXQT", "LDTBXH-TXQT"
NEXT_OFFICE, NEXT_AGENCY = "BD-DH", "LDTBXH-DH"
PROVINCE = "BDT-QT"


@dataclass(frozen=True, slots=True)
class Part:
    """One person of the demo: where they work, and at which communes' points."""

    login: str
    name: str
    role: Role
    office: str = ""
    agency: str = ""
    communes: tuple[str, ...] = ()


PARTS = (
    Part("quantri", "Đặng Quốc Trị", Role.ADMINISTRATOR, PROVINCE),
    Part("quantri2", "Vũ Thị Minh Khuê", Role.ADMINISTRATOR, PROVINCE),
    Part("lanhdao", "Trương Thị Lãnh", Role.PROVINCIAL_MANAGER, PROVINCE),
    Part("ketoan", "Lê Thị Kế", Role.ACCOUNTANT, HOME_OFFICE),
    Part("kiemsoat", "Phạm Văn Soát", Role.CONTROLLER, HOME_OFFICE),
    Part("thuquy", "Ngô Thị Quỹ", Role.CASHIER, HOME_OFFICE),
    Part("diem1", "Bùi Văn Điểm", Role.POINT_STAFF, HOME_OFFICE, communes=("Phường 1", "Phường An Đôn")),
    Part("diem2", "Hồ Thị Nhã", Role.POINT_STAFF, HOME_OFFICE, communes=("Phường 1", "Phường 2")),
    Part("diem3", "Cao Minh Tường", Role.POINT_STAFF, HOME_OFFICE, communes=("Phường 3",)),
    Part("diem4", "Tạ Thị Ngân Hà", Role.POINT_STAFF, HOME_OFFICE, communes=("Phường 3",)),
    Part("diem5", "Đoàn Văn Khởi", Role.POINT_STAFF, HOME_OFFICE, communes=("Xã Hải Lệ",)),
    Part("buuta1", "Đỗ Văn Tá", Role.COURIER, HOME_OFFICE, communes=("Phường 1", "Phường An Đôn")),
    Part("buuta2", "Mai Thị Lối", Role.COURIER, HOME_OFFICE, communes=("Phường 2", "Phường 3")),
    Part("canbo", "Hồ Thị Cán", Role.AGENCY_OFFICER, agency=HOME_AGENCY),
    Part("giamsat", "Phan Văn Giám", Role.AGENCY_SUPERVISOR, agency=HOME_AGENCY),
    Part("ketoan.dh", "Nghiêm Thị Sổ", Role.ACCOUNTANT, NEXT_OFFICE),
    Part("kiemsoat.dh", "Quách Văn Duyệt", Role.CONTROLLER, NEXT_OFFICE),
    Part("thuquy.dh", "Lâm Thị Két", Role.CASHIER, NEXT_OFFICE),
    Part("diem.dh", "Tô Văn Bàn", Role.POINT_STAFF, NEXT_OFFICE, communes=("Phường 1", "Phường 5")),
    Part("canbo.dh", "Thái Thị Phiếu", Role.AGENCY_OFFICER, agency=NEXT_AGENCY),
)
LEFT = Part("diem6", "La Văn Thôi", Role.POINT_STAFF, HOME_OFFICE)
"""Somebody who left: suspended."""


@dataclass(slots=True)
class Cast:
    """The people of the demo, by login, ready to do something."""

    actors: dict[str, Actor] = field(default_factory=dict)
    sign_ins: list[SignIn] = field(default_factory=list)

    def __getitem__(self, login: str) -> Actor:
        return self.actors[login]

    def id_of(self, login: str) -> int:
        """The staff number behind a login."""
        number = self.actors[login].staff_id
        assert number is not None
        return number


def appoint_all(session: Session, walk: Walk) -> Cast:
    """Appoint everybody: the first administrator by the machine, the others by the administrator."""
    cast = Cast()
    for part in PARTS:
        by = cast.actors.get("quantri", SYSTEM)
        passphrase = draw(part.login, part.name)
        person = _appoint(session, part, passphrase, by)
        cast.actors[part.login] = actor_of(person)
        cast.sign_ins.append(SignIn(part.role, part.login, passphrase, _place(session, part)))
        walk.on(minutes=2)
    left = _appoint(session, LEFT, "", cast["quantri"])
    walk.on(minutes=5)
    service.suspend(session, left.id, reason="Đã nghỉ việc", by=cast["quantri"])
    return cast


def _appoint(session: Session, part: Part, passphrase: str, by: Actor) -> Staff:
    office = session.scalar(select(PostOffice.id).where(PostOffice.code == part.office))
    agency = session.scalar(select(Agency.id).where(Agency.code == part.agency))
    points = session.scalars(
        select(Point.id)
        .join(AdminUnit, AdminUnit.id == Point.commune_id)
        .where(Point.office_id == office, AdminUnit.name.in_(part.communes))
    )
    return service.appoint(
        session,
        login=part.login,
        name=part.name,
        role=part.role,
        office_id=office,
        agency_id=agency,
        point_ids=list(points),
        password=passphrase,
        by=by,
    ).staff


def _place(session: Session, part: Part) -> str:
    found = session.scalar(select(PostOffice.name).where(PostOffice.code == part.office)) or session.scalar(
        select(Agency.short_name).where(Agency.code == part.agency)
    )
    return found or ""
