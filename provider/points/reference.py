"""The points a new house begins with: one in every commune of the districts of our agencies."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider.agreements.models import Agency, Contract
from provider.audit.actor import Actor
from provider.places.models import AdminUnit
from provider.places.rules import Level
from provider.points.models import Point
from provider.points.service import open_point

# A commune has its commune post and culture point, a ward the counter of a post office.
_COMMUNE_POST = ("XH", "Điểm BĐ-VHX %s", "Điểm Bưu điện - Văn hóa xã %s")
_COUNTER = ("BC", "Bưu cục %s", "Bưu cục %s")


def take_in_points(session: Session, *, by: Actor) -> int:
    """Open a point in every commune of our agencies' districts that has none; how many were opened.

    Idempotent, and only where a contract says which office pays.
    """
    opened = 0
    for commune, office_id in _communes(session):
        mark, name, address = _COUNTER if commune.name.startswith("Phường") else _COMMUNE_POST
        code = f"{mark}-{commune.code}-{commune.valid_from:%Y}"
        bare = commune.name.removeprefix("Xã ").strip()
        known = select(Point.id).where((Point.code == code) | (Point.commune_id == commune.id))
        if session.scalar(known.limit(1)) is not None:
            continue
        open_point(
            session,
            code=code,
            name=name % bare,
            address=address % bare,
            commune_id=commune.id,
            office_id=office_id,
            by=by,
        )
        opened += 1
    return opened


def _communes(session: Session) -> list[tuple[AdminUnit, int]]:
    """Communes under the units of agencies with a contract, each with the office that pays there."""
    parties = session.execute(
        select(Agency.unit_id, Contract.office_id).join(Contract, Contract.agency_id == Agency.id).order_by(Contract.id)
    )
    offices: dict[int, int] = {}
    for unit_id, office_id in parties:
        offices.setdefault(unit_id, office_id)
    rows = session.scalars(
        select(AdminUnit)
        .where(
            AdminUnit.level == Level.COMMUNE,
            AdminUnit.parent_id.in_(offices) | AdminUnit.id.in_(offices),
        )
        .order_by(AdminUnit.code, AdminUnit.valid_from)
    )
    return [(unit, offices.get(unit.parent_id or 0) or offices[unit.id]) for unit in rows]
