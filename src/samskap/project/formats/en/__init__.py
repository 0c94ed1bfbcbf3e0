"""English as it is written in Europe: the day before the month, and 24 hours."""
