"""The templates of the pages that are written about a model."""

from __future__ import annotations

import jinja2

#: Escapes what goes into HTML, and leaves Markdown alone.
TEMPLATES = jinja2.Environment(
    loader=jinja2.PackageLoader("training"),
    autoescape=jinja2.select_autoescape(),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    keep_trailing_newline=True,
)
