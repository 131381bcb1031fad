"""What official papers take from the rules."""
