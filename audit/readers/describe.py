"""What a run would read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audit.readers.inputs import Input


@dataclass(frozen=True, slots=True)
class Description:
    """An input, before it is read.

    Attributes
    ----------
    name, kind : str
    compression : str or None
    size : int
        In bytes as stored; 0 where a server does not say.
    columns : dict of str to str
        The columns that are read, by what they hold; none for kinds without columns.
    sample : dict of str to str or None
        The metadata of a record among the first ones; None where these are all rejected.
    """

    name: str
    kind: str
    compression: str | None
    size: int
    columns: dict[str, str]
    sample: dict[str, str] | None


def describe(inputs: Iterable[Input]) -> Iterator[Description]:
    """Describe inputs by their first records, without any text."""
    for source in inputs:
        record = source.sample()
        yield Description(
            name=source.name,
            kind=source.kind,
            compression=source.compression,
            size=source.size,
            columns=source.columns.named(),
            sample=None if record is None else record.metadata,
        )
