"""What is done with the money that a rule leaves, and with its choice as a whole."""
