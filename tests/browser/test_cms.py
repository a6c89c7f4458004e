"""The example for the CMS developer in a page of another origin, as a CMS's own page would use it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from docs.refresh import ROOT
from service.keys import add_key
from tests.service.running import running

FOLDER = ROOT / "docs" / "examples" / "cms"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def cms() -> Iterator[str]:
    """The origin of a CMS that serves the examples."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=FOLDER)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_page_of_a_named_origin_can_check(browser: Browser, cms: str, model_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    key = add_key(file, "page")
    settings = {"ONRECORD_MODEL": model_folder, "ONRECORD_KEYS": file, "ONRECORD_CORS_ORIGINS": cms}
    article = json.loads((FOLDER / "article.json").read_text(encoding="utf-8"))

    def check(page: Any, **options: str) -> Any:
        return page.evaluate(
            "async ([article, options]) => (await import('./check.mjs')).check(article, options)", [article, options]
        )

    with running(tmp_path / "log", **settings) as service, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{cms}/article.json")
        url = f"http://127.0.0.1:{service.port}"
        assert check(page, url=url, key=key)["answer"]["id"] == article["id"]
        assert "status 401" in check(page, url=url)["reason"]
        page.goto(f"{cms.replace('127.0.0.1', 'localhost')}/article.json")  # another origin, which nobody has named
        assert "cannot be reached" in check(page, url=url, key=key)["reason"]
