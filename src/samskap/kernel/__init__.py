"""Plain values that every floor shares: time, municipalities, the error family. No Django here."""
