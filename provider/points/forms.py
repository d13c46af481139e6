"""What a person fills in about points and openings."""

import datetime as dt

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())


def _reason() -> StringField:
    return StringField(
        _l("Lý do"),
        filters=[_tidy],
        validators=[InputRequired(_l("Hãy ghi lý do.")), Length(max=200, message=_l("Lý do dài tối đa 200 ký tự."))],
    )


class TickedField(SelectMultipleField):
    """Several out of a few, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PointForm(FlaskForm):
    """A new point."""

    name = StringField(
        _l("Tên điểm"),
        filters=[_tidy],
        validators=[InputRequired(_l("Hãy ghi tên điểm.")), Length(max=160, message=_l("Tên dài tối đa 160 ký tự."))],
    )
    code = StringField(
        _l("Mã điểm"),
        filters=[_tidy],
        validators=[InputRequired(_l("Hãy ghi mã điểm.")), Length(max=32, message=_l("Mã dài tối đa 32 ký tự."))],
    )
    commune_id = SelectField(_l("Xã, phường"), coerce=int, validators=[InputRequired(_l("Hãy chọn xã, phường."))])
    office_id = SelectField(_l("Bưu cục"), coerce=int, validators=[InputRequired(_l("Hãy chọn bưu cục."))])
    address = StringField(_l("Địa chỉ"), filters=[_tidy], validators=[Length(max=240)])
    people_per_hour = IntegerField(
        _l("Số người phục vụ mỗi giờ"),
        default=60,
        validators=[InputRequired(_l("Hãy ghi số người mỗi giờ.")), NumberRange(1, 600, _l("Từ 1 đến 600 người."))],
    )


class HoursForm(FlaskForm):
    """From when to when, and who pays."""

    from_time = TimeField(_l("Từ giờ"), default=dt.time(7, 30), validators=[InputRequired(_l("Hãy ghi giờ bắt đầu."))])
    to_time = TimeField(_l("Đến giờ"), default=dt.time(11, 0), validators=[InputRequired(_l("Hãy ghi giờ kết thúc."))])
    staff_ids = TickedField(_l("Người chi trả"), coerce=int)

    def validate_to_time(self, field: TimeField) -> None:
        """An opening ends after it begins."""
        if field.data and self.from_time.data and field.data <= self.from_time.data:
            raise ValidationError(_l("Giờ kết thúc phải sau giờ bắt đầu."))


class OpeningForm(HoursForm):
    """One opening."""

    point_id = SelectField(_l("Điểm chi trả"), coerce=int, validators=[InputRequired(_l("Hãy chọn điểm."))])
    on = DateField(_l("Ngày chi trả"), validators=[InputRequired(_l("Hãy chọn ngày."))])


class ChangeForm(OpeningForm):
    """An opening changed, and why."""

    reason = _reason()


class MonthForm(HoursForm):
    """The openings of a whole month; the days of the communes come beside it."""

    first_day = DateField(_l("Ngày đầu tiên"), validators=[InputRequired(_l("Hãy chọn ngày đầu tiên."))])


class ReasonForm(FlaskForm):
    """Cancel: why."""

    reason = _reason()


class MoveForm(FlaskForm):
    """Another opening or hour for one person, and why."""

    place = SelectField(_l("Phiên và giờ hẹn mới"), validators=[InputRequired(_l("Hãy chọn phiên và giờ hẹn."))])
    reason = _reason()
