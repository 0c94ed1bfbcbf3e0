"""Pages of conversations: voting and writing for participants, and the work of those who run them."""
