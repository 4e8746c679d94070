"""Answering in the articles' own sentences, with no language model."""
