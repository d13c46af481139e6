"""The start page of each role, the progress of a month, the day book on screen."""
