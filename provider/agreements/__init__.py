"""Agreements: for whom we pay, what people are entitled to, and what we are paid for it.

Words: an *agency* sends lists and money; a *programme* is BTXH, NCC or HTXH; a *contract* is one agency, one programme
and the post office that pays; a *benefit* is one kind of entitlement with a code; a *standard* is the amount that
coefficients multiply; a *rate* is a fixed amount from a day on; a *tariff* is our fee. Everything has effective dates
and nothing is overwritten: an old month is always computed as it was.
"""
