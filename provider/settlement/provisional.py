"""The settlement as it would be now: a draft out of the books of a month that is not closed yet."""

from sqlalchemy.orm import Session

from provider.audit import queries as day_book
from provider.clock import Month
from provider.settlement.closing import periods_of
from provider.settlement.frozen import Content
from provider.settlement.service import content_of


def content(session: Session, agency_id: int, month: Month) -> tuple[Content, str]:
    """What a settlement drawn up now would hold, numbered 0, and the head of the day book. Raises NothingToSettle."""
    drawn = content_of(session, periods_of(session, agency_id, month, locked=False), 0)
    return drawn, day_book.head(session)[1]
