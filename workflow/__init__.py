"""Commands that move award dossiers under the rules."""
