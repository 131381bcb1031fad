"""Packages from one installation to another."""
