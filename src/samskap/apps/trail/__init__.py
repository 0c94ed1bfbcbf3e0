"""What happened: an append-only record, chained by hash, and the public history of each thing."""
