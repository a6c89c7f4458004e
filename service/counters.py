"""Counters of requests: in memory that the workers share, or in Redis that instances share."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import struct
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from mmap import mmap
from threading import Lock
from time import monotonic
from typing import Final, Protocol

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from service.memory import shared_folder

#: Seconds that Redis may take: a request waits no longer for being counted.
REDIS_TIMEOUT: Final = 0.2
#: Seconds for which a Redis that failed is not asked again.
REDIS_PAUSE: Final = 5.0
#: Keys that may be counted in one window; far more than anyone hands out.
SLOTS: Final = 4096
#: A slot: hash of the key, number of the window, requests.
_SLOT: Final = struct.Struct("QQQ")

logger = logging.getLogger(__name__)


class Counter(Protocol):
    """Counts requests."""

    def count(self, key: str, window: int) -> int:
        """Add a request of ``key`` in a window of time; how many there are now."""
        ...


class SharedCounter:
    """Counts in memory that is shared with the processes forked later.

    The lock is one on a file, which the system takes from a process that dies; a window that has passed
    gives its slots to the next.
    """

    def __init__(self, slots: int = SLOTS) -> None:
        self._slots = slots
        self._threads = Lock()
        with tempfile.TemporaryFile(dir=shared_folder()) as file:
            file.truncate(slots * _SLOT.size)
            self._file = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._file)
        self._memory = mmap(self._file, slots * _SLOT.size)

    def count(self, key: str, window: int) -> int:
        """Add a request; 0, which no limit refuses, if there are more keys than slots."""
        owner = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])
        with self._locked():
            for probe in range(self._slots):
                offset = (owner + probe) % self._slots * _SLOT.size
                slot_owner, slot_window, requests = _SLOT.unpack_from(self._memory, offset)
                if slot_window != window:
                    requests = 0
                elif slot_owner != owner:
                    continue
                _SLOT.pack_into(self._memory, offset, owner, window, requests + 1)
                return requests + 1
        return 0

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._threads:  # a lock on a file excludes other processes only
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


def connect(url: str) -> Redis:
    """A client of Redis that gives up soon."""
    return Redis.from_url(
        url,
        socket_timeout=REDIS_TIMEOUT,
        socket_connect_timeout=REDIS_TIMEOUT,
        retry=Retry(NoBackoff(), 1),  # once, for a connection that Redis has closed since
    )


class RedisCounter:
    """Counts in Redis, and in memory while Redis does not answer: a story waits for no counter.

    Parameters
    ----------
    redis : Redis
    seconds : int
        Length of a window: counts are kept for two.
    """

    def __init__(self, redis: Redis, seconds: int) -> None:
        self._redis = redis
        self._seconds = seconds
        self._fallback = SharedCounter()
        self._paused_until = 0.0

    def count(self, key: str, window: int) -> int:
        """Add a request."""
        if monotonic() < self._paused_until:
            return self._fallback.count(key, window)
        name = f"onrecord:{key}:{window}"
        try:
            with self._redis.pipeline() as pipeline:
                pipeline.incr(name)
                pipeline.expire(name, 2 * self._seconds)
                return int(pipeline.execute()[0])
        except RedisError as error:
            self._paused_until = monotonic() + REDIS_PAUSE
            logger.warning("Redis fails (%s): requests are counted in memory", type(error).__name__)
            return self._fallback.count(key, window)
