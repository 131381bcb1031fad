"""What auditors read, what verification finds."""
