"""Reading sources, extracting articles and cutting them into passages."""
