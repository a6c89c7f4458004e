"""API keys: made from 32 random bytes, kept as hashes in a file, looked up in constant time.

A key is as hard to guess as its hash is to invert, so one round of SHA-256 is enough: there is no password
to protect from a dictionary.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import re
import secrets
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from mmap import mmap
from pathlib import Path
from threading import Lock
from typing import Final

#: Keys start with it, so that scanners for leaked secrets can tell them.
PREFIX: Final = "onrecord_"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")

logger = logging.getLogger(__name__)


class KeysError(Exception):
    """A file of keys that cannot be read or written, or a name that cannot be taken or is not there."""


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key.

    Attributes
    ----------
    name : str
        Whose key it is: stands in the log.
    sha256 : str
        Hash of the key, in hexadecimal digits.
    made : str
        When, in RFC 3339.

    Raises
    ------
    ValueError
        If the hash is none.
    """

    name: str
    sha256: str
    made: str

    def __post_init__(self) -> None:
        if not _SHA256.fullmatch(self.sha256):
            raise ValueError("a hash has 64 hexadecimal digits")


def hash_key(secret: str) -> str:
    """The hash of a key, as it is kept."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def read_keys(path: Path) -> tuple[Key, ...]:
    """Read a file of keys.

    Raises
    ------
    KeysError
        If it cannot be read, or is no such file.
    """
    try:
        return tuple(Key(**key) for key in json.loads(path.read_text(encoding="utf-8"))["keys"])
    except FileNotFoundError as error:
        raise KeysError(f"{path} is not there: 'onrecord keys add NAME' makes it") from error
    except OSError as error:
        raise KeysError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise KeysError(f"{path} is no file of keys") from error


def add_key(path: Path, name: str) -> str:
    """Make a key, and the file if there is none.

    Returns
    -------
    str
        The key, which is kept nowhere.

    Raises
    ------
    KeysError
        If the name is taken or cannot be one, or the file cannot be read or written.
    """
    if not _NAME.fullmatch(name):
        raise KeysError("a name has up to 64 letters, digits, dots, dashes and underscores")
    keys = read_keys(path) if path.exists() else ()
    if any(key.name == name for key in keys):
        raise KeysError(f"there is a key for {name} already")
    secret = PREFIX + secrets.token_urlsafe(32)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    _write(path, (*keys, Key(name, hash_key(secret), made)))
    return secret


def revoke_key(path: Path, name: str) -> None:
    """Take a key out of the file.

    Raises
    ------
    KeysError
        If there is none of that name, or the file cannot be read or written.
    """
    keys = read_keys(path)
    rest = tuple(key for key in keys if key.name != name)
    if len(rest) == len(keys):
        raise KeysError(f"there is no key for {name}")
    _write(path, rest)


def _write(path: Path, keys: tuple[Key, ...]) -> None:
    """Replace the file whole, so that a running service never reads half of it; only its owner may read it."""
    text = json.dumps({"keys": [asdict(key) for key in keys]}, indent=2) + "\n"
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            try:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            except OSError:
                Path(file.name).unlink()
                raise
    except OSError as error:
        raise KeysError(f"{path} cannot be written: {error.strerror}") from error


class KeyRing:
    """The keys of a file, taken anew as soon as the file changes.

    While there has been no file, no key is asked for. Once there was one, whatever happens to it never opens
    the service: if it vanishes or breaks, the keys last read stay in force. A process forked since, which has read
    none, lets nobody in.

    Parameters
    ----------
    path : Path

    Raises
    ------
    KeysError
        If there is a file that cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._closed = mmap(-1, 1)  # shared with the processes forked later: whether one of them has seen a file
        self._stamp = self._stat()
        self._keys = read_keys(path) if self._stamp else None

    @property
    def required(self) -> bool:
        """Whether requests need a key."""
        if self._current() is not None:
            self._closed[0] = 1
        return bool(self._closed[0])

    def find(self, secret: str) -> Key | None:
        """The key that was given, or None if it is not one of these."""
        digest = hash_key(secret)
        found = None
        for key in self._current() or ():  # all of them: how long it takes tells nothing
            if hmac.compare_digest(key.sha256, digest):
                found = key
        return found

    def _current(self) -> tuple[Key, ...] | None:
        stamp = self._stat()
        if stamp != self._stamp:
            with self._lock:
                if stamp != self._stamp:
                    self._take(stamp)
        return self._keys

    def _take(self, stamp: tuple[int, int, int] | None) -> None:
        self._stamp = stamp
        try:
            self._keys = read_keys(self._path)
        except KeysError as error:
            logger.error("the keys last read stay in force: %s", error)  # noqa: TRY400 # the message says it all
            self._keys = self._keys or ()
        else:
            logger.info("keys taken anew: %d", len(self._keys))

    def _stat(self) -> tuple[int, int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size
