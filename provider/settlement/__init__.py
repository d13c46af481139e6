"""Closing the month: cut-off, carry-over and returns, the settlement table, the fee.

What comes in: the cash book and the payouts of an agency's month (all its programmes together), and the tariffs of its
contracts. What goes out: a settlement in versions, drawn up by one person and confirmed by another, frozen as text with
its hash; its papers, made once and kept as issued (``issuing``); the self-checks of the books (``checks``).

The words of this room: *cut off* (chốt kỳ) ends the paying of a month, what is left is *carried over* into the next
month or *given back* to the agency; the *statement* (bảng kê) is the table like a bank's; *confirm* locks the month for
ever. opening + received = paid + returned + carried + closing, always.
"""
