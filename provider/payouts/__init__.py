"""The spine: one payout is one line of one person, one programme, one month, and its whole life.

Words: a *period* is one agency, one programme, one month; a *payout* is what one row of an accepted list entitles one
person to; its *components* are allowance, arrears, one-off sums and deductions; its *channel* is how it shall reach the
person. In: accepted rows from `lists`. Out: what points, visits, transfers and payday work on. Its state changes only
through ``service.take_step``; the whole life stands in ``lifecycle.py``.
"""
