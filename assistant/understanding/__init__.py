"""Understanding a question: what it asks for, what it leans on, and which days it speaks of."""

from assistant.understanding.understand import understand

__all__ = ["understand"]
