"""Processes, drawn, compared, told."""
