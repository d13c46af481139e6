"""Who works in the journeys: the same people as in all tests, and a few more where a month needs them."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from provider.agreements.models import Agency
from provider.audit.actor import SYSTEM
from provider.db import Store
from provider.places.models import AdminUnit, PostOffice
from provider.points.models import Point
from provider.staff import service
from provider.staff.models import Staff
from provider.staff.rules import Role

PASSWORD: Final = "ngoi nha ben song Thach Han"
HOME_OFFICE, HOME_AGENCY = "BD-TXQT", "LDTBXH-TXQT"
OTHER_OFFICE, OTHER_AGENCY = "BD-DH", "LDTBXH-DH"


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody with a sign-in: at an office or for an agency; point staff at the points of these communes."""

    login: str
    name: str
    role: Role
    office: str = HOME_OFFICE
    agency: str = ""
    communes: tuple[str, ...] = ()


ADMINISTRATOR = Part("quantri", "Đặng Quốc Trị", Role.ADMINISTRATOR)
ACCOUNTANT = Part("ketoan", "Lê Thị Kế", Role.ACCOUNTANT)
CONTROLLER = Part("kiemsoat", "Phạm Văn Soát", Role.CONTROLLER)
CASHIER = Part("thuquy", "Ngô Thị Quỹ", Role.CASHIER)
PAYER = Part("diem", "Bùi Văn Điểm", Role.POINT_STAFF, communes=("Phường 1", "Phường An Đôn", "Phường 2", "Phường 3"))
COLLEAGUE = Part("diem2", "Hồ Thị Nhã", Role.POINT_STAFF, communes=("Phường 1", "Xã Hải Lệ"))
COURIER = Part("buuta", "Đỗ Văn Tá", Role.COURIER, communes=("Phường 1", "Phường 2"))
OFFICER = Part("canbo", "Hồ Thị Cán", Role.AGENCY_OFFICER, office="", agency=HOME_AGENCY)
SUPERVISOR = Part("giamsat", "Phan Văn Giám", Role.AGENCY_SUPERVISOR, office="", agency=HOME_AGENCY)
MANAGER = Part("lanhdao", "Trương Thị Lãnh", Role.PROVINCIAL_MANAGER, office="")
STRANGER = Part("canbo.dh", "Thái Thị Phiếu", Role.AGENCY_OFFICER, office="", agency=OTHER_AGENCY)

EVERYBODY: Final = (
    ADMINISTRATOR,
    ACCOUNTANT,
    CONTROLLER,
    CASHIER,
    PAYER,
    COLLEAGUE,
    COURIER,
    OFFICER,
    SUPERVISOR,
    MANAGER,
    STRANGER,
)


def appoint_everybody(store: Store) -> dict[str, int]:
    """Appoint them all with one password; their numbers by login."""
    numbers: dict[str, int] = {}
    with store.write() as session:
        for part in EVERYBODY:
            office = session.scalar(select(PostOffice.id).where(PostOffice.code == part.office))
            points = session.scalars(
                select(Point.id)
                .join(AdminUnit, AdminUnit.id == Point.commune_id)
                .where(Point.office_id == office, AdminUnit.name.in_(part.communes))
            )
            first = session.scalars(select(Staff).where(Staff.login == ADMINISTRATOR.login)).first()
            appointed = service.appoint(
                session,
                login=part.login,
                name=part.name,
                role=part.role,
                office_id=office,
                agency_id=session.scalar(select(Agency.id).where(Agency.code == part.agency)),
                point_ids=list(points),
                password=PASSWORD,
                by=service.actor_of(first) if first else SYSTEM,
            )
            numbers[part.login] = appointed.staff.id
    return numbers
