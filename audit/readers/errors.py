"""What stops a run before it starts."""

from __future__ import annotations


class InputError(Exception):
    """Inputs that cannot be read as asked; the message says what to mend, and quotes no text of an article."""
