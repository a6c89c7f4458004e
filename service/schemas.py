"""The members of requests and answers, as checked and as documented.

Requests are read through these schemas. Answers are only described by them, since `model.wire` makes them
ready to send; the tests hold the answers against the description.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from marshmallow import INCLUDE, Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf

from model.flags import RULES
from model.labels import LABELS
from model.offsets import OFFSET_ENCODINGS
from model.policy import SEVERITIES, VERDICTS, Policy
from model.standards import STANDARDS
from model.wire import Segment
from service.policies import default_policy, served_policies
from service.problems import ProblemSchema

#: An article has dozens of blocks; tens of thousands would keep the service busy with checking them.
MAX_SEGMENTS: Final = 5000
MAX_DOCUMENTS: Final = 100

#: What `not_blank` checks, as it is documented.
NOT_BLANK: Final = r"\S"

#: The members of a request that can hold its article.
INPUTS: Final = ("text", "html", "segments")


def encodable(text: str) -> None:
    """Refuse halves of surrogate pairs: JSON can write them, but no encoding can carry them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValidationError("Has an unpaired surrogate.") from None


def not_blank(text: str) -> None:
    """Refuse text of nothing but white space."""
    if not text.strip():
        raise ValidationError("Must hold some text.")


class Flag(fields.Boolean):
    """A true or a false, and nothing that may pass for one."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class Segments(fields.List[Any]):
    """A list of segments, counted before they are looked at, and told apart by their ids."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> list[Any]:
        if isinstance(value, list) and not 1 <= len(value) <= MAX_SEGMENTS:
            raise ValidationError(f"Must have between 1 and {MAX_SEGMENTS} segments.")
        segments: list[Any] = super()._deserialize(value, *args, **kwargs)
        seen: set[str] = set()
        faults = {}
        for index, segment in enumerate(segments):
            if segment.id in seen:
                faults[index] = {"id": ["Is the id of an earlier segment."]}
            seen.add(segment.id)
        if faults:
            raise ValidationError(faults)
        return segments


class PolicyName(fields.String):
    """The name of a policy that is served; read as the policy."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        policy = served_policies().get(super()._deserialize(value, *args, **kwargs))
        if policy is None:
            raise ValidationError("Is the name of no policy; GET /v1/policies lists them.")
        return policy


class Documents(fields.List[Any]):
    """A list whose items are described and counted here, but read one by one: a bad one spoils none of the others."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        if not 1 <= len(value) <= MAX_DOCUMENTS:
            raise ValidationError(f"Must have between 1 and {MAX_DOCUMENTS} documents.")
        return value


def _text(**kwargs: Any) -> fields.String:
    metadata = {
        "minLength": 1,
        "pattern": NOT_BLANK,
        "description": "Plain text, not blank; newlines separate paragraphs",
    }
    return fields.String(validate=[encodable, not_blank], metadata=metadata, **kwargs)


class SegmentSchema(Schema):
    """A block of a CMS."""

    id = fields.String(
        required=True,
        validate=[encodable, Length(min=1)],
        metadata={"description": "Names the segment in the answer; no two segments share one"},
    )
    text = _text(required=True)

    @post_load
    def _segment(self, data: dict[str, str], **_: Any) -> Segment:
        return Segment(**data)


class ScoreRequestSchema(Schema):
    """An article to score: its text, its HTML or its segments."""

    text = _text()
    html = fields.String(
        validate=[encodable, not_blank],
        metadata={
            "minLength": 1,
            "pattern": NOT_BLANK,
            "description": "A page, of which the article is read, or the HTML of an article, which is read as it is",
        },
    )
    segments = Segments(
        fields.Nested(SegmentSchema),
        metadata={"minItems": 1, "maxItems": MAX_SEGMENTS, "description": "A CMS's blocks, read as one article"},
    )
    id = fields.String(
        load_default=None, allow_none=True, validate=encodable, metadata={"description": "Returned in the answer"}
    )
    offset_encoding = fields.String(
        load_default=OFFSET_ENCODINGS[0],
        validate=OneOf(OFFSET_ENCODINGS),
        metadata={"description": "Unit of all offsets: JavaScript's and Java's, Python's, or bytes"},
    )
    policy = PolicyName(
        load_default=default_policy,
        metadata={"description": "Name of the policy to judge by, one of GET /v1/policies; `default` if left out"},
    )
    explain = Flag(load_default=False, metadata={"description": "Whether sentences carry their evidence"})

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_article(self, _: Any, original: Any, **__: Any) -> None:
        if isinstance(original, dict) and len(original.keys() & set(INPUTS)) != 1:
            raise ValidationError("Must have exactly one of text, html and segments.")


class BatchRequestSchema(Schema):
    """Articles to score, each on its own."""

    documents = Documents(
        fields.Nested(ScoreRequestSchema),
        required=True,
        metadata={"minItems": 1, "maxItems": MAX_DOCUMENTS, "description": "A bad one does not spoil the others"},
    )


class Answer(Schema):
    """What answers are made of: more members may be added within v1."""

    class Meta:
        """Documented as open."""

        unknown = INCLUDE


def _by_label(name: str, each: fields.Field[Any]) -> type[Schema]:
    return type(name, (Answer,), dict.fromkeys(LABELS, each))


def _label(**kwargs: Any) -> fields.String:
    return fields.String(required=True, validate=OneOf(LABELS), **kwargs)


def _unit(**kwargs: Any) -> fields.Float:
    return fields.Float(required=True, metadata={"minimum": 0, "maximum": 1} | kwargs.pop("metadata", {}), **kwargs)


def _index(**metadata: Any) -> fields.Integer:
    return fields.Integer(required=True, metadata={"minimum": 0} | metadata)


def _indices(description: str) -> fields.List[int]:
    return fields.List(fields.Integer(metadata={"minimum": 0}), required=True, metadata={"description": description})


CountsSchema = _by_label("CountsSchema", _index())
SharesSchema = _by_label("SharesSchema", _unit())
ProbabilitiesSchema = _by_label("ProbabilitiesSchema", _unit())
WeightsSchema = _by_label("WeightsSchema", fields.Float(required=True))


class ModelIdentitySchema(Answer):
    """Which model it was."""

    name = fields.String(required=True)
    version = fields.String(required=True)
    digest = fields.String(required=True, metadata={"description": "SHA-256 of the model's weights"})
    weights = fields.Nested(
        WeightsSchema, required=True, metadata={"description": "What each label counts for in a strength"}
    )


class ModelSchema(ModelIdentitySchema):
    """The model that is served, and where it comes from."""

    corpus = fields.Dict(required=True, metadata={"description": "What it was trained on"})
    settings = fields.Dict(required=True, metadata={"description": "How it was trained"})
    metrics = fields.Dict(required=True, metadata={"description": "How well it did"})
    libraries = fields.Dict(required=True, metadata={"description": "What it was trained with"})


class SpanSchema(Answer):
    """A part of the text, as a half-open range."""

    start = _index()
    end = _index()
    text = fields.String(required=True)


class EvidenceSchema(Answer):
    """What shows who stands behind a sentence."""

    source = fields.Nested(
        SpanSchema, required=True, allow_none=True, metadata={"description": "Who is said to say it"}
    )
    cue = fields.Nested(
        SpanSchema, required=True, allow_none=True, metadata={"description": "The words that attribute"}
    )


class SentenceSchema(SpanSchema):
    """A sentence, and who stands behind it; boilerplate has no label, strength or probabilities."""

    segment = fields.String(required=True, allow_none=True, metadata={"description": "Id of the segment it is in"})
    label = _label(allow_none=True)
    strength = _unit(allow_none=True, metadata={"description": "Expected weight under the probabilities"})
    boilerplate = fields.Boolean(required=True, metadata={"description": "Whether it is text around the article"})
    probabilities = fields.Nested(ProbabilitiesSchema, required=True, allow_none=True)
    evidence = fields.Nested(EvidenceSchema, metadata={"description": "With explain"})


class RunSchema(Answer):
    """A stretch of sentences."""

    length = fields.Integer(required=True, metadata={"minimum": 1, "description": "Sentences but for boilerplate"})
    first = _index(description="Index of its first sentence")
    last = _index(description="Index of its last sentence")
    start = _index(description="Where its first sentence starts")
    end = _index(description="Where its last sentence ends, in the segment of that sentence")


class SourceSchema(Answer):
    """Somebody whom the article quotes, by the fullest name it gives."""

    text = fields.String(required=True)
    label = _label()
    sentences = _indices("Indices of the sentences that rest on this source")


class DocumentSchema(Answer):
    """The article as a whole."""

    strength = _unit(
        allow_none=True, metadata={"description": "Mean over the labelled sentences, by length; null without any"}
    )
    sentences = _index()
    boilerplate = _index(description="How many sentences are text around the article")
    counts = fields.Nested(CountsSchema, required=True, metadata={"description": "Labelled sentences"})
    shares = fields.Nested(SharesSchema, required=True, metadata={"description": "The same, as shares"})
    longest_unsourced_run = fields.Nested(RunSchema, required=True, allow_none=True)
    sources = fields.List(fields.Nested(SourceSchema), required=True, metadata={"description": "As they appear"})


def _code() -> fields.String:
    return fields.String(
        required=True, metadata={"description": "Which flag: never renamed, but more may come", "examples": list(RULES)}
    )


def _message() -> fields.String:
    return fields.String(required=True, metadata={"description": "The same to an editor, in English"})


def _standard() -> fields.String:
    return fields.String(required=True, metadata={"description": "Whose standard it is, and what it asks"})


class FindingSchema(Answer):
    """Something for an editor to look at."""

    code = _code()
    severity = fields.String(required=True, validate=OneOf(SEVERITIES[1:]))
    sentences = _indices("Indices of the sentences concerned")
    message = _message()
    standard = _standard()


class ThresholdsSchema(Answer):
    """From where on a policy minds."""

    certainty = _unit(metadata={"description": "Least probability of the label for which a sentence is flagged"})
    single_source = _index(description="Attributed sentences from which on one source is too few")
    unsourced_run = _index(description="Sentences in a row without a source that make a long stretch")
    quotation = _index(description="Words of a quotation that must have a speaker")


SeveritiesSchema = type(
    "SeveritiesSchema",
    (Answer,),
    {code: fields.String(required=True, validate=OneOf(SEVERITIES)) for code in RULES},
)


class PolicySchema(Answer):
    """What a newsroom minds, and how much."""

    name = fields.String(required=True)
    description = fields.String(required=True)
    thresholds = fields.Nested(ThresholdsSchema, required=True)
    flags = fields.Nested(SeveritiesSchema, required=True, metadata={"description": "The severity of each flag"})


class FlagSchema(Answer):
    """A sourcing standard that articles are held against."""

    code = _code()
    message = _message()
    standard = _standard()


class PoliciesSchema(Answer):
    """The policies and the flags."""

    policies = fields.List(fields.Nested(PolicySchema), required=True, metadata={"description": "The default first"})
    flags = fields.List(fields.Nested(FlagSchema), required=True)


def describe_policies(policies: Iterable[Policy]) -> dict[str, Any]:
    """The answer that `PoliciesSchema` describes."""
    return {
        "policies": [
            {
                "name": policy.name,
                "description": policy.description,
                "thresholds": asdict(policy.thresholds),
                "flags": policy.severities,
            }
            for policy in policies
        ],
        "flags": [{"code": code} | asdict(standard) for code, standard in STANDARDS.items()],
    }


class ScoreSchema(Answer):
    """A scored article."""

    id = fields.String(required=True, allow_none=True, metadata={"description": "As it was sent"})
    model = fields.Nested(ModelIdentitySchema, required=True)
    text = fields.String(metadata={"description": "With html: the text read from it, into which all offsets count"})
    offset_encoding = fields.String(required=True, validate=OneOf(OFFSET_ENCODINGS))
    document = fields.Nested(DocumentSchema, required=True)
    sentences = fields.List(fields.Nested(SentenceSchema), required=True)
    policy = fields.String(required=True, metadata={"description": "Name of the policy that judged"})
    flags = fields.List(
        fields.Nested(FindingSchema), required=True, metadata={"description": "What to look at, gravest first"}
    )
    verdict = fields.String(
        required=True, validate=OneOf(VERDICTS), metadata={"description": "As grave as the gravest flag; notes pass"}
    )


class OutcomeSchema(Answer):
    """What became of one document among many."""

    index = _index(description="Its place among those sent")
    id = fields.String(required=True, allow_none=True, metadata={"description": "As it was sent"})
    status = fields.Integer(required=True, metadata={"description": "The HTTP status it would have got alone"})
    answer = fields.Nested(ScoreSchema, metadata={"description": "With status 200"})
    problem = fields.Nested(ProblemSchema, metadata={"description": "With any other status"})


class BatchSchema(Answer):
    """What became of each document."""

    outcomes = fields.List(fields.Nested(OutcomeSchema), required=True, metadata={"description": "In the order sent"})
