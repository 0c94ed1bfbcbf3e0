"""Background doors."""
