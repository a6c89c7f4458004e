"""Whether the service can listen where it is told to: gunicorn tries for seconds, and does not tell what is wrong."""

from __future__ import annotations

import socket


class AddressError(Exception):
    """An address on which the service cannot listen."""


def check_address(host: str, port: int) -> None:
    """Try an address.

    Raises
    ------
    AddressError
        If it is in use, not this machine's, or none at all.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AddressError(
                f"cannot listen on {host}, port {port}: {error.strerror}; --host and --port choose others"
            ) from error
