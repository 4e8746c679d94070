"""How fast the real server answers: its first question, its first words, and under load while it is fed."""
