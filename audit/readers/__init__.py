"""Archives as files: found, described, and read as a stream of records in bounded memory.

    found = find_inputs(["archive/", "s3://bucket/2019-*.jsonl.gz"], Columns(text="body"))
    for source in found.inputs:
        for item in source.records():  # a Record or a Rejection, numbered from 0 without gaps
            ...

A module a kind of file reads it; what is damaged, or no article, becomes a rejection, never an exception.
"""

from __future__ import annotations

from audit.readers.columns import Columns
from audit.readers.dates import iso_date
from audit.readers.describe import Description, describe
from audit.readers.errors import InputError
from audit.readers.find import Found, find_inputs
from audit.readers.inputs import Input
from audit.readers.kinds import KINDS
from audit.readers.records import MAX_RECORD_BYTES

__all__ = [
    "KINDS",
    "MAX_RECORD_BYTES",
    "Columns",
    "Description",
    "Found",
    "Input",
    "InputError",
    "describe",
    "find_inputs",
    "iso_date",
]
