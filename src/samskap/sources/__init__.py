"""Official figures: one publisher a file, fetched politely, checked, and returned as plain values. No Django."""
