"""What offices call their columns. Left: our word; right: theirs, already without marks, capitals and punctuation.

Longer phrases win over shorter ones. Words under a common heading ("Năm sinh > Nam") are looked up joined; where the
upper heading names another person ("Người nhận > Họ tên") the meaning changes as ``OF_ANOTHER`` says.
"""

from typing import Final

_WORDS: Final[dict[str, str]] = {
    "number": "stt|tt|so tt|so thu tu|no|sott|s t t|stt trong muc",
    "code": (
        "ma doi tuong|ma dt|ma ho so|ma hs|ma so|ma dinh danh doi tuong|so ho so|shs|so hs|so hs ncc|ma ncc|id|"
        "so ho so ncc|ma so doi tuong|ma nguoi huong|ma so ho so|ky hieu ho so|so ho so nguoi co cong"
    ),
    "book_no": (
        "so so|so so linh tien|so so tro cap|so tc|so gcn|so giay chung nhan|so the|so so nhan tro cap|so so linh|"
        "so so uu dai|so linh tien|ma so so"
    ),
    "name": (
        "ho va ten|ho ten|ho va ten doi tuong|ho ten doi tuong|ten doi tuong|ho ten nguoi huong|"
        "ho va ten nguoi huong|nguoi huong|nguoi thu huong|doi tuong huong|ho chu dem va ten khai sinh|"
        "ho va ten nguoi co cong|ho ten nguoi thu huong|ho va ten nguoi thu huong|ho va ten khai sinh|"
        "ten nguoi huong|ten nguoi thu huong|ho chu dem va ten|ho ten nguoi co cong|ho va ten nguoi nhan tro cap|"
        "ho va ten nguoi huong tro cap|ho va ten nct|ho va ten nkt|ten|ho va ten chu ho ca nhan|ten chu ho ca nhan|"
        "ho ten ntc|ho dem va ten|ho dem ten"
    ),
    "family_name": "ho|ho dem|ho lot|ho va chu dem|ho va ten dem|ho chu dem|ho va dem",
    "birth": (
        "ngay sinh|ngay thang nam sinh|ngay thang nam|ntns|nam sinh|ns|sinh ngay|n sinh|sinh nam|ngay thang sinh|"
        "nam sinh nam nu"
    ),
    "birth_male": (
        "nam sinh nam|ngay sinh nam|ngay thang nam sinh nam|ns nam|ntns nam|sinh nam nam|ngay thang nam nam"
    ),
    "birth_female": "nam sinh nu|ngay sinh nu|ngay thang nam sinh nu|ns nu|ntns nu|ngay thang nam nu",
    "birth_day": "ngay sinh ngay|nam sinh ngay|ngay thang nam sinh ngay|sinh ngay ngay",
    "birth_month": "ngay sinh thang|nam sinh thang|ngay thang nam sinh thang|thang sinh",
    "birth_year": "ngay sinh nam sinh|ngay thang nam sinh nam sinh",
    "sex": "gioi tinh|gt|nam nu|phai|gioi|nam nu nam nu",
    "sex_male": "nam|gioi tinh nam|nam x|phai nam",
    "sex_female": "nu|gioi tinh nu|nu x|phai nu",
    "id_number": (
        "so cccd|so cccd cmnd|so cmnd cccd|cccd cmnd|cmnd cccd|cccd|cmnd|cmtnd|cmt|so cmnd|so cmt|can cuoc|"
        "so can cuoc|so the can cuoc|so dinh danh ca nhan|so ddcn|ma dinh danh|so giay to tuy than|"
        "so can cuoc cong dan|can cuoc cong dan|so dinh danh|so cccd dinh danh|ma dinh danh ca nhan|"
        "so cccd so dinh danh|so cccd can cuoc|cccd ddcn|so dinh danh ca nhan cccd|so cccd so dinh danh ca nhan|"
        "cmnd so cccd|so cmtnd|so cmnd cc|so cc|cc cccd|so cc cccd|so cccd cc|giay to tuy than"
    ),
    "issued_on": "ngay cap|ngay cap cccd|ngay cap cmnd|cap ngay",
    "issued_at": "noi cap|noi cap cccd|noi cap cmnd",
    "address": (
        "dia chi|noi o|noi cu tru|noi thuong tru|hktt|ho khau thuong tru|cho o hien nay|tru quan|dia chi chi tra|"
        "dia chi thuong tru|noi o hien nay|cho o|dia chi noi o|noi dang ky ho khau thuong tru|dia chi cu tru|"
        "noi o hien tai|dia chi hien nay|que quan"
    ),
    "hamlet": (
        "thon|thon to|xom|ap|ban|buon|khu pho|kp|khoi|khoi pho|to dan pho|tdp|to|khu dan cu|thon kp|thon khu pho|"
        "thon to dan pho|thon ban|thon xom|thon ap|dia chi thon kp|dia chi thon kp to|dia chi thon to|"
        "dia chi thon xom|dia chi thon ban|dia chi thon|dia chi thon to dan pho|dia chi to dan pho|thon xom to|"
        "ap khu pho|thon tdp|thon to kp|khu|xom thon|thon lang|lang|to kp|thon ban tdp|thon to dan pho khu pho|"
        "thon khoi|dia chi thon khu pho|thon ap ban|ap khom|khom|ten thon|to thon"
    ),
    "commune": (
        "xa|phuong|xa phuong|xa phuong thi tran|xa phuong tt|ten xa|don vi|phuong xa|phuong xa thi tran|xa tt|"
        "xa thi tran|dia chi xa phuong|dia chi xa|dia chi phuong|don vi xa phuong|ten xa phuong|xa phuong dac khu|"
        "dia ban|don vi hanh chinh|ten don vi"
    ),
    "district": "huyen|quan|thi xa|quan huyen|huyen thi xa|huyen tx tp|huyen thi|quan huyen thi xa|huyen quan",
    "province": "tinh|thanh pho|tinh thanh pho|tinh tp",
    "benefit": (
        "doi tuong|loai doi tuong|dien doi tuong|nhom doi tuong|dien huong|che do|che do huong|loai tro cap|noi dung|"
        "ma loai|dien|loai che do|doi tuong btxh|loai dt|dt huong|ten che do|phan loai doi tuong|doi tuong uu dai|"
        "loai ncc|nhom dt|ma che do|dien chinh sach|noi dung tro cap|noi dung chi|che do tro cap|loai hinh tro cap|"
        "loai doi tuong huong|nhom|dang doi tuong"
    ),
    "percent": (
        "ty le|tltt|ty le thuong tat|ty le ttct|muc do khuyet tat|mdkt|ti le|ty le mat suc|ty le tt|ty le suy giam|"
        "ty le suy giam kntl|ty le ton thuong|ty le ton thuong co the|hang thuong tat|tl|ty le msld|"
        "ty le suy giam kha nang lao dong|ty le ts"
    ),
    "decision_no": (
        "so qd|so quyet dinh|so quyet dinh huong|qd so|quyet dinh|quyet dinh so|so ngay qd|so qd ngay qd|"
        "so ngay quyet dinh|so qd huong|qd huong|so qd ngay|so quyet dinh ngay|can cu|so qd ngay thang nam"
    ),
    "decided_on": "ngay qd|ngay ky|ngay quyet dinh|ngay ky qd",
    "entitled_from": (
        "huong tu thang|thoi diem huong|ngay huong|tu thang|huong tu|thoi gian huong|thang bat dau huong|"
        "huong tu ngay|thang huong|bat dau huong|thoi diem bat dau huong"
    ),
    "stopped_from": (
        "dung tu thang|thoi diem dung|giam tu thang|cat tu thang|dung huong tu|thoi huong tu thang|dung tu"
    ),
    "coefficient": "he so|hs|he so huong|he so tro cap|hs tro cap|he so tc",
    "coefficient_old": "he so cu|hs cu|he so dang huong",
    "coefficient_new": "he so moi|hs moi|he so dieu chinh",
    "amount_old": "muc cu|muc tro cap cu|so tien cu|muc dang huong|muc tc cu|muc huong cu",
    "amount_new": "muc moi|muc tro cap moi|so tien moi|muc tc moi|muc huong moi|muc dieu chinh",
    "standard": "muc chuan|muc chuan tro cap|muc chuan tgxh",
    "allowance": (
        "muc tro cap|muc huong|so tien|so tien tro cap|tien tro cap|tien tro cap thang nay|tro cap|tc hang thang|"
        "muc tc|dinh muc|tro cap hang thang|tro cap uu dai|tien tc|muc tro cap hang thang|so tien tro cap hang thang|"
        "tro cap uu dai hang thang|muc huong hang thang|so tien hang thang|tc|muc tro cap thang|"
        "so tien tro cap thang|tro cap thang nay|tien tro cap hang thang|muc tien|muc|tien huong|so tien huong|"
        "muc tro cap xa hoi|tro cap xa hoi|tro cap hang thang so tien|muc tro cap hien huong|tro cap chinh|"
        "muc huong tro cap|so tien thang nay|tro cap htxh|tro cap huu tri xa hoi|muc tro cap huu tri xa hoi|"
        "tro cap tuat"
    ),
    "supplement": (
        "phu cap|pc|phu cap hang thang|tien phu cap|phu cap uu dai|phu cap them|tuat nuoi duong|nuoi duong|"
        "pc hang thang|tro cap nuoi duong|phu cap dac biet"
    ),
    "attendant": (
        "nguoi phuc vu|tc npv|tro cap nguoi phuc vu|tc nguoi phuc vu|npv|tro cap npv|phuc vu|tien nguoi phuc vu|"
        "tc phuc vu"
    ),
    "care": (
        "kp cham soc|kinh phi cham soc|ho tro cs|ho tro cham soc|kp cham soc nuoi duong|kinh phi cham soc nuoi duong|"
        "ho tro cham soc nuoi duong|tien cham soc|ho tro kinh phi cham soc|cham soc|"
        "ho tro kinh phi cham soc nuoi duong|ho tro kpcs|tro cap cham soc|kinh phi ho tro cham soc"
    ),
    "arrears": (
        "truy linh|tien truy linh|truy linh thang truoc|so tien truy linh|chua tra thang truoc so tien|"
        "thang truoc chua nhan|truy tra|truy linh so tien|chua tra thang truoc|chua nhan thang truoc|"
        "tien truy linh thang truoc|linh bo sung|truy linh tien|thang truoc chua nhan so tien|"
        "chua nhan thang truoc so tien|truy linh cac thang truoc|tro cap truy linh|ton thang truoc|"
        "chua linh thang truoc|chua linh thang truoc so tien|bo sung"
    ),
    "arrears_months": (
        "so thang|so thang truy linh|tu thang den thang|chua tra thang truoc so thang|truy linh so thang|"
        "truy linh tu thang|truy linh tu thang den thang|truy linh tu den|so thang tl|thoi gian truy linh|"
        "truy linh thang|truy linh tu thang den het thang"
    ),
    "deduction": (
        "truy thu|thu hoi|khau tru|giam tru|tru|so tien truy thu|so tien thu hoi|tien khau tru|tien truy thu|"
        "phai thu hoi|so tien phai thu hoi|cac khoan khau tru|thu hoi truy thu|tru lai"
    ),
    "funeral": (
        "mai tang phi|mtp|tien mai tang|mai tang|ho tro mai tang|ho tro chi phi mai tang|chi phi mai tang|"
        "tro cap mai tang|ho tro mai tang phi|tien mai tang phi|mai tang phi so tien"
    ),
    "one_off": (
        "tro cap mot lan|tc 1 lan|che do 1 lan|tro cap 1 lan|mot lan|1 lan|tc mot lan|tro cap mot lan so tien|khac|"
        "tro cap khac|cac khoan khac|khoan khac|che do khac|qua|tien qua|qua tet|tho cung|tho cung liet si|"
        "dieu duong|dieu duong tai nha|tien dieu duong"
    ),
    "total": (
        "tong cong|tong tien|tong so tien|tong|cong|tong so|thanh tien|so tien duoc nhan|thuc linh|thuc nhan|"
        "tong linh|so tien chi tra|tong so tien tro cap|tong so tien chi tra|tong muc|tong tien tro cap|tong tro cap|"
        "tong kinh phi|so tien thuc nhan|so tien thuc linh|tong so tien duoc nhan|tong muc huong|so tien linh|"
        "tong thuc linh|tong cong so tien|tong muc tro cap|so tien nhan|cong so tien|tong so tien linh|"
        "tong duoc linh|tong chi|tong so tien phai chi|so tien phai chi|so tien duoc linh|kinh phi|tong nhan"
    ),
    "signature": (
        "ky nhan|ky ten|ky|chu ky|nguoi nhan ky|xac nhan|ky nhan tien|nguoi nhan ky ten|ky nhan va ghi ro ho ten|"
        "nguoi linh ky nhan|ky ghi ro ho ten|ky xac nhan|chu ky nguoi nhan|nguoi nhan ky nhan"
    ),
    "payee_name": (
        "nguoi nhan thay|nguoi linh thay|nguoi nhan ho|nguoi nhan|ho ten nguoi nhan|nguoi duoc uy quyen|"
        "nguoi giam ho|nguoi dai dien|nguoi nuoi duong|chu ho|ho va ten nguoi nhan|ho ten nguoi nhan thay|"
        "ho va ten nguoi nhan thay|ho ten nguoi giam ho|ho va ten nguoi giam ho|ho va ten nguoi dai dien|"
        "nguoi cham soc|ho ten nguoi nuoi duong|nguoi nhan tien|nguoi linh|nguoi dung ten nhan|nguoi nhan tro cap|"
        "ho va ten nguoi uy quyen|ho ten nguoi duoc uy quyen|nguoi nhan ho ten|ho va ten nguoi nuoi duong"
    ),
    "payee_relation": (
        "quan he|moi quan he|qh voi dt|quan he voi doi tuong|moi quan he voi doi tuong|quan he voi nguoi huong|qh|"
        "quan he voi chu ho|moi quan he voi nguoi huong"
    ),
    "payee_id": (
        "cccd nguoi nhan|cccd nguoi nhan thay|cmnd nguoi giam ho|cccd nguoi giam ho|so cccd nguoi nhan|"
        "so cccd nguoi nhan thay|so cccd nguoi giam ho|cmnd nguoi nhan|so cmnd nguoi nhan|so cccd nguoi dai dien|"
        "so cccd nguoi duoc uy quyen"
    ),
    "phone": (
        "so dien thoai|sdt|dien thoai|di dong|so dt|so dt lien he|so dien thoai lien he|dien thoai lien he|"
        "so di dong|dtdd|so sdt|dt lien he"
    ),
    "phone_or_benefit": "dt",
    "account": (
        "so tai khoan|so tk|stk|tai khoan|tk ngan hang|so tai khoan ngan hang|so tai khoan nhan tien|"
        "tai khoan ngan hang|so tk ngan hang|so hieu tai khoan|so tai khoan nhan|so tk nhan|tk nhan tien|"
        "so tai khoan the"
    ),
    "account_holder": (
        "chu tai khoan|ten tai khoan|ten chu tk|ten chu tai khoan|chu tk|ho ten chu tai khoan|"
        "ho va ten chu tai khoan|ten tk|nguoi dung ten tai khoan|ten chu the|tai khoan ten nguoi thu huong"
    ),
    "bank": (
        "ngan hang|ten ngan hang|nh|mo tai|noi mo tk|noi mo tai khoan|ngan hang mo tai khoan|tai ngan hang|"
        "ngan hang nhan|mo tai ngan hang|ten nh"
    ),
    "branch": "chi nhanh|cn|chi nhanh ngan hang|pgd",
    "way": (
        "hinh thuc nhan|hinh thuc chi tra|phuong thuc chi tra|tm ck|atm|hinh thuc|phuong thuc nhan|hinh thuc linh|"
        "nhan qua|tien mat|chuyen khoan"
    ),
    "point": "diem chi tra|diem nhan|buu cuc|diem phat|noi nhan",
    "note": "ghi chu|gc|chu thich|ghi chu khac|luu y",
    "reason": "ly do|ly do giam|ly do dieu chinh|ly do tang|nguyen nhan|noi dung dieu chinh",
    "difference": "chenh lech|so tien chenh lech",
    "ethnicity": "dan toc",
    "insurance": "so the bhyt|bhyt|the bhyt|ma the bhyt",
}

SYNONYMS: Final[dict[str, str]] = {word: meaning for meaning, words in _WORDS.items() for word in words.split("|")}

AMOUNTS: Final = ("allowance", "supplement", "attendant", "care", "arrears", "one_off", "funeral", "deduction")
"""The components of a payout, in the order in which papers show them."""

PEOPLE_WORDS: Final = (
    "nguoi nhan",
    "nguoi linh",
    "giam ho",
    "dai dien",
    "uy quyen",
    "nguoi nuoi duong",
    "cham soc vien",
)
"""An upper heading with one of these is about who collects, not about who is entitled."""

OF_ANOTHER: Final = {
    "name": "payee_name",
    "family_name": "payee_name",
    "id_number": "payee_id",
    "birth": "payee_birth",
    "phone": "phone",
    "payee_relation": "payee_relation",
    "signature": "signature",
    "address": "payee_address",
    "payee_name": "payee_name",
    "payee_id": "payee_id",
    "account": "account",
    "bank": "bank",
    "note": "note",
    "sex": "payee_sex",
    "total": "total",
    "account_holder": "account_holder",
    "issued_on": "payee_issued_on",
}
"""Meaning of a lower heading under an upper heading about another person."""

UNDER: Final = {
    ("arrears", "allowance"): "arrears",
    ("arrears", "total"): "arrears",
    ("arrears", "entitled_from"): "arrears_months",
    ("funeral", "allowance"): "funeral",
    ("one_off", "allowance"): "one_off",
    ("deduction", "allowance"): "deduction",
    ("attendant", "allowance"): "attendant",
    ("care", "allowance"): "care",
    ("care", "payee_name"): "payee_name",
    ("supplement", "allowance"): "supplement",
    ("account", "name"): "account_holder",
    ("account", "account_holder"): "account_holder",
    ("account", "code"): "account",
    ("bank", "name"): "account_holder",
    ("decision_no", "code"): "decision_no",
    ("decision_no", "number"): "decision_no",
    ("decision_no", "decided_on"): "decided_on",
    ("address", "number"): "address",
    ("total", "allowance"): "total",
    ("id_number", "number"): "id_number",
    ("birth", "sex_male"): "birth_male",
    ("birth", "sex_female"): "birth_female",
    ("sex", "sex_male"): "sex_male",
    ("sex", "sex_female"): "sex_female",
}
"""(upper heading, lower heading) -> meaning, where the lower one alone would say something else."""

LABELS: Final = {
    "number": "STT",
    "code": "Mã đối tượng",
    "book_no": "Số sổ",
    "name": "Họ và tên",
    "family_name": "Họ và tên đệm",
    "birth": "Ngày sinh",
    "birth_male": "Năm sinh (nam)",
    "birth_female": "Năm sinh (nữ)",
    "birth_day": "Ngày (sinh)",
    "birth_month": "Tháng (sinh)",
    "birth_year": "Năm (sinh)",
    "sex": "Giới tính",
    "sex_male": "Nam",
    "sex_female": "Nữ",
    "id_number": "Số CCCD",
    "issued_on": "Ngày cấp",
    "issued_at": "Nơi cấp",
    "address": "Địa chỉ",
    "hamlet": "Thôn, tổ",
    "commune": "Xã, phường",
    "district": "Huyện",
    "province": "Tỉnh",
    "benefit": "Đối tượng",
    "percent": "Tỷ lệ",
    "decision_no": "Số quyết định",
    "decided_on": "Ngày quyết định",
    "entitled_from": "Hưởng từ tháng",
    "stopped_from": "Dừng từ tháng",
    "coefficient": "Hệ số",
    "coefficient_old": "Hệ số cũ",
    "coefficient_new": "Hệ số mới",
    "amount_old": "Mức cũ",
    "amount_new": "Mức mới",
    "standard": "Mức chuẩn",
    "allowance": "Trợ cấp",
    "supplement": "Phụ cấp",
    "attendant": "Trợ cấp người phục vụ",
    "care": "Kinh phí chăm sóc",
    "arrears": "Truy lĩnh",
    "arrears_months": "Số tháng truy lĩnh",
    "deduction": "Khấu trừ",
    "funeral": "Mai táng phí",
    "one_off": "Trợ cấp một lần",
    "total": "Tổng số tiền",
    "subtotal": "Cộng một phần",
    "signature": "Ký nhận",
    "payee_name": "Người nhận thay",
    "payee_relation": "Quan hệ",
    "payee_id": "CCCD người nhận",
    "phone": "Số điện thoại",
    "account": "Số tài khoản",
    "account_holder": "Chủ tài khoản",
    "bank": "Ngân hàng",
    "branch": "Chi nhánh",
    "way": "Hình thức nhận",
    "point": "Điểm chi trả",
    "note": "Ghi chú",
    "reason": "Lý do",
    "difference": "Chênh lệch",
    "ethnicity": "Dân tộc",
    "insurance": "Thẻ BHYT",
    "payee_birth": "Ngày sinh người nhận",
    "payee_address": "Địa chỉ người nhận",
    "payee_sex": "Giới tính người nhận",
    "payee_issued_on": "Ngày cấp (người nhận)",
    "": "không dùng",
}
"""Our words as people read them, for the screen where columns are put right."""
