"""What every official paper carries around its content: who issues it, its number, who signs it, who gets a copy.

Plain frozen values for the macros of ``printouts/_official.html`` and for ``sheets``; layout by Nghị định
30/2020/NĐ-CP, Phụ lục I. The header lines are settings of the unit, not constants: postal units were renamed more than
once.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class Letterhead:
    """The issuing body: ``parent`` over ``issuer`` at the top left; ``place`` stands before the date ("Quảng Trị")."""

    parent: str
    issuer: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """One place to sign: ``title`` ("KẾ TOÁN TRƯỞNG"), how ("Ký, ghi rõ họ tên"), the name if it is known.

    ``on_behalf`` is the line above the title ("KT. GIÁM ĐỐC"); ``stamped`` keeps room for the seal, which covers the
    left third of the signature (Nghị định 30/2020, Điều 13 and Phụ lục I).
    """

    title: str
    how: str = "(Ký, ghi rõ họ tên)"
    name: str = ""
    on_behalf: str = ""
    stamped: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperMark:
    """What makes a paper this paper: its number, the day it was signed, and where it came from.

    ``number`` is written as Nghị định 30 asks ("05/BKQT-BĐQT"); empty for papers without a number. ``printed`` says
    when, by whom and which version was printed ("In lúc 10:42 05/01/2026 bởi Lê Văn An, bản 2"); empty for a frozen
    paper, so that the same data always gives the same bytes.
    """

    number: str = ""
    signed_on: date | None = None
    printed: str = ""
