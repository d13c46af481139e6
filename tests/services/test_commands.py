"""The commands of the house: what they print, word for word, and how they end: 0, 2 when refused, 1 for wrong books."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, text

from provider.agreements.rules import Programme
from provider.audit.actor import SYSTEM
from provider.config import ROOT
from provider.db import Store
from provider.lists.reading.workbook import FILE_LIMIT
from provider.lists.service import accept
from provider.payouts.models import Payout
from provider.settlement import issuing, queries
from provider.settlement.closing import close_month
from provider.settlement.service import draw_up
from provider.staff.rules import Role
from tests.make import (
    SEPTEMBER,
    make_actor,
    make_agency,
    make_commune,
    make_funds,
    make_opening,
    make_payout,
    make_period,
    make_person,
    make_point,
    make_staff,
)
from tests.make.lists import line, list_file, make_registers, receive_list
from tests.papers.read_back import page_count, sizes_in_mm, texts
from tests.rules.reading.test_files_refused import compound

if TYPE_CHECKING:
    from click.testing import Result
    from flask import Flask

    Run = Callable[..., Result]

RECEIVED = {
    *("list_id", "state", "rows", "good", "with_warnings", "with_errors", "total", "declared", "ties_out"),
    "problems",
}
PROBLEM = {"sheet", "row", "column", "code", "level", "text"}
ROW = {
    *("sheet", "row", "name", "birth", "sex", "id_number", "commune", "hamlet", "benefit"),
    *("allowance", "arrears", "total", "account", "bank", "state", "problems"),
}
SENT = ("--agency", "LDTBXH-TXQT", "--programme", "BTXH", "--month", "2024-09")
OF_SEPTEMBER = ("--agency", "LDTBXH-TXQT", "--month", "2024-09")


@pytest.fixture
def run(app: "Flask", store: Store) -> "Run":
    """``run("lists", "receive", …)``: a command of the house over this test's database."""
    with store.write() as session:
        make_registers(session, Programme.BTXH, Programme.NCC)
    return lambda *words: app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list of two people, the second with an error."""
    path = tmp_path / "danh sách tháng 9.xlsx"
    path.write_bytes(list_file(line(), line("Lê Thị Hoa", 500_000, total=900_000)))
    return path


def refused(result: "Result") -> dict[str, str]:
    """What a command says that refuses: exit 2, one JSON object with code and sentence, nothing else."""
    assert result.exit_code == 2, result.output
    answer = json.loads(result.stdout)
    assert set(answer) == {"refused"}
    assert set(answer["refused"]) == {"code", "text"}
    return dict(answer["refused"])


# -- lists receive


def test_receive_says_what_was_found(run: "Run", file: Path) -> None:
    result = run("lists", "receive", file, *SENT, "--json")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert set(answer) == RECEIVED
    assert set(answer["declared"]) == {"people", "amount", "words_amount"}
    assert answer["declared"]["amount"] == answer["declared"]["words_amount"] == answer["total"] == 1_400_000
    assert (answer["state"], answer["rows"], answer["good"], answer["with_errors"]) == ("received", 2, 1, 1)
    assert answer["ties_out"] is True
    assert all(set(problem) == PROBLEM for problem in answer["problems"])
    wrong = next(problem for problem in answer["problems"] if problem["code"] == "total_not_sum")
    assert (wrong["sheet"], wrong["row"], wrong["column"], wrong["level"]) == ("DS chi tra", 6, "J", "error")


def test_without_accept_nothing_is_paid_out_of_it(run: "Run", file: Path, store: Store) -> None:
    run("lists", "receive", file, *SENT, "--json")
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Payout)) == 0


def test_with_accept_every_good_row_is_a_payout(run: "Run", tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(list_file(line(), line("Trần Văn Đức", 700_000)))
    answer = json.loads(run("lists", "receive", path, *SENT, "--accept", "--json").stdout)
    assert (answer["state"], answer["good"], answer["ties_out"]) == ("accepted", 2, True)
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Payout)) == 2


def test_a_list_that_needs_a_second_person_is_received_and_says_why_it_was_not_accepted(
    run: "Run", tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(list_file(line(), declared=900_000))
    result = run("lists", "receive", path, *SENT, "--accept", "--json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["state"], answer["not_accepted"]["code"]) == (0, "received", "not_tied_out")
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Payout)) == 0


def test_with_accept_a_row_with_an_error_stays_out(run: "Run", file: Path, store: Store) -> None:
    answer = json.loads(run("lists", "receive", file, *SENT, "--accept", "--json").stdout)
    assert (answer["state"], answer["good"], answer["with_errors"]) == ("accepted", 1, 1)
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Payout)) == 1


def test_for_people_it_says_the_same_in_lines(run: "Run", file: Path) -> None:
    result = run("lists", "receive", file, *SENT)
    assert result.exit_code == 0
    assert "rows: 2" in result.stdout
    assert "DS chi tra 6J [error] Tổng ghi 900.000 đ nhưng cộng các khoản là 500.000 đ" in result.stdout


BAD_FILES = {
    "renamed.xlsx": (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF", "not_a_list_file"),
    "encrypted.xlsx": (compound("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    "cut.xlsx": (list_file(line())[:3000], "cut_short"),
    "empty.xlsx": (b"", "empty_file"),
    "letter.csv": ("Kính gửi;Bưu điện tỉnh\nVề việc;chi trả\n".encode(), "no_list_inside"),
    "large.xlsx": (b"PK\x03\x04" + b"\0" * FILE_LIMIT, "too_large"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_wrong_file_is_refused_with_a_code_and_what_to_do(run: "Run", tmp_path: Path, name: str) -> None:
    content, code = BAD_FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    answer = refused(run("lists", "receive", path, *SENT, "--json"))
    assert answer["code"] == code
    assert "Hãy" in answer["text"]


def test_the_limit_of_the_house_holds_here_too(run: "Run", app: "Flask", file: Path) -> None:
    from dataclasses import replace

    usual = app.extensions["settings"]
    app.extensions["settings"] = replace(usual, upload_limit=1000)
    try:
        assert refused(run("lists", "receive", file, *SENT, "--json"))["code"] == "too_large"
    finally:
        app.extensions["settings"] = usual


def test_the_same_file_again_is_refused_and_names_the_first(run: "Run", file: Path) -> None:
    first = json.loads(run("lists", "receive", file, *SENT, "--json").stdout)["list_id"]
    answer = refused(run("lists", "receive", file, *SENT, "--json"))
    assert answer["code"] == "same_file_again"
    assert f"số {first}" in answer["text"]


def test_wrong_words_are_refused(run: "Run", file: Path) -> None:
    of_nobody = ("--agency", "NOBODY", "--programme", "BTXH", "--month", "2024-09")
    assert refused(run("lists", "receive", file, *of_nobody, "--json"))["code"] == "agency_unknown"
    of_no_month = ("--agency", "LDTBXH-TXQT", "--programme", "BTXH", "--month", "2024-13")
    assert refused(run("lists", "receive", file, *of_no_month, "--json"))["code"] == "unclear_month"
    without = ("--agency", "LDTBXH-TXQT", "--programme", "HTXH", "--month", "2024-09")
    assert refused(run("lists", "receive", file, *without, "--json"))["code"] == "no_contract"
    assert run("lists", "receive", file, *SENT[:2], "--programme", "XYZ", "--month", "2024-09").exit_code == 2
    assert run("lists", "receive", file.with_name("nowhere.xlsx"), *SENT).exit_code == 2


# -- lists rows


def test_rows_prints_one_object_per_line(run: "Run", file: Path) -> None:
    number = json.loads(run("lists", "receive", file, *SENT, "--json").stdout)["list_id"]
    result = run("lists", "rows", number, "--json")
    assert result.exit_code == 0
    rows: list[dict[str, Any]] = [json.loads(one) for one in result.stdout.splitlines()]
    assert [set(row) for row in rows] == [ROW, ROW]
    assert rows[0] | {"problems": []} == {
        "sheet": "DS chi tra",
        "row": 5,
        "name": "Nguyễn Thị Bưởi",
        "birth": "1941",
        "sex": "",
        "id_number": "045141000017",
        "commune": "Phường 1",
        "hamlet": "Khu phố 1",
        "benefit": "BT-80",
        "allowance": 500_000,
        "arrears": None,
        "total": 500_000,
        "account": "",
        "bank": "",
        "state": "good",
        "problems": [],
    }
    assert (rows[1]["state"], rows[1]["problems"][0]["code"]) == ("error", "total_not_sum")
    assert "Lê Thị Hoa" in run("lists", "rows", number).stdout


def test_rows_of_no_list_are_refused(run: "Run") -> None:
    assert refused(run("lists", "rows", 77, "--json"))["code"] == "missing"


# -- papers


@pytest.fixture
def september(run: "Run", store: Store) -> int:
    """Four people of two communes, all due; the agency."""
    with store.write() as session:
        for name, commune in (
            ("Nguyễn Thị Bưởi", "Phường 1"),
            ("Trần Văn Đức", "Phường 1"),
            ("Lê Thị Hoa", "Phường 1"),
            ("Võ Hữu Long", "Xã Hải Lệ"),
        ):
            make_payout(session, make_person(session, name, make_commune(session, commune)))
        make_staff(session, Role.ACCOUNTANT)
        return make_agency(session).id


def printed(run: "Run", tmp_path: Path, kind: str, *more: str) -> bytes:
    out = tmp_path / f"{kind}.pdf"
    result = run("papers", kind, *OF_SEPTEMBER, *more, "--out", out)
    assert result.exit_code == 0, result.output
    assert str(out) in result.output
    return out.read_bytes()


def test_slips_come_four_on_a_sheet_or_one_by_one(run: "Run", september: int, tmp_path: Path) -> None:
    four, one = printed(run, tmp_path, "slips"), printed(run, tmp_path, "slips", "--layout", "a6")
    assert (page_count(four), sizes_in_mm(four)) == (1, {(210, 297)})
    assert (page_count(one), sizes_in_mm(one)) == (4, {(105, 148)})
    assert "Nguyễn Thị Bưởi".upper() in " ".join(texts(four)).upper()


@pytest.mark.parametrize("written", ["Xã Hải Lệ", "xa hai le", "Hải Lệ", "X. Hải Lệ"])
def test_slips_of_one_commune_however_its_name_is_typed(
    run: "Run", september: int, tmp_path: Path, written: str
) -> None:
    told = " ".join(texts(printed(run, tmp_path, "slips", "--commune", written, "--layout", "a6"))).upper()
    assert "VÕ HỮU LONG" in told
    assert "TRẦN VĂN ĐỨC" not in told


def test_a_roster_without_an_opening_has_everybody_of_the_commune(run: "Run", september: int, tmp_path: Path) -> None:
    told = " ".join(texts(printed(run, tmp_path, "roster", "--commune", "phuong 1")))
    assert "Trần Văn Đức" in told
    assert "Võ Hữu Long" not in told


def test_a_roster_with_an_opening_is_of_that_opening(run: "Run", september: int, tmp_path: Path, store: Store) -> None:
    with store.write() as session:
        here = session.scalars(select(Payout).order_by(Payout.id).limit(2)).all()
        make_opening(session, make_point(session), payouts=tuple(here))
    pdf = printed(run, tmp_path, "roster")
    told = " ".join(texts(pdf))
    assert "Nhà văn hóa Phường 1" in told
    assert all(name in told for name in ("Nguyễn Thị Bưởi", "Trần Văn Đức", "Lê Thị Hoa", "Võ Hữu Long"))
    assert page_count(pdf) >= 3, "those without a seat stand on lists of their own"


def test_the_settlement_of_an_open_month_is_a_draft_and_says_so(run: "Run", september: int, tmp_path: Path) -> None:
    told = " ".join(texts(printed(run, tmp_path, "settlement"))).upper()
    assert "BẢN DỰ THẢO" in told
    assert "092024-DT/BKQT-TXQT" in told


def test_a_drawn_up_settlement_is_printed_and_once_issued_the_very_bytes(
    run: "Run", september: int, tmp_path: Path, store: Store
) -> None:
    with store.write() as session:
        by = make_actor(session)
        close_month(session, september, SEPTEMBER, by=by)
        number = draw_up(session, september, SEPTEMBER, by=by).id
    told = " ".join(texts(printed(run, tmp_path, "settlement"))).upper()
    assert "092024/BKQT-TXQT" in told
    assert "DỰ THẢO" not in told
    issuing.issue(store, number, key=b"key", by=by, report=lambda _done, _total: None)
    with store.read() as session:
        assert printed(run, tmp_path, "settlement") == queries.paper(session, number, "pdf")


def test_what_cannot_be_printed_is_refused(run: "Run", september: int, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    for kind in ("slips", "roster", "settlement"):
        of_august = ("papers", kind, "--agency", "LDTBXH-TXQT", "--month", "2024-08", "--out", out)
        assert refused(run(*of_august))["code"] == "nothing_to_print"
        of_nobody = ("papers", kind, "--agency", "NOBODY", "--month", "2024-09", "--out", out)
        assert refused(run(*of_nobody))["code"] == "agency_unknown"
    elsewhere = ("papers", "slips", *OF_SEPTEMBER, "--commune", "Xã Nào Đó", "--out", out)
    assert refused(run(*elsewhere))["code"] == "commune_unknown"
    empty = ("papers", "roster", *OF_SEPTEMBER, "--commune", "Phường 3", "--out", out)
    assert refused(run(*empty))["code"] == "nothing_to_print"
    assert not out.exists()
    assert run("papers", "novel", *OF_SEPTEMBER, "--out", out).exit_code == 2


# -- check-books


def test_true_books_end_with_nought(run: "Run", september: int) -> None:
    assert json.loads(run("check-books", "--json").stdout) == {"holds": True, "differences": []}
    said = run("check-books")
    assert (said.exit_code, "Sổ sách đúng" in said.stdout) == (0, True)


def test_books_that_are_not_true_end_with_one_and_the_sentences(run: "Run", september: int, store: Store) -> None:
    with store.write() as session:
        session.execute(text("UPDATE component SET amount = amount + 1 WHERE id = 1"))
    result = run("check-books", "--json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert answer["holds"] is False
    assert answer["differences"] == [{"sentence": "Số tiền mỗi khoản bằng tổng các thành phần.", "where": ["payout:1"]}]
    said = run("check-books")
    assert (said.exit_code, said.stdout) == (1, "Số tiền mỗi khoản bằng tổng các thành phần. (payout:1)\n")
    with store.write() as session:
        session.execute(text("UPDATE component SET amount = amount - 1 WHERE id = 1"))


def test_receiving_needs_funds_of_nobody(run: "Run", store: Store) -> None:
    with store.write() as session:
        make_funds(session, make_period(session), 1_000)
        accept(session, receive_list(session, line()).id, by=SYSTEM)
    assert run("check-books").exit_code == 0


# -- as a plain process


@pytest.mark.slow
def test_all_of_it_runs_as_a_plain_process_from_the_root(tmp_path: Path) -> None:
    """Migrate, receive the sample of the district, print, check: on a database that did not exist before."""
    given = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'p.sqlite3'}", "CHITRA_SECRET": "of a test " * 4}

    def flask(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "flask", "--app", "app", *words]
        return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=120, check=False)

    assert flask("migrate").returncode == 0
    again = flask("migrate")
    assert (again.returncode, again.stderr) == (0, "")
    sample = "tests/files/lists/btxh_2024-09.xlsx"
    first = flask("lists", "receive", sample, *SENT, "--accept", "--json")
    answer = json.loads(first.stdout)
    assert (first.returncode, first.stderr) == (0, "")
    assert (answer["state"], answer["rows"], answer["total"], answer["ties_out"]) == (
        "accepted",
        1178,
        926_750_000,
        True,
    )
    second = flask("lists", "receive", sample, *SENT, "--json")
    assert (second.returncode, json.loads(second.stdout)["refused"]["code"]) == (2, "same_file_again")
    rows = flask("lists", "rows", str(answer["list_id"]), "--json").stdout.splitlines()
    assert len(rows) == 1178
    out = tmp_path / "slips.pdf"
    made = flask("papers", "slips", *OF_SEPTEMBER, "--commune", "An Don", "--out", str(out))
    assert (made.returncode, made.stderr) == (0, "")
    assert page_count(out.read_bytes()) > 1
    checked = flask("check-books", "--json")
    assert (checked.returncode, json.loads(checked.stdout)) == (0, {"holds": True, "differences": []})
