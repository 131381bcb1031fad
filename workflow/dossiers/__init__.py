"""What happens to award dossiers."""
