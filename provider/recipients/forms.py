"""What a person fills in about somebody we pay."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from provider.recipients.rules import PayeeKind, Way


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())


def _digits(text: str | None) -> str:
    return "".join((text or "").replace(".", "").replace("-", "").split())


class PayeeForm(FlaskForm):
    """Somebody who may collect for another."""

    kind = RadioField(
        _l("Tư cách"),
        choices=[(one.value, _l(one.sentence)) for one in PayeeKind if one is not PayeeKind.SELF],
        default=PayeeKind.PROXY.value,
    )
    name = StringField(
        _l("Họ và tên người nhận thay"),
        filters=[_tidy],
        validators=[InputRequired(_l("Hãy ghi họ và tên người nhận thay.")), Length(max=120)],
    )
    id_number = StringField(
        _l("Số CCCD của người nhận thay"),
        filters=[_digits],
        validators=[Optional(), Regexp(r"^(\d{9}|\d{12})$", message=_l("Số CCCD có 12 chữ số (CMND cũ: 9 chữ số)."))],
    )
    relation = StringField(_l("Quan hệ"), filters=[_tidy], validators=[Optional(), Length(max=60)])
    phone = StringField(_l("Điện thoại"), filters=[_digits], validators=[Optional(), Length(max=20)])
    paper = StringField(
        _l("Giấy tờ làm căn cứ"),
        description=_l("Ví dụ: Giấy ủy quyền ngày 05/01/2026, UBND phường xác nhận"),
        filters=[_tidy],
        validators=[InputRequired(_l("Hãy ghi giấy tờ làm căn cứ.")), Length(max=120)],
    )
    valid_to = DateField(_l("Có hiệu lực đến hết ngày"), validators=[Optional()])


class WayForm(FlaskForm):
    """How somebody shall be paid from now on."""

    channel = SelectField(_l("Hình thức nhận"), choices=[(one.value, _l(one.sentence)) for one in Way])
    bank = StringField(_l("Ngân hàng"), filters=[_tidy], validators=[Length(max=80)])
    account_no = StringField(_l("Số tài khoản"), filters=[_digits], validators=[Length(max=24)])
    holder = StringField(_l("Chủ tài khoản"), filters=[_tidy], validators=[Optional(), Length(max=120)])
    reason = StringField(
        _l("Lý do"), filters=[_tidy], validators=[InputRequired(_l("Hãy ghi lý do.")), Length(max=200)]
    )

    def validate_account_no(self, field: StringField) -> None:
        """An account needs its number."""
        if self.channel.data == Way.ACCOUNT.value and not field.data:
            raise ValidationError(_l("Hãy ghi số tài khoản."))

    def validate_bank(self, field: StringField) -> None:
        """An account needs its bank."""
        if self.channel.data == Way.ACCOUNT.value and not field.data:
            raise ValidationError(_l("Hãy ghi ngân hàng."))
