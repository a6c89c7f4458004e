"""Requests on their way in: how much of one has arrived, and whether that is enough to work on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

#: Bytes of a request line and headers; gunicorn itself refuses what is longer.
MAX_HEAD: Final = 1 << 16

_END_OF_HEAD: Final = b"\r\n\r\n"
_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,15})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED: Final = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EXPECT: Final = re.compile(
    rb" HTTP/1\.1(?=\r\n)(?:.*)(\r\nexpect:[ \t]*100-continue[ \t]*)(?=\r\n)", re.IGNORECASE | re.DOTALL
)


@dataclass(slots=True, eq=False)
class Arrival:
    """What a connection has sent of a request.

    Nothing here decides what the request means: that is for gunicorn's parser, which gets all of it.

    Attributes
    ----------
    connection : object
        gunicorn's.
    deadline : float
        By when the request must be there, by `time.monotonic`.
    longest : int
        Bytes of the largest body that is waited for.
    data : bytearray
    """

    connection: Any
    deadline: float
    longest: int
    data: bytearray
    _head: int = field(default=0, init=False)
    _body: int | None = field(default=0, init=False)

    @property
    def has_head(self) -> bool:
        """Whether the headers are complete, or longer than anyone will read."""
        if not self._head:
            self._find_head()
        return bool(self._head) or len(self.data) > MAX_HEAD

    @property
    def head(self) -> bytes:
        """The request line and headers, once they are complete."""
        return bytes(self.data[: self._head])

    @property
    def is_exact(self) -> bool:
        """Whether all of one request is there, and nothing of another."""
        return self._body is not None and len(self.data) == self._head + self._body

    @property
    def is_open(self) -> bool:
        """Whether the request must be read while it is worked on: it has no length, or a great one."""
        return self._body is None

    @property
    def is_ready(self) -> bool:
        """Whether the whole request is there, or as much of it as is waited for."""
        return self.has_head and (self._body is None or len(self.data) >= self._head + self._body)

    def take_expectation(self) -> bool:
        """Take ``Expect: 100-continue`` out of the headers; whether it was there.

        The client then sends no body before it is told to.
        """
        expected = _EXPECT.search(self.data, 0, self._head)
        if expected:
            del self.data[slice(*expected.span(1))]
            self._find_head()
        return bool(expected)

    def _find_head(self) -> None:
        end = self.data.find(_END_OF_HEAD, 0, MAX_HEAD + len(_END_OF_HEAD))
        if end < 0:
            return
        self._head = end + len(_END_OF_HEAD)
        length = _LENGTH.search(self.data, 0, end + 2)
        self._body = int(length[1]) if length else 0
        if self._body > self.longest or _CHUNKED.search(self.data, 0, end):
            self._body = None
