"""Passphrases that can be typed on any keyboard: words without diacritics, drawn anew for every installation."""

import secrets
from typing import Final

from provider.staff.passwords import refuse_weak
from provider.staff.refusals import PasswordTooCommon

WORDS: Final = tuple(
    """
    am ban bap bat bau bay ben beo bep bia bien bim binhnuoc bo boc bong bot bua bung buoi buom but ca cai cam
    can canh cao cat cau cay chai chan chanh chao chay che chep chiec chieu chim chin cho chum chuoi chuon
    chuong co coc cocut coi cong cot cua cui cuoc dao dau day den deo dep dia diem dieu dinhlang doi don dong
    dua duoi duong duongray ech em gach gan gao gap gau gay ghe gieng gio gioi go goc goi gom gon gung guom
    guong hat hau hem hen ho hoc hoi hom hop hot hun huou kem ken kenh keo khan khay khe khoai khoi kim kinh kip
    la lac lai lang lao lau lay lech leo lon lop lua luc luoi luong luot ma mai mam man mang manh mat may me men
    mia mit moc moi mon mong mua mui muoi muong muop nang nao nau nem nen nep nghe nghi ngoi ngon ngua nhac nhan
    nhen nho nhom nia no noi non nong nua nui nuoc oi ong ot pha phao phen phin phu quat que queo quyt ra rach
    ram ran rang rao rau ray re ren rieng ro roi rom ron ruoc ruong ruou sach san sao sau sen seo siu so soi
    song sua sung suoi suon tai tao tay te ten thac tham than thap thau thay the thep thia thoi thom thong thot
    thung thuoc thuong thuyen tieu to toc toi tom tong tra trai trau tre tren treo trong truc trung tu tum tung
    tuong uom vach vai van vang vay ve ven vet voi vong vua vung vuon xay xe xen xeo xoai xoi xom xong xuan
    xuong
    """.split()  # noqa: SIM905
)
HOW_MANY: Final = 6


def draw(*about: str) -> str:
    """Six words and two digits, about 50 bits: "gieng-soi-khay-muop-trau-vong-47"; ``about`` is whose it becomes."""
    while True:
        words = [secrets.choice(WORDS) for _ in range(HOW_MANY)]
        phrase = "-".join((*words, f"{secrets.randbelow(90) + 10}"))
        try:
            refuse_weak(phrase, second_factor=False, about=about)
        except PasswordTooCommon:
            continue
        return phrase
