"""Every refusal has one code of its own and a Vietnamese sentence that can be filled."""

import re
import unicodedata

import pytest

from provider.errors import Refusal
from tests.house.walk import import_everything

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def all_refusals() -> list[type[Refusal]]:
    import_everything()
    found, waiting = [], [Refusal]
    while waiting:
        kind = waiting.pop()
        if kind.__module__.startswith("provider."):
            found.append(kind)
        waiting += kind.__subclasses__()
    return sorted(set(found), key=lambda kind: (kind.__module__, kind.__name__))


REFUSALS = all_refusals()


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_a_refusal_has_a_code_and_a_sentence_of_its_own(kind: type[Refusal]) -> None:
    assert "code" in vars(kind), f"{kind.__name__} has no code of its own"
    assert "sentence" in vars(kind), f"{kind.__name__} has no sentence of its own"
    assert re.fullmatch(r"[a-z][a-z0-9_]{2,40}", kind.code), f"{kind.code!r} is no code"
    assert kind.status in (401, 403, 404, 409, 413, 422, 429), f"{kind.__name__} answers {kind.status}"


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_its_sentence_is_vietnamese_and_can_be_filled(kind: type[Refusal]) -> None:
    sentence = str(kind.sentence)
    assert sentence == unicodedata.normalize("NFC", sentence)
    assert re.search(r"[ăâđêôơư]|[̣̀́̃̉]", unicodedata.normalize("NFD", sentence.lower()).replace("đ", "đ")), sentence
    assert sentence[0].isupper() or sentence.startswith(("%(", "«", "“")), (
        f"{sentence!r} does not begin like a sentence"
    )
    assert sentence.rstrip()[-1] in ".?!…", f"{sentence!r} does not end like a sentence"
    facts = dict.fromkeys(PLACEHOLDER.findall(sentence), "x")
    bare = PLACEHOLDER.sub("", sentence).replace("%%", "")
    assert "%" not in bare, f"{sentence!r}: placeholders are %(name)s"
    assert "%(" not in kind(**facts).text()


def test_no_two_refusals_share_a_code() -> None:
    by_code: dict[str, list[str]] = {}
    for kind in REFUSALS:
        by_code.setdefault(kind.code, []).append(f"{kind.__module__}.{kind.__name__}")
    assert not {code: kinds for code, kinds in by_code.items() if len(kinds) > 1}
