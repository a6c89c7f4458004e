from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest

from service.logs import JsonFormatter


def line(name: str, message: Any, *arguments: Any, exc_info: Any = None) -> dict[str, Any]:
    record = logging.LogRecord(name, logging.ERROR, "somewhere.py", 1, message, arguments, exc_info)
    formatted = JsonFormatter().format(record)
    assert "\n" not in formatted
    event: dict[str, Any] = json.loads(formatted)
    return event


def test_what_the_service_says_is_written() -> None:
    event = line("service.keys", "keys taken anew: %d", 3)
    assert (event["level"], event["logger"], event["message"]) == ("error", "service.keys", "keys taken anew: 3")


@pytest.mark.parametrize("message", ["Error handling request %s", ValueError("Wisteria")])
def test_what_others_fill_in_is_not(message: Any) -> None:
    arguments = ("/v1/score?Wisteria",) if isinstance(message, str) else ()
    event = line("gunicorn.error", message, *arguments)
    assert event["message"] in {"Error handling request %s", "ValueError"}
    assert "Wisteria" not in json.dumps(event)


def test_exceptions_without_their_message() -> None:
    try:
        int("Wisteria")
    except ValueError:
        event = line("gunicorn.error", "fell", exc_info=sys.exc_info())
    assert event["exception"] == "ValueError"
    assert "test_logs.py" in "".join(event["traceback"])
    assert "invalid literal" not in json.dumps(event)
