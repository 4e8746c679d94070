"""Measurements of single parts on named data: each module is run with `python -m` and prints a table."""
