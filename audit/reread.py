"""Articles of a run read again from the archive, which must still be what it was."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any

from audit.readers import Columns, Input, InputError, find_inputs
from audit.records import Record
from audit.results import Results, ResultsError
from audit.runs.manifest import InputFile


def reread(results: Results, wanted: Mapping[str, Collection[int]]) -> Iterator[Record]:
    """Read some records again.

    Parameters
    ----------
    results : Results
    wanted : mapping of str to collection of int
        Numbers of records by input.

    Yields
    ------
    Record
        In the order of the archive.

    Raises
    ------
    ResultsError
        If an input is gone, or is not what was scored; before anything of it is read.
    """
    for described in results.manifest.inputs:
        numbers = set(wanted.get(described.name, ()))
        if not numbers:
            continue
        for record in _find(described, results.manifest.settings).records():
            if record.place.record in numbers:
                numbers.remove(record.place.record)
                if not isinstance(record, Record):
                    raise ResultsError(f"{described.name}: record {record.place.record} cannot be read any more")
                yield record
            if not numbers:
                break
        else:
            raise ResultsError(f"{described.name}: record {min(numbers)} is not there")


def _find(described: InputFile, settings: Mapping[str, Any]) -> Input:
    name = described.name
    named = settings["columns"].get(name, {})
    # A column that the run did not have must not be guessed now.
    columns = Columns(**{field.name: named.get(field.name, "") for field in fields(Columns)})
    try:
        (found,) = find_inputs([name], columns, kind=described.kind).inputs
        digest = found.digest()
    except InputError as error:
        raise ResultsError(f"{error}; the archive must be where and what it was for 'audit run'") from error
    if digest != described.digest:
        raise ResultsError(f"{name} has changed since the run: its digest differs")
    return found
