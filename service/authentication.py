"""Who may ask: whoever holds a key, or anyone while there are no keys."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Flask, g, request

from service.keys import KeyRing
from service.problems import Problem
from service.settings import Settings

#: What needs a key; probes, metrics and the documentation do not.
PROTECTED = "/v1/"


class ExposedError(Exception):
    """The service would be open to others than this machine, and nobody has said that it should be."""


def check_exposure(settings: Settings, host: str) -> None:
    """Refuse to serve strangers without keys.

    Raises
    ------
    ExposedError
        If ``host`` is not the loopback, there is no file of keys, and the settings do not open the service.
    """
    if not (settings.open or settings.keys.exists() or _is_loopback(host)):
        raise ExposedError(
            f"anyone who can reach {host} could use the service: make a key with 'onrecord keys add NAME', "
            "or set ONRECORD_OPEN=1"
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _credentials() -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return request.headers.get("X-API-Key")


def init_app(app: Flask, settings: Settings) -> None:
    """Ask for a key, by ``Authorization: Bearer`` or ``X-API-Key``, and note in ``g.key`` whose it is.

    Raises
    ------
    KeysError
        If the file of keys cannot be read.
    """
    ring = KeyRing(settings.keys)

    @app.before_request
    def authenticate() -> None:
        g.key = None
        # A browser asks without credentials what it may send (OPTIONS).
        if not request.path.startswith(PROTECTED) or request.method == "OPTIONS" or not ring.required:
            return
        secret = _credentials()
        g.key = ring.find(secret) if secret else None
        if g.key is None:
            raise Problem(401, headers={"WWW-Authenticate": 'Bearer realm="onrecord"'})
