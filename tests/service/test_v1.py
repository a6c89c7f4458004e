from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.language import other_language
from model.offsets import OFFSET_ENCODINGS
from model.policy import judge
from model.policy_file import DEFAULT, load_policies
from model.scorer import Scorer
from model.wire import SEGMENT_BREAK, Segment, judgement_to_wire, to_wire

ARTICLE = (
    "The plant closed in May.\n\n“We were not told,” said Ana Ruiz, the mayor.\n"
    "US officials have accused both sides. The Interior Ministry said it would look into the case."
)

#: Offsets by unit: how to cut a text there.
CUTS = {
    "utf-16": lambda text, start, end: text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le"),
    "utf-32": lambda text, start, end: text[start:end],
    "utf-8": lambda text, start, end: text.encode()[start:end].decode(),
}

PIECES = [
    "The minister said so.",
    "“No,” she told Reuters.",
    "US officials have accused Zoë Ångström.",
    ".",
    "”",
    '"',
    " ",
]
BREAKS = ["\n", "\r\n", "\r", "\n\n", "\u2028", "\x85", "\xa0", "\0", "\ufeff", "\u202e"]
#: Whatever takes one unit in one encoding and several in another, alone and combined.
WIDE = ["😀", "👩\u200d👩\u200d👧", "🇪🇺", "𓀀𓀁.", "e\u0301", "한", "中文。", "ﷺ"]

pieces = st.sampled_from(PIECES) | st.sampled_from(BREAKS) | st.sampled_from(WIDE) | st.text(max_size=8)
texts = st.lists(pieces, min_size=1, max_size=20).map("".join).filter(str.strip)


def score(client: FlaskClient, **request: Any) -> dict[str, Any]:
    response = client.post("/v1/score", json=request)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.get_json()
    return answer


def spans(answer: dict[str, Any]) -> list[tuple[str | None, dict[str, Any]]]:
    """All spans of an answer, each with the id of its segment."""
    found = []
    for sentence in answer["sentences"]:
        parts = [sentence, *filter(None, sentence["evidence"].values())]
        found += [(sentence["segment"], part) for part in parts]
    return found


def test_text(client: FlaskClient, scorer: Scorer) -> None:
    answer = score(client, text=ARTICLE)
    assert answer == {
        "id": None,
        "model": scorer.manifest.identity(),
        **to_wire(scorer.score(ARTICLE)),
        **judgement_to_wire(judge(scorer.score(ARTICLE), load_policies()[DEFAULT])),
    }
    assert list(answer) == ["id", "model", "offset_encoding", "document", "sentences", "policy", "flags", "verdict"]
    assert answer["offset_encoding"] == "utf-16"
    assert len(answer["sentences"]) == 4
    assert all("evidence" not in sentence for sentence in answer["sentences"])


def test_segments_are_read_as_one_article(client: FlaskClient, scorer: Scorer) -> None:
    parts = ["“We were not told,” said Ana Ruiz, the mayor.", "“Nobody asked us,” she said. “Nobody."]
    answer = score(client, segments=[{"id": f"block-{i}", "text": part} for i, part in enumerate(parts)], explain=True)
    whole = score(client, text=SEGMENT_BREAK.join(parts), explain=True)
    assert answer["document"]["sources"] == whole["document"]["sources"]
    assert [s["strength"] for s in answer["sentences"]] == [s["strength"] for s in whole["sentences"]]
    assert [s["segment"] for s in answer["sentences"]] == ["block-0", "block-1", "block-1"]
    assert [s["start"] for s in answer["sentences"]] == [0, 0, len("“Nobody asked us,” she said. ")]
    assert all(sentence["segment"] is None for sentence in whole["sentences"])


def test_explain(client: FlaskClient) -> None:
    evidence = [sentence["evidence"] for sentence in score(client, text=ARTICLE, explain=True)["sentences"]]
    assert evidence[0] == {"source": None, "cue": None}
    assert evidence[1]["source"]["text"] == "Ana Ruiz"
    assert evidence[1]["cue"]["text"] == "said"


@pytest.mark.parametrize("given_id", [None, "", "post-7", "😀", "\0", "<script>"])
def test_id_is_returned(client: FlaskClient, given_id: str | None) -> None:
    assert score(client, text=ARTICLE, id=given_id)["id"] == given_id


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=utf-8"])
def test_bytes_of_a_request(client: FlaskClient, prefix: bytes, content_type: str) -> None:
    body = prefix + '{"text": "“No,” said Zoë \\ud83d\\ude00."}'.encode()
    response = client.post("/v1/score", data=body, content_type=content_type)
    assert response.get_json()["sentences"][0]["text"] == "“No,” said Zoë 😀."


@pytest.mark.parametrize("encoding", OFFSET_ENCODINGS)
@settings(deadline=None)
@given(text=texts)
def test_offsets_of_a_text(client: FlaskClient, encoding: str, text: str) -> None:
    assume(not other_language(text))
    answer = score(client, text=text, offset_encoding=encoding, explain=True)
    cut = CUTS[encoding]
    for segment, span in spans(answer):
        assert segment is None
        assert cut(text, span["start"], span["end"]) == span["text"]
    ends = [end for s in answer["sentences"] for end in (s["start"], s["end"])]
    assert ends == sorted(ends)
    assert "".join("".join(s["text"] for s in answer["sentences"]).split()) == "".join(text.split())
    run = answer["document"]["longest_unsourced_run"]
    if run:
        assert run["start"] == answer["sentences"][run["first"]]["start"]
        assert run["end"] == answer["sentences"][run["last"]]["end"]


@pytest.mark.parametrize("encoding", OFFSET_ENCODINGS)
@settings(deadline=None)
@given(parts=st.dictionaries(st.text(min_size=1, max_size=5), texts, min_size=1, max_size=6))
def test_offsets_of_segments(client: FlaskClient, encoding: str, parts: dict[str, str]) -> None:
    assume(not other_language(SEGMENT_BREAK.join(parts.values())))
    segments = [{"id": name, "text": text} for name, text in parts.items()]
    answer = score(client, segments=segments, offset_encoding=encoding, explain=True)
    cut = CUTS[encoding]
    for segment, span in spans(answer):
        assert segment is not None
        assert cut(parts[segment], span["start"], span["end"]) == span["text"]
    order = list(parts)
    at = [order.index(sentence["segment"]) for sentence in answer["sentences"]]
    assert at == sorted(at)


@pytest.mark.parametrize("encoding", OFFSET_ENCODINGS)
def test_scores_do_not_depend_on_the_offset_encoding(client: FlaskClient, scorer: Scorer, encoding: str) -> None:
    blocks = [Segment("a", "“No 😀,” said Zoë."), Segment("b", "Officials disagree.")]
    wire = to_wire(scorer.score("“No 😀,” said Zoë.\n\nOfficials disagree."), offset_encoding=encoding, segments=blocks)
    request = [{"id": block.id, "text": block.text} for block in blocks]
    answer = score(client, segments=request, offset_encoding=encoding)
    assert {name: answer[name] for name in wire} == wire


def test_model(client: FlaskClient, scorer: Scorer) -> None:
    manifest = scorer.manifest
    assert client.get("/v1/model").get_json() == {
        **manifest.identity(),
        "corpus": manifest.corpus,
        "settings": manifest.settings,
        "metrics": manifest.metrics,
        "libraries": manifest.libraries,
    }
