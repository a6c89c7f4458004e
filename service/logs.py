"""The log: a line of JSON for each event, with no text of any article in it.

What others log may quote a request, so of their records only the template is written, not what fills it; and
of an exception its type and where it came from, not its message.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any, Final

from flask import g, has_request_context
from gunicorn.glogging import Logger  # type: ignore[import-untyped]

#: Loggers of this package, which take care of what they say.
OWN: Final = "service"


class JsonFormatter(logging.Formatter):
    """Writes a record as a line of JSON; ``extra={"fields": …}`` adds members."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        own = record.name.partition(".")[0] == OWN
        event: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage() if own else _template(record.msg),
        }
        if has_request_context() and "trace" in g:
            event |= {"request_id": g.trace.request_id, "trace_id": g.trace.trace_id, "parent_id": g.trace.parent_id}
        event |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            event["exception"] = record.exc_info[0].__name__
            event["traceback"] = traceback.format_tb(record.exc_info[2])
        return json.dumps(event, ensure_ascii=False)


def _template(message: object) -> str:
    return message if isinstance(message, str) else type(message).__name__


def configure() -> None:
    """Send all records to standard error as JSON: from this package what informs, from others what warns."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.captureWarnings(capture=True)
    logging.getLogger(OWN).setLevel(logging.INFO)


class GunicornLogger(Logger):  # type: ignore[misc] # it ships no type hints
    """gunicorn's log, in the same form."""

    def setup(self, cfg: Any) -> None:
        """Set it up."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter())
