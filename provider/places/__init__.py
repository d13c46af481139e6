"""Places: the country's administrative units through time, and our own post offices.

Words: a *unit* is a province, a district (until 30/06/2025) or a commune, with the days between which it existed; a
unit *became* others when the map was redrawn; a *post office* is ours: the province, an area under it, a counter. In:
the published units before and since 01/07/2025, post offices. Out: which commune a list means, what an old commune is
called today, which offices lie under one.
"""
