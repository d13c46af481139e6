"""Random workbooks with random dirt and known truth are read back exactly; random bytes never crash the reader."""

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provider.errors import Invalid
from provider.lists.reading.document import read_list
from tests.rules.reading.books import ods, text_table, xls, xlsx, xlsx_by_writer

FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đặng", "Tống", "Tô", "Hồ", "Bàn", "Đoàn"]
MIDDLE = ["Văn", "Thị", "Hữu", "Thị Ngọc", "Đức", ""]
GIVEN = ["Bưởi", "Tám", "Hòa", "Út", "Ổn", "Nghĩa", "Hùng", "Thủy", "An", "Cộng", "Đức"]
COMMUNES = ["PHƯỜNG 1", "Xã Hải Lệ", "PHƯỜNG AN ĐÔN", "Thị trấn Ái Tử"]
CATEGORIES = ["NKT nặng", "Người từ đủ 80 tuổi không có lương hưu", "Bệnh binh"]


def _amount(chance: random.Random, dong: int) -> Any:
    dotted = f"{dong:,}".replace(",", ".")
    return chance.choice(
        [
            dong,
            float(dong),
            str(dong),
            dotted,
            f"{dong:,}",
            f"{dotted} đ",
            f"{dotted}đồng",
            dotted.replace(".", "\u00a0"),
            f" {dotted} ",
        ]
    )


def _birth(chance: random.Random, year: int, month: int, day: int) -> tuple[Any, tuple[int, int | None, int | None]]:
    if chance.random() < 0.3:
        return chance.choice([year, float(year), str(year), f"00/00/{year}"]), (year, None, None)
    return chance.choice(
        [f"{day:02}/{month:02}/{year}", f"{day}/{month}/{year}", f"{day}-{month}-{year}", f"{day}.{month}.{year} "]
    ), (year, month, day)


COLUMNS: dict[str, list[str]] = {
    "number": ["STT", "TT", "Số TT"],
    "name": ["Họ và tên", "HỌ TÊN", "Họ tên đối tượng", "Tên đối tượng", "Người hưởng"],
    "birth": ["Ngày sinh", "Năm sinh", "NTNS", "Ngày, tháng, năm sinh"],
    "id": ["Số CCCD", "CCCD", "Số định danh cá nhân", "Số CCCD/CMND"],
    "hamlet": ["Thôn, KP", "Thôn/Tổ", "Khu phố"],
    "benefit": ["Đối tượng", "Loại đối tượng", "Diện hưởng"],
    "allowance": ["Mức trợ cấp", "Trợ cấp", "Tiền trợ cấp tháng này", "Mức hưởng"],
    "arrears": ["Truy lĩnh", "Truy lĩnh tháng trước", "Số tiền truy lĩnh"],
    "total": ["Tổng cộng", "Tổng số tiền", "Thực lĩnh"],
    "note": ["Ghi chú", "GC"],
}


def build(seed: int) -> tuple[list[list[Any]], list[dict[str, Any]], int]:
    """A table with its dirt, the people in it as they must be read, and their sum in đồng."""
    chance = random.Random(seed)
    keys = [key for key in COLUMNS if key not in ("hamlet", "note", "id", "number") or chance.random() < 0.7]
    rest = [key for key in keys if key != "number"]
    chance.shuffle(rest)
    keys = [key for key in keys if key == "number"] + rest
    head = [chance.choice(COLUMNS[key]) for key in keys]
    lines: list[list[Any]] = [["UBND THỊ XÃ", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"][: len(head)]] * chance.randint(
        0, 2
    )
    lines += [["DANH SÁCH CHI TRẢ"], ["Tháng 9 năm 2024"], *([[]] * chance.randint(0, 3)), head]
    if chance.random() < 0.4:
        lines.append([f"({n + 1})" for n in range(len(head))])
    truth: list[dict[str, Any]] = []
    with_sections = chance.random() < 0.6
    number = grand = 0
    for section in range(chance.randint(1, 3)):
        commune = COMMUNES[section % len(COMMUNES)] if with_sections else ""
        section_at, section_sum = len(lines), 0
        if commune:
            lines.append([""] * len(head))
        for _ in range(chance.randint(1, 6)):
            number += 1
            name = " ".join(filter(None, [chance.choice(FAMILY), chance.choice(MIDDLE), chance.choice(GIVEN)]))
            allowance, arrears = chance.randrange(300, 9_000) * 1000, chance.choice([0, 0, 500_000])
            born, birth = _birth(chance, chance.randint(1925, 2020), chance.randint(1, 12), chance.randint(1, 28))
            identity = f"045{chance.randrange(10**9):09}"
            cells = {
                "number": chance.choice([number, float(number), str(number)]),
                "name": chance.choice([name, f" {name}", name.replace(" ", "  ", 1)]),
                "birth": born,
                "id": chance.choice([identity, f"'{identity}", f"{identity[:3]} {identity[3:]}"]),
                "hamlet": "KP 3",
                "benefit": CATEGORIES[number % 3],
                "allowance": _amount(chance, allowance),
                "arrears": _amount(chance, arrears) if arrears else chance.choice(["", "-"]),
                "total": _amount(chance, allowance + arrears),
                "note": "",
            }
            lines.append([cells[key] for key in keys])
            grand += allowance + arrears
            section_sum += allowance + arrears
            truth.append(
                {
                    "row": len(lines),
                    "name": name,
                    "birth": birth,
                    "id": identity if "id" in keys else None,
                    "commune": commune,
                    "total": allowance + arrears,
                    "allowance": allowance,
                    "arrears": arrears,
                }
            )
            if chance.random() < 0.1:
                lines.append([])
        if commune:
            title = [""] * len(head)
            title[keys.index("name")] = commune
            title[keys.index("total")] = section_sum
            if "number" in keys:
                title[keys.index("number")] = ["I", "II", "III"][section]
            lines[section_at] = title
        if chance.random() < 0.2:
            lines.append(list(head))
    total = [""] * len(head)
    total[keys.index("name")] = chance.choice(["Tổng cộng", "TỔNG CỘNG", "Tổng số"])
    total[keys.index("total")] = grand
    lines += [total, [], ["", "Người lập biểu", "", "Thủ trưởng đơn vị"][: len(head)], [], ["", "Lê Thị Hà"]]
    return lines, truth, grand


WRITERS: list[Callable[[list[list[Any]]], bytes]] = [
    xlsx,
    xlsx_by_writer,
    xls,
    ods,
    lambda lines: text_table(lines, ";").encode("utf-8-sig"),
    lambda lines: text_table(lines, "\t").encode("utf-16"),
]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9), writer=st.sampled_from(range(len(WRITERS))))
def test_a_random_list_reads_back_as_its_truth(seed: int, writer: int) -> None:
    lines, truth, grand = build(seed)
    read = read_list(WRITERS[writer](lines), "a")
    found = [
        {
            "row": row.row,
            "name": row.name,
            "birth": (row.birth_year, row.birth_month, row.birth_day),
            "id": row.id_number,
            "commune": row.commune,
            "total": row.total.dong if row.total else None,
            "allowance": row.components["allowance"].dong,
            "arrears": row.components["arrears"].dong if "arrears" in row.components else 0,
        }
        for row in read.rows
    ]
    assert found == truth
    assert read.declared_amount is not None
    assert read.declared_amount.dong == grand
    assert not any(row.has_errors for row in read.rows)
    kinds = [kind.value for kind in read.sheets[0].kinds]
    assert kinds.count("data") == len(truth)
    assert kinds.count("remark") == 0


CELLS = st.one_of(
    st.just(""),
    st.text(max_size=20),
    st.integers(-(10**13), 10**13),
    st.floats(allow_nan=True),
    st.sampled_from(
        [
            "STT",
            "Họ và tên",
            "Tổng cộng",
            "Bằng chữ: một",
            "I",
            "PHƯỜNG 1",
            "Nguyễn Văn Tám",
            "500.000",
            "Cộng",
            "(ký)",
            "0",
            "Nam",
            "Mức hưởng",
        ]
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=15))
def test_any_cells_at_all_are_read_without_a_crash_and_every_row_is_explained(lines: list[list[Any]]) -> None:
    content = text_table([["STT", "Họ và tên", "Năm sinh", "Mức hưởng", "Tổng cộng"], *lines]).encode(
        "utf-8", "replace"
    )
    try:
        read = read_list(content, "a.csv")
    except Invalid:
        return
    assert all(len(sheet.kinds) == len(sheet.numbers) for sheet in read.sheets)
    assert [kind.value for sheet in read.sheets for kind in sheet.kinds].count("data") == len(read.rows)


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=600),
    st.sampled_from(
        [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"STT;H\xe1\xbb\x8d t\xc3\xaan\r\n"]
    ),
)
def test_any_bytes_at_all_are_refused_or_read(content: bytes, start: bytes) -> None:
    with suppress(Invalid):
        read_list(start + content, "a.xlsx")
