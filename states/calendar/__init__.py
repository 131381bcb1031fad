"""Which days count."""
