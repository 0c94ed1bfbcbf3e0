"""A municipality with a real number and an outlook made by hand; the engine itself is asked in `test_compute`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests import factories
from tests.apps.viewers import Town
from tests.factories.outlook import make_band, make_closing, make_money, make_outlook, make_told

from samskap.apps.outlook import compute, queries

PLACE = "4016"


@pytest.fixture
def valley(db: None) -> Town:
    """Municipality 4016 and one person of each kind."""
    own = factories.make_municipality(number=PLACE)
    body = factories.make_organisation(municipality=own, sector="private")
    people = {
        "stranger": factories.make_person(),
        "elsewhere": factories.make_person(role="facilitator"),
        "partner": factories.make_person(role="partner", municipality=own, organisation=body),
        "facilitator": factories.make_person(role="facilitator", municipality=own),
        "leader": factories.make_person(role="leader", municipality=own),
    }
    return Town(own, people)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The engine is not asked: every outlook is the one made by hand. Gives what was asked for, in order."""
    asked: list[dict[str, Any]] = []

    def outlook(place: str, *, name: str, levers: Any, replaced: Any) -> queries.Told:
        asked.append({"place": place, "levers": dict(levers), "replaced": dict(replaced)})
        plain = make_outlook()
        pulled = replace(plain, closing=make_closing(), money=make_money(chosen=make_band(0.0, -12e6)))
        return make_told(
            name=name, outlook=pulled if levers else plain, base=plain if levers else None, levers=dict(levers)
        )

    monkeypatch.setattr(compute, "outlook", outlook)
    monkeypatch.setattr(compute, "lacking", lambda place: ())
    monkeypatch.setattr(compute, "people", lambda place: 4100.0)
    monkeypatch.setattr(compute, "is_outdated", lambda scenario: False)
    return asked
