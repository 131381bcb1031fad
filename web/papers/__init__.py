"""What leaves on paper or as a package."""
