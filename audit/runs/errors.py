"""What ends a run before its end."""

from __future__ import annotations


class RunError(Exception):
    """A run that cannot start or go on. The message is for the auditor, and quotes no text of the archive."""
