"""In which order doors are visited."""

from provider.payouts.lifecycle import State
from provider.visits.rules import Door, order_of_doors, state_of_door


def test_hamlets_come_in_the_order_of_their_numbers_not_of_their_letters() -> None:
    doors = [Door(1, "Nguyễn Thị Bưởi", "Xã Hải Lệ", "Thôn 10"), Door(2, "Trần Văn Đức", "Xã Hải Lệ", "Thôn 2")]
    assert order_of_doors(doors) == [2, 1]


def test_one_commune_is_finished_before_the_next_begins() -> None:
    doors = [
        Door(1, "Nguyễn Thị Bưởi", "Xã Hải Lệ", "Thôn 1"),
        Door(2, "Trần Văn Đức", "Phường 1", "Khu phố 9"),
        Door(3, "Lê Thị Hoa", "Xã Hải Lệ", "Thôn 1"),
    ]
    assert order_of_doors(doors)[0] == 2


def test_inside_a_hamlet_houses_come_by_number_and_then_people_by_given_name() -> None:
    doors = [
        Door(1, "Lê Thị Hoa", "Phường 1", "Khu phố 1", "12 Trần Hưng Đạo"),
        Door(2, "Võ Hữu Long", "Phường 1", "Khu phố 1", "9 Trần Hưng Đạo"),
        Door(3, "Nguyễn Thị Bưởi", "Phường 1", "Khu phố 1", "9 Trần Hưng Đạo"),
    ]
    assert order_of_doors(doors) == [3, 2, 1]


def test_who_has_no_hamlet_comes_last_in_the_commune() -> None:
    doors = [Door(1, "Nguyễn Thị Bưởi", "Phường 1", ""), Door(2, "Trần Văn Đức", "Phường 1", "Khu phố 3")]
    assert order_of_doors(doors) == [2, 1]


def test_a_person_with_two_allowances_is_visited_once() -> None:
    door = Door(1, "Nguyễn Thị Bưởi", "Phường 1", "Khu phố 1")
    assert order_of_doors([door, door]) == [1]


def test_a_door_is_still_to_be_visited_while_anything_of_it_may_be_paid() -> None:
    assert state_of_door([State.PAID, State.DUE]) is State.DUE
    assert state_of_door([State.PAID, State.MISSED]) is State.MISSED
    assert state_of_door([State.PAID, State.HELD]) is State.HELD
    assert state_of_door([State.PAID, State.PAID]) is State.PAID
