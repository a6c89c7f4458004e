"""The service does what its OpenAPI document says, whatever the document allows or forbids."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from model.scorer import Scorer
from service.app import create_app
from service.settings import Settings

OPERATIONS = [
    ("/v1/score", "POST"),
    ("/v1/score/batch", "POST"),
    ("/v1/model", "GET"),
    ("/v1/policies", "GET"),
]
CONFIG = {"checks": {"negative_data_rejection": {"expected-statuses": [400, 413, 415, 422]}}}
#: What is said of members that JSON Schema has no words for.
BEYOND_SCHEMA = {"Is the id of an earlier segment.", "Holds no text.", "Is a page without the text of an article."}


@pytest.fixture(scope="module")
def document(scorer: Scorer, tmp_path_factory: pytest.TempPathFactory) -> Any:
    app = create_app(Settings(keys=tmp_path_factory.mktemp("none") / "keys.json"), scorer=scorer)
    return schemathesis.openapi.from_wsgi("/openapi.json", app, config=SchemathesisConfig.from_dict(CONFIG))


def test_all_operations_are_tried(document: Any) -> None:
    assert {(path, method.upper()) for path in document for method in document[path]} == set(OPERATIONS)


def refused_for_its_content(response: schemathesis.Response) -> bool:
    """Whether a request that fits the schema was refused as the guide says it may be."""
    if response.status_code != 422:
        return False
    problem = response.json()
    return problem["type"] == "/problems/language" or {e["detail"] for e in problem["errors"]} <= BEYOND_SCHEMA


@pytest.mark.parametrize(
    ("path", "method", "mode"),
    [(*operation, GenerationMode.POSITIVE) for operation in OPERATIONS]
    + [(*operation, GenerationMode.NEGATIVE) for operation in OPERATIONS if operation[1] == "POST"],
)
def test_conforms(document: Any, path: str, method: str, mode: GenerationMode) -> None:
    @settings(max_examples=25, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=document[path][method].as_strategy(generation_mode=mode))
    def check(case: schemathesis.Case) -> None:
        response = case.call()
        excluded = [positive_data_acceptance] if refused_for_its_content(response) else []
        case.validate_response(response, excluded_checks=excluded)

    check()
