"""Pages of gatherings: the door and the phone for those who come, the hall, and the work pages of those who run it."""
