"""The processes, drawn, compared."""
