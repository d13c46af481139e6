"""The registers: places, the agency and its contract, staff, people."""

import datetime as dt
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider import clock
from provider.agreements.models import Agency, Benefit, Contract, Tariff
from provider.agreements.rules import Basis, BenefitKind, Programme
from provider.audit.actor import Actor
from provider.identity import Sex
from provider.names import fold
from provider.places.models import AdminUnit, PostOffice
from provider.places.rules import Level, OfficeKind, read_unit_name
from provider.recipients.intake import retrace
from provider.recipients.models import Payee, PayWay, Person
from provider.recipients.rules import PayeeKind, Way
from provider.staff.models import Staff
from provider.staff.rules import AGENCY_ROLES, PROVINCE_ROLES, Role

Row = TypeVar("Row")

PEOPLE = {
    "Nguyễn Thị Bưởi": (1941, Sex.FEMALE, "045141000017"),
    "Trần Văn Đức": (1936, Sex.MALE, "045036000025"),
    "Lê Thị Hoa": (1950, Sex.FEMALE, "045150000033"),
    "Võ Hữu Long": (1962, Sex.MALE, "045062000041"),
    "Hoàng Thị Mỹ Linh": (2011, Sex.FEMALE, "045311000058"),
}
"""The people of all tests: year of birth, sex, identity number (rightly formed, belonging to nobody)."""

WORKERS = {
    Role.ADMINISTRATOR: ("quantri", "Đặng Quốc Trị"),
    Role.ACCOUNTANT: ("ketoan", "Lê Thị Kế"),
    Role.CONTROLLER: ("kiemsoat", "Phạm Văn Soát"),
    Role.CASHIER: ("thuquy", "Ngô Thị Quỹ"),
    Role.POINT_STAFF: ("diem", "Bùi Văn Điểm"),
    Role.COURIER: ("buuta", "Đỗ Văn Tá"),
    Role.AGENCY_OFFICER: ("canbo", "Hồ Thị Cán"),
    Role.AGENCY_SUPERVISOR: ("giamsat", "Phan Văn Giám"),
    Role.PROVINCIAL_MANAGER: ("lanhdao", "Trương Thị Lãnh"),
}
"""Who works here in all tests: sign-in name and name."""

COMMUNES = {
    "Phường 1": "19357",
    "Phường An Đôn": "19358",
    "Phường 2": "19360",
    "Phường 3": "19361",
    "Xã Hải Lệ": "19705",
}
"""The communes of thị xã Quảng Trị until July 2025, with their codes."""


def make_unit(session: Session, code: str, name: str, level: Level, parent: AdminUnit | None = None) -> AdminUnit:
    """A unit of the register before July 2025."""
    found = session.scalars(select(AdminUnit).where(AdminUnit.code == code, AdminUnit.level == level)).first()
    if found:
        return found
    read = read_unit_name(name)
    unit = AdminUnit(
        code=code,
        name=name,
        level=level,
        parent_id=parent.id if parent else None,
        valid_from=dt.date(2008, 1, 1),
        valid_to=dt.date(2025, 6, 30),
        name_fold=read.whole,
        bare_fold=read.bare,
    )
    return kept(session, unit)


def make_district(session: Session, code: str = "462", name: str = "Thị xã Quảng Trị") -> AdminUnit:
    """A district of Quảng Trị."""
    return make_unit(session, code, name, Level.DISTRICT, make_unit(session, "45", "Tỉnh Quảng Trị", Level.PROVINCE))


def make_commune(
    session: Session, name: str = "Phường 1", code: str = "", district: AdminUnit | None = None
) -> AdminUnit:
    """A commune of thị xã Quảng Trị; "Phường 1" unless another is named."""
    return make_unit(session, code or COMMUNES[name], name, Level.COMMUNE, district or make_district(session))


def make_office(session: Session, code: str = "TXQT", name: str = "Bưu điện thị xã Quảng Trị") -> PostOffice:
    """The area's post office, under the one of the province."""
    return _office(session, code, name, OfficeKind.AREA, _office(session, "QTI", "Bưu điện tỉnh Quảng Trị"))


def make_agency(
    session: Session,
    code: str = "LDTBXH-TXQT",
    name: str = "Phòng Lao động - Thương binh và Xã hội thị xã Quảng Trị",
    district: AdminUnit | None = None,
) -> Agency:
    """The agency that sends the lists."""
    found = session.scalars(select(Agency).where(Agency.code == code)).first()
    return found or kept(
        session,
        Agency(
            code=code,
            name=name,
            short_name=name.replace("Lao động - Thương binh và Xã hội", "LĐ-TB&XH")[:80],
            unit_id=(district or make_district(session)).id,
            active_from=dt.date(2015, 1, 1),
        ),
    )


def make_benefit(session: Session, code: str = "", programme: Programme = Programme.BTXH, **more: Any) -> Benefit:
    """A monthly benefit of a programme."""
    code = code or f"{programme}-1"
    values = {"name": "Người cao tuổi từ đủ 80 tuổi", "kind": BenefitKind.MONTHLY, "group": "Người cao tuổi"} | more
    return session.get(Benefit, code) or kept(session, Benefit(code=code, programme=programme, **values))


def make_contract(
    session: Session,
    programme: Programme = Programme.BTXH,
    agency: Agency | None = None,
    office: PostOffice | None = None,
    **more: Any,
) -> Contract:
    """The contract by which the office pays for the agency, since 2024, with a fee of 0.5 percent."""
    agency, office = agency or make_agency(session), office or make_office(session)
    wanted = select(Contract).where(Contract.agency_id == agency.id, Contract.programme == programme)
    found = session.scalars(wanted).first()
    if found:
        return found
    contract = Contract(
        agency_id=agency.id,
        programme=programme,
        office_id=office.id,
        number=f"{agency.id:02}/2024/HĐ-{programme}",
        signed_on=dt.date(2023, 12, 20),
        valid_from=dt.date(2024, 1, 1),
        **more,
    )
    kept(session, contract)
    tariff = Tariff(
        contract_id=contract.id, basis=Basis.PERCENT_AMOUNT, percent=Decimal("0.5"), effective_from=contract.valid_from
    )
    kept(session, tariff)
    return contract


def make_staff(
    session: Session,
    role: Role = Role.ACCOUNTANT,
    *,
    login: str = "",
    name: str = "",
    office: PostOffice | None = None,
    agency: Agency | None = None,
    **more: Any,
) -> Staff:
    """Somebody who works here, at the usual office (or for the usual agency); a new login makes a second one."""
    usual_login, usual_name = WORKERS[role]
    login = login or usual_login
    found = session.scalars(select(Staff).where(Staff.login == login)).first()
    if found:
        return found
    belongs_to_agency = role in AGENCY_ROLES
    nowhere = belongs_to_agency or (role in PROVINCE_ROLES and office is None)
    return kept(
        session,
        Staff(
            login=login,
            name=name or usual_name,
            role=role,
            office_id=None if nowhere else (office or make_office(session)).id,
            agency_id=(agency or make_agency(session)).id if belongs_to_agency else None,
            created_at=clock.now(),
            **more,
        ),
    )


def actor(person: Staff) -> Actor:
    """A staff member as the ``by=`` of a service."""
    return Actor(person.id, person.name, person.role.value)


def make_actor(session: Session, role: Role = Role.ACCOUNTANT, **more: Any) -> Actor:
    """Somebody of a role, ready to do something."""
    return actor(make_staff(session, role, **more))


def make_person(
    session: Session, name: str = "Nguyễn Thị Bưởi", commune: AdminUnit | None = None, **more: Any
) -> Person:
    """Somebody we pay: one of PEOPLE, or anybody else by name."""
    found = session.scalars(select(Person).where(Person.name == name)).first()
    if found and not more:
        return found
    year, sex, number = PEOPLE.get(name, (1945, Sex.FEMALE, None))
    count = len(session.scalars(select(Person.id)).all()) + 1
    values = {"birth_year": year, "sex": sex, "id_number": number, "hamlet": "Khu phố 1"} | more
    if values["id_number"]:
        values.setdefault("id_reversed", values["id_number"][::-1])
    person = kept(
        session,
        Person(
            code=f"NH{count:06}",
            name=name,
            name_fold=fold(name),
            commune_id=(commune or make_commune(session)).id,
            created_at=clock.now(),
            **values,
        ),
    )
    retrace(session, person)
    return person


def make_payee(session: Session, person: Person, name: str = "Trần Văn Nam", **more: Any) -> Payee:
    """Somebody who may collect for a person since January 2024: a proxy unless said otherwise."""
    values = {"kind": PayeeKind.PROXY, "relation": "con", "id_number": "045075000066"} | more
    return kept(session, Payee(person_id=person.id, name=name, valid_from=dt.date(2024, 1, 1), **values))


def make_way(session: Session, person: Person, channel: Way = Way.ACCOUNT, **more: Any) -> PayWay:
    """How a person is paid since January 2024."""
    values: dict[str, Any] = {}
    if channel is Way.ACCOUNT:
        values = {"bank": "BIDV", "account_no": "0451000123456", "holder": fold(person.name).upper()}
    values |= more
    return kept(session, PayWay(person_id=person.id, channel=channel, valid_from=dt.date(2024, 1, 1), **values))


def _office(
    session: Session, code: str, name: str, kind: OfficeKind = OfficeKind.PROVINCE, parent: PostOffice | None = None
) -> PostOffice:
    found = session.scalars(select(PostOffice).where(PostOffice.code == code)).first()
    return found or kept(session, PostOffice(code=code, name=name, kind=kind, parent_id=parent.id if parent else None))


def kept(session: Session, row: Row) -> Row:
    """The row, with its number."""
    session.add(row)
    session.flush()
    return row
