"""Payout lists: taken in from the agencies, checked, tied out, compared, accepted.

What comes in: a file as an office really sends it (``reading``), the month and the programme it is for, and what the
house already knows (``checks.Known``). What goes out: rows, each with the file's own words and row number, each good or
with a stated problem; and whether the list agrees with itself and with what its sender declared (``tie_out``).

The words of this room: a *list* (danh sách chi trả) is one file of one agency, programme and month, in a *version*;
a *row* is one line of a person; a *section* is a heading line between rows (a commune, a category) that may carry a
sum; *problems* have a level: an *error* keeps a row from becoming a payout, a *warning* asks somebody to look, a
*notice* only tells what was understood.

A list of *movements* (tăng, giảm, điều chỉnh) pays nobody: it explains the *differences* between two months, which are
asked of the rows whenever somebody looks (``comparing``). A *report* (báo giảm) goes the other way: the unit tells the
agency who should be paid no more, holds the money, and waits for the *answer*.
"""
