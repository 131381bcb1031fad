"""What units owe."""
