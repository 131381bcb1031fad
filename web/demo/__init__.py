"""What only a demonstration shows."""
