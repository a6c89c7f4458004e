"""A file of an archive, read as a stream of records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Final

from audit.readers.columns import Columns
from audit.readers.compression import DAMAGE
from audit.readers.delimited import read_delimited
from audit.readers.documents import read_page, read_text
from audit.readers.jsonl import read_jsonl
from audit.readers.parquet import read_parquet
from audit.readers.records import DAMAGED
from audit.readers.storage import open_stored, sha256
from audit.readers.warc import read_warc
from audit.records import Place, Record, Rejection

_READERS: Final[dict[str, Callable[[IO[bytes], str, Columns], Iterator[Record | Rejection]]]] = {
    "jsonl": read_jsonl,
    "csv": read_delimited,
    "parquet": read_parquet,
    "text": read_text,
    "html": read_page,
    "warc": read_warc,
}
#: So many records are read in search of one that is not rejected.
_TRIED: Final = 100


@dataclass(frozen=True, slots=True)
class Input:
    """A file of an archive. It is small, and may be pickled.

    Attributes
    ----------
    name : str
        What the run calls it: the path as the user gave it, relative or not, or the URL. Valid Unicode.
    path : str
        The absolute path, or the URL.
    kind : str
        One of `KINDS`.
    compression : str or None
        ``gzip`` or ``zstd``.
    size : int
        Bytes as stored; 0 where a server does not say.
    columns : Columns
        As resolved for this input; none for kinds without columns.
    etag : str or None
        What the server of a URL says of the file's version.
    """

    name: str
    path: str
    kind: str
    compression: str | None
    size: int
    columns: Columns
    etag: str | None

    def digest(self) -> str:
        """Identify the content as stored.

        Returns
        -------
        str
            ``sha256:`` and the digest of the bytes; for a URL whose server gives one, ``etag:`` and the entity tag,
            since a digest would mean to fetch the file twice. ``unreadable`` for a file that cannot be read.

        Raises
        ------
        InputError
            If what is behind a URL cannot be fetched.
        """
        if self.etag is not None:
            return f"etag:{self.etag}"
        try:
            return f"sha256:{sha256(self.path)}"
        except OSError:
            return "unreadable"

    def sample(self) -> Record | None:
        """Give the first record, None if too many come before it that are rejected."""
        return next((item for item in islice(self.records(), _TRIED) if isinstance(item, Record)), None)

    def records(self, on_read: Callable[[int], None] | None = None) -> Iterator[Record | Rejection]:
        """Read the records, in order, in memory bounded by `MAX_RECORD_BYTES`.

        Parameters
        ----------
        on_read : callable, optional
            Is told, ahead of the records, the numbers of bytes that have been read of the file as it is stored.

        Yields
        ------
        Record or Rejection
            Numbered from 0 without gaps. Where the file is cut short, damaged or unreadable, one rejection stands
            for all that follows.

        Raises
        ------
        InputError
            If what is behind a URL cannot be fetched: what the network fails to bring may be there the next time.
        """
        number = 0
        try:
            with open_stored(self.path, self.compression, on_read) as stream:
                for item in _READERS[self.kind](stream, self.name, self.columns):
                    yield item
                    number = item.place.record + 1
        except DAMAGE:
            yield Rejection(Place(self.name, number), DAMAGED)
        except OSError as error:
            yield Rejection(Place(self.name, number), f"the file cannot be read from here on ({error.strerror})")
