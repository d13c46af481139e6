"""Forms of the till, the safe and the counter."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from provider.errors import Refusal
from provider.money import Money


class MoneyField(StringField):
    """Whole đồng as people type them: 1.080.000 or 1080000."""

    def money(self) -> Money:
        """The amount that was typed; ask only after validation."""
        return Money.read((self.data or "").strip())


class PositiveMoney:
    """The amount is readable and more than zero (or zero where ``zero`` is allowed)."""

    def __init__(self, *, zero: bool = False) -> None:
        self.zero = zero

    def __call__(self, _form: FlaskForm, field: MoneyField) -> None:
        try:
            amount = Money.read((field.data or "").strip())
        except Refusal as unclear:
            raise ValidationError(unclear.text(gettext)) from None
        if amount < Money(0) or (amount == Money(0) and not self.zero):
            raise ValidationError(_l("Số tiền phải lớn hơn 0."))


class TakeAdvanceForm(FlaskForm):
    """The payer counts what the cashier gave and types it."""

    counted = MoneyField(
        _l("Số tiền bạn vừa đếm"), validators=[DataRequired(_l("Hãy nhập số tiền bạn đếm được.")), PositiveMoney()]
    )


class CloseTillForm(FlaskForm):
    """The payer counts what is left, without having seen what the book expects."""

    counted = MoneyField(
        _l("Tiền mặt còn lại bạn đếm được"),
        validators=[DataRequired(_l("Hãy nhập số tiền, kể cả khi là 0.")), PositiveMoney(zero=True)],
    )


class ExplainForm(FlaskForm):
    """The payer's own words about a difference."""

    explanation = TextAreaField(
        _l("Vì sao thừa hoặc thiếu? Hãy viết theo lời của bạn."),
        validators=[DataRequired(_l("Hãy viết ít nhất một câu.")), Length(max=400)],
    )


class AskUndoForm(FlaskForm):
    """Why a hand-out shall be undone."""

    reason = StringField(_l("Vì sao cần hủy?"), validators=[DataRequired(_l("Hãy ghi lý do hủy.")), Length(max=300)])


class FundsForm(FlaskForm):
    """Money of the agency on our deposit account."""

    period_id = SelectField(_l("Kỳ chi trả"), coerce=int, validators=[DataRequired()])
    amount = MoneyField(_l("Số tiền nhận"), validators=[DataRequired(_l("Hãy nhập số tiền.")), PositiveMoney()])
    document = StringField(
        _l("Chứng từ (giấy báo có, ủy nhiệm chi)"),
        validators=[DataRequired(_l("Hãy ghi số chứng từ.")), Length(max=40)],
    )
    on = DateField(_l("Ngày nhận"), validators=[DataRequired(_l("Hãy chọn ngày."))])


class BankForm(FlaskForm):
    """Cash of the safe paid back into the deposit account."""

    amount = MoneyField(
        _l("Số tiền nộp ngân hàng"), validators=[DataRequired(_l("Hãy nhập số tiền.")), PositiveMoney()]
    )
    document = StringField(
        _l("Số giấy nộp tiền"), validators=[DataRequired(_l("Hãy ghi số chứng từ.")), Length(max=40)]
    )


class WithdrawForm(FlaskForm):
    """Cash drawn from the deposit account into the safe."""

    amount = MoneyField(_l("Số tiền rút về két"), validators=[DataRequired(_l("Hãy nhập số tiền.")), PositiveMoney()])
    document = StringField(
        _l("Số séc / chứng từ"), validators=[DataRequired(_l("Hãy ghi số chứng từ.")), Length(max=40)]
    )


class AdvanceForm(FlaskForm):
    """Cash prepared for a payer: for an opening, a round, or the counter."""

    staff_id = SelectField(_l("Giao cho"), coerce=int, validators=[DataRequired()])
    place = SelectField(_l("Chi tại"), validators=[DataRequired()])
    amount = MoneyField(_l("Số tiền tạm ứng"), validators=[DataRequired(_l("Hãy nhập số tiền.")), PositiveMoney()])
