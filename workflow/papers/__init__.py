"""Official papers, scans, minutes."""
