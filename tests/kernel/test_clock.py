"""One clock, which can be made to show another moment for a while."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samskap.kernel import clock

DAY = datetime(2017, 11, 14, 9, tzinfo=ZoneInfo("Europe/Oslo"))


def test_the_clock_is_aware_and_in_utc() -> None:
    assert (clock.now().tzinfo, abs(clock.now() - datetime.now(tz=UTC)) < timedelta(seconds=5)) == (UTC, True)


def test_another_moment_is_shown_inside_and_nowhere_else() -> None:
    with clock.showing(DAY):
        shown = clock.now()
        with ThreadPoolExecutor() as pool:
            elsewhere = pool.submit(clock.now).result()
    assert (shown, shown.tzinfo) == (datetime(2017, 11, 14, 8, tzinfo=UTC), UTC)
    assert elsewhere.year > 2017
    assert clock.now().year > 2017


def test_the_clock_goes_on_after_an_error() -> None:
    with pytest.raises(RuntimeError), clock.showing(DAY):
        raise RuntimeError
    assert clock.now().year > 2017
