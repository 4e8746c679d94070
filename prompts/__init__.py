"""The prompt texts and their loader."""

from .loader import Prompt, PromptError, load_prompt, parse_prompt, prompt_names
from .refusal import REFUSAL

__all__ = ["REFUSAL", "Prompt", "PromptError", "load_prompt", "parse_prompt", "prompt_names"]
