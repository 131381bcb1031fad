"""Static verification of process definitions."""
