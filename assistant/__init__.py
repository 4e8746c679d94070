"""Asking questions and getting answers that stand on passages."""
