"""The one conversation with a public maths file, read once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engines.opinion_map.polis.old_report import OldReport, read_old_report

from samskap.engines.opinion_map import PolisReport, polis_report

SAN_JUAN = Path(__file__).resolve().parents[5] / "shared" / "data" / "opinions" / "san-juan-land-bank"


@pytest.fixture(scope="session")
def old() -> OldReport:
    if not SAN_JUAN.is_dir():
        pytest.skip("The folder ../shared/data with real conversations is not beside the project.")
    return read_old_report(SAN_JUAN)


@pytest.fixture(scope="session")
def again(old: OldReport) -> PolisReport:
    """Our computation with the groups Polis had."""
    return polis_report(old.votes, moderated_out=old.out, meta=old.meta, groups=old.groups)
