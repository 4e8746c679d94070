"""Fitting what ships: each script writes constants, with where they came from."""
