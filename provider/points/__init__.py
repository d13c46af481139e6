"""Cash points: where, when, with how many people at which hour.

Words: a *point* is a place in a commune where people are paid in cash; an *opening* is one point paying on one day
within hours, for one month; a *seat* is a payout expected at an opening, in a time *slot*, at a line of the roster.
In: payouts planned for cash points. Out: the calendar, who is expected when, the roster to sign. A commune with people
to pay and no point is an alarm.
"""
