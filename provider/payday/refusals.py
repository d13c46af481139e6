"""Why money is not handed out, in the order in which a payer would want to hear it."""

from provider.errors import N_, Invalid, Missing, NotAllowed, Refusal


class SlipUnknown(Missing):
    """A genuine code of a slip that is not in the books: another server's, or a month thrown away."""

    code = "slip_unknown"
    sentence = N_("Mã phiếu này đúng kiểu nhưng không có trong sổ. Hãy tìm người nhận theo tên và báo kế toán.")


class SlipExpired(Refusal):
    """The month of the slip is closed."""

    code = "slip_expired"
    sentence = N_("Phiếu của %(month)s đã hết hạn: kỳ này đã khóa. Khoản chưa nhận đã chuyển sang phiếu của kỳ sau.")


class SlipOfAnotherPlace(NotAllowed):
    """The slip belongs to a post office or district that is not this payer's."""

    code = "slip_of_another_place"
    sentence = N_("Phiếu này do %(place)s chi, không chi ở đây. Hãy hướng dẫn người nhận đến đúng nơi.")


class AlreadyPaid(Refusal):
    """Everything this person could get was handed out before."""

    code = "already_paid"
    sentence = N_("%(by)s đã chi %(amount)s lúc %(at)s, biên nhận %(number)s. Không chi lần nữa.")


class NothingToPay(Refusal):
    """The person has nothing payable in cash now."""

    code = "nothing_to_pay"
    sentence = N_("Người này không có khoản nào được chi tiền mặt bây giờ (%(why)s).")


class ExpectedElsewhere(Refusal):
    """The person's money waits at another opening."""

    code = "expected_elsewhere"
    sentence = N_("Người này được hẹn nhận ở nơi khác: %(place)s. Chỉ chi ở đó hoặc tại quầy bưu cục.")


class CardIsStale(Refusal):
    """What was shown on the card is no longer what is due."""

    code = "card_is_stale"
    sentence = N_(
        "Khoản chi vừa thay đổi so với lúc mở thẻ. Hãy mở lại thẻ của người này và kiểm tra trước khi đưa tiền."
    )


class RepresentativeUnknown(Refusal):
    """Somebody else collects without being registered for this person."""

    code = "representative_unknown"
    sentence = N_(
        "Người nhận thay chưa được đăng ký cho người này. Không chi; hướng dẫn làm giấy ủy quyền có chứng thực."
    )


class RepresentativeExpired(Refusal):
    """Somebody else collects whose registration has ended."""

    code = "representative_expired"
    sentence = N_("Việc nhận thay của %(name)s đã hết hạn ngày %(until)s. Không chi; hướng dẫn làm giấy ủy quyền mới.")


class PersonHasDied(Refusal):
    """The register says that the person is dead: nobody can collect as that person."""

    code = "person_has_died"
    sentence = N_("Sổ ghi người này đã mất ngày %(on)s. Không chi cho “chính chủ”; hãy báo kế toán.")


class TillIsClosed(Refusal):
    """No open till, or it was closed meanwhile."""

    code = "till_is_closed"
    sentence = N_("Quỹ chưa mở hoặc đã đóng. Hãy nhận tạm ứng và mở quỹ trước khi chi.")


class TillNotYours(NotAllowed):
    """A till is worked by the person who answers for it."""

    code = "till_not_yours"
    sentence = N_("Quỹ này do người khác giữ. Bạn chỉ chi từ quỹ của mình.")


class TillTooLow(Refusal):
    """Not enough cash in the till."""

    code = "till_too_low"
    sentence = N_("Quỹ còn %(left)s, không đủ để chi %(needed)s. Hãy gọi thủ quỹ tiếp quỹ.")


class TillAlreadyOpen(Refusal):
    """One open till per payer."""

    code = "till_already_open"
    sentence = N_("Bạn đang có một quỹ mở. Hãy đóng quỹ đó trước khi nhận quỹ mới.")


class CountDiffers(Invalid):
    """The payer counted another amount than the cashier says he prepared."""

    code = "count_differs"
    sentence = N_("Số tiền bạn đếm không khớp với số thủ quỹ giao. Hãy đếm lại cùng thủ quỹ; chưa ghi sổ.")


class AdvanceGone(Refusal):
    """The advance was taken or cancelled meanwhile."""

    code = "advance_gone"
    sentence = N_("Khoản tạm ứng này đã được nhận hoặc đã hủy.")


class AdvanceToOneself(NotAllowed):
    """A cashier does not hand money to himself."""

    code = "advance_to_oneself"
    sentence = N_("Không thể tự giao tạm ứng cho chính mình: cần hai người.")


class NoDifference(Refusal):
    """There is nothing to explain: the till is open, or its count was right."""

    code = "no_difference"
    sentence = N_("Quỹ này không có chênh lệch nào cần giải thích.")


class DifferenceExplained(Refusal):
    """The payer said already how the difference came about; his words stay."""

    code = "difference_explained"
    sentence = N_("Bạn đã giải thích chênh lệch này. Muốn bổ sung, hãy báo kiểm soát viên.")


class UndoTooLate(Refusal):
    """The till of the hand-out is closed."""

    code = "undo_too_late"
    sentence = N_("Quỹ của lần chi này đã đóng nên không hủy tại điểm được nữa. Hãy báo kiểm soát viên.")


class UndoAlreadyAsked(Refusal):
    """A hand-out is undone at most once."""

    code = "undo_already_asked"
    sentence = N_("Lần chi này đã được đề nghị hủy trước đó.")


class UndoNeedsAnother(NotAllowed):
    """The one who asks does not confirm."""

    code = "undo_needs_another"
    sentence = N_("Người đề nghị hủy không được tự xác nhận. Cần người thứ hai.")


class UndoAnswered(Refusal):
    """Somebody answered it already."""

    code = "undo_answered"
    sentence = N_("Đề nghị hủy này đã được trả lời.")
