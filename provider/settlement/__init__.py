"""Closing the month: cut-off, carry-over and returns, the settlement table, the fee."""
