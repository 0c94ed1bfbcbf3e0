"""What is checked of every outcome, one subject a file."""
