"""Payout day on the phone and at the counter: slips, tills, hand-outs, receipts, undo."""
