"""The sessions of the council."""
