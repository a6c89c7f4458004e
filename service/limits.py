"""How many requests a key, or an address without one, may make in a minute; each document of a batch is one.

The headers are those of draft-ietf-httpapi-ratelimit-headers-10.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Network, ip_address
from time import time
from typing import Final

from flask import Flask, Response, current_app, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from service.authentication import PROTECTED
from service.counters import Counter, RedisCounter, SharedCounter, connect
from service.problems import Problem
from service.settings import Settings

#: Length of a window in seconds; windows follow the clock, so that instances agree on them.
WINDOW: Final = 60


@dataclass(frozen=True, slots=True)
class Quota:
    """What a client has left.

    Attributes
    ----------
    limit : int
        Requests in a window.
    remaining : int
        Requests left in this one; below 0 where it has been exceeded.
    reset : int
        Seconds until the next.
    """

    limit: int
    remaining: int
    reset: int

    def headers(self) -> dict[str, str]:
        """The quota as headers of an answer."""
        return {
            "RateLimit-Policy": f'"default";q={self.limit};w={WINDOW}',
            "RateLimit": f'"default";r={max(self.remaining, 0)};t={self.reset}',
        }


class Limiter:
    """Holds each client to its limit.

    Parameters
    ----------
    counter : Counter
    key_limit, address_limit : int
        Requests in a window with a key, and by an address without one; 0 for any number.
    """

    def __init__(self, counter: Counter, *, key_limit: int, address_limit: int) -> None:
        self._counter = counter
        self._key_limit = key_limit
        self._address_limit = address_limit

    def spend(self, key: str | None, address: str) -> Quota | None:
        """Count a request of a client; None if it may make any number."""
        limit = self._address_limit if key is None else self._key_limit
        if not limit:
            return None
        now = time()
        window = int(now // WINDOW)
        # Names of keys have no colon.
        remaining = limit - self._counter.count(key or f"address:{_network(address)}", window)
        return Quota(limit, remaining, max(1, math.ceil((window + 1) * WINDOW - now)))


def _network(address: str) -> str:
    """An address; of those of IPv6, of which everybody has many, the part that the provider gives out."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv4Address):
        return address
    return str(parsed.ipv4_mapped or IPv6Network((parsed, 64), strict=False).network_address)


def spend() -> None:
    """Count a request, or a document, of the client that is being answered.

    Raises
    ------
    Problem
        Of status 429, if it is beyond the limit.
    """
    limiter: Limiter = current_app.extensions["limiter"]
    g.quota = limiter.spend(g.key.name if g.key else None, request.remote_addr or "")
    if g.quota and g.quota.remaining < 0:
        raise Problem(429, headers={"Retry-After": str(g.quota.reset)})


def init_app(app: Flask, settings: Settings) -> None:
    """Count the requests of each client, answer with what is left of its limit, and refuse what is beyond."""
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0, x_port=0, x_prefix=0
        )
    counter: Counter = RedisCounter(connect(settings.redis_url), WINDOW) if settings.redis_url else SharedCounter()
    app.extensions["limiter"] = Limiter(counter, key_limit=settings.rate_limit, address_limit=settings.address_limit)

    @app.before_request
    def limit() -> None:
        if request.path.startswith(PROTECTED) and request.method != "OPTIONS":
            spend()

    @app.after_request
    def tell(response: Response) -> Response:
        if g.get("quota"):
            response.headers.update(g.quota.headers())
        return response
