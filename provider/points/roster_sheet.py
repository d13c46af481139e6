"""The payout list to sign (danh sách chi trả) of one opening: frozen values for the paper.

Columns follow DOMAIN's recommended layout for the post office list; one row is one person with all allowances.
"""

from dataclasses import dataclass
from datetime import date

from provider.clock import Month
from provider.letterhead import Letterhead, PaperMark, Signature
from provider.money import ZERO, Money

SIGNATURES = (
    Signature(title="NGƯỜI LẬP BIỂU"),
    Signature(title="NHÂN VIÊN CHI TRẢ"),
    Signature(title="KẾ TOÁN"),
    Signature(title="ĐẠI DIỆN CƠ QUAN GIÁM SÁT", how="(Ký, ghi rõ họ tên, chức vụ)"),
    Signature(title="GIÁM ĐỐC BƯU ĐIỆN", how="(Ký, ghi rõ họ tên, đóng dấu)", stamped=True),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RosterRow:
    """One person to be paid. ``number`` is what staff tick off and read aloud; amounts in đồng.

    ``born`` is the year (or what is known of it); ``male`` decides in which of the two year columns it stands, None if
    the list does not say. ``collector`` is who collects instead, with relation and ID; ``remark`` goes under Ghi chú.
    """

    number: int
    code: str
    name: str
    born: str
    male: bool | None
    id_number: str
    hamlet: str
    benefits: str
    coefficient: str = ""
    allowance: Money = ZERO
    arrears: Money = ZERO
    one_off: Money = ZERO
    deduction: Money = ZERO
    collector: str = ""
    paid_on: date | None = None
    remark: str = ""

    @property
    def total(self) -> Money:
        """What the person gets: allowance + arrears + one-off - deduction."""
        return self.allowance + self.arrears + self.one_off - self.deduction


@dataclass(frozen=True, kw_only=True, slots=True)
class RosterSums:
    """Sums of some rows, column by column; ``people`` counts the rows."""

    people: int = 0
    allowance: Money = ZERO
    arrears: Money = ZERO
    one_off: Money = ZERO
    deduction: Money = ZERO
    total: Money = ZERO

    def plus(self, rows: "tuple[RosterRow, ...]") -> "RosterSums":
        """These sums with some more rows added: how a page subtotal is carried forward."""
        return RosterSums(
            people=self.people + len(rows),
            allowance=self.allowance + Money.sum(row.allowance for row in rows),
            arrears=self.arrears + Money.sum(row.arrears for row in rows),
            one_off=self.one_off + Money.sum(row.one_off for row in rows),
            deduction=self.deduction + Money.sum(row.deduction for row in rows),
            total=self.total + Money.sum(row.total for row in rows),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class RosterPage:
    """The rows of one printed page, their sums (Cộng trang) and the sums up to here (Cộng dồn)."""

    rows: tuple[RosterRow, ...]
    subtotal: RosterSums
    carried: RosterSums


@dataclass(frozen=True, kw_only=True, slots=True)
class RosterSheet:
    """One list to sign: for a point, a month, an agency. ``programme`` is written out ("Bảo trợ xã hội")."""

    letterhead: Letterhead
    mark: PaperMark
    month: Month
    agency: str
    programme: str
    commune: str
    point: str
    address: str
    day: date | None
    hours: str
    rows: tuple[RosterRow, ...]
    signatures: tuple[Signature, ...] = SIGNATURES

    @property
    def sums(self) -> RosterSums:
        """The whole list added up."""
        return RosterSums().plus(self.rows)

    def pages(self, sizes: "tuple[int, ...]") -> tuple[RosterPage, ...]:
        """The rows cut into pages of these sizes, with subtotals and carried-forward sums.

        Raises ValueError when the sizes do not add up to the number of rows: no row may fall between two pages.
        """
        if sum(sizes) != len(self.rows):
            raise ValueError(f"{sum(sizes)} places on the pages for {len(self.rows)} rows")
        pages: list[RosterPage] = []
        carried, start = RosterSums(), 0
        for size in sizes:
            rows = self.rows[start : start + size]
            carried, start = carried.plus(rows), start + size
            pages.append(RosterPage(rows=rows, subtotal=RosterSums().plus(rows), carried=carried))
        return tuple(pages)
