from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from service.headers import HEADERS


@pytest.mark.parametrize("path", ["/v1/model", "/nowhere", "/livez", "/openapi.json"])
def test_every_answer_has_them(client: FlaskClient, path: str) -> None:
    assert HEADERS.items() <= dict(client.get(path).headers).items()
