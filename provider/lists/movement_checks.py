"""What is doubtful about a row of a movement list: less than about a row that pays; pure.

A decrease names somebody who died, without an amount or a category; that is no fault of the row.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from provider.lists.checks import Checked
from provider.lists.kinds import ListKind

_ABOUT_PAYING: Final = frozenset(
    {
        *("already_paid", "already_listed", "also_in_other_programme", "double_payment", "double_benefit"),
        *("double_attendant", "maybe_double", "account_of_many", "payee_of_many"),
    }
)
_ABOUT_STAYING: Final = frozenset(
    {
        *("amount_missing", "total_not_positive", "total_not_sum", "amount_too_small", "amount_not_thousands"),
        *("amount_not_by_coefficient", "amount_not_by_rate", "coefficient_other", "benefit_missing", "benefit_unsure"),
        *("commune_missing", "age_too_young", "age_too_old", "age_between", "reported_dead", "reported_stopped"),
        *("double_pension", "id_missing"),
    }
)


def of_movements(kind: ListKind, checked: Iterable[Checked]) -> list[Checked]:
    """The rows without what is no fault in a list of this kind."""
    dropped = _ABOUT_PAYING if kind is ListKind.INCREASE else _ABOUT_PAYING | _ABOUT_STAYING
    return [
        replace(one, problems=tuple(problem for problem in one.problems if problem.code not in dropped))
        for one in checked
    ]
