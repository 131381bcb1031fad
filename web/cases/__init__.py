"""What the pages of every kind of case have in common."""
