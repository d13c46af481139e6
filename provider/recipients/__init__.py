"""Recipients: the people we pay, and who may collect for them.

Words: a *person*; an *entitlement* (one benefit of one person through one agency); a *payee* is who may collect: the
person, a guardian, a proxy, a carer, between two days; a *way* is how money shall reach the person: cash point, home,
account. In: rows of accepted lists (``take_in_many``), corrections by hand. Out: search, the card of a person, ways for
planning. Numbers of identity cards are shown masked; seeing one whole is noted in the day book.
"""
