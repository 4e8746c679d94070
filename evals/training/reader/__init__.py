"""Training of the reader that finds the sentences and the span that answer a question in a passage."""
