"""From the cells of one data row to a ReadRow, by the columns of its heading.

Built once per heading; what the same word means is remembered, so that a row of a big list costs a few microseconds.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from provider.clock import Month
from provider.figures import dong
from provider.identity import Sex
from provider.lists.problems import Problem
from provider.lists.reading import people, values
from provider.lists.reading.columns import Columns
from provider.lists.reading.headings import Heading
from provider.lists.reading.listed import ReadRow
from provider.lists.reading.marks import Marks
from provider.lists.reading.synonyms import AMOUNTS
from provider.money import Money

_OWN_FIELDS = frozenset(
    (
        "number",
        "name",
        "family_name",
        "birth",
        "birth_male",
        "birth_female",
        "birth_day",
        "birth_month",
        "birth_year",
        "sex",
        "sex_male",
        "sex_female",
        "id_number",
        "code",
        "book_no",
        "decision_no",
        "commune",
        "hamlet",
        "address",
        "benefit",
        "coefficient",
        "percent",
        "total",
        "account",
        "account_holder",
        "bank",
        "payee_name",
        "payee_relation",
        "payee_id",
        "phone",
        "note",
        "signature",
        "subtotal",
        "",
        *AMOUNTS,
    )
)
_MONEY_CELLS = frozenset(("total", *AMOUNTS))


class RowReader(Columns):
    """Reads data rows under one heading of one sheet."""

    def __init__(self, sheet: str, heading: Heading, marks: Marks, month: Month | None) -> None:
        super().__init__(heading)
        self.sheet, self.marks = sheet, marks
        self.latest = month.year if month else 2100
        self.more = [(c.meaning, c.index) for c in heading.columns if c.meaning not in _OWN_FIELDS]
        self._money: dict[Any, tuple[Money | None, values.Doubt | None]] = {}
        self._births: dict[Any, tuple[values.Birth, values.Doubt | None]] = {}
        self._words: dict[Any, str] = {}
        self._coefficients: dict[Any, Any] = {}

    # -- reading

    def read(
        self,
        row: Sequence[Any],
        number: int,
        raw: tuple[str, ...],
        sections: tuple[int, ...],
        commune: str,
        category: str,
        hamlet: str,
    ) -> ReadRow:
        """The row as read. ``commune``, ``category`` and ``hamlet`` are what its sections say."""
        at, sheet = self.at, self.sheet
        problems: list[Problem] = []
        name = self._name(row, number, problems)
        sex = values.sex(row[at["sex"]]) if "sex" in at else None
        birth, sex = self._birth(row, number, sex, problems)
        read_id = values.NO_ID
        index = at.get("id_number")
        if index is not None and row[index] != "":
            read_id, doubt = values.id_number(row[index], birth.year, sex)
            if doubt:
                problems.append(Problem(doubt[0], sheet, number, self.letter_at[index], doubt[1]))
        components, total = self._amounts(row, number, problems) if self.pays else ({}, None)
        coefficient = self._coefficient(row, number, problems)
        account = self._checked(row, "account", values.account, number, problems)
        phone = self._checked(row, "phone", values.phone, number, problems)
        payee_id = None
        if "payee_id" in at:
            payee_id = values.id_number(row[at["payee_id"]])[0].number
        payee = next((self._word(row[i]) for i in self.payees if row[i] != ""), "") or name.payee or ""
        note = self._note(row, name, number, problems)
        extra = {key: self._word(row[i]) for key, i in self.more if row[i] != ""} if self.more else {}
        marks = self.marks
        hidden = number in marks.hidden_rows if marks.hidden_rows else False
        struck = self._struck(number, problems) if marks.struck else False
        if hidden:
            problems.append(Problem("row_hidden", sheet, number))
        if marks.broken:
            self._broken(row, number, problems)
        get = at.get
        address = self._at(row, get("address"))
        return ReadRow(
            sheet,
            number,
            raw,
            name.name,
            birth.year,
            birth.month,
            birth.day,
            sex,
            read_id.number,
            read_id.padded,
            read_id.old,
            self._at(row, get("code")),
            self._at(row, get("book_no")),
            self._at(row, get("decision_no")),
            self._at(row, get("commune")) or commune,
            self._at(row, get("hamlet")) or hamlet,
            address,
            self._at(row, get("benefit")) or category,
            coefficient,
            self._percent(row),
            components,
            total,
            account,
            self._at(row, get("account_holder")),
            self._at(row, get("bank")),
            payee,
            self._at(row, get("payee_relation")) or name.relation or "",
            payee_id,
            phone,
            note,
            hidden,
            struck,
            sections,
            extra,
            self.letters,
            problems,
        )

    def _at(self, row: Sequence[Any], index: int | None) -> str:
        if index is None:
            return ""
        value = row[index]
        return "" if value == "" else self._word(value)

    def _word(self, value: Any) -> str:
        """Text of a cell, tidied; remembered."""
        found = self._words.get(value)
        if found is None:
            if len(self._words) > 50_000:
                self._words.clear()
            found = people.tidy(values.as_text(value))
            self._words[value] = found
        return found

    def _name(self, row: Sequence[Any], number: int, problems: list[Problem]) -> people.Name:
        index = self.at.get("name", self.at.get("family_name"))
        if index is None:
            return people.Name("")
        if "family_name" in self.at:
            cell: Any = self.name_text(row)
        else:
            cell = row[index]
        name = people.read_name(cell if type(cell) is str else values.as_text(cell))
        letter = self.letter_at[index]
        if not name.name:
            problems.append(Problem("name_missing", self.sheet, number, letter))
        elif not people.looks_like_name(name.name):
            problems.append(Problem("name_unlikely", self.sheet, number, letter, {"name": name.name[:80]}))
        if name.notes:
            problems.append(Problem("name_had_note", self.sheet, number, letter, {"note": "; ".join(name.notes)[:120]}))
        if name.dead:
            problems.append(Problem("marked_dead", self.sheet, number, letter, {"text": name.dead[:120]}))
        if name.stopped:
            problems.append(Problem("marked_stopped", self.sheet, number, letter, {"text": name.stopped[:120]}))
        return name

    def _birth(
        self, row: Sequence[Any], number: int, sex: Sex | None, problems: list[Problem]
    ) -> tuple[values.Birth, Sex | None]:
        at = self.at
        index = at.get("birth")
        if index is not None and row[index] != "":
            return self._birth_cell(row[index], index, number, problems), self._ticked_sex(row, sex)
        for meaning, of in (
            ("birth_male", Sex.MALE),
            ("birth_female", Sex.FEMALE),
            ("sex_male", Sex.MALE),
            ("sex_female", Sex.FEMALE),
        ):
            index = at.get(meaning)
            if index is None or row[index] in ("", None):
                continue
            if values.ticked(row[index]):
                sex = sex or of
                continue
            found = self._birth_cell(row[index], index, number, problems)
            if found.year:
                return found, sex or of
        if "birth_year" in at:
            parts = [
                values.as_text(row[at[key]]).strip() or "0" if key in at else "0"
                for key in ("birth_day", "birth_month", "birth_year")
            ]
            if parts[2] != "0":
                text = f"{parts[0]}/{parts[1]}/{parts[2]}"
                return self._birth_cell(
                    text if len(parts[2]) == 4 else parts[2], at["birth_year"], number, problems
                ), sex
        return values.NO_BIRTH, sex

    def _ticked_sex(self, row: Sequence[Any], sex: Sex | None) -> Sex | None:
        if sex is None:
            for meaning, of in (("sex_male", Sex.MALE), ("sex_female", Sex.FEMALE)):
                index = self.at.get(meaning)
                if index is not None and row[index] not in ("", None):
                    return of
        return sex

    def _birth_cell(self, value: Any, index: int, number: int, problems: list[Problem]) -> values.Birth:
        found = self._births.get(value)
        if found is None:
            found = self._births[value] = values.birth(value, latest=self.latest)
        birth, doubt = found
        if doubt:
            problems.append(Problem(doubt[0], self.sheet, number, self.letter_at[index], doubt[1]))
        return birth

    def _money_cell(self, value: Any, index: int, times: int, number: int, problems: list[Problem]) -> Money | None:
        key = (value, times, type(value))
        found = self._money.get(key)
        if found is None:
            found = self._money[key] = values.amount(value, times)
        money, doubt = found
        if doubt:
            problems.append(Problem(doubt[0], self.sheet, number, self.letter_at[index], doubt[1]))
        return money

    def _amounts(
        self, row: Sequence[Any], number: int, problems: list[Problem]
    ) -> tuple[dict[str, Money], Money | None]:
        components: dict[str, Money] = {}
        before = len(problems)
        for meaning, index, times in self.amounts:
            value = row[index]
            if value == "":
                continue
            money = self._money_cell(value, index, times, number, problems)
            if money is None or not money.dong:
                continue
            if meaning == "deduction":
                money = abs(money)
            elif money.dong < 0:
                problems.append(
                    Problem("amount_negative", self.sheet, number, self.letter_at[index], {"amount": dong(money)})
                )
            components[meaning] = components[meaning] + money if meaning in components else money
        total: Money | None = None
        if self.total is not None:
            index, times = self.total
            value = row[index]
            if value != "":
                total = self._money_cell(value, index, times, number, problems)
        if len(problems) > before:
            return components, total  # what could not be read is not made up for
        if total is None and components:
            total = _sum(components)
            broken = self.total is not None and (number, self.total[0]) in self.marks.broken
            if self.total is not None and not broken:
                letter = self.letter_at[self.total[0]]
                problems.append(Problem("total_filled_in", self.sheet, number, letter, {"amount": dong(total)}))
        elif total is not None and not components and total.dong:
            components["allowance"] = total
            if self.amounts and not any((number, index) in self.marks.broken for _, index, _ in self.amounts):
                letter = self.letter_at[self.amounts[0][1]]
                problems.append(Problem("allowance_filled_in", self.sheet, number, letter, {"amount": dong(total)}))
        return components, total

    def _coefficient(self, row: Sequence[Any], number: int, problems: list[Problem]) -> Any:
        index = self.at.get("coefficient")
        if index is None or row[index] == "":
            return None
        value = row[index]
        found = self._coefficients.get(value)
        if found is None:
            found = self._coefficients[value] = values.coefficient(value)
        if found[1]:
            problems.append(Problem(found[1][0], self.sheet, number, self.letter_at[index], found[1][1]))
        return found[0]

    def _percent(self, row: Sequence[Any]) -> str:
        index = self.at.get("percent")
        return values.percent(row[index]) if index is not None and row[index] != "" else ""

    def _checked(
        self, row: Sequence[Any], meaning: str, read: Callable[[Any], Any], number: int, problems: list[Problem]
    ) -> str | None:
        index = self.at.get(meaning)
        if index is None or row[index] == "":
            return None
        found, doubt = read(row[index])
        if doubt:
            problems.append(Problem(doubt[0], self.sheet, number, self.letter_at[index], doubt[1]))
        return found  # type: ignore[no-any-return]

    def _note(self, row: Sequence[Any], name: people.Name, number: int, problems: list[Problem]) -> str:
        parts = [self._word(row[index]) for index in self.notes if row[index] != ""]
        for part in parts:
            if people.says_dead(part):
                problems.append(Problem("marked_dead", self.sheet, number, self.letters["note"], {"text": part[:120]}))
            elif people.says_stopped(part):
                problems.append(
                    Problem("marked_stopped", self.sheet, number, self.letters["note"], {"text": part[:120]})
                )
        if name.notes:
            parts.extend(name.notes)
        return "; ".join(parts) if parts else ""

    def _struck(self, number: int, problems: list[Problem]) -> bool:
        """A row is struck out when its name or its amounts are; a single other cell is only pointed at."""
        columns = self.marks.struck.get(number)
        if not columns:
            return False
        meanings = {self.meaning_at.get(column, "") for column in columns}
        if meanings & {"name", "family_name", "total", "allowance"}:
            problems.append(Problem("row_struck_out", self.sheet, number))
            return True
        known = [self.letter_at[column] for column in sorted(columns) if column in self.letter_at]
        problems.extend(Problem("cell_struck_out", self.sheet, number, letter) for letter in known)
        return False

    def _broken(self, row: Sequence[Any], number: int, problems: list[Problem]) -> None:
        for index, letter in self.letter_at.items():
            shown = self.marks.broken.get((number, index))
            if shown is None or (index < len(row) and row[index] != ""):
                continue
            meaning = self.meaning_at[index]
            if meaning in _MONEY_CELLS or meaning in ("name", "family_name"):
                code, facts = ("cell_error", {"shown": shown}) if shown else ("formula_without_value", {})
                problems.append(Problem(code, self.sheet, number, letter, facts))
            elif meaning and meaning not in ("number", "signature", "subtotal"):
                problems.append(
                    Problem("cell_without_value", self.sheet, number, letter, {"shown": shown or "chưa tính"})
                )


def _sum(components: Mapping[str, Money]) -> Money:
    return Money(sum(-money.dong if key == "deduction" else money.dong for key, money in components.items()))
