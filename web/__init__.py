"""Pages with a JSON API over the workflow."""
