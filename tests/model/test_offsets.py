"""Offsets in the units that clients count in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.offsets import OFFSET_ENCODINGS, OffsetMap

CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@pytest.mark.parametrize("encoding", OFFSET_ENCODINGS)
@given(text=st.text(st.characters(exclude_categories=("Cs",)), max_size=50))
def test_offsets_count_encoded_units(encoding: str, text: str) -> None:
    codec, width = CODECS[encoding]
    translate = OffsetMap(text, encoding)
    for offset in range(len(text) + 1):
        assert translate(offset) == len(text[:offset].encode(codec)) // width


def test_an_unknown_encoding_is_an_error() -> None:
    with pytest.raises(ValueError, match="utf-7"):
        OffsetMap("", "utf-7")
