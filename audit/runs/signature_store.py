"""The signatures of a run's articles, laid out on disk so that memory holds only what is looked at."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from audit.parts.signatures import MINIMA

#: Minima in a band. With 32 bands of 4 a pair with a similarity of 0.7 agrees in one with a probability of 0.9998.
_BAND: Final = 4
BANDS: Final = MINIMA // _BAND
#: Pairs compared at once.
_CHUNK: Final = 1 << 10
#: Odd, and large: spreads the first half of a band over the key.
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)

Ints = npt.NDArray[np.int64]


class SignatureStore:
    """Signatures by row, and by band the keys that equal bands share.

    Parameters
    ----------
    folder : Path
        Where there is room: 1.3 times the size of the signatures.
    """

    def __init__(self, folder: Path) -> None:
        with ExitStack() as files:
            self._rows = files.enter_context(TemporaryFile(dir=folder))
            self._bands = [files.enter_context(TemporaryFile(dir=folder)) for _ in range(BANDS)]
            self._files = files.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._files.close()

    def add(self, signatures: npt.NDArray[np.uint32]) -> None:
        """Add rows, shape (n, MINIMA)."""
        self._rows.write(signatures.tobytes())
        halves = np.ascontiguousarray(signatures).view("<u8").reshape(len(signatures), BANDS, 2)
        keys = halves[:, :, 0] * _SPREAD + halves[:, :, 1]
        for band, file in enumerate(self._bands):
            file.write(keys[:, band].tobytes())

    def keys(self, band: int) -> npt.NDArray[np.uint64]:
        """The keys of a band, shape (N,): equal for bands that are, and by rare chance for others."""
        file = self._bands[band]
        file.seek(0)
        return np.frombuffer(file.read(), "<u8")

    def similarities(self, a: Ints, b: Ints) -> npt.NDArray[np.float32]:
        """Estimated Jaccard similarity of pairs of rows: the share of minima that agree (Broder 1997)."""
        self._rows.flush()
        result = np.empty(len(a), np.float32)
        for start in range(0, len(a), _CHUNK):
            here = slice(start, start + _CHUNK)
            result[here] = (self._read(a[here]) == self._read(b[here])).mean(axis=1)
        return result

    def _read(self, rows: Ints) -> npt.NDArray[np.uint32]:
        # Not mapped: the pages around each row would count as this process's memory.
        size = 4 * MINIMA
        signatures = b"".join(os.pread(self._rows.fileno(), size, size * row) for row in rows.tolist())
        return np.frombuffer(signatures, "<u4").reshape(-1, MINIMA)
