"""How many requests a key may make in a minute.

The headers are those of draft-ietf-httpapi-ratelimit-headers-10.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from time import time
from typing import Final

from flask import Flask, Response, g

from service.counters import Counter, RedisCounter, SharedCounter, connect
from service.problems import Problem
from service.settings import Settings

#: Length of a window in seconds; windows follow the clock, so that instances agree on them.
WINDOW: Final = 60


@dataclass(frozen=True, slots=True)
class Quota:
    """What a key has left.

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
    """Holds each key to its limit.

    Parameters
    ----------
    limit : int
        Requests in a window.
    counter : Counter
    """

    def __init__(self, limit: int, counter: Counter) -> None:
        self._limit = limit
        self._counter = counter

    def spend(self, key: str) -> Quota:
        """Count a request of ``key``."""
        now = time()
        window = int(now // WINDOW)
        remaining = self._limit - self._counter.count(key, window)
        return Quota(self._limit, remaining, max(1, math.ceil((window + 1) * WINDOW - now)))


def init_app(app: Flask, settings: Settings) -> None:
    """Count the requests of each key, answer with what is left of its limit, and refuse what is beyond."""
    if not settings.rate_limit:
        return
    counter: Counter = RedisCounter(connect(settings.redis_url), WINDOW) if settings.redis_url else SharedCounter()
    limiter = Limiter(settings.rate_limit, counter)

    @app.before_request
    def limit() -> None:
        g.quota = None
        if g.key is None:
            return
        g.quota = limiter.spend(g.key.name)
        if g.quota.remaining < 0:
            raise Problem(429, headers={"Retry-After": str(g.quota.reset)})

    @app.after_request
    def tell(response: Response) -> Response:
        if g.get("quota"):
            response.headers.update(g.quota.headers())
        return response
