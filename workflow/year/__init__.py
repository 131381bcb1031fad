"""The year's plan with the duties it brings."""
