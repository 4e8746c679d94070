"""Footnote beside other systems: the same articles, questions and embedding model, measured in turn."""
