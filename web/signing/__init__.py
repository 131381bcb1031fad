"""Many cases signed at once."""
