"""The model's contract."""

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.artefact import load_model
from model.labels import LABELS
from model.scorer import Scorer
from model.wire import Segment, join_segments, to_wire

EVALUATION = Path(__file__).resolve().parents[2] / "data" / "evaluation"

ARTICLE = (
    "Ferry to stay in port until Friday\n\n"
    "The ferry to Inis Carrig will not sail before Friday, the harbour company said in a statement.\n\n"
    "“The shaft is cracked,” said Maeve Tuohy, the ship’s engineer. “I would not cross a bath in her.”\n\n"
    "She said a new part had been ordered from Gdansk.\n\n"
    "Two people who have seen the invoice said it came to €400,000.\n\n"
    "The ship was built in 1987.\n\n"
    "Share this article"
)


def test_an_article_is_read_as_an_editor_would(scorer: Scorer) -> None:
    labels = [sentence.label for sentence in scorer.score(ARTICLE).sentences]
    assert labels[1:7] == ["official", "named", "named", "named", "anonymous", "unsourced"]


def test_probabilities_and_strengths_fit_together(scorer: Scorer) -> None:
    weights = [scorer.manifest.weights[label] for label in LABELS]
    for sentence in scorer.score(ARTICLE).sentences:
        if sentence.boilerplate:
            assert sentence.label is sentence.strength is sentence.probabilities is None
            continue
        assert sentence.probabilities is not None
        assert math.isclose(sum(sentence.probabilities), 1, abs_tol=1e-5)
        assert sentence.label == LABELS[max(range(4), key=sentence.probabilities.__getitem__)]
        assert sentence.strength is not None
        expected = sum(p * w for p, w in zip(sentence.probabilities, weights, strict=True))
        assert math.isclose(sentence.strength, expected, abs_tol=1e-5)


def test_the_summary_adds_up(scorer: Scorer) -> None:
    document = scorer.score(ARTICLE)
    summary = document.summary
    assert summary.sentences == len(document.sentences)
    assert sum(summary.counts.values()) == summary.sentences - summary.boilerplate
    assert math.isclose(sum(summary.shares.values()), 1)
    assert summary.strength is not None
    assert 0 <= summary.strength <= 1
    maeve = next(source for source in summary.sources if "Maeve Tuohy" in source.text)
    assert maeve.sentences == (2, 3, 4)


def test_evidence_comes_when_asked_for(scorer: Scorer) -> None:
    assert all(s.source is s.cue is None for s in scorer.score(ARTICLE).sentences)
    explained = scorer.score(ARTICLE, explain=True).sentences[1]
    assert explained.source is not None
    assert explained.cue is not None
    assert ARTICLE[explained.source.start : explained.source.end] == "the harbour company"
    assert ARTICLE[explained.cue.start : explained.cue.end] == "said"


def test_a_text_gets_the_same_scores_whatever_was_scored_before_or_beside_it(model_folder: Path) -> None:
    articles = [path.read_text() for path in sorted(EVALUATION.glob("*.txt"))[:20]]
    texts = [
        ARTICLE,
        "",
        "Police said the road was closed.",
        "“Unclosed",
        *(f"Item {i}." for i in range(60)),
        *articles,
    ]
    together = load_model(model_folder).score_many(texts, explain=True)
    scorer = load_model(model_folder)
    apart = [scorer.score(text, explain=True) for text in reversed(texts)]
    assert together == apart[::-1]


def test_an_empty_text_has_no_sentences(scorer: Scorer) -> None:
    summary = scorer.score(" \n ").summary
    assert (summary.sentences, summary.strength, summary.longest_unsourced_run, summary.sources) == (0, None, None, ())


def test_the_longest_run_without_a_source_is_found(scorer: Scorer) -> None:
    text = (
        "The ship was built in 1987. It has two engines. It carries cars.\n\n“She sails,” said Ann Tuohy.\n\nIt rained."
    )
    run = scorer.score(text).summary.longest_unsourced_run
    assert run is not None
    assert (run.first, run.last, run.length) == (0, 2, 3)


hostile = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=300),
    st.lists(
        st.sampled_from(
            ["“", '"', "''", "said", "She", "Mr.", "\n", "\x00", "\u202e", "😀", "a" * 500, "’", ".", "the", "Ruiz"]
        ),
        max_size=60,
    ).map(" ".join),
)


@settings(max_examples=150, deadline=None)
@given(text=hostile)
def test_any_text_is_scored_with_exact_offsets(scorer: Scorer, text: str) -> None:
    document = scorer.score(text, explain=True)
    for sentence in document.sentences:
        assert text[sentence.start : sentence.end].strip()
        for part in (sentence.source, sentence.cue):
            assert part is None or sentence.start <= part.start < part.end <= sentence.end
    for encoding in ("utf-8", "utf-16", "utf-32"):
        to_wire(document, offset_encoding=encoding, explain=True)


def test_segments_are_one_article_with_offsets_of_their_own(scorer: Scorer) -> None:
    segments = [
        Segment("a", "“The shaft is cracked,” said 😀 Maeve Tuohy."),
        Segment("b", "😀 She said more. It rained."),
    ]
    answer = to_wire(scorer.score(join_segments(segments)), segments=segments)
    texts = {segment.id: segment.text for segment in segments}
    assert [sentence["segment"] for sentence in answer["sentences"]] == ["a", "b", "b"]
    for sentence in answer["sentences"]:
        units = texts[sentence["segment"]].encode("utf-16-le")
        assert units[2 * sentence["start"] : 2 * sentence["end"]].decode("utf-16-le") == sentence["text"]


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "'{}'", "''{}''"])
def test_a_quotation_keeps_its_speaker_over_sentences(scorer: Scorer, marks: str) -> None:
    quotation = marks.format("We begged them for a new boiler. They sent us a leaflet. It was not even warm.")
    text = f"Ruth Adeyemi, who runs the baths, said the council had known for years.\n\n{quotation}"
    assert [s.label for s in scorer.score(text).sentences] == ["named"] * 4
