"""Payout day: cash from the safe into a hand, each đồng in the cash book and each deed in the day book.

Words. A *slip* (giấy báo lĩnh tiền) invites one person for one agency's month; its code leads to the person's card and
carries nothing else. The *safe* (két) is the cashier's. An *advance* (tạm ứng) is cash prepared for one payer; counted
blind by the payer it becomes his *till* (quỹ), at an opening, on a round or at the counter. A *hand-out* (lần chi)
pays all allowances of one person at once, against a *receipt* (biên nhận). A *miss* says why somebody was not paid. An
*undo* (hủy) takes a hand-out back by a reversal that a second person confirms while the till is open.

In: payouts that are due (`payouts`), where they are expected (`points`, `visits`), who may collect (`recipients`),
money of the agency. Out: entries in the cash book, paid payouts, slips and receipts on paper, tills that the
settlement wants closed. Nothing is corrected in place: what went wrong is reversed, and a difference of a till is a
question, not a debt.

Order of locks, so that two phones never wait for each other: till, person, payouts, and the day book last.
"""
