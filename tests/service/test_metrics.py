from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.service.running import SECRET, Answer, Service, running

Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture(scope="module")
def service(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(tmp_path_factory.mktemp("metrics") / "log", ONRECORD_MODEL=model_folder) as service:
        yield service


def figures(service: Service) -> Figures:
    answer = service.ask("GET", "/metrics")
    assert answer.status == 200
    assert SECRET.encode() not in answer.body
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.body.decode())
        for sample in family.samples
    }


def grown(before: Figures, after: Figures) -> Figures:
    return {name: value - before.get(name, 0) for name, value in after.items() if value != before.get(name, 0)}


def score_with_all_workers(service: Service) -> list[Answer]:
    """Score the article, at once and often enough for each worker to get its part."""
    answers: list[Answer] = []
    deadline = time.monotonic() + 20
    with ThreadPoolExecutor(8) as pool:
        while {event["process"] for event in service.events() if event.get("status") == 200} != set(service.workers()):
            assert time.monotonic() < deadline
            answers += pool.map(lambda _: service.score(), range(16))
    return answers


def test_figures_are_summed_over_the_workers(service: Service) -> None:
    before = figures(service)
    answers = score_with_all_workers(service)
    service.ask("POST", "/v1/score", b"{")
    service.ask("GET", f"/{SECRET}")
    service.ask("GET", "/livez")
    after = figures(service)
    difference = grown(before, after)
    requests = {labels: value for (name, labels), value in difference.items() if name == "onrecord_http_requests_total"}
    assert requests == {
        (("method", "POST"), ("route", "/v1/score"), ("status", "200")): len(answers),
        (("method", "POST"), ("route", "/v1/score"), ("status", "400")): 1,
        (("method", "GET"), ("route", "-"), ("status", "404")): 1,
    }
    assert difference["onrecord_http_request_duration_seconds_count", (("route", "/v1/score"),)] == len(answers) + 1
    body = answers[0].json()
    for label, number in body["document"]["counts"].items():
        assert difference.get(("onrecord_sentences_total", (("label", label),)), 0) == len(answers) * number
    assert difference["onrecord_document_strength_count", ()] == len(answers)
    assert difference["onrecord_document_strength_sum", ()] == pytest.approx(
        len(answers) * body["document"]["strength"], abs=1e-4 * len(answers)
    )
    assert difference["onrecord_sentence_confidence_count", ()] == len(answers) * len(body["sentences"])


def test_the_model_is_named(service: Service) -> None:
    model = service.score().json()["model"]
    labels = tuple(sorted((name, model[name]) for name in ("name", "version", "digest")))
    assert figures(service)["onrecord_model_info", labels] == 1


def test_what_a_killed_worker_counted_stays(service: Service) -> None:
    before = figures(service)
    for _ in range(10):
        assert service.score().status == 200
    service.kill_a_worker()
    assert service.score().status == 200
    difference = grown(before, figures(service))
    assert difference["onrecord_document_strength_count", ()] == 11
    assert not [name for name, _ in difference if name == "onrecord_model_info"]


def test_the_folder_is_removed(model_folder: Path, tmp_path: Path) -> None:
    with running(tmp_path / "log", ONRECORD_MODEL=model_folder) as service:
        mapped = Path(f"/proc/{service.process.pid}/maps").read_text()
        [folder] = {Path(file).parent for file in re.findall(r"(/\S*/onrecord-metrics-\S*\.db)$", mapped, re.MULTILINE)}
        assert folder.exists()
        service.stop()
        assert not folder.exists()


def test_a_folder_that_is_given_is_cleared_and_kept(model_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "figures"
    folder.mkdir()
    (folder / "counter_77.db").write_bytes(b"from an earlier run")
    with running(tmp_path / "log", ONRECORD_MODEL=model_folder, PROMETHEUS_MULTIPROC_DIR=folder) as service:
        service.score()
        assert figures(service)["onrecord_document_strength_count", ()] == 1
        (folder / "counter_88.db").touch()  # as one that a worker is just making
        assert figures(service)["onrecord_document_strength_count", ()] == 1
        (folder / "counter_88.db").unlink()
        for _ in range(3):
            service.kill_a_worker()
        service.ask("GET", "/metrics")
        assert len(list(folder.glob("counter_*.db"))) <= 3  # of two workers and their parent: none pile up
        service.stop()
    assert not (folder / "counter_77.db").exists()
    assert list(folder.glob("counter_*.db"))
