"""Cash points: where, when, with how many people at which hour."""
