"""gunicorn's threaded worker, hardened: slow clients cost no thread, and what is too much is refused at once.

gunicorn gives a thread to a connection that has sent nothing yet, and to one whose headers or body trickle in; four
such clients keep a worker of four threads from everything else. Here the loop that accepts connections also
reads requests, and a thread takes one up when all of it is there.
"""

from __future__ import annotations

import socket
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from time import monotonic
from typing import Any, Final

from gunicorn.http.unreader import SocketUnreader  # type: ignore[import-untyped]
from gunicorn.workers.gthread import (  # type: ignore[import-untyped]
    STOP_KEEPALIVE_LINGER,
    ThreadWorker,
)

from service.arrivals import Arrival
from service.overload import refusal, refuse_in_this_thread

#: Seconds in which a request must arrive.
ARRIVAL_TIMEOUT: Final = 30.0
#: Seconds that a client may pause within a stream, or take to read an answer, before its thread is freed.
CLIENT_TIMEOUT: Final = 60
#: Seconds for which the end of an answer waits for the client to close its side.
LINGER_TIMEOUT: Final = 2.0
#: Bytes that requests on their way in may take up in a process.
MAX_ARRIVING: Final = 64 << 20
#: Seconds for which a thread that scores keeps the interpreter while the loop and refusals wait for it.
SWITCH_INTERVAL: Final = 0.001
_READ: Final = 1 << 16
_BROKEN_OFF: Final = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


class Unreader(SocketUnreader):  # type: ignore[misc] # it ships no type hints
    """What gunicorn's parser reads: what has arrived and then the end, or of an open request all that comes."""

    is_open = False

    def chunk(self, size_hint: int | None = None) -> bytes:
        """The next piece."""
        if not self.is_open:
            return b""
        if self.sock.gettimeout() is None:
            self.sock.settimeout(CLIENT_TIMEOUT)
        return bytes(super().chunk(size_hint))


class Worker(ThreadWorker):  # type: ignore[misc] # it ships no type hints
    """Reads requests in the loop, works on them in threads, and lets only so many wait for one.

    ``app``, a `service.server.Server`, says how many, and how large a body is waited for.
    """

    def init_process(self) -> None:
        """Set up what each process has of its own, and run."""
        self._arriving: dict[Any, Arrival] = {}
        self._arriving_bytes = 0
        self._leaving: dict[Any, float] = {}
        self._cut: set[Any] = set()
        self._next_look = 0.0
        self._taken = 0
        self._open = 0
        # Always free in a moment: its requests are refused before they are looked at.
        self._refusing = ThreadPoolExecutor(1, initializer=refuse_in_this_thread)
        sys.setswitchinterval(SWITCH_INTERVAL)
        super().init_process()

    def accept(self, listener: Any) -> None:
        """Accept a connection."""
        super().accept(listener)
        self._make_room()

    def enqueue_req(self, conn: Any) -> None:
        """Read a request of a connection, new or kept alive."""
        if not conn.initialized:
            conn.init()
            conn.parser.unreader = Unreader(conn.sock)
            conn.data_ready = True  # no thread is to wait for it
        data = bytearray(conn.parser.unreader.take_buffered())
        conn.sock.setblocking(False)
        arrival = Arrival(conn, monotonic() + ARRIVAL_TIMEOUT, self.app.max_bytes, data)
        self._arriving[conn] = arrival
        self._arriving_bytes += len(data)
        self.poller.register(conn.sock, EVENT_READ, partial(self._read, arrival))
        self._read(arrival)

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        """Keep the connection for another request, or let it go."""
        if not fs.cancelled() and not fs.exception() and fs.result() is False:
            self._let_go(conn)
        else:
            super().finish_request(conn, fs)
            self._make_room()

    def _make_room(self) -> None:
        """When there are as many connections as may be, let the idlest go rather than keep others out."""
        if self.nr_conns >= self.worker_connections:
            if self.keepalived_conns:
                self._drop(self.keepalived_conns.popleft())
            elif self._arriving:
                self._drop(next(iter(self._arriving)))

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:
        # What a refused request still has to say is not waited for.
        return bool(super()._keepalive_after(conn, keepalive and conn not in self._cut))

    def murder_pending(self) -> None:
        """Close connections whose time is up."""
        now = monotonic()
        if now < self._next_look:
            return
        self._next_look = now + 0.5  # there may be thousands
        late = [conn for conn, arrival in self._arriving.items() if self._deadline(arrival) <= now]
        late += [conn for conn, deadline in self._leaving.items() if deadline <= now]
        for conn in late:
            self._drop(conn)

    def _deadline(self, arrival: Arrival) -> float:
        if self.alive or arrival.data:
            return arrival.deadline
        # A worker that stops does not wait for those who have nothing to say.
        return arrival.deadline - ARRIVAL_TIMEOUT + STOP_KEEPALIVE_LINGER

    def _read(self, arrival: Arrival, _: Any = None) -> None:
        conn = arrival.connection
        try:
            data = conn.sock.recv(_READ)
        except BlockingIOError:
            return
        except OSError:
            self._drop(conn)
            return
        had_head, before = arrival.has_head, len(arrival.data)
        arrival.data += data
        if arrival.has_head and not had_head and arrival.take_expectation():
            with suppress(OSError):
                conn.sock.send(_CONTINUE)
        self._arriving_bytes += len(arrival.data) - before
        if arrival.is_ready:
            self._take_up(arrival)
        elif not data and arrival.data:
            self._forget(conn)
            with suppress(OSError):
                conn.sock.send(_BROKEN_OFF)
            self._let_go(conn)
        elif not data or self._arriving_bytes > MAX_ARRIVING:
            self._drop(conn)

    def _take_up(self, arrival: Arrival) -> None:
        """Hand a request to a thread, or to the one that refuses."""
        conn = arrival.connection
        self._forget(conn)
        too_many = self._taken >= self.cfg.threads + self.app.queue
        if too_many and arrival.is_exact and self._refuse(conn, arrival.head):
            return
        conn.parser.unreader.is_open = arrival.is_open
        conn.parser.unreader.unread(bytes(arrival.data))
        if too_many or (arrival.is_open and self._open >= max(1, self.cfg.threads // 2)):
            if arrival.is_open:
                self._cut.add(conn)
            self._submit(self._refusing, conn, 0, 0)
        else:
            self._submit(self.tpool, conn, 1, int(arrival.is_open))

    def _refuse(self, conn: Any, head: bytes) -> bool:
        """Refuse a request here and now, if it is of the usual kind; under overload every thread is busy."""
        answer = refusal(head)
        if answer is None:
            return False
        kept: Future[bool] = Future()
        try:
            kept.set_result(conn.sock.send(answer) == len(answer))
        except OSError:
            kept.set_result(False)
        self.finish_request(conn, kept)
        return True

    def _submit(self, pool: ThreadPoolExecutor, conn: Any, taken: int, opened: int) -> None:
        self._taken += taken
        self._open += opened

        def finish(future: Future[Any]) -> None:
            self._taken -= taken
            self._open -= opened
            self.finish_request(conn, future)

        pool.submit(self.handle, conn).add_done_callback(partial(self.method_queue.defer, finish))

    def _let_go(self, conn: Any) -> None:
        """Close our side, and wait for the client to close its own, lest the end of the answer be lost."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, EVENT_READ, partial(self._discard, conn))
        except (OSError, ValueError):
            self._drop(conn)
        else:
            self._leaving[conn] = monotonic() + LINGER_TIMEOUT

    def _discard(self, conn: Any, _: Any) -> None:
        try:
            if conn.sock.recv(_READ):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._drop(conn)

    def _drop(self, conn: Any) -> None:
        self._forget(conn)
        self.nr_conns -= 1
        conn.close()

    def _forget(self, conn: Any) -> None:
        arrival = self._arriving.pop(conn, None)
        if arrival:
            self._arriving_bytes -= len(arrival.data)
        self._leaving.pop(conn, None)
        self._cut.discard(conn)
        with suppress(KeyError, ValueError):
            self.poller.unregister(conn.sock)
