"""What the tests of the readers share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audit.readers import Columns, find_inputs
from audit.records import Record, Rejection

Read = Callable[..., list[Record | Rejection]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file and read it."""

    def call(name: str, content: bytes, columns: Columns | None = None) -> list[Record | Rejection]:
        path = tmp_path / name
        path.write_bytes(content)
        items = list(find_inputs([str(path)], columns).inputs[0].records())
        assert [item.place.record for item in items] == list(range(len(items)))
        return items

    return call
