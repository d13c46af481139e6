"""Every kind of deed, as "room:verb". A deed of a kind not listed here cannot be noted."""

from enum import StrEnum


class DeedKind(StrEnum):
    """What can be done in this house, in the words of the rooms."""

    SIGNED_IN = "staff:signed_in"
    SIGN_IN_FAILED = "staff:sign_in_failed"
    SIGNED_OUT = "staff:signed_out"
    SESSION_LOCKED = "staff:session_locked"
    SESSION_UNLOCKED = "staff:session_unlocked"
    STAFF_APPOINTED = "staff:appointed"
    STAFF_ACTIVATED = "staff:activated"
    ACTIVATION_RENEWED = "staff:activation_renewed"
    POINTS_ASSIGNED = "staff:points_assigned"
    STAFF_SUSPENDED = "staff:suspended"
    STAFF_REINSTATED = "staff:reinstated"
    SESSION_ENDED = "staff:session_ended"
    PASSWORD_CHANGED = "staff:password_changed"
    PIN_SET = "staff:pin_set"
    LANGUAGE_CHOSEN = "staff:language_chosen"
    SECOND_FACTOR_SET = "staff:second_factor_set"
    SECOND_FACTOR_REMOVED = "staff:second_factor_removed"
    ROLE_PROPOSED = "staff:role_proposed"
    ROLE_CONFIRMED = "staff:role_confirmed"
    ROLE_DECLINED = "staff:role_declined"

    UNITS_TAKEN_IN = "places:units_taken_in"
    OFFICE_OPENED = "places:office_opened"
    AGENCY_REGISTERED = "agreements:agency_registered"
    CONTRACT_SIGNED = "agreements:contract_signed"
    RATE_SET = "agreements:rate_set"
    TARIFF_SET = "agreements:tariff_set"

    PERSON_CORRECTED = "recipients:corrected"
    PAYEE_NAMED = "recipients:payee_named"
    PAYEE_ENDED = "recipients:payee_ended"
    WAY_CHOSEN = "recipients:way_chosen"
    PERSONAL_DATA_SEEN = "recipients:seen"

    MONEY_BOOKED = "ledger:booked"
    MONEY_REVERSED = "ledger:reversed"

    PERIOD_OPENED = "payouts:period_opened"
    PERIOD_LOCKED = "payouts:period_locked"
    PAYOUT_HELD = "payouts:held"
    PAYOUT_RELEASED = "payouts:released"
    CHANNEL_PLANNED = "payouts:channel_planned"
    CHANNEL_MOVED = "payouts:channel_moved"

    LIST_RECEIVED = "lists:received"
    LIST_RECHECKED = "lists:rechecked"
    LIST_ACCEPTED = "lists:accepted"
    LIST_REJECTED = "lists:rejected"
    LIST_REPLACED = "lists:replaced"
    DECREASE_REPORTED = "lists:decrease_reported"
    DECREASE_SENT = "lists:decrease_sent"
    DECREASE_ANSWERED = "lists:decrease_answered"
    FUNDS_RECEIVED = "lists:funds_received"

    POINT_OPENED = "points:point_opened"
    OPENING_PLANNED = "points:opening_planned"
    OPENING_CHANGED = "points:opening_changed"
    OPENING_CANCELLED = "points:opening_cancelled"
    OPENING_CLOSED = "points:opening_closed"
    SEATED = "points:seated"
    SEAT_MOVED = "points:seat_moved"

    ROUND_PLANNED = "visits:round_planned"
    ROUND_CLOSED = "visits:round_closed"
    BATCH_BUILT = "transfers:batch_built"
    BATCH_CANCELLED = "transfers:batch_cancelled"
    BATCH_SENT = "transfers:batch_sent"
    BATCH_ANSWERED = "transfers:batch_answered"

    ADVANCE_ISSUED = "payday:advance_issued"
    ADVANCE_CANCELLED = "payday:advance_cancelled"
    SLIPS_PRINTED = "payday:slips_printed"
    TILL_OPENED = "payday:till_opened"
    TILL_TOPPED_UP = "payday:till_topped_up"
    TILL_CLOSED = "payday:till_closed"
    TILL_EXPLAINED = "payday:till_explained"
    HANDED_OUT = "payday:handed_out"
    MISSED = "payday:missed"
    HAND_OUT_REFUSED = "payday:refused"
    UNDO_ASKED = "payday:undo_asked"
    UNDO_CONFIRMED = "payday:undo_confirmed"
    UNDO_DECLINED = "payday:undo_declined"

    CARRIED_OVER = "settlement:carried_over"
    MONEY_RETURNED = "settlement:money_returned"
    CUT_OFF = "settlement:cut_off"
    SETTLEMENT_DRAWN_UP = "settlement:drawn_up"
    SETTLEMENT_CONFIRMED = "settlement:confirmed"
    PAPER_ISSUED = "settlement:paper_issued"

    DEMO_MADE = "demo:made"

    @property
    def room(self) -> str:
        """The room the deed was done in."""
        return self.value.partition(":")[0]

    @property
    def verb(self) -> str:
        """What was done there."""
        return self.value.partition(":")[2]
