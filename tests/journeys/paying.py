"""The middle chapters: cash out of the safe, the payer's day on the phone, the second person, the courier at a door."""

import io
import re
from dataclasses import dataclass

import zxingcpp
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import select

from provider.figures import dong, plain
from provider.money import Money
from provider.names import fold
from provider.payouts.models import Payout
from provider.places.models import AdminUnit
from provider.points.models import Seat
from provider.recipients.models import Person
from provider.words import amount_in_words
from tests.journeys.browsing import Visitor
from tests.journeys.cast import Part
from tests.journeys.preparing import COMMUNE
from tests.journeys.running import House


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who is expected at the opening, as the agency's list has them."""

    name: str
    id_number: str
    amount: Money


def expected_people(house: House) -> list[Expected]:
    """Who has a seat in the commune of the journey, with a name and a number that nobody there shares."""
    store = house.store()
    with store.read() as session:
        rows = session.execute(
            select(Person.name, Person.id_number, Payout.amount)
            .join(Payout, Payout.person_id == Person.id)
            .join(Seat, Seat.payout_id == Payout.id)
            .join(AdminUnit, AdminUnit.id == Payout.commune_id)
            .where(AdminUnit.name == COMMUNE)
            .order_by(Payout.id)
        ).all()
        everybody = [fold(name) for name in session.scalars(select(Person.name))]
    store.close()
    return [Expected(*row) for row in rows if row.id_number and everybody.count(fold(row.name)) == 1]


def draw_cash(cashier: Visitor, amount: Money) -> None:
    """Cash from the deposit account into the safe."""
    cashier.go("/payday/cash")
    form = cashier.page.locator("#withdraw")
    form.get_by_label(re.compile("Số tiền rút")).fill(plain(amount))
    form.get_by_label(re.compile("Số séc")).fill("SEC 0905")
    cashier.press("Ghi rút tiền")
    cashier.told(f"Đã rút {dong(amount)}")


def prepare_advance(cashier: Visitor, part: Part, place: str, amount: Money) -> None:
    """Cash counted out for a payer, for an opening or a round whose name holds ``place``."""
    form = cashier.page.locator("#advance")
    form.get_by_label("Giao cho").select_option(label=part.name)
    option = form.get_by_label("Chi tại").locator("option").filter(has_text=place).first
    form.get_by_label("Chi tại").select_option(option.get_attribute("value"))
    form.get_by_label("Số tiền tạm ứng").fill(plain(amount))
    cashier.press("Chuẩn bị tạm ứng")
    cashier.told(f"Đã chuẩn bị tạm ứng {dong(amount)}")
    cashier.picture("cash")


def take_over(payer: Visitor, amount: Money) -> None:
    """Count the advance: a wrong count opens nothing, the right one opens the till."""
    payer.go("/payday/")
    payer.picture("till-waiting")
    payer.page.get_by_label("Số tiền bạn vừa đếm").fill(plain(amount - Money(10_000)))
    payer.press(re.compile("Nhận tiền và mở quỹ"))
    payer.told("không khớp")
    payer.picture("till-count-differs")
    payer.page.get_by_label("Số tiền bạn vừa đếm").fill(plain(amount))
    payer.press(re.compile("Nhận tiền và mở quỹ"))
    expect(payer.page.locator("#till-left")).to_contain_text(plain(amount))
    payer.picture("queue")


def look_for(payer: Visitor, words: str) -> None:
    """Type into the search of the phone; the answer comes by itself."""
    if not payer.page.locator("#q").count():
        payer.go("/payday/")
    payer.page.locator("#q").fill(words)


def choose(payer: Visitor, one: Expected) -> None:
    """Among the hits, this person: the card says who, and how much in figures and in words."""
    payer.page.locator("#found").get_by_role("link", name=re.compile(re.escape(one.name))).click()
    read_card(payer, one)


def read_card(payer: Visitor, one: Expected) -> None:
    """The one card of a person."""
    expect(payer.page).to_have_url(re.compile(r"/payday/people/\d+$"))
    card = payer.page.locator("#result")
    expect(card).to_contain_text(one.name)
    expect(card).to_contain_text(one.id_number[-3:])
    expect(card).not_to_contain_text(one.id_number)
    expect(card).to_contain_text(dong(one.amount))
    expect(card).to_contain_text(amount_in_words(one.amount))


def hand_out(payer: Visitor, *, twice: bool = False) -> str:
    """Tick what must be looked at, press the one big button; the address of the receipt."""
    page = payer.page
    for point in page.locator("[data-must-tick]").all():
        point.check()
    button = page.locator(".button-money")
    expect(button).to_be_enabled()
    if twice:
        button.dblclick()
    else:
        button.click()
    expect(page).to_have_url(re.compile(r"/payday/receipts/\d+"))
    return page.url


def check_receipt(payer: Visitor, stranger: Visitor, one: Expected) -> None:
    """The QR on the phone's screen leads whoever scans it to a page that says nothing personal."""
    shown = payer.page.locator("img[src*='/payday/receipts/']")
    expect(shown).to_be_visible()
    picture = Image.open(io.BytesIO(shown.screenshot()))
    address = zxingcpp.read_barcodes(picture)[0].text
    assert address.startswith(payer.house.address + "/v/CT1")
    assert stranger.go(address) == 200
    stranger.told("Hợp lệ")
    stranger.told("Tháng 09/2024")
    expect(stranger.page.locator("main")).not_to_contain_text(one.name)
    stranger.picture("receipt-check")
    assert stranger.go(address[:-1] + ("A" if address[-1] != "A" else "B")) == 404
    stranger.told("Không hợp lệ")


def ask_undo(payer: Visitor, receipt: str) -> None:
    """Handed to the wrong person: ask that it be undone."""
    payer.go(receipt)
    payer.page.locator("summary").filter(has_text="Đề nghị hủy").click()
    payer.page.get_by_label("Vì sao cần hủy?").fill("Đưa nhầm người trùng họ; đã lấy lại tiền.")
    payer.press("Gửi đề nghị hủy")
    payer.told("Người thứ hai phải xác nhận")
    payer.picture("undo-asked")
    payer.go("/payday/undos")
    payer.told("Cần người khác xác nhận")


def agree_to_undo(colleague: Visitor) -> None:
    """The second person, on a phone of their own."""
    colleague.go("/payday/undos")
    colleague.picture("undos")
    colleague.press(re.compile("(Đồng ý|Xác nhận) hủy"))
    colleague.told(re.compile("Đã hủy lần chi"))


def close_till(payer: Visitor, left: Money) -> None:
    """Count what is left without being told what it should be, and hand it back."""
    payer.go("/payday/")
    payer.follow("Đóng quỹ")
    expect(payer.page.locator("body")).not_to_contain_text(plain(left))
    payer.picture("till-closing")
    payer.page.get_by_label(re.compile("đếm được")).fill(plain(left))
    payer.press(re.compile("đóng quỹ|và đóng"))
    payer.told("Đã đóng quỹ")
    expect(payer.page.locator("body")).not_to_contain_text("Số đếm khác số sổ")
    payer.picture("till-closed")


def visit_a_door(courier: Visitor, advance: Money) -> Money:
    """The courier takes the advance, pays at the first door of the round, comes back; what was paid."""
    take_over(courier, advance)
    courier.go("/visits/")
    courier.picture("rounds-mine")
    courier.page.locator(".queue a").first.click()
    courier.picture("round-sheet")
    courier.page.locator(".queue a").first.click()
    expect(courier.page).to_have_url(re.compile(r"/payday/people/\d+$"))
    courier.picture("door-card")
    paid = Money.read(courier.page.locator(".money-huge").inner_text())
    hand_out(courier)
    close_till(courier, advance - paid)
    courier.go("/visits/")
    courier.page.locator(".queue a").first.click()
    courier.confirm("Kết thúc tuyến", "Kết thúc tuyến")
    courier.told("Đã kết thúc tuyến.")
    return paid
