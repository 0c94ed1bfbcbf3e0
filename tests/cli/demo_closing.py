"""What the example municipality must show of benefits and stories."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests.apps.stories.searching import Wanted, in_database, in_files, text_of, visited
from tests.engines.appraisal import plain

from samskap.apps.benefits import queries as benefits
from samskap.apps.benefits.labels import KINDS
from samskap.apps.benefits.models import Appraisal, Contract
from samskap.apps.benefits.queries.answers import stored as stored_answer
from samskap.apps.stories.models import Story
from samskap.cli.demo_texts import content

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = ["check_benefits", "check_stories"]

# Hundreds of pages that hold figures and votes, and nobody's story.
FIGURES = r"/places/|/conversations/|/ballots/|/history/|/municipalities/\d+/benefits/\?"
# Words of the withdrawn story that occur nowhere else.
WITHDRAWN = ("ringduen", "rognekrattet", "Rypejegeren", "spindelvevsmetoden")


def check_benefits(municipality: Municipality) -> None:
    """Realised and not realised, late and waiting; and an appraisal that slow arithmetic gives too."""
    told = content("benefits")
    found = {one.title: one for one in benefits.benefits_in(municipality)}
    assert {title: one.standing for title, one in found.items()} == {
        entry["title"]: entry["stands"] for entry in told["benefits"]
    }
    assert {one.kind for one in found.values()} == set(KINDS)
    [stored] = [stored_answer(one) for one in Appraisal.objects.filter(initiative__municipality=municipality)]
    sums = plain.net_present_value(stored.effects, stored.options, stored.parameters)
    totals = stored.answer.appraisal.totals
    assert (totals.benefits, totals.costs, totals.public, totals.tax_cost, totals.net_present_value) == pytest.approx(
        (sums["benefits"], sums["costs"], sums["public"], sums["tax_cost"], sums["net"]), abs=0.01
    )
    social = plain.social_return(stored.effects, stored.options, stored.parameters)
    found_social = stored.answer.social_return
    assert found_social is not None
    assert (found_social.inputs, found_social.impact) == pytest.approx((social["inputs"], social["impact"]), abs=0.01)
    [contract] = Contract.objects.filter(initiative__municipality=municipality, is_shown=True)
    assert (contract.parties.count(), contract.metrics.count(), contract.payments.count()) == (5, 1, 4)


def check_stories() -> None:
    """Each is in its place; of the withdrawn one there is nothing on any page, in any file or table."""
    told = content("stories")["stories"]
    states = Counter(
        "withdrawn" if "withdrawn" in one else "waiting" if one.get("waits") else "accepted" for one in told
    )
    assert Counter(Story.objects.values_list("state", flat=True)) == states
    pages = [(address, text_of(body, kind)) for address, kind, body in visited(Client(), leave=FIGURES)]
    gone, there = Wanted(WITHDRAWN), Wanted(["Torsdag er dagen min"])
    assert [address for address, text in pages if gone.are_in(text)] == []
    assert in_files(gone) + in_database(gone) == []
    assert len([address for address, text in pages if there.are_in(text)]) >= 3
