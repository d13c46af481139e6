"""Which known benefit a row is for: by words and detail, where those leave a choice by coefficient and amount."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from provider.agreements.benefit_names import BenefitNames
from provider.lists.reading.listed import ReadRow
from provider.money import Money
from provider.names import fold


@dataclass(frozen=True, slots=True)
class KnownBenefit:
    """A benefit as a month knows it: ``amounts`` are đồng by component (allowance, supplement, attendant).

    ``kind`` is monthly, one_off, funeral or yearly, as the agreements say.
    """

    code: str
    programme: str
    name: str
    synonyms: tuple[str, ...] = ()
    coefficient: Decimal | None = None
    amounts: Mapping[str, Money] = field(default_factory=dict)
    kind: str = "monthly"
    sensitive: bool = False

    @property
    def amount(self) -> Money | None:
        """The allowance of the month, in đồng."""
        return self.amounts.get("allowance")


@dataclass(frozen=True, slots=True)
class Match:
    """The benefit meant, or the ones between which the row does not decide; neither when the words are unknown."""

    benefit: KnownBenefit | None = None
    choices: tuple[KnownBenefit, ...] = ()


_NONE: Final = Match()


class BenefitMatch:
    """Asked once per row; the same words, detail, coefficient and amount are answered from memory."""

    def __init__(self, benefits: Sequence[KnownBenefit], programme: str) -> None:
        own = [benefit for benefit in benefits if benefit.programme == programme]
        others = [benefit for benefit in benefits if benefit.programme != programme]
        self._by_code = {benefit.code: benefit for benefit in benefits}
        self._own, self._own_names = own, _names(own)
        self._other_names = _names(others)
        self._folded = [(benefit, [fold(name) for name in (benefit.name, *benefit.synonyms)]) for benefit in own]
        self._asked: dict[tuple[str, str, Decimal | None, Money | None], Match] = {}

    def find(self, row: ReadRow) -> Match:
        """The benefit of a row; for NCC its section and percentage together decide."""
        allowance = row.components.get("allowance")
        key = (row.benefit_text, row.percent_text, row.coefficient, allowance)
        found = self._asked.get(key)
        if found is None:
            found = self._asked[key] = self._search(*key)
        return found

    def _search(self, text: str, detail: str, coefficient: Decimal | None, allowance: Money | None) -> Match:
        if not text.strip():
            if detail and (code := self._own_names.find(detail)):
                return Match(self._by_code[code])
            return _NONE
        code = self._own_names.find(text, detail)
        if code:
            return Match(self._by_code[code])
        folded = fold(text)
        named = [benefit for benefit, names in self._folded if any(name == folded for name in names)]
        starting = [benefit for benefit, names in self._folded if any(name.startswith(f"{folded} ") for name in names)]
        for candidates in (named, starting):
            narrowed = _narrowed(candidates, coefficient, allowance)
            if len(narrowed) == 1:
                return Match(narrowed[0])
            if narrowed:
                return Match(None, tuple(narrowed))
        other = self._other_names.find(text, detail)
        return Match(self._by_code[other]) if other else _NONE


def _names(benefits: Sequence[KnownBenefit]) -> BenefitNames:
    return BenefitNames((benefit.code, (benefit.name, *benefit.synonyms)) for benefit in benefits)


def _narrowed(
    candidates: Sequence[KnownBenefit], coefficient: Decimal | None, allowance: Money | None
) -> list[KnownBenefit]:
    """Those that fit the coefficient or the amount; all of them when none does."""
    fitting = [
        benefit
        for benefit in candidates
        if (coefficient is not None and benefit.coefficient == coefficient)
        or (coefficient is None and allowance is not None and benefit.amount == allowance)
    ]
    return fitting or list(candidates)
