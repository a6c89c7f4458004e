"""Looking at running processes (Linux)."""

from __future__ import annotations

import socket
import time
import urllib.error
import urllib.request
from pathlib import Path


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until_ready(url: str, seconds: float = 60) -> None:
    """Wait until a URL answers.

    Raises
    ------
    TimeoutError
        If it does not in time.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


def proportional_memory(pid: int) -> float:
    """Memory of a process and its descendants in MiB, shared pages counted once (PSS)."""
    own = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kibibytes = next(int(line.split()[1]) for line in own.splitlines() if line.startswith("Pss:"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return kibibytes / 1024 + sum(proportional_memory(int(child)) for child in children)
