"""The doors of this room: tills, people, receipts, undos on the phone; cash and slips at the desk; the public check."""

from provider.payday.views import cash, people, receipts, slips, tills
from provider.payday.views.shared import bp, public_bp

__all__ = ["bp", "cash", "people", "public_bp", "receipts", "slips", "tills"]
