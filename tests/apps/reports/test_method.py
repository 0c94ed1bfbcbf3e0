"""The method page in three languages: its example is what the engine finds."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.apps.reports.conftest import Held
from tests.apps.viewers import PUBLIC, Town, words_of

from samskap.apps.reports import rules
from samskap.apps.reports.labels.method import EXAMPLE, NEEDED
from samskap.engines.opinion_map import Votes, map_opinions

pytestmark = pytest.mark.django_db


def test_the_example_is_what_the_engine_finds() -> None:
    rows, sector = [], {}
    for name, answers, agree, _share, _lower in EXAMPLE[1:]:
        for number in range(answers):
            person = f"{name}{number:02}"
            rows.append((person, "bus", 1 if number < agree else 0))
            sector[person] = name
    result = map_opinions(Votes.from_rows(rows), strata={"sector": sector})
    (bus,) = result.statements
    told = {
        c.name: (c.answered, c.agree, rules.percent(c.share_agree), rules.down(c.lower_agree)) for c in bus.by_stratum
    }
    told["everyone"] = (bus.answered, bus.agree, rules.percent(bus.share_agree), rules.down(bus.lower_agree))
    assert {name: numbers for name, *numbers in map(list, EXAMPLE)} == {name: list(n) for name, n in told.items()}
    assert result.common_ground == ()
    ((lacking,),) = [one.lacking for one in result.awaited]
    assert (lacking.name, lacking.needed) == ("voluntary", NEEDED)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_shows_the_example_in_every_language(town: Town, language: str) -> None:
    words = words_of(town.client("anonymous").get(reverse("reports:method"), {"lang": language}))
    shown = [int(number) for number in re.findall(r'<td class="s-number">(\d+)', words)]
    assert shown == [number for _name, *numbers in EXAMPLE for number in numbers]
    assert str(NEEDED) in words
    assert len(re.findall("<h2", words)) == 6


def test_everybody_reads_it_and_the_direction_leads_there(held: Held, town: Town) -> None:
    assert town.statuses(reverse("reports:method")) == PUBLIC
    page = words_of(town.client("anonymous").get(reverse("reports:direction", args=[held.conversation.pk])))
    assert f'href="{reverse("reports:method")}"' in page
