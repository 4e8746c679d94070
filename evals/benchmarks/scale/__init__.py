"""How the index layer grows: keyword indexes and vector stores from a thousand passages to a million."""
