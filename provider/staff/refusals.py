"""What the staff room refuses, in the words people read."""

from provider.errors import N_, Invalid, NotAllowed, Refusal


class WrongSignIn(Invalid):
    """Login, password or account: which of them is not told."""

    code = "wrong_sign_in"
    sentence = N_("Tên đăng nhập hoặc mật khẩu không đúng.")


class WrongCode(Invalid):
    """The six digits of the second factor."""

    code = "wrong_code"
    sentence = N_("Mã xác thực không đúng hoặc đã dùng. Hãy chờ mã mới rồi nhập lại.")


class SlowDown(Refusal):
    """Too many attempts; ``seconds`` to wait."""

    code = "slow_down"
    sentence = N_("Bạn đã thử quá nhiều lần. Hãy chờ %(seconds)s giây rồi thử lại.")
    status = 429


class SignInExpired(Refusal):
    """Between password and code too much time went by."""

    code = "sign_in_expired"
    sentence = N_("Đã quá thời gian nhập mã. Hãy đăng nhập lại từ đầu.")


class WrongPin(Invalid):
    """``left`` tries remain."""

    code = "wrong_pin"
    sentence = N_("Mã PIN không đúng. Còn %(left)s lần thử.")


class PinUsedUp(Refusal):
    """Five wrong PINs end the session."""

    code = "pin_used_up"
    sentence = N_("Đã nhập sai mã PIN quá số lần cho phép. Hãy đăng nhập lại bằng mật khẩu.")


class UnsafePin(Invalid):
    """A PIN that is no PIN, or the first that anybody would try."""

    code = "unsafe_pin"
    sentence = N_("Mã PIN gồm 6 chữ số, không phải một số lặp lại, không phải dãy số liền nhau.")


class WrongPassword(Invalid):
    """The present password, asked again before something weighty."""

    code = "wrong_password"
    sentence = N_("Mật khẩu hiện tại không đúng.")


class PasswordTooShort(Invalid):
    """Shorter than ``least`` characters."""

    code = "password_too_short"
    sentence = N_("Mật khẩu cần ít nhất %(least)s ký tự. Một câu dễ nhớ là tốt nhất.")


class PasswordTooLong(Invalid):
    """Longer than ``most`` characters."""

    code = "password_too_long"
    sentence = N_("Mật khẩu dài tối đa %(most)s ký tự.")


class PasswordTooCommon(Invalid):
    """Made of what everybody tries first."""

    code = "password_too_common"
    sentence = N_("Mật khẩu này quá dễ đoán: chỉ gồm từ quen thuộc, tên, năm hoặc dãy phím. Hãy thêm từ khác.")


class WrongActivation(Invalid):
    """An activation code that is wrong, used or too old: which is not told."""

    code = "wrong_activation"
    sentence = N_("Tên đăng nhập hoặc mã kích hoạt không đúng, đã dùng hoặc hết hạn.")


class UnusableLogin(Invalid):
    """A login of other letters than it may have."""

    code = "unusable_login"
    sentence = N_("Tên đăng nhập gồm 3 đến 40 chữ không dấu, chữ số, dấu chấm hoặc gạch.")


class LoginTaken(Invalid):
    """Somebody else has this login."""

    code = "login_taken"
    sentence = N_("Tên đăng nhập này đã có người dùng.")


class NameNeeded(Invalid):
    """Nobody is appointed without a name."""

    code = "name_needed"
    sentence = N_("Hãy ghi họ và tên.")


class PlaceNeeded(Invalid):
    """A role belongs to an office or to an agency."""

    code = "place_needed"
    sentence = N_("Hãy chọn đơn vị cho vai trò này: bưu cục, hoặc cơ quan nếu là người của cơ quan.")


class NotOneself(NotAllowed):
    """An administrator does not suspend or promote themselves."""

    code = "not_oneself"
    sentence = N_("Bạn không được tự làm việc này cho chính mình.")


class SameRole(Invalid):
    """A change that changes nothing."""

    code = "same_role"
    sentence = N_("Người này đã có vai trò và đơn vị như vậy.")


class RoleChangeLapsed(Refusal):
    """Decided already, or not within a day."""

    code = "role_change_lapsed"
    sentence = N_("Đề nghị đổi vai trò này đã được xử lý hoặc đã quá 24 giờ. Hãy đề nghị lại.")


class AlreadyAppointed(Refusal):
    """The first administrator is made once; further ones are appointed."""

    code = "already_appointed"
    sentence = N_("Đã có quản trị viên. Hãy nhờ quản trị viên bổ nhiệm người mới.")
