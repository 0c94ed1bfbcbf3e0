"""What the municipality faces, and the questions it asks about it."""
