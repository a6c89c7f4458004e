"""From a record to the text to score, or why there is none."""

from __future__ import annotations

from audit.records import Record
from model.html import HtmlError, read_html
from model.language import other_language
from model.limits import MAX_SENTENCE, MAX_SENTENCES
from model.segmentation import segment


class UnfitError(ValueError):
    """A record that cannot be scored; the message says why, and quotes nothing of it."""


def read_text(record: Record) -> str:
    """The text of a record.

    Raises
    ------
    UnfitError
        If it is too long, its HTML cannot be read, it holds no text or is not in English.
    """
    text = _extracted(record.content) if record.html else record.content
    if not text.strip():
        raise UnfitError("holds no text")
    _check_length(text)
    language = other_language(text)
    if language is not None:
        raise UnfitError(f"is in another language than English ({language})")
    return text


def _extracted(html: str) -> str:
    try:
        return read_html(html)
    except HtmlError as error:
        raise UnfitError(_phrase(str(error))) from None
    except Exception as error:  # noqa: BLE001 # one page that a library stumbles over must not stop the run
        raise UnfitError(f"its HTML cannot be read ({type(error).__name__})") from None


def _check_length(text: str) -> None:
    if len(text) <= MAX_SENTENCE:
        return  # not enough for either
    spans = segment(text)
    if len(spans) > MAX_SENTENCES:
        raise UnfitError(f"has more than {MAX_SENTENCES} sentences")
    if any(end - start > MAX_SENTENCE for start, end in spans):
        raise UnfitError(f"has a sentence of more than {MAX_SENTENCE} characters")


def _phrase(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].removesuffix(".")
