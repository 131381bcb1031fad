"""The award register."""
