"""Background doors of stories."""
