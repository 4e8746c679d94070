"""Asking questions and getting answers that stand on passages."""

from assistant import siblings as siblings  # first: makes the imports below find our own packages
