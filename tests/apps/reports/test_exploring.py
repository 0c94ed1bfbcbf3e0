"""A page for each statement, group and sector: real addresses, the same numbers as the direction, nothing too small."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from tests.apps.reports.conftest import SECRET, Held, hold
from tests.apps.viewers import KINDS, PUBLIC, Town, words_of

from samskap.apps.reports import queries
from samskap.apps.statements import compute

pytestmark = pytest.mark.django_db

PAGES = [("statement", 6), ("group", "A"), ("sector", "public")]


def address(held: Held, name: str, key: object) -> str:
    return reverse(f"reports:{name}", args=[held.conversation.pk, key])


@pytest.mark.parametrize(("name", "key"), PAGES)
def test_everybody_can_explore_what_is_shown(held: Held, town: Town, name: str, key: object) -> None:
    assert town.statuses(address(held, name, key)) == PUBLIC


@pytest.mark.parametrize(("name", "key"), PAGES)
def test_hidden_results_are_hidden_here_too(hidden: Held, town: Town, name: str, key: object) -> None:
    for kind in KINDS:
        words = words_of(town.client(kind).get(address(hidden, name, key)))
        assert "The results are hidden until the host shows them." in words
        assert "%" not in words
    seen = {k: "%" in words_of(town.client(k).get(address(hidden, name, key), {"preview": "1"})) for k in KINDS}
    assert seen == {kind: kind in ("facilitator", "leader") for kind in KINDS}


@pytest.mark.parametrize(("name", "key"), [("statement", 15), ("statement", 99), ("group", "Z"), ("sector", "church")])
def test_what_is_not_there_is_not_found(held: Held, town: Town, name: str, key: object) -> None:
    answer = town.client("anonymous").get(address(held, name, key))
    assert answer.status_code == 404
    assert SECRET not in answer.content.decode()


def test_bars_table_and_words_of_a_statement_say_the_same(held: Held, town: Town) -> None:
    words = words_of(town.client("anonymous").get(address(held, "statement", 6)))
    telling = queries.direction(held.conversation, round=1).telling
    assert telling is not None
    told = telling.statements[5]
    bars = words.partition('class="r-parts')[2].partition("</ul>")[0]
    rows = re.findall(r"<tr><th scope=\"row\">(.+?)</th>(.+?)</tr>", words.partition("<tbody>")[2])
    assert [label for label, _cells in rows] == ["Everyone", *(cell.label for cell in told.cells)]
    for cell, (_label, numbers) in zip(told.cells, rows[1:], strict=True):
        assert f"M{cell.lower} 3H{cell.upper}" in bars
        assert f'<rect width="{cell.agree}" height="6"/>' in bars
        assert cell.sentence in words
        for number in (cell.answered, cell.agree_share, cell.between, cell.passed_share, cell.disagree_share):
            assert f">{number}<" in numbers


def test_the_map_of_a_statement_tells_of_groups_and_of_no_single_person(held: Held, town: Town) -> None:
    words = words_of(town.client("anonymous").get(address(held, "statement", 6)))
    drawing = words.partition('class="opinion-map"')[2].partition("</svg>")[0]
    people = re.findall(r'<path class="om-people (om-\w+)" fill="[^"]+" fill-opacity="0.3"', drawing)
    assert sorted(people) == ["om-a", "om-b"]
    assert re.search(r"Group A: \d+%", drawing)
    plain = words_of(town.client("anonymous").get(address(held, "statement", 7)))
    other = plain.partition('class="opinion-map"')[2].partition("</svg>")[0]
    dots = r'<path class="om-people [^>]+ fill-opacity="0.3" d="([^"]+)"'
    assert re.findall(dots, drawing) == re.findall(dots, other)


def test_a_group_page_tells_what_it_stands_for_and_shares(held: Held, town: Town) -> None:
    page = queries.group_page(queries.direction(held.conversation, round=1), key="A")
    words = words_of(town.client("anonymous").get(address(held, "group", "A")))
    assert sorted(row.statement.words.number for row in page.common) == [1, 2, 3, 4, 5]
    assert sorted(one.statement.words.number for one in page.differs) == list(held.dividing)
    assert page.group is not None and page.group.stands  # noqa: PT018 -- one promise
    for part in ("What the group stands for", "Where it agrees with the others", "Where it differs"):
        assert part in words
    apart = [abs(row.apart or 0) for row in page.rows]
    assert apart == sorted(apart, reverse=True)


def test_a_sector_that_too_few_answered_from_is_told_nothing_about(town: Town) -> None:
    held = hold(town, people=60)
    for person in held.people[8:]:
        person.sector = "public"
        person.save(update_fields=["sector"])
    compute.map_conversation(held.conversation.pk)
    words = words_of(town.client("anonymous").get(address(held, "sector", "voluntary")))
    assert "There are too few answers to say anything about the voluntary sector." in words
    assert "%" not in words


def test_the_direction_leads_to_every_page(held: Held, town: Town) -> None:
    words = words_of(town.client("anonymous").get(reverse("reports:direction", args=[held.conversation.pk])))
    for name, key in [*PAGES, ("group", "B"), ("sector", "voluntary"), ("statement", 14)]:
        assert f'href="{address(held, name, key)}"' in words


def test_the_round_and_the_language_go_along_on_links(held: Held, town: Town) -> None:
    for name, key in PAGES:
        answer = town.client("anonymous").get(address(held, name, key), {"round": "1", "lang": "nb"})
        links = re.findall(r'href="(/conversations/\d+/direction/[^"]*)"', words_of(answer))
        assert links
        assert all("round=1&amp;lang=nb" in link for link in links)


def test_the_table_can_be_narrowed_to_one_verdict(held: Held, town: Town) -> None:
    def numbers(**asked: str) -> list[int]:
        answer: Any = town.client("anonymous").get(reverse("reports:direction", args=[held.conversation.pk]), asked)
        return [int(number) for number in re.findall(r'<tr id="statement-(\d+)">', words_of(answer))]

    assert numbers(verdict="agreed") == list(held.agreed)
    assert numbers(verdict="rejected") == list(held.rejected)
    assert numbers(verdict="divisive", q="påstand 7 i") == [7]
    assert numbers(verdict="nonsense") == list(range(1, 15))
