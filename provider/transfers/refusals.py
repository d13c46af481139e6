"""Why a batch is not built, released or answered."""

from provider.errors import N_, Invalid, Refusal


class NothingToSend(Refusal):
    """No payout may enter a batch."""

    code = "nothing_to_send"
    sentence = N_("Không có khoản nào đủ điều kiện chuyển khoản. Xem danh sách khoản chưa được chuyển và lý do.")


class OfficeUnclear(Invalid):
    """The agency is paid for by several offices this month: each has its own deposit account."""

    code = "office_unclear"
    sentence = N_("Cơ quan này có kỳ chi trả ở nhiều bưu cục. Hãy lập lô cho từng bưu cục.")


class BatchIsNotDraft(Refusal):
    """Only what waits for its second person can be released or cancelled."""

    code = "batch_is_not_draft"
    sentence = N_("Lô chuyển khoản này đã được duyệt hoặc đã hủy.")


class BatchNotSent(Refusal):
    """The bank has not seen this batch."""

    code = "batch_not_sent"
    sentence = N_("Lô chuyển khoản này chưa được duyệt gửi ngân hàng.")


class LinesChanged(Refusal):
    """What was built is no longer what may be sent."""

    code = "lines_changed"
    sentence = N_("%(count)s khoản trong lô đã thay đổi từ khi lập (ví dụ: %(example)s). Hãy hủy lô này rồi lập lại.")


class LineAnswered(Refusal):
    """The bank's answer to this line is already written down."""

    code = "line_answered"
    sentence = N_("Khoản này đã có trả lời của ngân hàng. Hãy tải lại trang.")


class ReferenceNeeded(Invalid):
    """The bank's paper has a number: it must stand beside the payment."""

    code = "reference_needed"
    sentence = N_("Hãy ghi số chứng từ hoặc mã giao dịch của ngân hàng.")
