"""Why a round is not planned or not closed."""

from provider.errors import N_, Invalid, Refusal


class NothingToVisit(Invalid):
    """Nobody is left to be put on this round."""

    code = "nothing_to_visit"
    sentence = N_("Không có khoản nào chờ chi tại nhà ở những nơi đã chọn. Hãy chọn xã khác.")


class NotForARound(Invalid):
    """Some of the payouts chosen cannot be brought home by this office this month."""

    code = "not_for_a_round"
    sentence = N_("%(count)s khoản đã chọn không còn chờ chi tại nhà trong tháng này. Hãy tải lại trang rồi chọn lại.")


class NotACourier(Invalid):
    """This person does not hand out money, has left, or works for another post office."""

    code = "not_a_courier"
    sentence = N_("Người được chọn không đi chi trả cho bưu cục này. Hãy chọn bưu tá khác.")


class RoundIsClosed(Refusal):
    """The round is over."""

    code = "round_is_closed"
    sentence = N_("Tuyến chi tại nhà này đã kết thúc.")
