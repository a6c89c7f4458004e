"""The operator's page and the files in deploy/ speak of what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.commands import serve
from service.metrics import REGISTRY
from service.settings import Settings

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
DEPLOY = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "deploy").iterdir()}

DEFAULTS = {f"ONRECORD_{name.upper()}": getattr(Settings(), name) for name in Settings.__slots__}
OPTIONS = {option.envvar: option for option in serve.params if option.envvar}
#: Samples of all metrics, as queries name them.
SAMPLES = {
    f"{family.name}{suffix}"
    for family in REGISTRY.collect()
    for suffix in {"counter": ["_total"], "gauge": [""], "histogram": ["_bucket", "_sum", "_count"]}[family.type]
}
ROWS = {
    row[0]: row[1:]
    for row in re.findall(r"^\| `(\w+)` \| (?:`(.+?)` )?\| (?:`(.+?)` )?\| (.+) \|$", GUIDE, re.MULTILINE)
}


def written(value: Any) -> str:
    """A default as the page writes it."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, Path):
        return value.relative_to(ROOT).as_posix()
    return "" if value in {None, ()} else str(value)


@pytest.mark.parametrize("variable", DEFAULTS)
def test_settings_are_explained(variable: str) -> None:
    option, default, explanation = ROWS[variable]
    assert (option, default) == ("", written(DEFAULTS[variable]))
    assert explanation


@pytest.mark.parametrize("variable", OPTIONS)
def test_options_are_explained(variable: str) -> None:
    option, default, explanation = ROWS[variable]
    assert (option, default) == (OPTIONS[variable].opts[0], str(OPTIONS[variable].default))
    assert explanation


def test_variables_that_anything_speaks_of_exist() -> None:
    places = [*(ROOT / "docs").glob("*.md"), *(ROOT / "deploy").iterdir(), ROOT / "Dockerfile", ROOT / "README.md"]
    places += [path for package in ("cli", "service", "model") for path in (ROOT / package).rglob("*.py")]
    spoken_of = {name for path in places for name in re.findall(r"ONRECORD_[A-Z_]*[A-Z]", path.read_text("utf-8"))}
    assert spoken_of == {*DEFAULTS, *OPTIONS}


def test_metrics_are_explained() -> None:
    explained = set(re.findall(r"^\| `(onrecord_\w+)` \|", GUIDE, re.MULTILINE))
    assert explained == {
        f"{family.name}_total" if family.type == "counter" else family.name for family in REGISTRY.collect()
    }


@pytest.mark.parametrize("name", ["alerts.yaml", "grafana-dashboard.json"])
def test_queries_name_metrics_that_there_are(name: str) -> None:
    queried = set(re.findall(r"\bonrecord_\w+", DEPLOY[name]))
    assert queried
    assert queried <= SAMPLES


def test_dashboard() -> None:
    dashboard = json.loads(DEPLOY["grafana-dashboard.json"])
    assert all(panel["targets"] and panel["title"] for panel in dashboard["panels"])
    assert {target["datasource"]["uid"] for panel in dashboard["panels"] for target in panel["targets"]} == {
        "${datasource}"
    }
    shown = set(re.findall(r"\bonrecord_\w+", json.dumps(dashboard["panels"])))
    families = {re.sub(r"_(total|bucket|sum|count)$", "", sample) for sample in shown}
    assert families == {family.name for family in REGISTRY.collect()}


def test_compose() -> None:
    services = yaml.safe_load(DEPLOY["compose.yaml"])["services"]
    assert {name for name in services["onrecord"]["environment"] if name.startswith("ONRECORD_")} <= {
        *DEFAULTS,
        *OPTIONS,
    }
    for service in services.values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
        for mount in service.get("volumes", []):
            if mount.startswith("./"):
                assert mount[2:].partition(":")[0] in DEPLOY
    [scrape] = yaml.safe_load(DEPLOY["prometheus.yaml"])["scrape_configs"]
    assert scrape["static_configs"] == [{"targets": ["onrecord:8000"]}]
    assert yaml.safe_load(DEPLOY["prometheus.yaml"])["rule_files"] == ["alerts.yaml"]
