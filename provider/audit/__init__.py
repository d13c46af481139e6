"""The day book: who did what, when, from which session.

Words: a *deed* is one thing one person did; it is *about* one thing ("payout:12") and *within* a larger one
("period:3"). In: every service notes its deed in the transaction of the deed. Out: the story of a payout, the day book
on screen, and the head of the chain that is printed on settlements. Deeds are chained by hash and never edited.
"""
