"""Background doors of ideas, opportunities and initiatives."""
