"""The prompt texts and their loader."""
