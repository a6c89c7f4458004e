"""The service as it is run, and the system's Chromium to open it in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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
    environ = os.environ | {"ONRECORD_MODEL": str(model_folder), "ONRECORD_POLICIES": str(policies)}
    command = [Path(sys.executable).with_name("onrecord"), "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield next(word for word in process.stdout.readline().split() if word.startswith("http://"))
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, service: str) -> Iterator[Page]:
    """The reader page, which must ask nothing of anyone but the service, and fail at nothing."""
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
