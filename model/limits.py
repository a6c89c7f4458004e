"""What is no article any more: the lengths up to which texts are scored."""

from __future__ import annotations

from typing import Final

#: Code points. The longest sentences of published news have a tenth.
MAX_SENTENCE: Final = 10_000
#: A book has more; an article has hundreds at most.
MAX_SENTENCES: Final = 5_000
