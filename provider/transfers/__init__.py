"""Account transfers: batches to the bank, answers back, bounces back to unpaid.

Words: a *batch* is what one agency's month sends to the bank together, built by one person and released by another; a
*line* is one payout in it; an *answer* is what the bank says of a line. In: payouts whose channel is account. Out: the
bank's file; payments in the cash book; what came back is due again, in cash. ``rules.may_enter`` says who may enter and
why others may not.
"""
