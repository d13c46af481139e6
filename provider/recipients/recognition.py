"""Which of the people we know a row of a list means; pure.

By identity number when the name fits it too; else by folded name, birth and commune; else somebody new. Two people with
different identity numbers are never joined.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from provider.identity import Sex
from provider.recipients.rules import Birth, are_one_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person as one row of a list tells of them."""

    name: str
    birth: Birth = Birth()
    sex: Sex | None = None
    id_number: str | None = None
    old_id: str = ""
    phone: str = ""
    commune_id: int | None = None
    hamlet: str = ""
    address: str = ""
    book_no: str = ""


@dataclass(slots=True)
class Known:
    """A person we know, as far as recognising needs it; ``person_id`` is 0 until one of the same batch is written."""

    person_id: int
    name_fold: str
    birth: Birth
    id_number: str | None
    commune_id: int | None
    hamlet: str
    book_no: str


class Acquaintances:
    """The people we know, by identity number and by name."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_number: dict[str, list[Known]] = defaultdict(list)
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        self._met: set[int] = set()
        for each in known:
            self.meet(each)

    def meet(self, new: Known) -> None:
        """Remember somebody, once."""
        if new.person_id and new.person_id in self._met:
            return
        self._met.add(new.person_id)
        if new.id_number:
            self._by_number[new.id_number].append(new)
        self._by_name[new.name_fold].append(new)

    def by_number(self, candidate: Candidate, name_fold: str) -> Known | None:
        """The one with the candidate's identity number, when the name fits it too."""
        for each in self._by_number.get(candidate.id_number or "", ()):
            if are_one_person(each.name_fold, each.birth, name_fold, candidate.birth):
                return each
        return None

    def recognise(self, candidate: Candidate, name_fold: str) -> Known | None:
        """The one person a candidate is; None for somebody new."""
        if (found := self.by_number(candidate, name_fold)) is not None:
            return found
        alike = [each for each in self._by_name.get(name_fold, ()) if _may_be(each, candidate)]
        return max(alike, key=lambda each: _nearness(each, candidate), default=None)


def _may_be(known: Known, candidate: Candidate) -> bool:
    if known.id_number and candidate.id_number and known.id_number != candidate.id_number:
        return False
    if known.commune_id != candidate.commune_id or not known.birth.agrees_with(candidate.birth):
        return False
    same_book = bool(known.book_no) and known.book_no == candidate.book_no
    years_known = known.birth.year is not None and candidate.birth.year is not None
    other_book = bool(known.book_no and candidate.book_no) and not same_book
    only_years = known.birth.precision == 1 or candidate.birth.precision == 1
    if other_book and only_years and known.hamlet != candidate.hamlet:
        return False  # two namesakes of one year in one commune: other hamlet, other book
    return same_book or years_known


def _nearness(known: Known, candidate: Candidate) -> tuple[bool, bool, int, int]:
    return (
        bool(known.book_no) and known.book_no == candidate.book_no,
        known.hamlet == candidate.hamlet,
        known.birth.precision,
        -known.person_id,
    )
