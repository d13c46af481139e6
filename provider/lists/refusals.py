"""Why a list is not received or not accepted."""

from provider.errors import N_, Missing, NotAllowed, Refusal


class SameFileAgain(Refusal):
    """Byte for byte the same file was received for this agency, programme and month before."""

    code = "same_file_again"
    sentence = N_("Tệp này đã được gửi trước đó: danh sách số %(list_id)s, bản %(version)s. Hãy mở danh sách đó.")


class ListIsDecided(Refusal):
    """Accepted or rejected already."""

    code = "list_is_decided"
    sentence = N_("Danh sách này đã được xử lý (%(state)s).")


class ListIsStale(Refusal):
    """Another list was accepted since this one was checked, and people stand on both."""

    code = "list_is_stale"
    sentence = N_(
        "Từ khi đọc tệp này, một danh sách khác của tháng đã được nhận: %(count)s dòng trùng. "
        "Hãy bấm “Kiểm tra lại” rồi xem trước khi nhận."
    )


class NothingToAccept(Refusal):
    """No row without an error."""

    code = "nothing_to_accept"
    sentence = N_("Mọi dòng đều có lỗi nên không có gì để nhận vào kỳ. Hãy sửa tệp rồi gửi lại.")


class NotTiedOut(NotAllowed):
    """The list does not tie out: a second person must accept it, with a reason."""

    code = "not_tied_out"
    sentence = N_(
        "Số liệu không khớp với số cộng. Kiểm soát viên (người thứ hai) phải nhận danh sách này vào kỳ và ghi lý do."
    )


class MonthIsOver(Refusal):
    """The period of the list is cut off."""

    code = "month_is_over"
    sentence = N_("Kỳ chi trả %(month)s đã chốt, không nhận thêm danh sách.")


class AgencyUnknown(Missing):
    """No agency has this code."""

    code = "agency_unknown"
    sentence = N_("Không có cơ quan nào mang mã %(code)s.")


class NothingToReport(Refusal):
    """Nobody pays this person here."""

    code = "nothing_to_report"
    sentence = N_("Người này chưa có khoản chi nào ở bưu cục này nên không có gì để báo giảm.")


class NoReportToSend(Refusal):
    """No report that waits, or reports of several agencies."""

    code = "no_report_to_send"
    sentence = N_("Hãy chọn ít nhất một báo giảm chưa gửi, của cùng một cơ quan.")


class ReportIsAnswered(Refusal):
    """The agency's answer was entered already."""

    code = "report_is_answered"
    sentence = N_("Báo giảm này đã có trả lời của cơ quan.")


class AnswerNeedsAnother(NotAllowed):
    """Whoever reported cannot enter the answer."""

    code = "answer_needs_another"
    sentence = N_("Người đã báo giảm không tự ghi trả lời. Cần cán bộ cơ quan hoặc người thứ hai ghi.")
