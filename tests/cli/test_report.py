from __future__ import annotations

import json
import sys
from html.parser import HTMLParser

import pytest


class Page(HTMLParser):
    """The text and the cells of figures of a page by heading, and what the page would load."""

    def __init__(self, text):
        super().__init__()
        self.loads, self.plots, self._in = [], 0, ("", None)
        self.parts, self.numbers = {"": ""}, {"": []}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        links = [value for name, value in attrs if name in {"src", "href", "xlink:href"}]
        self.loads += [link for link in links if not link.startswith(("#", "data:"))]
        self.plots += tag == "svg"
        self._in = (tag, dict(attrs).get("class"))

    def handle_data(self, data):
        if self._in[0] == "h2" and data.strip():
            self.parts[data], self.numbers[data] = "", []
        heading = list(self.parts)[-1]
        self.parts[heading] += data
        if self._in == ("td", "n") and data.strip():
            self.numbers[heading].append(float(data.replace(",", "")))


@pytest.fixture
def page(onrecord, tmp_path):
    """A function that writes a report and reads it."""

    def write(*options):
        path = tmp_path / "new" / "report.html"
        result = onrecord("report", "--out", path, *options)
        assert result.exit_code == 0, result.output
        return Page(path.read_text(encoding="utf-8"))

    return write


def test_the_page_loads_nothing_and_has_all_its_parts(onrecord, page, tmp_path):
    report = page("--curve", tmp_path / "none.json")
    assert report.loads == []
    assert report.plots == 2
    figures = json.loads(onrecord("evaluate", "--json").stdout)
    assert f"{figures['macro_f1']:.3f}" in report.parts[""]
    for group, heading in (("desks", "By desk"), ("regions", "By region of English")):
        assert all(name in report.parts[heading] for name in figures[group])
    surest = report.numbers["The errors it was surest of"]
    assert len(surest) > 10
    assert surest == sorted(surest, reverse=True)


def test_a_learning_curve_is_plotted(page, tmp_path):
    curve = tmp_path / "curve.json"
    points = [
        {"articles": n, "sentences": 20 * n, "cross_validated": n / 100, "measured": {"data/evaluation": n / 120}}
        for n in (10, 20)
    ]
    curve.write_text(json.dumps(points))
    assert page("--curve", curve).plots == 3


def test_markup_in_an_article_stays_text(page, tmp_path):
    gold = tmp_path / "gold.jsonl"
    text = "The council said the <script>alert(1)</script> bridge was safe."
    sentences = [{"start": 0, "end": len(text), "label": "unsourced"}]
    gold.write_text(json.dumps({"id": "a", "text": text, "sentences": sentences}))
    report = page("--gold", gold)
    assert text in "".join(report.parts.values())


def test_without_matplotlib_the_command_tells_how_to_get_it(onrecord, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "training.report", raising=False)
    result = onrecord("report", "--out", tmp_path / "report.html")
    assert result.exit_code == 1
    assert "the report needs matplotlib: install it with 'make install-dev'" in result.stderr
