"""Official figures of a place: sources, indicators, series, and people by age."""
