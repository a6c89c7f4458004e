"""Files where they are stored, on this machine or behind a URL."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, Final, cast

from fsspec.core import url_to_fs

from audit.readers.compression import decompressed
from audit.readers.errors import InputError

_BUFFER: Final = 1 << 20


def is_url(path: str) -> bool:
    """Whether a path leads to a file system of fsspec's."""
    return "://" in path


@contextmanager
def open_stored(
    path: str, compression: str | None = None, on_read: Callable[[int], None] | None = None
) -> Iterator[IO[bytes]]:
    """Open a file for reading, decompressed.

    Parameters
    ----------
    path : str
        A path, or a URL that fsspec opens.
    compression : str or None
        As `decompressed` takes it.
    on_read : callable, optional
        Is told the numbers of bytes, as they are stored, that have been read.

    Raises
    ------
    OSError
        If a file of this machine cannot be opened or, later, read.
    InputError
        If what is behind a URL cannot be fetched.
    """
    with ExitStack() as stack:
        stream = stack.enter_context(_opened(path))
        if on_read is not None:
            stream = stack.enter_context(io.BufferedReader(_Watched(stream, on_read), _BUFFER))
        yield stack.enter_context(decompressed(stream, compression))


def sha256(path: str) -> str:
    """Digest the bytes of a file as it is stored."""
    with open_stored(path) as stream:
        return hashlib.file_digest(cast("Any", stream), "sha256").hexdigest()


def _opened(path: str) -> IO[bytes]:
    if not is_url(path):
        return Path(path).open("rb")
    try:
        return io.BufferedReader(_Fetched(path), _BUFFER)
    except Exception as error:
        raise _fetching_failed(path, error) from error


class _Watched(io.RawIOBase):
    """A stream that tells how much of it is read."""

    def __init__(self, stream: IO[bytes], on_read: Callable[[int], None]) -> None:
        self._stream = stream
        self._on_read = on_read

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = cast("int", cast("Any", self._stream).readinto(buffer))
        self._on_read(count)
        return count

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()


class _Fetched(io.RawIOBase):
    """What is behind a URL. Each file system has errors of its own, of the network and others: they become one."""

    def __init__(self, url: str) -> None:
        self._url = url
        system, path = url_to_fs(url)
        self._file = system.open(path, "rb")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            return cast("int", self._file.readinto(buffer))
        except Exception as error:
            raise _fetching_failed(self._url, error) from error

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return cast("int", self._file.seek(offset, whence))

    def tell(self) -> int:
        return cast("int", self._file.tell())

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def _fetching_failed(url: str, error: Exception) -> InputError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return InputError(f"{url}: cannot be read ({reason})")
