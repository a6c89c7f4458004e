"""What a request asks to score, as one text that the model can take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from model.html import HtmlError, read_html
from model.language import other_language
from model.limits import MAX_SENTENCE, MAX_SENTENCES
from model.segmentation import segment
from model.wire import Segment, join_segments
from service.problems import LANGUAGE, Problem


@dataclass(frozen=True, slots=True)
class Article:
    """An article to score.

    Attributes
    ----------
    text : str
    segments : sequence of Segment, or None
        The blocks that it was sent in.
    extracted : bool
        Whether the client, who sent HTML, does not know the text.
    """

    text: str
    segments: Sequence[Segment] | None
    extracted: bool


def read_article(request: Mapping[str, Any]) -> Article:
    """Take the article out of a valid request.

    Raises
    ------
    Problem
        Of status 413 or 422, if it is too long, its HTML cannot be read, or it is not in English.
    """
    segments = request.get("segments")
    if segments:
        _check_length({f"#/segments/{index}/text": part.text for index, part in enumerate(segments)})
        text = join_segments(segments)
    elif "html" in request:
        text = _read_html(request["html"])
        _check_length({"#/html": text})
    else:
        text = request["text"]
        _check_length({"#/text": text})
    language = other_language(text)
    if language is not None:
        raise Problem(422, f"The text is in another language than English: {language}.", kind=LANGUAGE)
    return Article(text, segments, "html" in request)


def _read_html(html: str) -> str:
    try:
        return read_html(html)
    except HtmlError as error:
        raise Problem(422, errors=[{"pointer": "#/html", "detail": str(error)}]) from None


def _check_length(parts: Mapping[str, str]) -> None:
    """Refuse too many sentences, or too long ones, in parts of an article by their pointers."""
    if sum(map(len, parts.values())) <= MAX_SENTENCE:
        return  # not enough for either
    sentences = {pointer: segment(part) for pointer, part in parts.items()}
    if sum(map(len, sentences.values())) > MAX_SENTENCES:
        raise Problem(413, f"The article has more than {MAX_SENTENCES} sentences.")
    faults = [
        {"pointer": pointer, "detail": f"Has a sentence of more than {MAX_SENTENCE} characters."}
        for pointer, spans in sentences.items()
        if any(end - start > MAX_SENTENCE for start, end in spans)
    ]
    if faults:
        raise Problem(422, errors=faults)
