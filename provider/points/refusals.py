"""What is answered when something cannot be done with a point or an opening."""

from provider.errors import N_, Invalid, Refusal


class PointIsClosed(Refusal):
    """The point no longer pays."""

    code = "point_is_closed"
    sentence = N_("Điểm %(point)s đã ngừng hoạt động. Hãy chọn điểm khác.")


class PointCodeTaken(Refusal):
    """Two points cannot have one code."""

    code = "point_code_taken"
    sentence = N_("Mã điểm %(code)s đã có. Hãy dùng mã khác.")


class HoursOutOfOrder(Invalid):
    """An opening ends before it begins."""

    code = "hours_out_of_order"
    sentence = N_("Giờ kết thúc phải sau giờ bắt đầu.")


class OpeningOverlaps(Refusal):
    """The point is already open at that time."""

    code = "opening_overlaps"
    sentence = N_("%(point)s đã có phiên chi trả trong khoảng giờ này ngày %(on)s.")


class StaffElsewhere(Refusal):
    """Somebody cannot pay at two places at once."""

    code = "staff_elsewhere"
    sentence = N_("%(name)s đã được phân công ở %(point)s vào giờ này ngày %(on)s.")


class CannotPay(Invalid):
    """Somebody who may not hand out money, or is of another office."""

    code = "cannot_pay"
    sentence = N_("Người được chọn không phải nhân viên chi trả của đơn vị này.")


class OpeningIsOver(Refusal):
    """Nothing changes any more."""

    code = "opening_is_over"
    sentence = N_("Phiên chi trả này đã kết thúc hoặc đã hủy.")


class OpeningHasBegun(Refusal):
    """Money is being paid there."""

    code = "opening_has_begun"
    sentence = N_("Phiên chi trả đang chi tiền nên không đổi ngày, giờ, điểm và không hủy được.")


class TillStillOpen(Refusal):
    """Cash is still out."""

    code = "till_still_open"
    sentence = N_("Còn quỹ chưa kiểm đếm ở phiên này. Hãy đóng quỹ trước khi kết thúc phiên.")


class OtherCommune(Refusal):
    """An opening stays in its commune: its people would have to travel."""

    code = "other_commune"
    sentence = N_("Phiên chi trả chỉ được dời đến điểm khác trong cùng xã, phường.")


class SlotUnknown(Invalid):
    """No such time at that opening."""

    code = "slot_unknown"
    sentence = N_("Giờ hẹn này không thuộc phiên chi trả đã chọn.")


class NotExpected(Refusal):
    """Who was paid, or is expected nowhere, cannot be moved."""

    code = "not_expected"
    sentence = N_("Người này không còn khoản nào chờ chi ở phiên này.")


class SeatUnchanged(Refusal):
    """The person already has that place."""

    code = "seat_unchanged"
    sentence = N_("Người này đã ở đúng phiên và giờ hẹn đó.")


class NothingToPlan(Refusal):
    """The month has nothing to pay in cash at points for that agency."""

    code = "nothing_to_plan"
    sentence = N_(
        "Tháng này cơ quan không có khoản nào chờ chi tại điểm. Hãy nhận danh sách vào kỳ và xếp hình thức chi trước."
    )
