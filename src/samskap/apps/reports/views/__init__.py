"""The pages: the common direction, the reports of days and initiatives, and the follow-up of a year."""
