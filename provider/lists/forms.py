"""Forms of the lists."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from provider.clock import Month
from provider.errors import Refusal
from provider.lists.decrease import Answer, DecreaseKind
from provider.money import Money


class UploadForm(FlaskForm):
    """A file, whose list it is, for which month; and what the letter declares, where there is one."""

    file = FileField(_l("Tệp danh sách"), validators=[FileRequired(_l("Hãy chọn tệp danh sách."))])
    agency_id = SelectField(_l("Cơ quan gửi"), coerce=int, validators=[DataRequired()])
    programme = SelectField(
        _l("Chương trình"),
        choices=[
            ("BTXH", _l("BTXH – bảo trợ xã hội")),
            ("NCC", _l("NCC – người có công")),
            ("HTXH", _l("HTXH – hưu trí xã hội")),
        ],
        validators=[DataRequired()],
    )
    month = StringField(
        _l("Tháng chi trả"), validators=[DataRequired(_l("Hãy ghi tháng, ví dụ 09/2024.")), Length(max=20)]
    )
    sent_people = IntegerField(
        _l("Số người theo công văn"),
        validators=[Optional(), NumberRange(min=0, message=_l("Số người không thể âm."))],
    )
    sent_amount = StringField(_l("Số tiền theo công văn"), validators=[Optional(), Length(max=40)])

    def validate_month(self, field: StringField) -> None:
        """A month that can be read."""
        try:
            Month.parse(field.data)
        except Refusal as unclear:
            raise ValidationError(unclear.text(gettext)) from None

    def validate_sent_amount(self, field: StringField) -> None:
        """An amount that can be read."""
        try:
            Money.read(field.data)
        except Refusal as unclear:
            raise ValidationError(unclear.text(gettext)) from None


class DecisionForm(FlaskForm):
    """Why a list is accepted although it does not tie out, or rejected."""

    reason = StringField(_l("Lý do"), validators=[Optional(), Length(max=400)])


class ReportForm(FlaskForm):
    """Somebody who should be paid no more: why, since when, what is known."""

    kind = RadioField(
        _l("Lý do"),
        choices=[(kind.value, _l(kind.sentence)) for kind in DecreaseKind],
        validators=[DataRequired(_l("Hãy chọn lý do."))],
    )
    happened_on = DateField(_l("Ngày (chết, chuyển đi…)"), validators=[Optional()])
    remark = StringField(_l("Ghi chú"), validators=[Optional(), Length(max=300)])


class AnswerForm(FlaskForm):
    """What the agency decided about a reported decrease."""

    answer = RadioField(
        _l("Trả lời của cơ quan"),
        choices=[(answer.value, _l(answer.sentence)) for answer in Answer],
        validators=[DataRequired(_l("Hãy chọn trả lời."))],
    )
    words = StringField(_l("Số công văn, ý kiến"), validators=[Optional(), Length(max=300)])
