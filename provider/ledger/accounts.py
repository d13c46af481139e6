"""Where money can be, as values: a short text that names the place."""

CASH, HOME, ACCOUNT = "recipient:cash", "recipient:home", "recipient:account"
"""With the people it was meant for, by the way it reached them."""

RECIPIENTS = (CASH, HOME, ACCOUNT)


def agency(agency_id: int) -> str:
    """With the agency that sends the money and takes back what was not paid."""
    return f"agency:{agency_id}"


def deposit(office_id: int) -> str:
    """On our deposit account, kept for the post office of the contract."""
    return f"deposit:{office_id}"


def safe(office_id: int) -> str:
    """In the safe of a post office."""
    return f"safe:{office_id}"


def till(till_id: int) -> str:
    """In the till of one payer: at an opening, at the counter or on a round."""
    return f"till:{till_id}"


def batch(batch_id: int) -> str:
    """On its way to accounts, in a batch handed to the bank."""
    return f"batch:{batch_id}"


def carried(office_id: int) -> str:
    """Taken over from one period into the next; empty again as soon as both sides are booked."""
    return f"carried:{office_id}"
