"""Every code of problem is used, has a Vietnamese sentence, and can be filled in."""

import re
from pathlib import Path

import provider.lists
from provider.lists.duplicates import Verdict
from provider.lists.problems import CATALOGUE, Problem

ROOM = Path(provider.lists.__file__).parent


def test_every_sentence_is_vietnamese_and_ends() -> None:
    for kind in CATALOGUE.values():
        assert not kind.sentence.isascii(), kind.code
        assert kind.sentence[-1] in ".?", kind.code
        assert kind.sentence[0].isupper() or kind.sentence[0] in "“%", kind.code


def test_every_code_is_raised_somewhere_and_every_raised_code_is_in_the_catalogue() -> None:
    pure = [path for path in ROOM.rglob("*.py") if path.name != "problems.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in pure)
    quoted = set(re.findall(r'"([a-z][a-z_]+)"', text))
    assert set(CATALOGUE) - quoted == set()
    said = set(
        re.findall(
            r'(?:Problem\(|\.say\(|return None, \(|NO_BIRTH, \(+|Birth\([^)]*\), \(|doubts\.append\(\()\s*"([a-z_]+)"',
            text,
        )
    )
    assert said <= set(CATALOGUE)
    assert {verdict.value for verdict in Verdict} - {"allowed"} <= set(CATALOGUE)


def test_a_problem_says_its_facts() -> None:
    problem = Problem("total_not_sum", "DS", 12, "L", {"total": "1 đ", "sum": "2 đ", "difference": "1 đ"})
    assert problem.text() == "Tổng ghi 1 đ nhưng cộng các khoản là 2 đ, lệch 1 đ."
    assert problem.is_error
    assert problem.level == "error"
    assert Problem("name_missing").text(str.upper) == "THIẾU HỌ TÊN."
