from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from model.html import MAX_ATTRIBUTES, MAX_CHILDREN, MAX_DEPTH, MAX_ELEMENTS
from model.limits import MAX_SENTENCE, MAX_SENTENCES
from service.problems import ALL_PROBLEM_TYPES, ProblemType
from service.schemas import MAX_DOCUMENTS, MAX_SEGMENTS
from service.settings import Settings

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
PAGES = ["/", "/docs"]


class Page(HTMLParser):
    """The attributes of all elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, Any]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> Page:
    return Page(client.get("/docs").text)


def test_page_shows_the_whole_document(client: FlaskClient, page: Page) -> None:
    document = client.get("/openapi.json").get_json()
    operations = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]
    assert {*operations, *document["components"]["schemas"]} <= set(page.all("id"))
    assert [json.loads(example) for example in page.all("data-example")] == [
        example["value"]
        for path in document["paths"].values()
        for operation in path.values()
        if "requestBody" in operation
        for example in operation["requestBody"]["content"]["application/json"]["examples"].values()
    ]


@pytest.mark.parametrize("path", PAGES)
def test_page_needs_only_the_service(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path).text)
    ids = set(page.all("id"))
    for link in page.all("href") + page.all("src"):
        if link.startswith("#"):
            assert link[1:] in ids
        else:
            with client.get(link) as response:
                assert response.status_code == 200
                assert "//" not in link
                assert not re.search(r"https?://|url\(|@import", response.text)


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_its_policy(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    page = Page(response.text)
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
    assert "unsafe" not in policy
    assert not [name for _, attributes in page.elements for name in attributes if name == "style" or name[:2] == "on"]
    assert not [
        tag for tag, attributes in page.elements if tag == "style" or (tag == "script" and not attributes["src"])
    ]


@pytest.mark.parametrize(("status", "problem"), ALL_PROBLEM_TYPES)
def test_guide_explains_problems(status: int, problem: ProblemType) -> None:
    assert f"| {status} | `/problems/{problem.name}` | {problem.meaning}" in GUIDE


@pytest.mark.parametrize(
    "limit",
    [
        MAX_ATTRIBUTES,
        MAX_CHILDREN,
        MAX_DEPTH,
        MAX_DOCUMENTS,
        MAX_ELEMENTS,
        MAX_SEGMENTS,
        MAX_SENTENCE,
        MAX_SENTENCES,
        Settings().max_bytes,
    ],
)
def test_guide_tells_limits(limit: int) -> None:
    _, _, limits = GUIDE.partition("## Limits")
    assert re.search(rf"\b{limit:,}\b", limits)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/score",
        "/v1/score/batch",
        "/v1/model",
        "/v1/policies",
        "/livez",
        "/readyz",
        "/metrics",
        "/openapi.json",
        "/docs",
        "/",
    ],
)
def test_guide_explains_addresses(path: str) -> None:
    assert f"{path}`" in GUIDE


@pytest.mark.parametrize(
    ("path", "example"), re.findall(r"curl http://127.0.0.1:8000(\S+) .*?-d '(\{.*?\})'", GUIDE, re.DOTALL)
)
def test_requests_of_the_guide_work(client: FlaskClient, path: str, example: str) -> None:
    assert client.post(path, data=example, content_type="application/json").status_code == 200
