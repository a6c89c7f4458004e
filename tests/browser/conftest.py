"""The service as it is run, and the system's Chromium to open it in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.service.running import running

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

POLICIES = """\
[strict]
description = "Holds an article for a bare source, however unsure the model"
thresholds = { certainty = 0.0 }
flags = { bare-source = "hold" }
"""


@pytest.fixture(scope="session")
def service(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service, which has a policy of its own beside the default."""
    policies = tmp_path_factory.mktemp("policies") / "policies.toml"
    policies.write_text(POLICIES)
    with running(policies.with_name("log"), ONRECORD_MODEL=model_folder, ONRECORD_POLICIES=policies) as service:
        yield f"http://127.0.0.1:{service.port}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, service: str) -> Iterator[Page]:
    """The reader page of a service, which must ask nothing of anyone else, and fail at nothing."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: None if request.url.startswith(service) else faults.append(request.url))
    page.goto(service)
    yield page
    context.close()
    # An answer other than 200 is written to the console by the browser itself; that is no fault of the page.
    assert not [fault for fault in faults if "Failed to load resource" not in fault]


@pytest.fixture
def page(browser: Browser, service: str) -> Iterator[Page]:
    """The reader page."""
    with opened(browser, service) as page:
        yield page
