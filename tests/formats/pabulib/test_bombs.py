"""A small packed file that would fill the memory is refused while it is unpacked."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest
from tests.formats.pabulib.files import WHOLE

from samskap.formats.errors import FormatError
from samskap.formats.pabulib import read_pabulib, text


def test_what_grows_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST_BYTES", 1_000_000)
    row = "5;p1;30;F;internet\n"
    with pytest.raises(FormatError, match="larger than 1 MB when unpacked") as caught:
        read_pabulib(gzip.compress((WHOLE + row * 100_000).encode()))
    assert caught.value.code == "pabulib_too_large"


@pytest.mark.parametrize("filling", [b"\0", b"\n", b"META\n", b";"])
def test_a_bomb_takes_no_more_memory_than_the_limit(filling: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST_BYTES", 2_000_000)
    bomb = gzip.compress(filling * (20_000_000 // len(filling)))
    tracemalloc.start()
    try:
        with pytest.raises(FormatError):
            read_pabulib(bomb)
        assert tracemalloc.get_traced_memory()[1] < 16_000_000
    finally:
        tracemalloc.stop()
