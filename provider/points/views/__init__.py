"""The doors of this room."""

from provider.points.views import opening, planning
from provider.points.views.shared import bp

__all__ = ["bp", "opening", "planning"]
