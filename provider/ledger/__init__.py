"""The cash book: every đồng that moved, once, forever.

Words: an *entry* moves an amount *from* one account *to* another, so the book balances by construction; a *reversal*
is an entry the other way that names the one it undoes. Accounts are values (``accounts.py``), not rows. In: services of
the rooms above book and reverse. Out: balances, statements, the lines of the settlement. Nothing is edited: triggers
refuse it, and a unique index lets a payout be paid again only after its payment was reversed.
"""
