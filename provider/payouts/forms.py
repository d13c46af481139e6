"""What a person fills in about a payout."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from provider.payouts.lifecycle import Channel


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())


class ReasonForm(FlaskForm):
    """Hold or release: why, and which version of the payout was looked at."""

    reason = StringField(
        _l("Lý do"),
        filters=[_tidy],
        validators=[InputRequired(_l("Hãy ghi lý do.")), Length(max=200, message=_l("Lý do dài tối đa 200 ký tự."))],
    )
    seen = IntegerField(validators=[Optional()], widget=HiddenInput())


class MoveForm(ReasonForm):
    """Another channel, by hand."""

    channel = SelectField(
        _l("Hình thức chi mới"),
        choices=[(one.value, _l(one.sentence)) for one in Channel],
        validators=[InputRequired(_l("Hãy chọn hình thức chi."))],
    )
