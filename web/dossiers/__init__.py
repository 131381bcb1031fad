"""The pages of award dossiers."""
