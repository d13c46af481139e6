"""Everything that can be wrong with a list, once: code, level, and the sentence people read.

An *error* keeps the row from becoming a payout until somebody puts it right or decides; a *warning* asks for a look;
a *notice* says what was understood. Sentences are Vietnamese templates; their placeholders are the problem's facts.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from provider.errors import N_

_FACT: Final = re.compile(r"%\(\w+\)s")


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One entry of the catalogue."""

    code: str
    level: Level
    sentence: str

    def in_general(self, translate: Callable[[str], str] | None = None) -> str:
        """The sentence about many places at once: what differs from place to place is left open."""
        sentence = translate(self.sentence) if translate is not None else self.sentence
        return _FACT.sub("…", sentence).replace("%%", "%")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one place. ``row`` is the file's own number, ``column`` its letter; "" for neither."""

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        return CATALOGUE[self.code].level

    def text(self, translate: Callable[[str], str] | None = None) -> str:
        """The sentence with its facts; ``translate`` is a gettext."""
        sentence = CATALOGUE[self.code].sentence
        if translate is not None:
            sentence = translate(sentence)
        return sentence % self.facts if self.facts else sentence.replace("%%", "%")

    @property
    def is_error(self) -> bool:
        return self.level is Level.ERROR


_E, _W, _N = Level.ERROR, Level.WARNING, Level.NOTICE

_ENTRIES: Final[tuple[tuple[str, Level, str], ...]] = (
    # -- the file and its sheets
    ("sheet_hidden", _N, N_("Trang “%(name)s” đang ẩn nên không đọc.")),
    ("sheet_of_other_month", _W, N_("Trang “%(name)s” là của tháng %(month)s nên không đọc vào tháng này.")),
    ("sheet_is_summary", _N, N_("Trang “%(name)s” là bảng tổng hợp, không có từng người.")),
    ("sheet_without_list", _N, N_("Trang “%(name)s” không có danh sách.")),
    ("sheet_not_understood", _W, N_("Trang “%(name)s” có số liệu nhưng không hiểu được các cột; chưa đọc dòng nào.")),
    (
        "sheet_repeats_others",
        _W,
        N_("Trang “%(name)s” lặp lại đúng những người ở các trang khác nên không tính hai lần."),
    ),
    ("sheet_failed", _E, N_("Không đọc được trang “%(name)s”: trang bị hỏng. Các trang khác vẫn đọc được.")),
    ("far_cells", _W, N_("Có ô nằm quá xa bảng (%(cells)s) nên không đọc.")),
    ("text_outside_table", _W, N_("Dòng này có chữ nhưng không phải dòng của một người: “%(text)s”.")),
    ("heading_partly_unknown", _N, N_("Chưa hiểu cột “%(title)s”; nội dung vẫn được giữ nguyên.")),
    ("column_twice", _W, N_("Hai cột cùng có nghĩa là “%(meaning)s”: %(kept)s và %(other)s. Chỉ dùng cột %(kept)s.")),
    ("months_differ", _W, N_("Tiêu đề danh sách ghi %(found)s, trong khi đang nhận cho %(expected)s.")),
    ("words_unclear", _W, N_("Không đọc được dòng bằng chữ: “%(text)s”.")),
    ("total_unclear", _W, N_("Không đọc được số tiền ở dòng cộng: “%(text)s”.")),
    # -- the cells of a row
    ("name_missing", _E, N_("Thiếu họ tên.")),
    ("name_unlikely", _W, N_("“%(name)s” không giống họ và tên một người.")),
    ("name_had_note", _N, N_("Phần “%(note)s” được tách khỏi họ tên và ghi vào ghi chú.")),
    ("marked_dead", _W, N_("Ghi là đã chết: “%(text)s”. Hãy xác minh trước khi chi.")),
    ("marked_stopped", _W, N_("Ghi là đã dừng, chuyển đi hoặc giảm: “%(text)s”. Hãy xác minh trước khi chi.")),
    ("amount_missing", _E, N_("Thiếu số tiền.")),
    ("amount_unclear", _E, N_("Không đọc được số tiền “%(text)s”. Hãy ghi đủ các chữ số.")),
    ("amount_negative", _E, N_("Số tiền âm (%(amount)s). Khoản thu hồi phải ghi ở cột khấu trừ.")),
    ("amount_too_small", _E, N_("Số tiền %(amount)s quá nhỏ. Có phải danh sách ghi theo nghìn đồng?")),
    ("amount_too_large", _E, N_("Số tiền %(amount)s quá lớn cho một người. Hãy kiểm tra lại.")),
    ("total_not_positive", _E, N_("Tổng số tiền là %(amount)s, không có gì để chi.")),
    ("total_not_sum", _E, N_("Tổng ghi %(total)s nhưng cộng các khoản là %(sum)s, lệch %(difference)s.")),
    ("total_filled_in", _W, N_("Ô tổng để trống; lấy %(amount)s là tổng các khoản.")),
    ("allowance_filled_in", _W, N_("Chỉ có tổng, các khoản để trống; coi %(amount)s là mức trợ cấp.")),
    ("formula_without_value", _E, N_("Ô là công thức chưa có kết quả. Hãy mở tệp bằng Excel, lưu lại rồi gửi lại.")),
    ("cell_error", _E, N_("Ô báo lỗi %(shown)s trong tệp gốc.")),
    (
        "cell_without_value",
        _W,
        N_("Ô là công thức chưa có kết quả hoặc báo lỗi (%(shown)s); nội dung này bị bỏ trống."),
    ),
    ("coefficient_unclear", _W, N_("Không đọc được hệ số “%(text)s”.")),
    ("birth_unclear", _W, N_("Không đọc được ngày sinh “%(text)s”.")),
    ("birth_impossible", _W, N_("Ngày sinh “%(text)s” không có thật; chỉ giữ năm %(year)s.")),
    ("birth_swapped", _N, N_("Ngày sinh “%(text)s” được hiểu là tháng đứng trước ngày.")),
    ("birth_two_digit_year", _W, N_("Năm sinh chỉ ghi hai chữ số (“%(text)s”), được hiểu là %(year)s.")),
    ("birth_unlikely", _W, N_("Năm sinh %(year)s khó có thật. Hãy kiểm tra lại.")),
    ("id_missing", _N, N_("Chưa có số định danh.")),
    ("id_unclear", _W, N_("Không đọc được số định danh “%(text)s”.")),
    ("id_padded", _N, N_("Số định danh mất số 0 ở đầu, đã bù lại thành %(number)s.")),
    ("id_two_in_cell", _N, N_("Ô có hai số giấy tờ; dùng số 12 chữ số, giữ số cũ %(old)s.")),
    ("account_unclear", _W, N_("“%(text)s” không giống một số tài khoản.")),
    ("phone_unclear", _N, N_("“%(text)s” không giống một số điện thoại.")),
    ("text_was_old_font", _N, N_("Chữ phông cũ đã đổi sang Unicode; bản gốc là “%(text)s”.")),
    ("row_hidden", _W, N_("Dòng này bị ẩn trong tệp. Hãy kiểm tra người này có còn được chi không.")),
    ("row_struck_out", _E, N_("Dòng này bị gạch ngang trong tệp. Hãy quyết định: giữ hay bỏ.")),
    ("cell_struck_out", _W, N_("Ô này bị gạch ngang trong tệp.")),
    # -- the row against what is known
    ("id_wrong_shape", _W, N_("Số định danh %(number)s phải có 12 chữ số (hoặc 9 với CMND cũ).")),
    ("id_unknown_place", _W, N_("Ba số đầu của số định danh %(number)s không phải mã tỉnh, thành phố hoặc nước nào.")),
    ("id_wrong_century", _W, N_("Theo số định danh %(number)s, người này sinh sau năm 2099.")),
    ("id_other_birth_year", _W, N_("Số định danh cho năm sinh %(by_id)s, danh sách ghi %(listed)s.")),
    ("id_other_sex", _W, N_("Số định danh cho giới tính %(by_id)s, danh sách ghi %(listed)s.")),
    ("benefit_missing", _W, N_("Chưa ghi loại đối tượng.")),
    ("benefit_unknown", _W, N_("Chưa biết loại đối tượng “%(text)s”.")),
    ("benefit_other_programme", _W, N_("“%(text)s” là đối tượng của chương trình %(programme)s.")),
    ("benefit_unsure", _W, N_("“%(text)s” có thể là %(first)s hoặc %(second)s. Hãy chọn.")),
    ("coefficient_other", _W, N_("Hệ số ghi %(listed)s, loại đối tượng này có hệ số %(known)s.")),
    ("amount_not_by_coefficient", _W, N_("Mức ghi %(listed)s, hệ số %(coefficient)s × mức chuẩn là %(expected)s.")),
    ("amount_not_by_rate", _W, N_("Mức ghi %(listed)s, mức của đối tượng này trong tháng là %(expected)s.")),
    ("amount_not_thousands", _W, N_("Số tiền %(amount)s không tròn nghìn đồng.")),
    (
        "age_too_young",
        _W,
        N_("Người sinh năm %(year)s mới %(age)s tuổi, chưa tới %(limit)s tuổi của diện “%(benefit)s”."),
    ),
    ("age_too_old", _W, N_("Người sinh năm %(year)s đã %(age)s tuổi, quá %(limit)s tuổi của diện “%(benefit)s”.")),
    ("age_between", _W, N_("Người sinh năm %(year)s, %(age)s tuổi: không phải trẻ em, cũng chưa là người cao tuổi.")),
    ("commune_missing", _W, N_("Chưa ghi xã, phường.")),
    ("commune_unknown", _W, N_("Không có xã, phường “%(text)s” trong địa bàn.")),
    ("account_without_bank", _W, N_("Có số tài khoản nhưng chưa ghi ngân hàng.")),
    ("bank_unknown", _W, N_("Chưa biết ngân hàng “%(text)s”.")),
    (
        "holder_other_name",
        _W,
        N_("Chủ tài khoản “%(holder)s” khác tên người hưởng; cần giấy ủy quyền hoặc người giám hộ."),
    ),
    ("account_of_many", _W, N_("Tài khoản này nhận cho %(count)s người (các dòng %(rows)s).")),
    ("payee_of_many", _W, N_("“%(name)s” nhận thay cho %(count)s người (các dòng %(rows)s).")),
    ("already_paid", _E, N_("Người này đã được chi khoản này trong tháng (%(where)s).")),
    ("already_listed", _E, N_("Người này đã có khoản này trong tháng ở danh sách khác (%(where)s).")),
    ("reported_dead", _W, N_("Người này đã được báo chết ngày %(on)s. Hãy xác minh trước khi chi.")),
    ("reported_stopped", _W, N_("Người này đã được báo dừng: %(reason)s.")),
    ("double_payment", _E, N_("Trùng lĩnh: cùng người, cùng khoản với dòng %(row)s.")),
    (
        "double_benefit",
        _E,
        N_("Trùng lĩnh: hưởng hai trợ cấp bảo trợ xã hội, xem dòng %(row)s. Chỉ được một mức cao nhất."),
    ),
    ("double_pension", _E, N_("Trùng lĩnh: hưu trí xã hội và bảo trợ xã hội (%(where)s). Chỉ được mức cao hơn.")),
    ("double_attendant", _E, N_("Trợ cấp người phục vụ chỉ được một lần, xem dòng %(row)s.")),
    ("also_in_other_programme", _N, N_("Người này cũng hưởng ở chương trình %(programme)s: được phép.")),
    ("same_id_other_name", _W, N_("Số định danh này cũng ở dòng %(row)s với tên “%(name)s”.")),
    ("same_person_other_id", _W, N_("Cùng họ tên, ngày sinh và nơi ở với dòng %(row)s nhưng khác số định danh.")),
    (
        "maybe_double",
        _W,
        N_("Có thể trùng với dòng %(row)s: cùng họ tên và năm sinh, thiếu số định danh để phân biệt."),
    ),
    # -- the list against itself
    ("people_differ", _W, N_("Danh sách ghi %(declared)s người, đọc được %(found)s người.")),
    ("amount_differs", _W, N_("Danh sách ghi tổng %(declared)s, cộng các dòng được %(found)s, lệch %(difference)s.")),
    ("words_differ", _W, N_("Bằng chữ là %(declared)s, cộng các dòng được %(found)s, lệch %(difference)s.")),
    (
        "section_amount_differs",
        _W,
        N_("Mục “%(title)s” ghi %(declared)s, cộng các dòng được %(found)s, lệch %(difference)s."),
    ),
    ("section_people_differ", _W, N_("Mục “%(title)s” ghi %(declared)s người, đọc được %(found)s người.")),
    (
        "page_total_differs",
        _W,
        N_("Dòng “%(title)s” ghi %(declared)s, cộng các dòng được %(found)s, lệch %(difference)s."),
    ),
    ("sent_people_differ", _W, N_("Công văn ghi %(declared)s người, đọc được %(found)s người.")),
    ("sent_amount_differs", _W, N_("Công văn ghi %(declared)s, cộng các dòng được %(found)s, lệch %(difference)s.")),
    ("rows_left_out", _W, N_("%(rows)s dòng chưa dùng được (%(amount)s) nên chưa thành khoản chi.")),
    ("ties_without_struck_out", _N, N_("Số liệu khớp nếu bỏ %(rows)s dòng bị gạch ngang.")),
    ("nothing_declared", _N, N_("Danh sách không có dòng tổng cộng hoặc bằng chữ để đối chiếu.")),
)

CATALOGUE: Final[Mapping[str, ProblemKind]] = MappingProxyType(
    {code: ProblemKind(code, level, sentence) for code, level, sentence in _ENTRIES}
)
