"""The table of DOMAIN 5.5, row by row."""

import pytest

from provider.lists.duplicates import CASES, Line, Verdict, verdict

OLD = Line("BTXH", "BT05C")
DISABLED = Line("BTXH", "BT06C")
CARE = Line("BTXH", "CS06C")
PARENT = Line("BTXH", "BT04")
PENSION = Line("HTXH", "HT01")
INVALID = Line("NCC", "NC06-61")
MARTYR = Line("NCC", "NC03.1")
ATTENDED = Line("NCC", "NC06-81", parts=frozenset({"allowance", "attendant"}))
ATTENDANT = Line("NCC", "NC06P", parts=frozenset({"allowance"}))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (INVALID, OLD, Verdict.TELL),
        (INVALID, PENSION, Verdict.TELL),
        (INVALID, MARTYR, Verdict.ALLOWED),
        (INVALID, Line("NCC", "NC06-61", parts=frozenset({"supplement"})), Verdict.ALLOWED),
        (INVALID, ATTENDANT, Verdict.ALLOWED),
        (ATTENDED, ATTENDANT, Verdict.TWO_ATTENDANTS),
        (ATTENDED, Line("NCC", "NC04", parts=frozenset({"allowance", "attendant"})), Verdict.TWO_ATTENDANTS),
        (OLD, CARE, Verdict.ALLOWED),
        (PARENT, DISABLED, Verdict.ALLOWED),
        (PARENT, OLD, Verdict.ALLOWED),
        (PARENT, Line("BTXH", "BT08"), Verdict.ALLOWED),
        (PARENT, Line("BTXH", "BT07"), Verdict.TWO_BENEFITS),
        (OLD, DISABLED, Verdict.TWO_BENEFITS),
        (PENSION, OLD, Verdict.PENSION_AND_BENEFIT),
        (PENSION, CARE, Verdict.TELL),
        (OLD, OLD, Verdict.SAME_PAYMENT),
        (INVALID, INVALID, Verdict.SAME_PAYMENT),
        (PENSION, PENSION, Verdict.SAME_PAYMENT),
        (OLD, Line("BTXH", "MT-BT", kind="funeral", parts=frozenset({"funeral"})), Verdict.ALLOWED),
        (OLD, Line("BTXH", "BT05C", parts=frozenset({"arrears"})), Verdict.ALLOWED),
        (Line("BTXH", "", "x"), Line("BTXH", "", "x"), Verdict.SAME_PAYMENT),
        (Line("BTXH", "", "x"), OLD, Verdict.UNSURE),
    ],
)
def test_what_two_lines_of_one_person_are(a: Line, b: Line, expected: Verdict) -> None:
    assert verdict(a, b) is expected
    assert verdict(b, a) is expected


def test_the_last_case_fits_whatever_is_left() -> None:
    assert CASES[-1][1](OLD, INVALID)
