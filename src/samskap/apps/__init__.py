"""The steps of co-creation, one folder each. A later step may import an earlier one, never the other way."""
