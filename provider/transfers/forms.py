"""What the bank answered."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from provider.transfers.rules import Failure


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())


class PaidForm(FlaskForm):
    """All lines that wait were paid: by which of the bank's papers."""

    reference = StringField(
        _l("Số chứng từ hoặc mã giao dịch của ngân hàng"),
        filters=[_tidy],
        validators=[
            InputRequired(_l("Hãy ghi số chứng từ hoặc mã giao dịch của ngân hàng.")),
            Length(max=60, message=_l("Số chứng từ dài tối đa 60 ký tự.")),
        ],
    )


class FailedForm(FlaskForm):
    """One line was not paid, or came back: why."""

    failure = SelectField(
        _l("Lý do ngân hàng báo"),
        choices=[("", _l("Chọn lý do")), *((one.value, _l(one.sentence)) for one in Failure)],
        validators=[InputRequired(_l("Hãy chọn lý do."))],
    )
    remark = StringField(
        _l("Ghi thêm"),
        filters=[_tidy],
        validators=[Optional(), Length(max=120, message=_l("Ghi thêm dài tối đa 120 ký tự."))],
    )
