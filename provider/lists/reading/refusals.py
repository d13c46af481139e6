"""Why a file as such is not taken in. Each sentence says what the sender can do about it."""

from provider.errors import N_, Invalid


class FileRefused(Invalid):
    """The family: the file as a whole cannot be read as a list."""

    code = "file_refused"
    sentence = N_("Không đọc được tệp này. Hãy mở tệp bằng Excel, lưu lại dạng .xlsx rồi gửi lại.")


class EmptyFile(FileRefused):
    code = "empty_file"
    sentence = N_("Tệp trống, không có nội dung. Hãy kiểm tra và chọn lại tệp danh sách.")


class TooLarge(FileRefused):
    """Facts: ``size`` and ``limit`` in MB."""

    code = "too_large"
    sentence = N_(
        "Tệp nặng %(size)s MB, vượt giới hạn %(limit)s MB. Hãy xóa hình ảnh, trang thừa hoặc tách tệp rồi gửi lại."
    )


class UnpacksTooLarge(FileRefused):
    """Facts: ``size`` and ``limit`` in MB, after unpacking."""

    code = "unpacks_too_large"
    sentence = N_(
        "Tệp bung ra tới %(size)s MB, vượt giới hạn %(limit)s MB. "
        "Hãy chép riêng bảng danh sách sang một tệp mới rồi gửi lại."
    )


class NotAListFile(FileRefused):
    """Facts: ``kind``, what the file really is (PDF, ảnh, Word…)."""

    code = "not_a_list_file"
    sentence = N_("Đây là tệp %(kind)s, không phải bảng tính. Hãy gửi tệp Excel (.xlsx, .xls), .ods hoặc .csv.")


class WebPageAsExcel(FileRefused):
    code = "web_page_as_excel"
    sentence = N_(
        "Tệp này là trang web hoặc XML mang đuôi Excel. "
        "Hãy mở bằng Excel, chọn Lưu thành (Save As) dạng .xlsx rồi gửi lại."
    )


class Encrypted(FileRefused):
    code = "encrypted"
    sentence = N_("Tệp được đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi gửi lại.")


class CutShort(FileRefused):
    code = "cut_short"
    sentence = N_("Tệp bị cắt ngang hoặc hỏng khi sao chép. Hãy gửi lại tệp gốc còn nguyên vẹn.")


class OldBiff(FileRefused):
    code = "old_biff"
    sentence = N_("Tệp do Excel đời quá cũ (trước Excel 97) lưu. Hãy mở bằng Excel mới, lưu dạng .xlsx rồi gửi lại.")


class TooWide(FileRefused):
    """A sheet whose cells lie so far apart that it is no list (a stray cell, or an attack). Facts: ``sheet``."""

    code = "too_wide"
    sentence = N_(
        "Trang “%(sheet)s” quá lớn để là một danh sách. Hãy chép riêng bảng danh sách sang tệp mới rồi gửi lại."
    )


class NoListInside(FileRefused):
    code = "no_list_inside"
    sentence = N_(
        "Không tìm thấy danh sách nào trong tệp: cần một dòng tiêu đề có cột họ tên và cột số tiền. "
        "Hãy kiểm tra đúng tệp, hoặc chỉ rõ các cột."
    )
