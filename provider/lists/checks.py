"""What is doubtful about the rows of a list: one small function per suspicion, each a sentence of ``problems``.

``check`` looks at rows that were read and at what the house knows (``Known``), and answers with a ``Checked`` for every
row, in order. It changes nothing. Rows with an error become no payout until somebody puts them right; warnings and
notices do not stop anything.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from provider.clock import Month
from provider.figures import dong
from provider.identity import IdDoubt, birth_year_in, check_id, sex_in
from provider.lists.age_limits import AGES, age_in
from provider.lists.benefit_match import BenefitMatch, KnownBenefit
from provider.lists.commune_match import CommuneMatch
from provider.lists.problems import Problem
from provider.lists.reading.listed import ReadRow
from provider.lists.reading.steady import no_collecting
from provider.lists.together import look_at_all
from provider.money import Money
from provider.names import fold

SMALLEST: Final = 10_000
"""No allowance is below this; a list in nghìn đồng that does not say so is."""
LARGEST: Final = 500_000_000
"""No person is paid more than this in one line."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows that a list can be compared with; everything left empty is simply not compared.

    ``communes``: folded name -> unit code. ``paid``, ``listed``: person (``person_key``) and benefit code -> where, in
    words. ``elsewhere``: person -> programmes in the same month. ``dead``, ``stopped``: person -> what was reported.
    """

    communes: Mapping[str, str] = field(default_factory=dict)
    benefits: Sequence[KnownBenefit] = ()
    standard: Money | None = None
    banks: frozenset[str] = frozenset()
    paid: Mapping[tuple[str, str], str] = field(default_factory=dict)
    listed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    elsewhere: Mapping[str, Sequence[str]] = field(default_factory=dict)
    dead: Mapping[str, str] = field(default_factory=dict)
    stopped: Mapping[str, str] = field(default_factory=dict)
    many: int = 5
    """from so many people on, one account or one representative is pointed out"""


@dataclass(frozen=True, slots=True)
class Checked:
    """A row with what it was recognised as, and everything doubtful: what reading found and what checking found."""

    row: ReadRow
    benefit: str | None
    commune: str | None
    problems: tuple[Problem, ...]

    @property
    def is_good(self) -> bool:
        """Whether it can become a payout."""
        return not any(problem.is_error for problem in self.problems)


def person_key(id_number: str | None, name: str, birth_year: int | None, commune: str | None) -> str:
    """By what a person is recognised across lists: the 12-digit number, else name, birth year and commune."""
    if id_number and len(id_number) == 12:
        return id_number
    return f"{fold(name)}|{birth_year or ''}|{commune or ''}"


@dataclass(slots=True)
class Case:
    """One row under examination."""

    row: ReadRow
    benefit: KnownBenefit | None
    choices: tuple[KnownBenefit, ...]
    commune: str | None
    person: str
    month: Month
    programme: str
    known: Known
    found: list[Problem]

    def say(self, code: str, meaning: str = "", **facts: Any) -> None:
        row = self.row
        self.found.append(Problem(code, row.sheet, row.row, row.columns.get(meaning, ""), facts))


# -- amounts


def amount_is_there(case: Case) -> None:
    row = case.row
    if row.total is None and not row.components and not any(problem.is_error for problem in row.problems):
        case.say("amount_missing", "total" if "total" in row.columns else "allowance")


def total_is_positive(case: Case) -> None:
    total = case.row.total
    if total is not None and total.dong <= 0:
        case.say("total_not_positive", _where_total(case.row), amount=dong(total))


def total_is_the_sum(case: Case) -> None:
    row = case.row
    if row.total is None or not row.components:
        return
    added = 0
    for part, money in row.components.items():
        added += -money.dong if part == "deduction" else money.dong
    if added != row.total.dong and not any(problem.code == "amount_unclear" for problem in row.problems):
        difference = dong(Money(row.total.dong - added))
        case.say(
            "total_not_sum", _where_total(row), total=dong(row.total), sum=dong(Money(added)), difference=difference
        )


def amount_is_plausible(case: Case) -> None:
    total = case.row.total
    if total is None or total.dong <= 0:
        return
    if total.dong < SMALLEST:
        case.say("amount_too_small", _where_total(case.row), amount=dong(total))
    elif total.dong > LARGEST:
        case.say("amount_too_large", _where_total(case.row), amount=dong(total))
    elif total.dong % 1000:
        case.say("amount_not_thousands", _where_total(case.row), amount=dong(total))


def amount_follows_the_rate(case: Case) -> None:
    row, benefit = case.row, case.benefit
    allowance = row.components.get("allowance")
    if allowance is None or (benefit is not None and benefit.kind != "monthly"):
        return
    coefficient, standard = row.coefficient, case.known.standard
    if coefficient is not None and standard is not None:
        expected = int(standard.dong * coefficient)
        if allowance.dong != expected:
            case.say(
                "amount_not_by_coefficient", "allowance", listed=dong(allowance), coefficient=_decimal(coefficient),
                expected=dong(Money(expected)),
            )  # fmt: skip
    elif benefit is not None and benefit.amount is not None and allowance != benefit.amount:
        if benefit.code == "BT04" and allowance.dong % benefit.amount.dong == 0:
            return  # one coefficient for each child
        case.say("amount_not_by_rate", "allowance", listed=dong(allowance), expected=dong(benefit.amount))


def coefficient_fits_the_benefit(case: Case) -> None:
    benefit, listed = case.benefit, case.row.coefficient
    if benefit is None or listed is None or benefit.coefficient is None or listed == benefit.coefficient:
        return
    if benefit.code == "BT04" and listed % 1 == 0:
        return
    case.say("coefficient_other", "coefficient", listed=_decimal(listed), known=_decimal(benefit.coefficient))


# -- the person


def id_number_fits(case: Case) -> None:
    row = case.row
    number = row.id_number
    if number is None:
        if "id_number" in row.columns and not any(problem.code in _ID_SAID for problem in row.problems):
            case.say("id_missing", "id_number")
        return
    if any(problem.code == "id_unclear" for problem in row.problems):
        return
    for doubt in check_id(number, birth_year=row.birth_year, sex=row.sex):
        if doubt is IdDoubt.BIRTH_YEAR:
            case.say("id_other_birth_year", "id_number", by_id=birth_year_in(number), listed=row.birth_year)
        elif doubt is IdDoubt.SEX:
            case.say("id_other_sex", "id_number", by_id=sex_in(number).value, listed=row.sex.value if row.sex else "")
        else:
            case.say(_ID_DOUBTS[doubt], "id_number", number=number)


_ID_SAID: Final = frozenset({"id_unclear", "cell_without_value"})
_ID_DOUBTS: Final = {
    IdDoubt.SHAPE: "id_wrong_shape",
    IdDoubt.PLACE: "id_unknown_place",
    IdDoubt.CENTURY: "id_wrong_century",
}


def birth_is_plausible(case: Case) -> None:
    year = case.row.birth_year
    if year is not None and not case.month.year - 115 <= year <= case.month.year:
        case.say("birth_unlikely", "birth", year=year)


def age_fits_the_benefit(case: Case) -> None:
    row, benefit = case.row, case.benefit
    if benefit is None or row.birth_year is None:
        return
    limits = AGES.get(benefit.code)
    if limits is None:
        return
    least, most = age_in(case.month, row.birth_year, row.birth_month)
    column = next((key for key in ("birth", "birth_male", "birth_female", "birth_year") if key in row.columns), "birth")
    facts: dict[str, Any] = {"year": row.birth_year, "age": most, "benefit": benefit.name}
    if limits.child_or_old:
        if least >= 16 and most < 60:
            case.say("age_between", column, year=row.birth_year, age=most)
    elif limits.least is not None and most < limits.least:
        case.say("age_too_young", column, limit=limits.least, **facts)
    elif limits.below is not None and least >= limits.below:
        case.say("age_too_old", column, limit=limits.below, **facts)


# -- what and where


def benefit_is_known(case: Case) -> None:
    row = case.row
    if not case.known.benefits:
        return
    column = "benefit" if "benefit" in row.columns else "percent"
    if case.benefit is not None:
        if case.benefit.programme != case.programme:
            case.say("benefit_other_programme", column, text=row.benefit_text[:80], programme=case.benefit.programme)
    elif case.choices:
        first, second = case.choices[0].name, case.choices[1].name
        case.say("benefit_unsure", column, text=row.benefit_text[:80], first=first, second=second)
    elif row.benefit_text:
        case.say("benefit_unknown", column, text=row.benefit_text[:80])
    else:
        case.say("benefit_missing", column)


def commune_is_known(case: Case) -> None:
    if not case.known.communes or case.commune is not None:
        return
    text = case.row.commune or case.row.address
    if text:
        case.say("commune_unknown", "commune" if case.row.commune else "address", text=text[:80])
    else:
        case.say("commune_missing", "commune")


# -- how it is paid


def account_is_complete(case: Case) -> None:
    row = case.row
    if row.account is None:
        return
    if not row.bank:
        if "bank" in row.columns:
            case.say("account_without_bank", "bank")
    elif case.known.banks and not _knows_bank(case.known.banks, row.bank):
        case.say("bank_unknown", "bank", text=row.bank[:60])


def account_is_theirs(case: Case) -> None:
    row = case.row
    if row.account is None or not row.account_holder:
        return
    holder = fold(row.account_holder)
    if holder not in (fold(row.name), fold(row.payee_name)):
        case.say("holder_other_name", "account_holder", holder=row.account_holder[:80])


# -- what is known of this person in this month


def not_paid_already(case: Case) -> None:
    known = case.known
    if not known.paid and not known.listed:
        return
    key = (case.person, case.benefit.code if case.benefit else "")
    where = known.paid.get(key)
    if where is not None:
        case.say("already_paid", "name", where=where)
        return
    where = known.listed.get(key)
    if where is not None:
        case.say("already_listed", "name", where=where)


def not_in_another_programme(case: Case) -> None:
    for programme in case.known.elsewhere.get(case.person, ()):
        care = case.benefit is not None and case.benefit.code.startswith("CS")
        if {programme, case.programme} == {"HTXH", "BTXH"} and not care:
            case.say("double_pension", "name", where=programme)
        elif programme != case.programme:
            case.say("also_in_other_programme", "name", programme=programme)


def not_reported(case: Case) -> None:
    known = case.known
    if case.person in known.dead:
        case.say("reported_dead", "name", on=known.dead[case.person])
    elif case.person in known.stopped:
        case.say("reported_stopped", "name", reason=known.stopped[case.person])


SUSPICIONS: Final[tuple[Callable[[Case], None], ...]] = (
    amount_is_there,
    total_is_positive,
    total_is_the_sum,
    amount_is_plausible,
    amount_follows_the_rate,
    coefficient_fits_the_benefit,
    id_number_fits,
    birth_is_plausible,
    age_fits_the_benefit,
    benefit_is_known,
    commune_is_known,
    account_is_complete,
    account_is_theirs,
    not_paid_already,
    not_in_another_programme,
    not_reported,
)


def check(rows: Sequence[ReadRow], *, month: Month, programme: str, known: Known) -> list[Checked]:
    """Every row with its benefit, its commune and everything doubtful about it, in the order of the rows."""
    benefits = BenefitMatch(known.benefits, programme)
    communes = CommuneMatch(known.communes)
    with no_collecting():
        return _check(rows, month, programme, known, benefits, communes)


def _check(
    rows: Sequence[ReadRow], month: Month, programme: str, known: Known, benefits: BenefitMatch, communes: CommuneMatch
) -> list[Checked]:
    cases: list[Case] = []
    for row in rows:
        match = benefits.find(row)
        commune = communes.find(row.commune, row.address)
        person = row.id_number if row.id_number and len(row.id_number) == 12 else None
        if person is None:
            person = person_key(row.id_number, row.name, row.birth_year, commune or row.commune)
        case = Case(row, match.benefit, match.choices, commune, person, month, programme, known, list(row.problems))
        for suspicion in SUSPICIONS:
            suspicion(case)
        cases.append(case)
    look_at_all(cases, known.many)
    return [Checked(c.row, c.benefit.code if c.benefit else None, c.commune, tuple(c.found)) for c in cases]


def _where_total(row: ReadRow) -> str:
    return "total" if "total" in row.columns else "allowance"


def _decimal(figure: Decimal) -> str:
    return f"{figure.normalize():f}".replace(".", ",")


def _knows_bank(banks: frozenset[str], text: str) -> bool:
    folded = fold(text)
    return folded in banks or any(bank in folded for bank in banks if len(bank) >= 3)
