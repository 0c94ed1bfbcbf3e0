"""What came of it: the direction page, the report of the day, open data."""
