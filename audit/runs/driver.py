"""The driver of a run: reads the archive, has its parts scored that are not done yet, and closes the books."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from audit.parts.files import file_name, is_done
from audit.parts.part import CHARACTERS, cut
from audit.parts.scoring import Rules
from audit.parts.signatures import MINIMA, SHINGLE
from audit.readers import Input
from audit.records import Record, Rejection
from audit.runs.counts import count_rows
from audit.runs.duplicates import THRESHOLD, write_duplicates
from audit.runs.errors import RunError
from audit.runs.folder import open_folder
from audit.runs.manifest import COMPLETE, InputFile, RunManifest, differences
from audit.runs.pool import Pool
from audit.runs.progress import Progress, show
from audit.runs.software import software
from audit.runs.worker import Setup, manifest_digest
from model.labels import LABELS
from model.limits import MAX_SENTENCE, MAX_SENTENCES
from model.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Job:
    """What to run.

    Attributes
    ----------
    inputs : sequence of Input
    out : Path
        The run's folder.
    model : Path
        Folder of the model.
    rules : Rules
    size : int
        Records in a part.
    scheduler : str or None
        Address of a Dask scheduler.
    workers : int or None
        Processes to start here, where there is no scheduler; one for each core by default.
    """

    inputs: Sequence[Input]
    out: Path
    model: Path
    rules: Rules
    size: int
    scheduler: str | None
    workers: int | None


def run_job(job: Job, manifest: Manifest) -> dict[str, int]:
    """Score an archive, or what of it has not been scored yet.

    Parameters
    ----------
    job : Job
    manifest : Manifest
        The model's.

    Returns
    -------
    dict of str to int
        ``records`` read, ``articles`` scored, records ``rejected``, ``sentences`` and ``duplicates``.

    Raises
    ------
    RunError
    OSError
        If the run's folder cannot be written to.
    """
    with open_folder(job.out):
        begun = _begin(job, manifest)
        records = _score(job, manifest)
        counts = count_rows(job.out, records)
        counts["duplicates"] = write_duplicates(job.out)
        del counts["signatures"]
        begun.status, begun.counts = COMPLETE, counts
        begun.write(job.out)
    return counts


def _begin(job: Job, manifest: Manifest) -> RunManifest:
    """Write down what the run is, or see that it is the one begun."""
    new = RunManifest(
        model=manifest.identity(),
        confusion=manifest.metrics.get("evaluation", {}).get("confusion"),
        policy=asdict(job.rules.policy),
        settings=_settings(job),
        software=software(),
        inputs=[InputFile(item.name, item.kind, item.size, item.digest()) for item in show(job.inputs, "inputs")],
    )
    old = RunManifest.read(job.out)
    if old is None:
        new.write(job.out)
        return new
    changes = list(differences(old, new))
    if changes:
        raise RunError(f"{job.out} holds another run: " + "; ".join(changes[:5]) + (" …" if len(changes) > 5 else ""))
    return old


def _settings(job: Job) -> dict[str, Any]:
    return {
        "columns": {item.name: item.columns.named() for item in job.inputs if item.columns.named()},
        "day_first": job.rules.day_first,
        "part": {"records": job.size, "characters": CHARACTERS},
        "limits": {"sentences": MAX_SENTENCES, "sentence": MAX_SENTENCE},
        "duplicates": {"shingle": SHINGLE, "minima": MINIMA, "threshold": THRESHOLD},
        "labels": list(LABELS),
    }


def _score(job: Job, manifest: Manifest) -> dict[str, int]:
    """Have all parts written; how many records each has, by the name of its files."""
    setup = Setup(
        model=job.model.resolve(),
        digest=manifest.digest,
        out=job.out.resolve(),
        manifest=manifest_digest(job.out),
        software=tuple(software().items()),
    )
    records: dict[str, int] = {}
    stream = _Stream(job.inputs)
    progress = Progress(sum(item.size for item in job.inputs))
    with Pool(job.scheduler, job.workers, setup, job.rules, progress) as pool, progress:
        for part in cut(stream, job.size):
            name = file_name(part, manifest.digest)
            records[name] = len(part.records)
            read = stream.taken()
            if is_done(job.out, name):
                progress.advance(read, 0)
            else:
                pool.submit(part, name, read)
        pool.finish()
    return records


class _Stream:
    """The records of all inputs, and how many bytes of them have been read."""

    def __init__(self, inputs: Iterable[Input]) -> None:
        self._inputs = inputs
        self._read = 0

    def __iter__(self) -> Iterator[Record | Rejection]:
        for item in self._inputs:
            yield from item.records(self._add)

    def taken(self) -> int:
        """Bytes that have been read since this was last asked."""
        read, self._read = self._read, 0
        return read

    def _add(self, count: int) -> None:
        self._read += count
