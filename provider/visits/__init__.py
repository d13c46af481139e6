"""Home visits: rounds of couriers and their doors.

Words: a *round* is one courier, one day, the doors to visit; a *stop* is one payout on a round; a *door* is one person,
with all stops of that person together. In: payouts whose channel is home. Out: the round's sheet, in the order of the
doors, and what `payday` needs to pay at a door. This room only plans: money is handed out, and people missed, from the
till of the round in `payday`; what became of a stop is the state of its payout.
"""
