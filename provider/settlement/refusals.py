"""Why a month cannot be closed yet."""

from provider.errors import N_, Missing, NotAllowed, Refusal


class NothingToSettle(Missing):
    """The agency has no period in this month."""

    code = "nothing_to_settle"
    sentence = N_("Cơ quan này chưa có kỳ chi trả nào trong %(month)s.")


class TransfersWithoutAnswer(Refusal):
    """Money is still on its way to accounts."""

    code = "transfers_without_answer"
    sentence = N_("Còn %(count)s khoản đã gửi ngân hàng chưa có kết quả. Hãy ghi kết quả trước khi chốt kỳ.")


class TillsStillOpen(Refusal):
    """Payers still hold cash."""

    code = "tills_still_open"
    sentence = N_("Còn %(count)s quỹ chưa đóng (%(names)s). Hãy đóng quỹ trước khi chốt kỳ.")


class UndosStillOpen(Refusal):
    """Wishes to undo wait for a second person."""

    code = "undos_still_open"
    sentence = N_("Còn %(count)s đề nghị hủy chưa được trả lời. Hãy trả lời trước khi chốt kỳ.")


class UnpaidNotResolved(Refusal):
    """Something was neither paid nor carried over nor returned."""

    code = "unpaid_not_resolved"
    sentence = N_("Còn %(count)s khoản chưa chi, chưa chuyển kỳ, chưa hoàn trả. Hãy chốt kỳ trước khi lập quyết toán.")


class NotCutOff(Refusal):
    """The settlement is drawn up after the cut-off."""

    code = "not_cut_off"
    sentence = N_("Kỳ chi trả chưa chốt. Hãy chốt kỳ trước.")


class AlreadySettled(Refusal):
    """A confirmed settlement stands."""

    code = "already_settled"
    sentence = N_("%(month)s đã quyết toán (số %(number)s).")


class ConfirmNeedsAnother(NotAllowed):
    """The one who drew it up does not confirm it."""

    code = "confirm_needs_another"
    sentence = N_("Người lập quyết toán không được tự xác nhận. Cần người thứ hai.")


class FiguresChanged(Refusal):
    """What is to be confirmed is not what was drawn up."""

    code = "figures_changed"
    sentence = N_("Số liệu đã thay đổi sau khi lập quyết toán. Hãy lập lại bản mới rồi xác nhận.")
