"""What may not be done to a person's record."""

from provider.errors import N_, Invalid, Refusal


class NoSuchPayee(Refusal):
    """The one who was to stop collecting does not collect, or already stopped."""

    code = "payee_has_ended"
    sentence = N_("Người nhận thay này đã hết hiệu lực từ trước.")


class PayeeIncomplete(Invalid):
    """Somebody who collects for another needs a name and a paper."""

    code = "payee_incomplete"
    sentence = N_("Hãy ghi họ tên người nhận thay và giấy tờ làm căn cứ (giấy ủy quyền, quyết định giám hộ…).")


class DaysTurned(Invalid):
    """The last day lies before the first."""

    code = "days_turned"
    sentence = N_("Ngày hết hiệu lực không được trước ngày bắt đầu.")


class AccountIncomplete(Invalid):
    """Money cannot be sent to an account without its number."""

    code = "account_incomplete"
    sentence = N_("Hãy ghi số tài khoản và ngân hàng.")


class WayReasonNeeded(Invalid):
    """Changing how somebody is paid must say why."""

    code = "way_reason_needed"
    sentence = N_("Hãy ghi lý do thay đổi hình thức nhận tiền.")
