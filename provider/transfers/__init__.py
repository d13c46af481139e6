"""Account transfers: batches to the bank, answers back, bounces back to unpaid."""
