"""What can be scored: HTML, limits of length, languages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from model.html import MAX_DEPTH, read_html
from model.limits import MAX_SENTENCE, MAX_SENTENCES
from model.offsets import OFFSET_ENCODINGS

FRAGMENT = "<h2>Plant closed 😀</h2>\n<p>“We were not told,” said <b>Zoë Ruiz</b>, the mayor.<br>She left.</p>"
GERMAN = "Der Minister sagte am Montag, die Regierung werde den Entwurf noch in dieser Woche vorlegen."
SENTENCE = "The minister said so. "
LONG = "and " * (MAX_SENTENCE // 4) + "so."

CUTS = {
    "utf-16": lambda text, start, end: text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le"),
    "utf-32": lambda text, start, end: text[start:end],
    "utf-8": lambda text, start, end: text.encode()[start:end].decode(),
}


def score(client: FlaskClient, **request: Any) -> dict[str, Any]:
    response = client.post("/v1/score", json=request)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.get_json()
    return answer


def problem(client: FlaskClient, status: int, **request: Any) -> dict[str, Any]:
    response = client.post("/v1/score", json=request)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    return response.get_json(force=True)


def test_html_is_scored_as_its_text(client: FlaskClient) -> None:
    answer = score(client, html=FRAGMENT, explain=True)
    text = "Plant closed 😀\n\n“We were not told,” said Zoë Ruiz, the mayor.\nShe left."
    assert answer == score(client, text=text, explain=True) | {"text": text}
    assert "text" not in score(client, text=text)


@pytest.mark.parametrize("encoding", OFFSET_ENCODINGS)
def test_offsets_count_into_the_extracted_text(client: FlaskClient, encoding: str) -> None:
    answer = score(client, html=FRAGMENT, offset_encoding=encoding, explain=True)
    for sentence in answer["sentences"]:
        assert sentence["segment"] is None
        for span in (sentence, *filter(None, sentence["evidence"].values())):
            assert CUTS[encoding](answer["text"], span["start"], span["end"]) == span["text"]


html = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b>", "<br>", "<li>", "<td>", "<body>", "&amp;", "😀", "The mayor said so. ", "\n"]
    )
    | st.text(max_size=6),
    min_size=1,
    max_size=25,
).map("".join)


@settings(deadline=None)
@given(html=html)
def test_any_html(client: FlaskClient, html: str) -> None:
    response = client.post("/v1/score", json={"html": html, "explain": True})
    if response.status_code == 422:
        assert response.get_json(force=True)["type"] in {"/problems/validation", "/problems/language"}
        return
    answer = response.get_json()
    assert answer["text"] == read_html(html)
    for sentence in answer["sentences"]:
        assert CUTS["utf-16"](answer["text"], sentence["start"], sentence["end"]) == sentence["text"]


@pytest.mark.parametrize("html", ["<script>x</script>", "<html><body></body></html>", "<div>" * (MAX_DEPTH + 1) + "x"])
def test_html_that_cannot_be_read(client: FlaskClient, html: str) -> None:
    answer = problem(client, 422, html=html)
    assert answer["type"] == "/problems/validation"
    assert [error["pointer"] for error in answer["errors"]] == ["#/html"]


@pytest.mark.parametrize(
    "article",
    [
        {"text": GERMAN},
        {"html": f"<p>{GERMAN}</p>"},
        {"segments": [{"id": str(i), "text": part} for i, part in enumerate(GERMAN.split(","))]},
    ],
    ids=["text", "html", "segments"],
)
def test_other_languages_are_refused(client: FlaskClient, article: dict[str, Any]) -> None:
    answer = problem(client, 422, **article)
    assert answer["type"] == "/problems/language"
    assert answer["detail"] == "The text is in another language than English: de."


@pytest.mark.parametrize("text", ["Nein.", f"{GERMAN} He said that in German, and then he left for the airport."])
def test_short_and_mixed_texts_are_scored(client: FlaskClient, text: str) -> None:
    assert score(client, text=text)["sentences"]


@pytest.mark.parametrize(
    ("article", "pointers"),
    [
        ({"text": LONG}, ["#/text"]),
        ({"text": f"It rained.\n{LONG}\nIt rained."}, ["#/text"]),
        ({"html": f"<p>It rained.<p>{LONG}"}, ["#/html"]),
        (
            {"segments": [{"id": "a", "text": LONG}, {"id": "b", "text": "It rained."}, {"id": "c", "text": LONG}]},
            ["#/segments/0/text", "#/segments/2/text"],
        ),
    ],
)
def test_sentences_that_are_too_long(client: FlaskClient, article: dict[str, Any], pointers: list[str]) -> None:
    answer = problem(client, 422, **article)
    assert answer["type"] == "/problems/validation"
    assert [error["pointer"] for error in answer["errors"]] == pointers


@pytest.mark.parametrize(
    "article",
    [
        {"text": SENTENCE * (MAX_SENTENCES + 1)},
        {"html": f"<p>{SENTENCE * 2}" * (MAX_SENTENCES // 2 + 1)},
        {"segments": [{"id": str(i), "text": SENTENCE * 2} for i in range(MAX_SENTENCES // 2 + 1)]},
    ],
    ids=["text", "html", "segments"],
)
def test_too_many_sentences(client: FlaskClient, article: dict[str, Any]) -> None:
    assert problem(client, 413, **article)["type"] == "/problems/too-large"


def test_the_largest_articles(client: FlaskClient) -> None:
    assert len(score(client, text=SENTENCE * MAX_SENTENCES)["sentences"]) == MAX_SENTENCES
    longest = LONG[: MAX_SENTENCE - 1] + "."
    assert [s["text"] for s in score(client, text=longest)["sentences"]] == [longest]


@pytest.mark.parametrize("depth", [100, 900, 5_000, 100_000])
@pytest.mark.parametrize("around", ["{}", '{{"text": {}}}', '{{"segments": [{}]}}', '{{"text": "Yes.", "id": {}}}'])
def test_deeply_nested_json(client: FlaskClient, around: str, depth: int) -> None:
    for inner in ("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth):
        response = client.post("/v1/score", data=around.format(inner), content_type="application/json")
        assert response.status_code in {400, 422}
        assert response.content_type == "application/problem+json"
        assert len(response.data) < 5_000
        batch = json.dumps({"documents": [{"text": "Yes."}]})[:-2] + f", {inner}]}}"
        response = client.post("/v1/score/batch", data=batch, content_type="application/json")
        assert response.status_code in {200, 400}
