"""The index: the catalogue, vectors, keywords, and retrieval over them."""
