"""People taken in, recognised, found, corrected; who collects for them and how they are paid."""

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from provider.agreements.rules import Programme
from provider.audit.actor import SYSTEM
from provider.audit.deeds import DeedKind
from provider.audit.queries import deeds_about
from provider.clock import Month, Stopped
from provider.db import Store
from provider.demo.people import PeopleMaker
from provider.errors import Missing
from provider.identity import Sex
from provider.places.models import AdminUnit
from provider.recipients import queries, service
from provider.recipients.intake import Account, Claim
from provider.recipients.models import Entitlement, PayWay, Person, PersonWord
from provider.recipients.recognition import Candidate
from provider.recipients.refusals import (
    AccountIncomplete,
    DaysTurned,
    NoSuchPayee,
    PayeeIncomplete,
    WayReasonNeeded,
)
from provider.recipients.rules import Birth, PayeeKind, Way
from tests.make import make_agency, make_benefit, make_commune, make_person

NAMES = ("Nguyễn Thị Bưởi", "Trần Văn Đức", "Lê Thị Hoa", "Lê Thị Hòa", "Hoàng Thị Mỹ Linh", "Nguyễn Thị Bình")


def candidates(session: Session) -> list[Candidate]:
    commune = make_commune(session)
    return [
        Candidate(
            name=name,
            birth=Birth(1940 + place),
            sex=Sex.FEMALE,
            id_number=f"0451{40 + place}0000{place}7",
            commune_id=commune.id,
            hamlet="KP 1",
            book_no=f"{1000 + place}/BTXH",
        )
        for place, name in enumerate(NAMES)
    ]


def take_in(session: Session) -> list[int]:
    return service.take_in_many(session, candidates(session), by=SYSTEM)


def names(session: Session, text: str, communes: frozenset[int] | None = None, limit: int = 20) -> list[str]:
    return [row.name for row in queries.search(session, text, communes, limit)]


def test_people_are_taken_in_once_however_often_they_come(store: Store) -> None:
    with store.write() as session:
        first = take_in(session)
    with store.write() as session:
        assert take_in(session) == first
        assert session.scalar(select(func.count()).select_from(Person)) == len(NAMES)
        assert len(set(first)) == len(NAMES)


def test_the_same_person_twice_in_one_list_is_one_person(store: Store) -> None:
    with store.write() as session:
        one, other = candidates(session)[:2]
        ids = service.take_in_many(session, [one, other, one], by=SYSTEM)
    assert ids[0] == ids[2] != ids[1]


def test_a_number_used_for_two_names_makes_two_people_and_the_card_says_so(store: Store) -> None:
    with store.write() as session:
        one = candidates(session)[0]
        wrong = Candidate(name="Phan Văn Khác", birth=Birth(1972), id_number=one.id_number, commune_id=one.commune_id)
        first, second = service.take_in_many(session, [one, wrong], by=SYSTEM)
        assert first != second
        card = queries.person_card(session, first, None)
    assert card is not None
    assert [other.id for other in card.same_number] == [second]


def test_what_was_not_known_is_learnt_and_what_was_known_stays(store: Store) -> None:
    with store.write() as session:
        commune = make_commune(session)
        bare = Candidate(name="Nguyễn Thị Bưởi", birth=Birth(1941), commune_id=commune.id, hamlet="KP 1")
        (number,) = service.take_in_many(session, [bare], by=SYSTEM)
        other = make_commune(session, "Phường 2")
        fuller = Candidate(
            name="NGUYỄN THỊ BƯỞI",
            birth=Birth(1941, 3, 12),
            id_number="045141000017",
            commune_id=commune.id,
            hamlet="KP 4",
            book_no="1464/BTXH",
        )
        moved = Candidate(name="Nguyễn Thị Bưởi", birth=Birth(1941), id_number="045141000017", commune_id=other.id)
        assert service.take_in_many(session, [fuller], by=SYSTEM) == [number]
        assert service.take_in_many(session, [moved], by=SYSTEM) == [number]
        person = session.get_one(Person, number)
        assert (person.name, person.birth_day, person.id_number) == ("Nguyễn Thị Bưởi", 12, "045141000017")
        assert person.commune_id == other.id
        assert names(session, "1464", frozenset({other.id})) == ["Nguyễn Thị Bưởi"]
        assert names(session, "buoi", frozenset({commune.id})) == []


def test_a_search_takes_words_in_any_order_without_diacritics_by_their_beginnings(store: Store) -> None:
    with store.write() as session:
        take_in(session)
    with store.read() as session:
        assert names(session, "buoi nguyen") == ["Nguyễn Thị Bưởi"]
        assert names(session, "ng thi bu") == ["Nguyễn Thị Bưởi"]
        assert names(session, "BƯỞI") == ["Nguyễn Thị Bưởi"]
        assert names(session, "bưởi 1940") == ["Nguyễn Thị Bưởi"]
        assert names(session, "bưởi 1999") == []
        assert names(session, "ntb") == ["Nguyễn Thị Bình", "Nguyễn Thị Bưởi"]
        assert names(session, "mi linh") == ["Hoàng Thị Mỹ Linh"]
        assert names(session, "hoàng mỹ") == ["Hoàng Thị Mỹ Linh"]
        assert names(session, "khong co ai") == []
        assert names(session, "") == names(session, "%%") == names(session, "_") == []


def test_the_name_with_exactly_the_accents_typed_comes_first(store: Store) -> None:
    with store.write() as session:
        take_in(session)
    with store.read() as session:
        assert names(session, "hòa")[0] == "Lê Thị Hòa"
        assert names(session, "hoà")[0] == "Lê Thị Hòa", "tones placed the other way"
        assert names(session, "lê thị hoa")[0] == "Lê Thị Hoa"


def test_the_last_digits_of_the_number_find_a_person(store: Store) -> None:
    with store.write() as session:
        ids = take_in(session)
    with store.read() as session:
        for digits in ("0007", "40000007", "045140000007", "045 140 000 007"):
            assert [row.id for row in queries.search(session, digits, None)] == [ids[0]], digits
        assert names(session, "duc 0017") == ["Trần Văn Đức"]
        assert names(session, "buoi 0017") == []
        (row,) = queries.search(session, "0007", None)
        assert row.id_masked == "••• ••• 007"


def test_the_book_number_finds_a_person(store: Store) -> None:
    with store.write() as session:
        take_in(session)
    with store.read() as session:
        assert names(session, "1003/BTXH") == ["Lê Thị Hòa"]
        assert names(session, "1003") == ["Lê Thị Hòa"]


def test_a_search_stays_inside_its_communes(store: Store) -> None:
    with store.write() as session:
        take_in(session)
        here, elsewhere = make_commune(session).id, make_commune(session, "Phường 2").id
    with store.read() as session:
        for text in ("buoi", "0007", "ntb", "1000/BTXH", "Bưởi"):
            assert names(session, text, frozenset({here})), text
            assert names(session, text, frozenset({elsewhere})) == [], text
            assert names(session, text, frozenset()) == [], text


def test_among_many_a_frequent_name_is_found_when_typed_whole(store: Store) -> None:
    with store.write() as session:
        commune = make_commune(session)
        crowd = [
            Candidate(name=each.name, birth=Birth(each.birth_year), id_number=each.id_number, commune_id=commune.id)
            for each in PeopleMaker(seed=8).people(3_000)
        ]
        service.take_in_many(session, crowd, by=SYSTEM)
        take_in(session)
    with store.read() as session:
        for name in NAMES:
            rows = queries.search(session, name, None)
            assert rows[0].name == name
        assert len(names(session, "nguyen thi", limit=7)) == 7
        assert "Hoàng Thị Mỹ Linh" in names(session, "hoang thi my linh 1944")


def test_every_word_of_the_index_belongs_to_a_person_in_the_same_commune(store: Store) -> None:
    with store.write() as session:
        ids = take_in(session)
        service.correct(session, ids[0], name="Nguyễn Thị Cam", reason="Nhầm tên", by=SYSTEM)
        assert names(session, "cam") == ["Nguyễn Thị Cam"]
        assert names(session, "buoi") == []
        stray = (
            select(func.count())
            .select_from(PersonWord)
            .join(Person, Person.id == PersonWord.person_id)
            .where(PersonWord.commune_id != Person.commune_id)
        )
        assert session.scalar(stray) == 0
        (deed,) = deeds_about(session, f"person:{ids[0]}")
        assert deed.kind is DeedKind.PERSON_CORRECTED
        assert deed.facts["before"] == {"name": "Nguyễn Thị Bưởi"}


def test_a_payee_may_collect_between_two_days(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        person = make_person(session)
        payee = service.name_payee(
            session, person.id, kind=PayeeKind.PROXY, name="Trần Văn Nam", paper="Giấy ủy quyền 01", by=SYSTEM
        )
        assert [row.name for row in queries.payees_of(session, [person.id])[person.id]] == ["Trần Văn Nam"]
        with pytest.raises(Missing):
            service.end_payee(session, payee.id, of_person_id=person.id + 1, by=SYSTEM)
        service.end_payee(session, payee.id, by=SYSTEM)
        tomorrow = dt.date(2024, 9, 6)
        assert queries.payees_of(session, [person.id], tomorrow) == {}
        with pytest.raises(NoSuchPayee):
            service.end_payee(session, payee.id, by=SYSTEM)
        kinds = [deed.kind for deed in deeds_about(session, f"person:{person.id}")]
    assert kinds == [DeedKind.PAYEE_NAMED, DeedKind.PAYEE_ENDED]


def test_a_payee_needs_a_name_a_paper_and_days_in_order(store: Store) -> None:
    with store.write() as session:
        person = make_person(session)
        said = {"kind": PayeeKind.GUARDIAN, "by": SYSTEM}
        with pytest.raises(PayeeIncomplete):
            service.name_payee(session, person.id, name=" ", paper="QĐ 1", **said)
        with pytest.raises(PayeeIncomplete):
            service.name_payee(session, person.id, name="Trần Văn Nam", paper="", **said)
        with pytest.raises(DaysTurned):
            service.name_payee(
                session, person.id, name="Trần Văn Nam", paper="QĐ 1", valid_to=dt.date(2024, 9, 1), **said
            )
        with pytest.raises(Missing):
            service.name_payee(session, 999, name="Trần Văn Nam", paper="QĐ 1", **said)


def test_a_person_is_paid_one_way_at_a_time(store: Store) -> None:
    with store.write() as session:
        person = make_person(session)
        service.choose_way(session, person.id, Way.HOME, reason="Già yếu", by=SYSTEM)
        service.choose_way(
            session, person.id, Way.ACCOUNT, bank="BIDV", account_no="0451 0001", reason="Xin đổi", by=SYSTEM
        )
        way = queries.ways_of(session, [person.id])[person.id]
        assert (way.channel, way.account_no, way.account_masked) == (Way.ACCOUNT, "04510001", "•••• 0001")
        assert session.scalar(select(func.count()).select_from(PayWay)) == 2
        for wrong, refusal in (
            ({"way": Way.HOME, "reason": ""}, WayReasonNeeded),
            ({"way": Way.ACCOUNT, "reason": "x", "bank": "BIDV"}, AccountIncomplete),
        ):
            with pytest.raises(refusal):
                service.choose_way(session, person.id, by=SYSTEM, **wrong)  # type: ignore[arg-type]


def test_the_database_itself_refuses_two_open_ways(store: Store) -> None:
    with store.write() as session:
        number = make_person(session).id
        session.add(PayWay(person_id=number, channel=Way.HOME, valid_from=dt.date(2024, 1, 1)))
    with pytest.raises(IntegrityError), store.write() as session:
        session.add(PayWay(person_id=number, channel=Way.HOME, valid_from=dt.date(2024, 2, 1)))


def test_accounts_of_a_list_become_the_way_people_are_paid_once(store: Store) -> None:
    with store.write() as session:
        first, second = take_in(session)[:2]
        service.choose_way(session, second, Way.HOME, reason="Già yếu", by=SYSTEM)
        accounts = [Account(person_id=number, bank="LPBank", account_no=f"00{number}") for number in (first, second)]
        said = {"reason": "Danh sách BTXH 09/2024", "by": SYSTEM}
        assert service.note_accounts(session, accounts, **said) == 2
        assert service.note_accounts(session, accounts, **said) == 0
        assert {way.channel for way in queries.ways_of(session, [first, second]).values()} == {Way.ACCOUNT}


def test_entitlements_are_recorded_once(store: Store) -> None:
    with store.write() as session:
        number = take_in(session)[0]
        agency, benefit = make_agency(session), make_benefit(session)
        claim = Claim(
            person_id=number,
            programme=Programme.BTXH,
            benefit_code=benefit.code,
            agency_id=agency.id,
            decision_no="1696/QĐ-UBND",
        )
        assert service.entitle_many(session, [claim, claim], from_month=Month(2024, 9), by=SYSTEM) == 1
        assert service.entitle_many(session, [claim], from_month=Month(2024, 10), by=SYSTEM) == 0
        kept = session.scalars(select(Entitlement)).one()
        assert (kept.from_month, kept.to_month) == (Month(2024, 9), None)
        card = queries.person_card(session, number, None)
    assert card is not None
    assert [each.benefit_code for each in card.entitlements] == [benefit.code]


def test_a_card_is_not_there_for_who_does_not_reach_the_commune(store: Store) -> None:
    with store.write() as session:
        person = make_person(session)
        other = make_commune(session, "Phường 2")
        assert isinstance(other, AdminUnit)
        assert queries.person_card(session, person.id, frozenset({other.id})) is None
        assert queries.person_card(session, 999, None) is None
        card = queries.person_card(session, person.id, frozenset({person.commune_id or 0}))
    assert card is not None
    assert card.person.id_masked == "••• ••• 017"
    assert card.way is None


def test_seeing_a_number_whole_is_noted(store: Store) -> None:
    with store.write() as session:
        person = make_person(session)
        assert service.see_id_number(session, person.id, by=SYSTEM) == "045141000017"
        (deed,) = deeds_about(session, f"person:{person.id}")
        with pytest.raises(Missing):
            service.see_id_number(session, 999, by=SYSTEM)
    assert deed.kind is DeedKind.PERSONAL_DATA_SEEN
    assert "045141000017" not in str(deed.facts)
