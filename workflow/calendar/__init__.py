"""Corrections of the working days."""
