"""What a worker does with a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from audit.parts.files import FOLDERS, write_part
from audit.parts.part import Part
from audit.parts.rows import Row, article_row, rejected_row, sentence_rows, signature_row
from audit.parts.texts import UnfitError, read_text
from audit.readers import iso_date
from audit.records import Record, Rejection
from model.policy import Policy, judge
from model.scorer import Scorer


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides, with the model, what stands in the tables.

    Attributes
    ----------
    policy : Policy
    day_first : bool or None
        Whether ``03/04/2021`` is in April; no day at all where it is not said.
    """

    policy: Policy
    day_first: bool | None


def score_records(records: Sequence[Record | Rejection], scorer: Scorer, rules: Rules) -> dict[str, pa.Table]:
    """Score what can be scored.

    Returns
    -------
    dict of str to pyarrow.Table
        By the names of `audit.parts.files.FOLDERS`. Each record has a row under articles or under rejected.
    """
    rows: dict[str, list[Row]] = {folder: [] for folder in FOLDERS}
    fit: list[Record] = []
    texts: list[str] = []
    for record in records:
        if isinstance(record, Rejection):
            rows["rejected"].append(rejected_row(record))
            continue
        try:
            texts.append(read_text(record))
            fit.append(record)
        except UnfitError as error:
            rows["rejected"].append(rejected_row(Rejection(record.place, str(error))))
    for record, document in zip(fit, scorer.score_many(texts, explain=True), strict=True):
        judgement = judge(document, rules.policy)
        date = iso_date(record.metadata.get("date", ""), day_first=rules.day_first)
        rows["articles"].append(article_row(record, date, document, judgement))
        rows["sentences"] += sentence_rows(record, document, judgement)
        rows["signatures"].append(signature_row(record, date, document))
    return {folder: pa.Table.from_pylist(rows[folder], schema) for folder, schema in FOLDERS.items()}


def score_part(part: Part, name: str, scorer: Scorer, rules: Rules, out: Path) -> int:
    """Score a part and write its files.

    Parameters
    ----------
    part : Part
    name : str
        Of the files, see `audit.parts.files.file_name`.
    scorer : Scorer
    rules : Rules
    out : Path
        The run's folder.

    Returns
    -------
    int
        How many articles were scored.
    """
    tables = score_records(part.records, scorer, rules)
    write_part(out, name, tables)
    return len(tables["articles"])
