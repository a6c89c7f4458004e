"""The model card that goes with every model."""

from __future__ import annotations

from model.manifest import Manifest

CARD = "MODEL_CARD.md"


def model_card(manifest: Manifest) -> str:
    """Write the card of a model, all figures from its manifest."""
    corpus, metrics = manifest.corpus, manifest.metrics["cross_validated"]
    rows = "\n".join(
        f"| `{label}` | {scores['precision']:.3f} | {scores['recall']:.3f} | {scores['f1']:.3f} | {scores['support']:,} |"
        for label, scores in metrics["labels"].items()
    )
    boilerplate = manifest.metrics["boilerplate"]
    return f"""# {manifest.name} {manifest.version}

Weights: `{manifest.digest}`

## What it does

For every sentence of an English news article it gives the probabilities that the sentence rests on a named
person, on an institution on the record, on an unnamed source, or on nobody but the writer. It marks the
words that name the source and the words that attribute, and tells the text around an article from the
article. `data/codebook.md` defines the labels.

## What it is for

To show an editor, before publication, which sentences to look at, and to count kinds of sourcing over an
archive. It is not for judging whether a statement is true, or a reporter honest; a sentence without a source is
not a wrong sentence. Do not use it to rank journalists, and do not act on one sentence without reading it.

## How it was made

Linear models over the words of a sentence and what stands around them: taggers for cue and source, a typer
for the source phrase, a classifier for the label, another for boilerplate. Trained on {corpus["articles"]:,} invented
articles written for the purpose, with {corpus["sentences"]:,} labelled sentences and {corpus["boilerplate"]:,} lines of boilerplate
(`{corpus["digest"]}`); see `data/DATASHEET.md`. `onrecord train` builds it again.

## Figures

Cross-validated over the corpus, folds by article; written articles are easier than published ones.

Accuracy {metrics["accuracy"]:.3f}, macro-F1 {metrics["macro_f1"]:.3f}, attributed or not F1 {metrics["attributed_f1"]:.3f}, calibration error
{metrics["calibration_error"]:.3f}, Brier {metrics["brier"]:.3f}.

| label | precision | recall | F1 | sentences |
|---|---|---|---|---|
{rows}

Boilerplate: precision {boilerplate["precision"]:.3f}, recall {boilerplate["recall"]:.3f}; {boilerplate["kept"]:.1%} of the articles' sentences are kept.
"""
