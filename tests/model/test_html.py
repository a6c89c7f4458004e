from __future__ import annotations

import contextlib
import logging
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.html import MAX_ATTRIBUTES, MAX_CHILDREN, MAX_DEPTH, MAX_ELEMENTS, HtmlError, read_html

SENTENCES = [f"The council voted on Tuesday to close bridge number {i}, said Ana Ruiz, the mayor." for i in range(8)]
PAGE = f"""<!DOCTYPE html>
<html><head><title>Bridges closed | The Daily</title><style>p {{ color: red }}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Bridges closed</h1>{"".join(f"<p>{s}</p>" for s in SENTENCES)}</article>
<script>track("reader")</script><footer><p>Copyright The Daily. All rights reserved.</p></footer></body></html>"""


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("Plain text", "Plain text"),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.\n  \n<p>Two.", "One.\n\nTwo."),
        ("<p>One <b>bo</b>ld, <a href=x>linked</a>\n word.</p>", "One bold, linked word."),
        ("<p>Line one<br>line two<br/><br>line four", "Line one\nline two\n\nline four"),
        ("<h2>Title</h2>loose<ul><li>a</li><li>b</li></ul>tail", "Title\n\nloose\n\na\n\nb\n\ntail"),
        ("<blockquote>“No,”<p>he said.</p></blockquote>", "“No,”\n\nhe said."),
        ("<table><tr><th>a<td>b<tr><td>c</table>", "a b\n\nc"),
        ("<figure><img alt=x><figcaption>A bridge</figcaption></figure>", "A bridge"),
        ("a &amp; b &lt;c&gt; &eacute; &#x1F600; \xa0d", "a & b <c> é 😀 \xa0d"),
        ("a<script>no</script>b<style>no</style>c<!-- no --><template>no</template>d", "abcd"),
        ("a<p hidden>no</p>b<svg><text>no</text></svg>", "a\n\nb"),
        ("<p>&lt;html&gt; is a tag</p><p>Two.", "<html> is a tag\n\nTwo."),
        ("<my-quote>One.</my-quote> <o:p>Two.</o:p>", "One. Two."),
        ("<p><b>mis</p>nes</b>ted</div>", "mis\n\nnested"),
    ],
)
def test_fragment(fragment: str, text: str) -> None:
    assert read_html(fragment) == text


def test_page_is_reduced_to_its_article() -> None:
    assert read_html(PAGE) == "\n\n".join(["Bridges closed", *SENTENCES])


@pytest.mark.parametrize(
    "prefix", ['<?xml version="1.0" encoding="utf-16"?>', "<!-- saved -->\n", '<meta charset="latin1">']
)
def test_encodings_that_it_claims_do_not_matter(prefix: str) -> None:
    assert read_html(f"{prefix}<p>Zoë said “no”.</p>") == "Zoë said “no”."
    assert read_html(prefix + PAGE) == read_html(PAGE)


@pytest.mark.parametrize(
    "html", ["", " \n", "<!-- nothing -->", "<p> </p>", "<script>x</script>", "<html></html>", "<html><body><p> </p>"]
)
def test_without_text(html: str) -> None:
    with pytest.raises(HtmlError):
        read_html(html)


@pytest.mark.parametrize(
    ("fits", "exceeds"),
    [
        (
            ("<div>" + "<p>x</p>" * 1999 + "</div>") * (MAX_ELEMENTS // 2000 - 1),
            ("<div>" + "<p>x</p>" * 1999 + "</div>") * (MAX_ELEMENTS // 2000),
        ),
        ("<p>x</p>" * MAX_CHILDREN, "<p>x</p>" * (MAX_CHILDREN + 1)),
        ("<div>" * (MAX_DEPTH - 2) + "x", "<div>" * MAX_DEPTH + "x"),
        (
            f"<p {' '.join(f'a{i}' for i in range(MAX_ATTRIBUTES))}>x",
            f"<p {' '.join(f'a{i}' for i in range(MAX_ATTRIBUTES + 1))}>x",
        ),
    ],
    ids=["elements", "children", "depth", "attributes"],
)
def test_limits(fits: str, exceeds: str) -> None:
    assert read_html(fits)
    with pytest.raises(HtmlError, match="more than"):
        read_html(exceeds)


#: A megabyte each.
BOMBS = {
    "nesting": "<div>" * 200_000,
    "nesting, closed": "<div>" * 90_000 + "x" + "</div>" * 90_000,
    "formatting": "<a><b><i>x" * 100_000,
    "tables": "<table><tr><td>" * 66_000,
    "attributes": f"<p {' '.join(f'a{i}=b' for i in range(110_000))}>x",
    "attributes, no spaces": f"<p{''.join(f'/a{i}' for i in range(130_000))}>x",
    "attributes behind a quoted end": f'<p x=">" {" ".join(f"a{i}" for i in range(140_000))}>x',
    "class": f'<p class="{"comment " * 125_000}">x',
    "style": f'<p style="{"a:b;" * 250_000}">x',
    "elements": "<p>x</p>" * 125_000,
    "line breaks": "<br>" * 250_000,
    "entities": "&amp;" * 200_000,
    "ampersands": "&" * 1_000_000,
    "angles": "<" * 1_000_000,
    "ends": "</p>" * 250_000,
    "comment": f"<!--{'-' * 1_000_000}",
    "comments": "<!---->" * 140_000,
    "script": f"<script>{'[' * 1_000_000}",
    "title": f"<title>{'x ' * 500_000}</title>x",
    "spaces": f"<p>{' ' * 1_000_000}x",
    "spaces between": "<b> </b>" * 15_000 + "x",
    "one paragraph": f"<p>{'The mayor said that. ' * 48_000}",
    "billion laughs": '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;' + "&b;" * 300_000,
}


@pytest.mark.parametrize("kind", ["page", "fragment"])
@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs(bomb: str, kind: str) -> None:
    html = f"<html><body>{BOMBS[bomb]}" if kind == "page" else BOMBS[bomb]
    started = time.process_time()
    with contextlib.suppress(HtmlError):
        assert len(read_html(html)) <= len(html)
    assert time.process_time() - started < 10


def test_external_entities_are_not_read(tmp_path) -> None:
    (tmp_path / "secret").write_text("Wisteria")
    entity = f'<!DOCTYPE html [<!ENTITY a SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    assert "Wisteria" not in read_html(f"{entity}<html><body><p>&a; said the mayor of the town.</p></body></html>")


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(HtmlError):
        read_html("<html><body><article></article></body></html>")
    assert not caplog.records


tags = st.sampled_from(
    ["p", "div", "b", "br", "ul", "li", "table", "td", "html", "body", "script", "article", "o:p", "svg"]
)
pieces = (
    tags.map("<{}>".format)
    | tags.map("</{}>".format)
    | tags.map('<{} class="a" hidden href=x>'.format)
    | st.sampled_from(
        ["<!--", "-->", "<!doctype html>", "<![CDATA[", "]]>", "<?x ?>", "&#xD83D;", "&#0;", "&nbsp", '="']
    )
    | st.text(max_size=6)
    | st.just("The mayor said that it was so. ")
)


@settings(deadline=None, max_examples=300)
@given(html=st.lists(pieces, max_size=30).map("".join))
def test_whatever_comes(html: str) -> None:
    try:
        text = read_html(html)
    except HtmlError:
        return
    text.encode()  # no unpaired surrogates
    assert text == text.strip(" \n") != ""
    assert "\n\n\n" not in text
    assert not {" \n", "\n "} & {text[i : i + 2] for i in range(len(text))}


@settings(deadline=None)
@given(
    words=st.lists(st.text("abcé😀“”.", min_size=1), min_size=1), tag=st.sampled_from(["p", "li", "h2", "blockquote"])
)
def test_fragments_lose_no_text(words: list[str], tag: str) -> None:
    html = "".join(f"<{tag}>{word}</{tag}>" for word in words)
    assert read_html(html) == "\n\n".join(words)
