"""The doors of the staff room: coming in and going out, one's own account, the staff list."""

from provider.staff.views import account, entrance, register
from provider.staff.views.blueprint import bp

__all__ = ["account", "bp", "entrance", "register"]
