"""Finding the files of an archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import IO, Final

from audit.readers.columns import Columns
from audit.readers.compression import DAMAGE
from audit.readers.delimited import delimited_columns
from audit.readers.errors import InputError
from audit.readers.inputs import Input
from audit.readers.jsonl import jsonl_columns
from audit.readers.kinds import KINDS, tell_kind
from audit.readers.listing import Stored, list_stored
from audit.readers.parquet import parquet_columns
from audit.readers.storage import open_stored

_COLUMNS: Final[dict[str, Callable[[IO[bytes]], list[str]]]] = {
    "jsonl": jsonl_columns,
    "csv": delimited_columns,
    "parquet": parquet_columns,
}
#: How pages and bodies of articles start.
_MARKUP: Final = re.compile(r"\s*<(?:!--|(?:!doctype|article|body|div|figure|h[1-6]|html|p|section)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of an archive.

    Attributes
    ----------
    inputs : tuple of Input
        In the order of their names, each file once.
    passed_over : tuple of str
        Names of files in folders that are of no kind that is read, in order.
    """

    inputs: tuple[Input, ...]
    passed_over: tuple[str, ...]


def find_inputs(patterns: Sequence[str], columns: Columns | None = None, *, kind: str | None = None) -> Found:
    """Find the files that an archive consists of.

    Parameters
    ----------
    patterns : sequence of str
        Files, folders, and globs in which ``**`` stands for any folders; each a path, or a URL that fsspec opens.
        Of a folder, its files and those of the folders in it are taken, hidden ones excepted.
    columns : Columns, optional
        What the user says of the columns; what is not said is guessed for each file.
    kind : str, optional
        One of `KINDS`: the kind of files whose names do not tell.

    Raises
    ------
    InputError
        If there is nothing where a pattern leads, a file's kind cannot be told, or its columns cannot.
    """
    files: dict[str, Stored] = {}
    for pattern in patterns:
        for file in list_stored(pattern):
            other = files.get(file.path)
            # A file that is named is to be read, even if it lies in a folder that is named as well.
            if other is None or (file.walked, file.name) < (other.walked, other.name):
                files[file.path] = file
    inputs = []
    passed_over = []
    for file in sorted(files.values(), key=lambda file: file.name):
        known, compression = tell_kind(file.path)
        if (told := known or kind) is not None:
            inputs.append(_input(file, told, compression, columns or Columns()))
        elif file.walked:
            passed_over.append(file.name)
        else:
            raise InputError(f"{file.name}: its name does not tell what it is: give --kind ({', '.join(KINDS)})")
    if not inputs:
        raise InputError(f"{', '.join(patterns)}: no files of a kind that is read ({', '.join(KINDS)})")
    return Found(tuple(inputs), tuple(passed_over))


def _input(file: Stored, kind: str, compression: str | None, columns: Columns) -> Input:
    source = Input(file.name, file.path, kind, compression, file.size, Columns(), file.etag)
    if kind not in _COLUMNS:
        return source
    try:
        with open_stored(file.path, compression) as stream:
            names = _COLUMNS[kind](stream)
    except (*DAMAGE, OSError):
        names = []  # reading it will tell
    resolved = columns.resolve(names, file.name, growing=kind == "jsonl") if names else columns
    source = replace(source, columns=resolved)
    if resolved.text and columns.text is None and _looks_like_html(source):
        raise InputError(
            f"{file.name}: '{resolved.text}' looks like HTML: say so with --html-column, or --text-column if it is not"
        )
    return source


def _looks_like_html(source: Input) -> bool:
    record = source.sample()
    return record is not None and _MARKUP.match(record.content) is not None
