"""Measurements: how fast the house is, each against a named limit measured in the same run.

Words: a *limit* is the least work that any design must do on this machine today; the *ratio* to it can be compared
between machines, seconds cannot. A *ground* is a temporary database. In: nothing; out: a table, or JSON.
"""
