"""Counting in memory, and in a real Redis."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis import Redis

from service import counters
from service.counters import Counter, RedisCounter, SharedCounter, connect
from tests.service.conftest import Log
from tests.service.redis_server import RedisServer

SECONDS = 60


@pytest.fixture
def client(redis: RedisServer) -> Iterator[Redis]:
    with connect(redis.url) as client:
        yield client


@pytest.fixture(params=["memory", "redis"])
def counter(request: pytest.FixtureRequest) -> Iterator[Counter]:
    if request.param == "memory":
        yield SharedCounter()
    else:
        yield RedisCounter(request.getfixturevalue("client"), SECONDS)


def test_keys_and_windows_are_counted_apart(counter: Counter) -> None:
    assert [counter.count("a", 1) for _ in range(3)] == [1, 2, 3]
    assert counter.count("b", 1) == 1
    assert counter.count("a", 2) == 1
    assert counter.count("b", 2) == 1


def test_threads_miss_nothing(counter: Counter) -> None:
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: counter.count("a", 1), range(200)))
    assert sorted(counts) == list(range(1, 201))


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.booleans()), max_size=60))
def test_crowded_memory(requests: list[tuple[str, bool]]) -> None:
    memory = SharedCounter(slots=8)  # as many as there are keys
    window = 1
    seen: dict[str, int] = {}
    for key, next_window in requests:
        if next_window:
            window += 1
            seen = {}
        seen[key] = seen.get(key, 0) + 1
        assert memory.count(key, window) == seen[key]


def test_more_keys_than_slots_are_let_pass() -> None:
    memory = SharedCounter(slots=2)
    assert [memory.count(key, 1) for key in "abcab"] == [1, 1, 0, 2, 2]


def test_instances_share_redis(redis: RedisServer, client: Redis) -> None:
    with connect(redis.url) as other:
        instances = [RedisCounter(client, SECONDS), RedisCounter(other, SECONDS)]
        assert [instance.count("a", 1) for instance in instances * 2] == [1, 2, 3, 4]


def test_redis_forgets(client: Redis) -> None:
    RedisCounter(client, SECONDS).count("a", 1)
    assert [0 < client.ttl(name) <= 2 * SECONDS for name in client.scan_iter()] == [True]


@pytest.mark.parametrize("failure", [RedisServer.stop, RedisServer.freeze])
def test_redis_fails_and_comes_back(
    redis: RedisServer, client: Redis, failure: Any, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counters, "REDIS_PAUSE", 1)
    counter = RedisCounter(client, SECONDS)
    assert counter.count("a", 1) == 1
    failure(redis)
    started = time.monotonic()
    assert [counter.count("a", 1) for _ in range(50)] == list(range(1, 51))  # in memory
    assert time.monotonic() - started < 1
    assert [event["level"] for event in log()] == ["warning"]
    if failure is RedisServer.stop:
        redis.start()
    else:
        redis.thaw()
    time.sleep(1)
    assert counter.count("b", 1) == 1
    assert RedisCounter(client, SECONDS).count("b", 1) == 2  # it was counted in Redis
