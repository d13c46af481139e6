"""Who goes where on which day."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget


class RoundForm(FlaskForm):
    """A new round: communes (0 for people whose commune is unknown), courier, day."""

    office_id = IntegerField(validators=[InputRequired()])
    communes = SelectMultipleField(
        _l("Xã, phường"),
        coerce=int,
        validate_choice=False,
        validators=[InputRequired(_l("Hãy chọn ít nhất một xã, phường."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    staff_id = SelectField(
        _l("Người đi chi"),
        coerce=int,
        validate_choice=False,
        validators=[InputRequired(_l("Hãy chọn người đi chi."))],
    )
    on = DateField(_l("Ngày đi"), validators=[InputRequired(_l("Hãy chọn ngày đi."))])
    replan = BooleanField(_l("Lấy cả người đang ở tuyến khác chưa kết thúc"))
