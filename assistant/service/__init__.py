"""The HTTP service: the API routes, what protects them, and the one object that routes and page both ask."""
