"""Forms of the entrance, of one's own account and of the staff list."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from provider.staff.refusals import PlaceNeeded
from provider.staff.rules import AGENCY_ROLES, ROLE_NAMES, Role

_LONGEST_PASSWORD = 512
_ASK_LOGIN = _l("Hãy nhập tên đăng nhập.")
_ASK_PASSWORD = _l("Hãy nhập mật khẩu.")
_ASK_PRESENT = _l("Hãy nhập mật khẩu hiện tại.")
_ASK_CODE = _l("Hãy nhập mã 6 chữ số.")
_ASK_NAME = _l("Hãy ghi họ và tên.")
_LOGIN_WORDS = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
_CODE_WORDS = {"inputmode": "numeric", "autocomplete": "one-time-code"}


def _number(value: object) -> int | None:
    return int(str(value)) if value not in (None, "", "None") else None


def _role_choices() -> list[tuple[str, str]]:
    # Plain text: a lazy one says of itself that it is markup, and the "&" of a name would go out as it is.
    return [(role.value, gettext(ROLE_NAMES[role])) for role in Role]


class SignInForm(FlaskForm):
    """Login and password."""

    login = StringField(
        _l("Tên đăng nhập"), validators=[InputRequired(_ASK_LOGIN), Length(max=120)], render_kw=_LOGIN_WORDS
    )
    password = PasswordField(
        _l("Mật khẩu"),
        validators=[InputRequired(_ASK_PASSWORD), Length(max=_LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class CodeForm(FlaskForm):
    """The code of the second factor."""

    code = StringField(
        _l("Mã xác thực 6 chữ số"), validators=[InputRequired(_ASK_CODE), Length(max=12)], render_kw=_CODE_WORDS
    )
    next = HiddenField()


class UnlockForm(FlaskForm):
    """The PIN of a locked phone."""

    pin = PasswordField(
        _l("Mã PIN"),
        validators=[InputRequired(_l("Hãy nhập mã PIN.")), Length(max=12)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    next = HiddenField()


class _NewPassword(FlaskForm):
    new = PasswordField(
        _l("Mật khẩu mới"),
        validators=[InputRequired(_l("Hãy nhập mật khẩu mới.")), Length(max=_LONGEST_PASSWORD)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("Nhập lại mật khẩu mới"),
        validators=[
            InputRequired(_l("Hãy nhập lại mật khẩu mới.")),
            EqualTo("new", _l("Hai lần nhập mật khẩu không giống nhau.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class ActivateForm(_NewPassword):
    """The one-time code of a new account, and its first password."""

    login = StringField(
        _l("Tên đăng nhập"), validators=[InputRequired(_ASK_LOGIN), Length(max=120)], render_kw=_LOGIN_WORDS
    )
    code = StringField(
        _l("Mã kích hoạt"),
        validators=[InputRequired(_l("Hãy nhập mã kích hoạt.")), Length(max=40)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class _Proof(FlaskForm):
    current = PasswordField(
        _l("Mật khẩu hiện tại"),
        validators=[InputRequired(_ASK_PRESENT), Length(max=_LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(_Proof, _NewPassword):
    """Another password."""


class PinForm(_Proof):
    """A PIN for this person's phone."""

    pin = PasswordField(
        _l("Mã PIN mới (6 chữ số)"),
        validators=[InputRequired(_l("Hãy nhập mã PIN mới.")), Length(max=12)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


class SecondFactorForm(_Proof):
    """A new second factor; ``sealed`` carries its secret from the page to the deed."""

    sealed = HiddenField(validators=[InputRequired(), Length(max=400)])
    code = StringField(
        _l("Mã 6 chữ số đang hiện trong ứng dụng"),
        validators=[InputRequired(_ASK_CODE), Length(max=12)],
        render_kw=_CODE_WORDS,
    )


class RemoveSecondFactorForm(_Proof):
    """Do without the second factor."""


class _PlaceAndRole(FlaskForm):
    reaches_all = False
    role = SelectField(_l("Vai trò"), choices=_role_choices, validators=[InputRequired()])
    office_id = SelectField(
        _l("Bưu cục"), coerce=_number, description=_l("Cho người của bưu điện; gồm cả các bưu cục trực thuộc.")
    )
    agency_id = SelectField(_l("Cơ quan"), coerce=_number, description=_l("Chỉ cho cán bộ, giám sát của cơ quan."))

    def offer(self, offices: list[tuple[int, str]], agencies: list[tuple[int, str]], *, whole: bool) -> None:
        """The places to choose from; ``whole`` also offers no office in particular: the whole province."""
        self.reaches_all = whole
        nothing = gettext("Toàn tỉnh") if whole else gettext("(chọn bưu cục)")
        self.office_id.choices = [("", nothing), *offices]
        self.agency_id.choices = [("", gettext("(không thuộc cơ quan)")), *agencies]

    def validate_office_id(self, field: Field) -> None:
        """Who reaches one office only cannot give away the whole province."""
        if field.data is None and not self.reaches_all and self.role.data not in {"", *AGENCY_ROLES}:
            raise ValidationError(gettext(PlaceNeeded.sentence))


class AppointForm(_PlaceAndRole):
    """A new account."""

    role = SelectField(
        _l("Vai trò"),
        choices=lambda: [("", gettext("(chọn vai trò)")), *_role_choices()],
        validators=[InputRequired(_l("Hãy chọn vai trò."))],
    )
    name = StringField(_l("Họ và tên"), validators=[InputRequired(_ASK_NAME), Length(max=120)])
    login = StringField(
        _l("Tên đăng nhập"),
        validators=[InputRequired(_ASK_LOGIN), Length(max=40)],
        description=_l("Chữ không dấu, chữ số, dấu chấm hoặc gạch. Ví dụ: le.an"),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


class RoleForm(_PlaceAndRole):
    """Another role or place for somebody."""

    reason = StringField(
        _l("Lý do"), id="role-reason", validators=[InputRequired(_l("Hãy ghi lý do.")), Length(max=200)]
    )


class PointsForm(FlaskForm):
    """The cash points somebody works at."""

    point_ids = SelectMultipleField(
        _l("Điểm chi trả"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class SuspendForm(FlaskForm):
    """Why somebody may not come in any more."""

    reason = StringField(_l("Lý do"), validators=[InputRequired(_l("Hãy ghi lý do.")), Length(max=200)])
