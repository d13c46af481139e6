"""Small helpers to read back what the house made: its books, its pages, its papers."""

from sqlalchemy.orm import Session


def untrue_sentences(session: Session) -> list[str]:
    """What must be true of the books and is not, as sentences."""
    from provider.settlement.checks import differences  # the whole house is loaded by it: not for the pure tests

    return [f"{difference.sentence} {', '.join(difference.where)}" for difference in differences(session)]
