"""Everything that is read."""
