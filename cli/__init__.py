"""The command line of the workflow engine."""
