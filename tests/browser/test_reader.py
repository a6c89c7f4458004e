"""The reader page in a real browser, against the real service."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from service.keys import add_key
from tests.browser.conftest import opened
from tests.service.running import running

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

#: Emoji take two units of UTF-16; the markup must be shown, not obeyed.
ARTICLE = """\
🏛️ “We were not told 😀,” said Ana Ruiz, the mayor. “Nobody was.”

A source said the mayor lied to <b>voters</b> & stole <img src=x onerror="document.title='hit'">money.
* * *
   The plant closed in May.\tIt had opened in 1950.\x20"""

FLAGGED = "A source said the mayor lied. The plant closed in May."


def score(service: str, text: str, **members: Any) -> dict[str, Any]:
    """What the service itself says."""
    article = {"text": text} if text else {}
    body = json.dumps({**article, "explain": True, **members}).encode()
    with urlopen(Request(f"{service}/v1/score", body, {"Content-Type": "application/json"})) as answer:
        return json.load(answer)


def check(page: Page, text: str = ARTICLE) -> None:
    page.get_by_label("Article", exact=True).fill(text)
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#result")).to_be_visible()


def shown_details(page: Page) -> str:
    return page.locator("#detail").inner_text()


def test_sentences_are_shown_as_written_with_their_labels(page: Page, service: str) -> None:
    sentences = score(service, ARTICLE)["sentences"]
    check(page)
    assert page.locator(".words").all_text_contents() == [sentence["text"] for sentence in sentences]
    for sentence, label in zip(page.locator(".sentence").all(), (each["label"] for each in sentences), strict=True):
        assert (sentence.get_attribute("data-label") or None) == label
        assert (label or "not part of the article") in (sentence.text_content() or "")
    assert page.title() != "hit"


def test_nothing_between_sentences_is_lost(page: Page) -> None:
    check(page)
    page.evaluate("document.querySelectorAll('#article :is(sup, .unseen, .strength)').forEach((each) => each.remove())")
    paragraphs = page.locator("#article p").all_text_contents()
    assert "".join(paragraphs) == ARTICLE.replace("\n", "")
    assert len(paragraphs) == 4


def test_verdict_is_announced(page: Page, service: str) -> None:
    check(page)
    verdict = page.get_by_role("status").first
    expect(verdict).to_contain_text(score(service, ARTICLE)["verdict"], ignore_case=True)


def test_policy_is_the_editors_choice(page: Page, service: str) -> None:
    assert score(service, FLAGGED, policy="strict")["verdict"] == "hold"
    page.get_by_label("Policy").select_option("strict")
    check(page, FLAGGED)
    expect(page.locator("#verdict")).to_contain_text("Hold")


def test_flags_and_sources_lead_to_their_sentences(page: Page, service: str) -> None:
    answer = score(service, FLAGGED, policy="strict")
    page.get_by_label("Policy").select_option("strict")
    check(page, FLAGGED)
    flags = page.locator("#flags li")
    assert flags.count() == len(answer["flags"]) > 0
    for item, flag in zip(flags.all(), answer["flags"], strict=True):
        for words in (flag["severity"], flag["message"], flag["standard"]):
            assert words in item.inner_text()
    sources = page.locator("#sources li")
    assert sources.count() == len(answer["document"]["sources"])
    for item, source in zip(sources.all(), answer["document"]["sources"], strict=True):
        assert source["text"] in item.inner_text()
        item.get_by_role("button").last.click()
        pressed = page.locator("[aria-pressed=true]")
        expect(pressed).to_have_attribute("data-index", str(source["sentences"][-1]))
        expect(pressed).to_be_focused()


def test_sentence_shows_probabilities_and_evidence(page: Page, service: str) -> None:
    answer = score(service, ARTICLE)
    index, sentence = next((i, each) for i, each in enumerate(answer["sentences"]) if each["evidence"]["cue"])
    check(page)
    page.locator(".sentence").nth(index).click()
    details = shown_details(page)
    for label, probability in sentence["probabilities"].items():
        assert f"{label}\n{int(100 * probability + 0.5)}%" in details
    for kind, part in sentence["evidence"].items():
        assert part["text"] in details
        assert page.locator(f"[aria-pressed=true] .{kind}").text_content() == part["text"]


def test_keyboard_leads_through_the_article(page: Page) -> None:
    check(page)
    last = page.locator(".sentence").count() - 1
    page.locator(".sentence").first.press("Enter")
    expect(page.locator("#detail-title")).to_contain_text("Sentence 1:")
    for pressed, index in [
        ("ArrowRight", 1),
        ("ArrowDown", 2),
        ("ArrowLeft", 1),
        ("ArrowUp", 0),
        ("ArrowUp", 0),
        ("End", last),
        ("ArrowRight", last),
        ("Home", 0),
    ]:
        page.keyboard.press(pressed)
        expect(page.locator(".sentence:focus")).to_have_attribute("data-index", str(index))
        expect(page.locator("#detail-title")).to_contain_text(f"Sentence {index + 1}:")
    page.keyboard.press("Escape")
    expect(page.locator("#detail")).to_be_hidden()
    expect(page.locator(".sentence:focus")).to_have_attribute("data-index", "0")
    page.keyboard.press("Tab")
    assert page.locator(".sentence:focus").count() == 0  # the article is one stop, however long


def test_article_can_be_edited_and_checked_again(page: Page) -> None:
    check(page)
    page.get_by_role("button", name="Edit the article").click()
    expect(page.get_by_label("Article", exact=True)).to_be_focused()
    assert page.get_by_label("Article", exact=True).input_value() == ARTICLE
    page.keyboard.press("Control+A")
    page.keyboard.type("The plant closed in May.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".words")).to_have_text(["The plant closed in May."])


def test_example_is_an_article(page: Page) -> None:
    page.get_by_role("button", name="Try an example").click()
    expect(page.locator(".sentence").first).to_be_visible()


def test_paragraph_has_the_strength_of_its_sentences(page: Page, service: str) -> None:
    text = "The plant closed in May. It had opened in 1950."
    check(page, text)
    strength = score(service, text)["document"]["strength"]
    expect(page.locator(".strength")).to_contain_text(f"{strength:.2f}")


@pytest.mark.parametrize(
    ("status", "content_type", "body", "words"),
    [
        (429, "application/problem+json", {"title": "Too many requests"}, "Too many requests. Try again in 7 seconds."),
        (502, "text/html", "<h1>Bad gateway</h1>", "The service could not answer (502)."),
        (200, "text/html", "<h1>Log in</h1>", "The service could not answer (200)."),
    ],
)
def test_failure_is_told_and_the_text_kept(page: Page, status: int, content_type: str, body: Any, words: str) -> None:
    def fail(route: Route) -> None:
        answer = body if isinstance(body, str) else json.dumps(body)
        route.fulfill(status=status, content_type=content_type, body=answer, headers={"Retry-After": "7"})

    page.route("**/v1/score", fail)
    page.get_by_label("Article", exact=True).fill(ARTICLE)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_have_text(words)
    assert page.get_by_label("Article", exact=True).input_value() == ARTICLE
    page.unroute("**/v1/score")
    check(page)
    expect(page.get_by_role("alert")).to_have_text("")


def test_faults_that_the_service_finds_are_told(page: Page) -> None:
    page.get_by_label("Article", exact=True).fill("  ")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_contain_text("Must hold some text.")


def test_service_that_is_gone_is_told(page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_label("Article", exact=True).fill(ARTICLE)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_have_text("The service cannot be reached.")


def test_key_is_asked_for_where_one_is_needed(browser: Browser, model_folder: Path, tmp_path: Path) -> None:
    key = add_key(tmp_path / "keys.json", "desk")
    settings = {"ONRECORD_MODEL": model_folder, "ONRECORD_KEYS": tmp_path / "keys.json"}
    with (
        running(tmp_path / "log", **settings) as service,
        opened(browser, f"http://127.0.0.1:{service.port}") as page,
    ):
        expect(page.get_by_label("API key")).to_be_visible()
        for wrong in ("", "onrecord_wrong"):
            page.get_by_label("API key").fill(wrong)
            page.get_by_label("Article", exact=True).fill(ARTICLE)
            page.get_by_role("button", name="Check").click()
            expect(page.get_by_role("alert")).to_contain_text("No valid key")
            expect(page.get_by_label("API key")).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type(key)
        check(page)
        expect(page.get_by_role("alert")).to_have_text("")
        assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
        assert key not in page.url


def test_key_is_not_asked_for_where_none_is_needed(page: Page) -> None:
    check(page)
    page.get_by_role("button", name="Edit the article").click()
    expect(page.get_by_label("API key")).to_be_hidden()


#: As an editor copies it from a CMS.
COPIED = """\
<h2 style="color: red">Plant closed</h2>
<table><tr><td>“We were not told,”<td>said <a href="https://example.org/">Ana Ruiz</a>, the mayor.</table>
<p>The plant<br>closed in May. <b>Nobody</b> was told.</p>"""


@pytest.fixture
def sent(page: Page) -> list[dict[str, Any]]:
    """What the page has asked the service to score."""
    requests: list[dict[str, Any]] = []
    page.on("request", lambda request: requests.append(request.post_data_json) if request.method == "POST" else None)
    return requests


def paste(page: Page, html: str, keys: str = "Control+V") -> None:
    """Copy what another page shows, and paste it instead of what is there."""
    other = page.context.new_page()
    other.set_content(html)
    other.keyboard.press("Control+A")
    other.keyboard.press("Control+C")
    other.close()
    page.get_by_label("Article", exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.press(keys)


def test_pasted_html_is_read_by_its_blocks(page: Page, service: str, sent: list[dict[str, Any]]) -> None:
    paste(page, COPIED)
    expect(page.locator("#formatted")).to_be_visible()
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#result")).to_be_visible()
    html = sent[-1]["html"]
    answer = score(service, "", html=html)
    assert page.locator(".words").all_text_contents() == [sentence["text"] for sentence in answer["sentences"]]
    assert answer["text"] == (
        "Plant closed\n\n“We were not told,” said Ana Ruiz, the mayor.\n\nThe plant\nclosed in May. Nobody was told."
    )
    page.get_by_role("button", name="Edit the article").click()
    assert page.get_by_label("Article", exact=True).input_value() == answer["text"]
    check(page, answer["text"] + " It rained.")
    assert sent[-1]["text"] == answer["text"] + " It rained."


def test_what_windows_wraps_around_pasted_html_makes_no_page_of_it(page: Page, service: str) -> None:
    wrapped = f"<html>\r\n<body>\r\n<!--StartFragment-->{COPIED}<!--EndFragment-->\r\n</body>\r\n</html>"
    page.get_by_label("Article", exact=True).evaluate(
        """(text, html) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            text.dispatchEvent(new ClipboardEvent("paste", { clipboardData }));
            text.value = "Plant closed";
            text.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste" }));
        }""",
        wrapped,
    )
    page.get_by_role("button", name="Check").click()
    sentences = score(service, "", html=COPIED)["sentences"]
    expect(page.locator(".words")).to_have_text([sentence["text"] for sentence in sentences])


def test_pasted_text_that_is_edited_is_read_as_it_stands(page: Page, sent: list[dict[str, Any]]) -> None:
    paste(page, COPIED)
    page.keyboard.type(" It rained.")
    expect(page.locator("#formatted")).to_be_hidden()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".words").last).to_have_text("It rained.")
    assert "html" not in sent[-1]


def test_pasted_html_that_the_service_refuses_is_read_as_text(page: Page, sent: list[dict[str, Any]]) -> None:
    paste(page, ("<p>" + "<b>x</b>" * 4000) * 6)  # too many elements
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#result")).to_be_visible()
    assert ["html" in each for each in sent] == [True, False]
    expect(page.get_by_role("alert")).to_have_text("")


def test_pasting_without_formatting(page: Page, sent: list[dict[str, Any]]) -> None:
    paste(page, COPIED, "Control+Shift+V")
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#result")).to_be_visible()
    assert "html" not in sent[-1]


def test_text_gets_into_no_address(page: Page) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    check(page, "The plant closed in May.")
    page.reload()
    assert addresses
    assert not [address for address in addresses if "plant" in address]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_page_is_accessible_and_fits(page: Page, scheme: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    assert_accessible(page)
    check(page)
    assert_accessible(page)
    page.locator(".sentence").nth(2).click()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def assert_accessible(page: Page) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)  # not as a script element, which the page's policy forbids
    violations = page.evaluate("axe.run().then((results) => results.violations)")
    assert not [(each["id"], [node["html"] for node in each["nodes"]]) for each in violations]


def test_details_leave_the_sentence_in_view_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    check(page, "\n\n".join([ARTICLE] * 5))
    page.locator(".sentence").first.focus()
    page.keyboard.press("End")
    sentence, details = page.locator(".sentence").last.bounding_box(), page.locator("#detail").bounding_box()
    assert sentence
    assert details
    assert sentence["y"] + sentence["height"] <= details["y"]
