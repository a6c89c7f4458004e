"""Tables in CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

#: A cell that begins so is a formula to a spreadsheet (OWASP, CSV injection).
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
#: Decimals of figures: more is noise.
DECIMALS: Final = 6


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table: UTF-8 with a mark at the start, by which Excel tells it; None is an empty cell.

    A text that a spreadsheet would compute gets an apostrophe before it.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([_cell(value) for value in row] for row in rows)


def bare_text(cell: str) -> str:
    """The text of a cell as it was before `write_csv` made it safe."""
    return cell[1:] if cell.startswith("'") and _computed(cell) else cell


def _cell(value: object) -> object:
    if isinstance(value, str) and _computed(value):
        return f"'{value}"
    return round(value, DECIMALS) if isinstance(value, float) else value


def _computed(text: str) -> bool:
    """Whether a spreadsheet would compute it, or it looks like what was kept from that."""
    return text.lstrip("'").startswith(_FORMULA)
