"""A new model takes over without a failed request; one that is unsound does not."""

from __future__ import annotations

import json
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import joblib
import pytest

from model.artefact import MANIFEST, WEIGHTS, file_digest
from tests.service.load import load_on
from tests.service.running import TIMEOUT, Service, running


def digest(folder: Path) -> str:
    return json.loads((folder / MANIFEST).read_text())["digest"]


@pytest.fixture
def folder(model_folder: Path, tmp_path: Path) -> Path:
    """A copy of the model, to be replaced."""
    return Path(shutil.copytree(model_folder, tmp_path / "served"))


def _rewrite(folder: Path, **members: object) -> None:
    manifest = json.loads((folder / MANIFEST).read_text()) | members
    (folder / MANIFEST).write_text(json.dumps(manifest))


def _improve(folder: Path) -> None:
    """Other weights, which score alike."""
    weights = joblib.load(folder / WEIGHTS)
    weights["label_bias"] += 1e-5
    joblib.dump(weights, folder / WEIGHTS)
    _rewrite(folder, version="9.9.9", digest=file_digest(folder / WEIGHTS))


def _damage(folder: Path) -> None:
    """Weights that the manifest does not describe."""
    with (folder / WEIGHTS).open("ab") as file:
        file.write(b"\0")


def _spoil(folder: Path) -> None:
    """Weights that do not score as the manifest says."""
    weights = joblib.load(folder / WEIGHTS)
    weights["label_bias"] += [3, 0, 0, 0]
    joblib.dump(weights, folder / WEIGHTS)
    _rewrite(folder, digest=file_digest(folder / WEIGHTS))


def _remove(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def _garble(folder: Path) -> None:
    """A manifest of the right members, but the wrong types."""
    _rewrite(folder, files=["weights.joblib"])


def _hang_up(service: Service) -> None:
    """Ask for the model to be taken anew, and wait until other workers serve."""
    before = set(service.workers())
    service.process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 2 * TIMEOUT
    while before & set(service.workers()) or len(service.workers()) != 2:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    time.sleep(0.5)  # under load


def test_a_new_model_is_taken_without_a_failed_request(folder: Path, tmp_path: Path) -> None:
    old = digest(folder)
    with running(tmp_path / "log", ONRECORD_MODEL=folder) as service, load_on(service) as load:
        time.sleep(0.5)
        _improve(folder)
        _hang_up(service)
        asked = len(load.digests)
        time.sleep(0.5)
        assert load.failures == []
        assert load.digests[0] == old
        assert set(load.digests[asked:]) == {digest(folder)} != {old}
        metrics = service.ask("GET", "/metrics").body.decode()
        assert [line for line in metrics.splitlines() if line.startswith("onrecord_model_info")] == [
            f'onrecord_model_info{{digest="{digest(folder)}",name="onrecord-en",version="9.9.9"}} 1.0'
        ]
        assert 'onrecord_model_reloads_total{outcome="taken"} 1.0' in metrics


@pytest.mark.parametrize("harm", [_damage, _spoil, _remove, _garble])
def test_an_unsound_model_is_refused_and_the_old_one_serves(
    folder: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    old = digest(folder)
    with running(tmp_path / "log", ONRECORD_MODEL=folder) as service, load_on(service) as load:
        time.sleep(0.3)
        harm(folder)
        _hang_up(service)
        assert load.failures == []
        assert set(load.digests) == {old}
        assert service.request("GET", "/readyz") == (200, {"status": "ready"})
        assert 'onrecord_model_reloads_total{outcome="refused"} 1.0' in service.ask("GET", "/metrics").body.decode()
        [refusal] = [event for event in service.events() if event["level"] == "error"]
        assert "the old one keeps serving" in refusal["message"]
