"""What stands on the notice to collect (giấy báo lĩnh tiền) and on the receipt: frozen values for the paper.

One slip is for one person, one month and one agency, with all allowances of that person together.
"""

from dataclasses import dataclass
from datetime import date, datetime

from provider.clock import Month
from provider.money import Money

LINES_SHOWN = 7
BRING = ("Căn cước công dân hoặc thẻ Căn cước (bản gốc)", "giấy báo này")


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One allowance: ``label`` as the beneficiary knows it, ``note`` for what is unusual ("truy lĩnh 2 tháng").

    For benefits marked sensitive the caller gives a neutral label ("Trợ cấp xã hội hằng tháng"): the paper is carried
    about and seen by others.
    """

    label: str
    amount: Money
    note: str = ""


def shown(lines: tuple[SlipLine, ...]) -> tuple[SlipLine, ...]:
    """The lines as they fit on A6: from the seventh on in one line, so that the sum on the paper stays the sum."""
    if len(lines) <= LINES_SHOWN:
        return lines
    rest = lines[LINES_SHOWN - 1 :]
    label = f"Các khoản khác ({len(rest)} khoản)"
    return (*lines[: LINES_SHOWN - 1], SlipLine(label=label, amount=Money.sum(line.amount for line in rest)))


@dataclass(frozen=True, slots=True)
class Collector:
    """Somebody who may collect instead: name, ``relation`` ("con", "người giám hộ"), masked ID."""

    name: str
    relation: str
    id_masked: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipSheet:
    """One notice. ``token`` goes into the QR and nothing else does; ``short_code`` is what a person types.

    ``birth`` and ``id_masked`` are written as they shall be read (figures.birth, identity.mask). ``slot`` is the time
    this person is asked to come within ``hours`` of the opening. ``copy`` is 1 for the first print; a reprint says so.
    """

    token: str
    short_code: str
    month: Month
    office: str
    agency: str
    name: str
    birth: str
    id_masked: str
    hamlet: str
    commune: str
    lines: tuple[SlipLine, ...]
    point: str
    address: str
    day: date | None = None
    hours: str = ""
    slot: str = ""
    until: date | None = None
    collectors: tuple[Collector, ...] = ()
    bring: tuple[str, ...] = BRING
    phone: str = ""
    copy: int = 1

    @property
    def shown_lines(self) -> tuple[SlipLine, ...]:
        """The lines as they fit on the paper."""
        return shown(self.lines)

    @property
    def total(self) -> Money:
        """All allowances of the slip together, in đồng."""
        return Money.sum(line.amount for line in self.lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptSheet:
    """One receipt (biên nhận): what was handed out, by whom, to whom, when.

    ``token`` (context "receipt", alone or at the end of an address) goes into the QR; ``short_code`` may be empty.
    """

    token: str
    number: str
    month: Month
    office: str
    point: str
    paid_at: datetime
    staff: str
    name: str
    birth: str
    id_masked: str
    hamlet: str
    commune: str
    lines: tuple[SlipLine, ...]
    collector: Collector | None = None
    short_code: str = ""
    phone: str = ""
    copy: int = 1

    @property
    def shown_lines(self) -> tuple[SlipLine, ...]:
        """The lines as they fit on the paper."""
        return shown(self.lines)

    @property
    def total(self) -> Money:
        """Everything that was handed out against this receipt, in đồng."""
        return Money.sum(line.amount for line in self.lines)
