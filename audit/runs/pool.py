"""Workers at the driver's hand: parts go out, a bounded number at a time, and come back as done."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from distributed import Client, Future, KilledWorker, wait
from distributed.client import ClosedClientError
from distributed.comm import CommClosedError

from audit.parts.part import Part
from audit.parts.scoring import Rules
from audit.runs.cluster import check_workers, open_client
from audit.runs.errors import RunError
from audit.runs.progress import Progress
from audit.runs.worker import Setup, SetupError, work

#: Parts underway for each thread of the workers: one is worked on, the next is there when it is done.
_AHEAD: Final = 2


@dataclass(frozen=True, slots=True)
class _Underway:
    """A part that has been sent to a worker, and the bytes of the inputs that it took."""

    part: Part
    read: int


class Pool:
    """Workers, started or found when the first part comes, and closed or left at the end.

    Parameters
    ----------
    scheduler : str or None
    workers : int or None
        See `audit.runs.cluster.open_client`.
    setup : Setup
    rules : Rules
    progress : Progress
        Is told of each part that is done.
    """

    def __init__(
        self, scheduler: str | None, workers: int | None, setup: Setup, rules: Rules, progress: Progress
    ) -> None:
        self._scheduler = scheduler
        self._workers = workers
        self._setup = setup
        self._rules = rules
        self._progress = progress
        self._client: Client | None = None
        self._running: dict[Future, _Underway] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, traceback)

    def submit(self, part: Part, name: str, read: int) -> None:
        """Have a part scored; waits until there is room for it.

        Parameters
        ----------
        part : Part
        name : str
            Of its files.
        read : int
            Bytes of the inputs that it took.

        Raises
        ------
        RunError
            If this or an earlier part cannot be scored or written.
        """
        client = self._started()
        with _told_loss():
            while len(self._running) >= _AHEAD * max(1, sum(client.nthreads().values())):
                self._collect()
            future = client.submit(work, part, name, self._setup, self._rules, key=name, pure=False)
        self._running[future] = _Underway(part, read)

    def finish(self) -> None:
        """Wait until all parts are done.

        Raises
        ------
        RunError
            As `submit`.
        """
        with _told_loss():
            while self._running:
                self._collect()

    def _started(self) -> Client:
        if self._client is None:
            self._client = self._stack.enter_context(open_client(self._scheduler, self._workers))
            check_workers(self._client, self._setup)
            self._progress.start()
        return self._client

    def _collect(self) -> None:
        """Wait until one part or more are done."""
        for future in wait(list(self._running), return_when="FIRST_COMPLETED").done:
            underway = self._running.pop(future)
            self._progress.advance(underway.read, self._result(future, underway.part))

    def _result(self, future: Future, part: Part) -> int:
        try:
            scored: int = future.result()
        except (CancelledError, CommClosedError):
            raise
        except OSError as error:
            raise RunError(f"{self._setup.out} cannot be written to: {error.strerror}") from None
        except SetupError as error:
            raise RunError(f"a worker {error}") from None
        except KilledWorker:
            raise RunError(f"part {part.number} ended each worker that tried it: {part.span()}") from None
        except Exception as error:  # noqa: BLE001 # its message might quote the archive
            raise RunError(f"part {part.number} failed with {type(error).__name__}: {part.span()}") from None
        return scored


@contextmanager
def _told_loss() -> Iterator[None]:
    try:
        yield
    except (CancelledError, CommClosedError, ClosedClientError):
        raise RunError("the scheduler is gone: start it again, and give the same command") from None
