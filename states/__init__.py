"""The rules of award dossiers as plain values."""
