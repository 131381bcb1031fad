"""A person's own work."""
