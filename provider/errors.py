"""Refusals: the one family of answers "no" that a person is meant to read.

A refusal owns a ``code`` (for phones and tests), a ``sentence`` in Vietnamese (for people; the web translates it) and
an HTTP ``status``. Anything raised that is no Refusal is a bug: it is logged with a reference number, never explained.
"""

import re
from typing import Any, ClassVar


def N_(sentence: str) -> str:
    """Mark a Vietnamese sentence for the catalogues without translating it; the web does that when it is shown."""
    return sentence


_MONTH = re.compile(r"Tháng (\d\d/\d{4})")
A_MONTH = N_("Tháng %(month)s")


def _retold(fact: Any, translate: Any) -> Any:
    """A fact as its reader says it: a word of ours (a state, a reason) or the label of a month; all else as it is."""
    if not isinstance(fact, str) or not fact:
        return fact
    month = _MONTH.fullmatch(fact)
    return translate(A_MONTH) % {"month": month[1]} if month else translate(fact)


class Refusal(Exception):
    """Something a person asked for that may not be done now; ``facts`` fill the placeholders of the sentence."""

    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = N_("Không thể làm việc này bây giờ.")
    status: ClassVar[int] = 409

    def __init__(self, **facts: Any) -> None:
        super().__init__(facts)
        self.facts = facts

    def __str__(self) -> str:
        return self.text()

    def text(self, translate: Any = None) -> str:
        """The sentence with its facts, translated by ``translate`` (a gettext) where one is given."""
        if translate is None:
            return self.sentence % self.facts if self.facts else self.sentence
        facts = {name: _retold(fact, translate) for name, fact in self.facts.items()}
        return str(translate(self.sentence) % facts) if facts else str(translate(self.sentence))


class Invalid(Refusal):
    """What was typed, scanned or uploaded is not usable as it is."""

    code = "invalid"
    sentence = N_("Nội dung nhập chưa đúng. Hãy xem lại.")
    status = 422


class NotAllowed(Refusal):
    """This person may not do this here."""

    code = "not_allowed"
    sentence = N_("Bạn không có quyền làm việc này.")
    status = 403


class Missing(Refusal):
    """Not there, or not this person's to see: the two look the same on purpose."""

    code = "missing"
    sentence = N_("Không tìm thấy nội dung này, hoặc nội dung không thuộc phạm vi của bạn.")
    status = 404


class ChangedMeanwhile(Refusal):
    """Somebody else changed the thing between looking and doing."""

    code = "changed_meanwhile"
    sentence = N_("Nội dung vừa được người khác thay đổi. Hãy tải lại trang rồi làm tiếp.")
