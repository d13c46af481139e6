"""The rooms that have doors to the web, and the guard at every door."""

from flask import Flask

from provider import doors
from provider.agreements.views import bp as agreements
from provider.desk.views import bp as desk
from provider.lists import difference_views, report_views  # noqa: F401  (more doors of the same room)
from provider.lists.views import bp as lists
from provider.payday.views import bp as payday
from provider.payday.views import public_bp as receipts
from provider.payouts.views import bp as payouts
from provider.places.views import bp as places
from provider.points.views import bp as points
from provider.recipients.views import bp as recipients
from provider.settlement.views import bp as settlement
from provider.staff import guard
from provider.staff.views import bp as staff
from provider.transfers.views import bp as transfers
from provider.visits.views import bp as visits

ROOMS = (
    desk,
    staff,
    places,
    agreements,
    recipients,
    payouts,
    lists,
    points,
    visits,
    transfers,
    payday,
    receipts,
    settlement,
)


def register(app: Flask) -> None:
    """Hang every room's door in, and set the guard before all of them."""
    for room in ROOMS:
        app.register_blueprint(room)
    guard.watch(app)
    doors.show(app)
