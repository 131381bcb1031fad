"""Starts the command line by `python -m cli`."""

from cli.main import run

run()
