"""The rules of the award register."""
