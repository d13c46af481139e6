"""``flask admin create``."""

from typing import TYPE_CHECKING

from provider.db import Store
from provider.staff import queries
from provider.staff.commands import cli
from provider.staff.rules import Role, Scope

if TYPE_CHECKING:
    from flask import Flask


def test_the_first_administrator_is_made_on_the_machine_and_only_once(app: "Flask", store: Store) -> None:
    runner = app.test_cli_runner()
    made = runner.invoke(cli, ["create", "Quan.Tri", "--name", "Đặng Quốc Trị"])
    assert made.exit_code == 0
    assert made.output.splitlines()[1].endswith("/activate?login=quan.tri")
    with store.read() as session:
        first = queries.staff_list(session, Scope.everything())[0]
    assert (first.login, first.role, first.activated) == ("quan.tri", Role.ADMINISTRATOR, False)
    again = runner.invoke(cli, ["create", "hai", "--name", "Hoàng Thị Hai"])
    assert again.exit_code == 2
    assert "Đã có quản trị viên" in again.stderr
