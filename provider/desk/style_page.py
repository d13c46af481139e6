"""What the style page shows: invented people and figures, one of every state, so that all of it can be looked at."""

from datetime import UTC, date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from provider.clock import Month
from provider.money import Money


class SampleForm(FlaskForm):
    """One field of every kind."""

    name = StringField(
        _l("Họ và tên người nhận thay"), validators=[InputRequired(_l("Hãy ghi họ và tên người nhận thay"))]
    )
    number = StringField(
        _l("Số CCCD"),
        description=_l("12 chữ số, in ở mặt trước thẻ"),
        validators=[InputRequired(_l("Hãy ghi đủ 12 chữ số"))],
    )
    advance = StringField(
        _l("Số tiền tạm ứng"), validators=[InputRequired(_l("Hãy ghi số tiền bằng chữ số, ví dụ 25.000.000"))]
    )
    day = DateField(_l("Ngày chi"), validators=[InputRequired(_l("Hãy chọn ngày chi"))])
    channel = RadioField(
        _l("Hình thức chi"),
        choices=[("cash_point", _l("Tiền mặt tại điểm")), ("home", _l("Tại nhà")), ("account", _l("Tài khoản"))],
        validators=[InputRequired(_l("Hãy chọn một hình thức chi"))],
    )
    point = SelectField(
        _l("Điểm chi trả"),
        choices=["Điểm BĐ-VHX Hải Lệ", "Bưu cục Quảng Trị 1", "Điểm BĐ-VHX Triệu Phong"],
        validators=[Optional()],
    )
    reason = TextAreaField(_l("Lý do"), validators=[Optional()])
    list_file = FileField(_l("Tệp danh sách"), description=_l("Tệp .xlsx hoặc .xls, tối đa 10 MB"))
    checked = BooleanField(
        _l("Tôi đã đối chiếu với giấy ủy quyền"), validators=[InputRequired(_l("Hãy đối chiếu giấy ủy quyền trước"))]
    )


# name | born | ID number | hamlet | commune | benefit | allowance | arrears | state | channel
PEOPLE = """
Nguyễn Thị Hồng Nhung|1936|045136001402|Khu phố 3|Phường 2|NCT từ đủ 80 tuổi|540000|0|due|cash_point
Trương Nguyễn Quỳnh Ngưỡng|12/03/1951|045051003318|Thôn Như Lệ|Xã Hải Lệ|NKT đặc biệt nặng|1080000|1080000|held|home
Lê Văn Thưởng|1948|045048000077|Khu phố 5|Phường 1|Thương binh 61 %|4176000|0|sent|account
Đặng Thị Thuyền|05/07/1940|045140009265|Thôn Tích Tường|Xã Hải Lệ|Trợ cấp tuất|2055000|0|missed|cash_point
Hồ Pả Ưỡn|1933|045033000511|Khu phố 1|Phường 3|NCT từ đủ 80 tuổi|540000|0|paid|cash_point
Phan Hữu Đường|1957|045057002894|Khu phố 4|An Đôn|NKT nặng|810000|0|carried|cash_point
Võ Thị Bưởi|1929|045129000043|Khu phố 6|Phường 2|Mẹ VNAH|6267000|0|returned|home
"""


def samples() -> dict[str, Any]:
    """Everything desk/style.html and desk/style_phone.html show."""
    refused = SampleForm(
        MultiDict({"name": "", "number": "04513600140", "reason": "Người nhận đang nằm viện"}), meta={"csrf": False}
    )
    refused.validate()
    columns = ("name", "born", "id_number", "hamlet", "commune", "benefit", "allowance", "arrears", "state", "channel")
    rows: list[dict[str, Any]] = [
        dict(zip(columns, line.split("|"), strict=True)) for line in PEOPLE.split("\n") if line
    ]
    for row in rows:
        row |= {"allowance": Money(int(row["allowance"])), "arrears": Money(int(row["arrears"]))}
        row["total"] = row["allowance"] + row["arrears"]
    return {
        "form": SampleForm(MultiDict(), meta={"csrf": False}),
        "refused": refused,
        "rows": rows,
        "allowance": Money.sum(row["allowance"] for row in rows),
        "arrears": Money.sum(row["arrears"] for row in rows),
        "total": Money.sum(row["total"] for row in rows),
        "month": Month(2024, 9),
        "day": date(2024, 9, 5),
        "moment": datetime(2024, 9, 5, 2, 14, tzinfo=UTC),
        "float_left": Money(38_340_000),
    }
