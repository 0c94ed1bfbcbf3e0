"""The direction page and its JSON: who sees what, and what the page can do without script."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from tests import factories
from tests.apps.reports.conftest import SECRET, Held, hold, vote
from tests.apps.viewers import KINDS, Town, words_of

from samskap.apps.statements import compute
from samskap.apps.statements import queries as statements
from samskap.kernel import clock
from samskap.web.tickets import sign_ticket

pytestmark = pytest.mark.django_db


def page(held: Held, town: Town, kind: str = "anonymous", **asked: str) -> str:
    answer = town.client(kind).get(f"/conversations/{held.conversation.pk}/direction/", asked)
    assert answer.status_code == 200
    return words_of(answer)


def with_ticket(held: Held, participant: object) -> Client:
    client = Client()
    scope = held.conversation.process_id
    client.cookies[f"samskap_ticket_{scope}"] = sign_ticket(scope, participant.key)  # type: ignore[attr-defined]
    client.cookies["samskap_language"] = "en"
    return client


def test_the_page_tells_everything(held: Held, town: Town) -> None:
    words = page(held, town)
    for part in ("agree on 4 of 14 statements.", "Common ground", "Rejected together", "What divides", "The groups",
                 "Group A", "Who answered", "All statements", "How the result was made", "20171114", "opinion_map",
                 "Påstand 14 i samtale", "from 840 votes by 60 people"):  # fmt: skip
        assert part in words
    assert SECRET not in words


def test_hidden_results_show_no_number_to_anybody(hidden: Held, town: Town) -> None:
    for kind in KINDS:
        words = page(hidden, town, kind)
        assert "The results are hidden until the host shows them." in words
        for leak in ("%", "Group", "Common ground", "Påstand 1 ", "60", "840"):
            assert leak not in words


def test_hidden_files_are_refused_to_everybody(hidden: Held, town: Town) -> None:
    for kind in KINDS:
        client = town.client(kind)
        answer = client.get(f"/conversations/{hidden.conversation.pk}/direction.json", {"preview": "1"})
        assert (answer.status_code, answer.json()["code"]) == (403, "results_hidden")
        assert client.get(f"/conversations/{hidden.conversation.pk}/export.zip", {"preview": "1"}).status_code == 403


def test_only_those_who_run_it_look_at_hidden_results_and_are_told_so(hidden: Held, town: Town) -> None:
    seen = {kind: "Common ground" in page(hidden, town, kind, preview="1") for kind in KINDS}
    assert seen == {kind: kind in ("facilitator", "leader") for kind in KINDS}
    words = page(hidden, town, "facilitator", preview="1")
    assert "Hidden from others" in words
    assert "export.zip" not in words


def test_results_appear_when_they_are_shown(hidden: Held, town: Town) -> None:
    hidden.window.results_shown_at = clock.now()
    hidden.window.save()
    assert "agree on 4 of 14 statements." in page(hidden, town)


def test_after_voting_each_participant_sees_them_alone(town: Town) -> None:
    held = hold(town, results="after_voting", state="open")
    address = f"/conversations/{held.conversation.pk}/direction/"
    assert "agree on" in words_of(with_ticket(held, held.people[0]).get(address))
    newcomer = factories.make_participant(held.conversation.process)
    words = words_of(with_ticket(held, newcomer).get(address))
    assert "when you have answered all the statements" in words
    assert "agree on" not in words


def test_an_unpublished_process_is_not_found(town: Town) -> None:
    held = hold(town, published=False)
    address = f"/conversations/{held.conversation.pk}"
    expected = {kind: 200 if kind in ("facilitator", "leader") else 404 for kind in KINDS}
    assert town.statuses(f"{address}/direction/") == expected
    assert town.statuses(f"{address}/direction.json") == expected
    assert town.statuses(f"{address}/export.zip") == expected


def test_only_the_own_ticket_is_told_where_it_stands(held: Held, town: Town) -> None:
    own = words_of(with_ticket(held, held.people[0]).get(f"/conversations/{held.conversation.pk}/direction/"))
    assert re.search(r"You are in group [AB]: your answers are most like theirs.", own)
    assert 'class="om-here"' in own
    assert "Your place is fairly sure: you have answered 14 of 14 statements." in own
    for shared in ("You are in group", "om-here", "Your place"):
        assert shared not in page(held, town)


def test_a_page_with_an_own_place_is_kept_by_nobody_on_the_way(held: Held) -> None:
    answer = with_ticket(held, held.people[0]).get(f"/conversations/{held.conversation.pk}/direction/")
    assert "private" in answer["Cache-Control"]
    assert "no-cache" in answer["Cache-Control"]


def test_a_place_that_rests_on_few_answers_is_told_as_uncertain(held: Held) -> None:
    newcomer = factories.make_participant(held.conversation.process)
    for statement in held.conversation.statements.filter(number__in=(1, 2, 3, 4, 5, 10, 11)):
        factories.make_vote(newcomer, statement, 0)
    compute.map_conversation(held.conversation.pk)
    own = words_of(with_ticket(held, newcomer).get(f"/conversations/{held.conversation.pk}/direction/"))
    assert re.search(r"Your place is (uncertain|fairly sure): you have answered 7 of 14 statements.", own)


def test_the_json_holds_no_key_of_a_person(held: Held, town: Town) -> None:
    answer = town.client("anonymous").get(f"/conversations/{held.conversation.pk}/direction.json")
    document = answer.json()
    assert document["told"]["headline"].endswith("agree on 4 of 14 statements.")
    assert len(document["map"]["people"]) == 60
    assert set(document["map"]["people"][0]) == {"x", "y", "group", "votes", "var_x", "cov_xy", "var_y"}
    text = answer.content.decode()
    names = [statements.pseudonym(held.conversation, person.key.hex) for person in held.people]
    assert not [name for name in [*names, SECRET] if name in text]
    places = [(person["x"], person["y"]) for person in document["map"]["people"]]
    assert places == sorted(places)


def test_the_table_is_sorted_and_searched_by_links(held: Held, town: Town) -> None:
    def order(**asked: str) -> list[int]:
        return [int(number) for number in re.findall(r'<tr id="statement-(\d+)">', page(held, town, **asked))]

    assert order() == list(range(1, 15))
    assert order(sort="number", order="down") == list(range(14, 0, -1))
    assert order(sort="agree", order="up")[0] == 5
    assert set(order(sort="agree", order="down")[:4]) == {1, 2, 3, 4}
    assert order(q="påstand 3 i") == [3]
    assert order(q="finnes ikke") == []
    assert order(sort="<script>", order="x", page="99") == list(range(1, 15))


def test_a_long_table_comes_in_pages_that_keep_the_order(held: Held, town: Town) -> None:
    for _ in range(50):
        factories.make_statement(held.conversation, number=held.conversation.statements.count() + 1)
    vote(held.conversation, factories_people(held, 10))
    compute.map_conversation(held.conversation.pk)
    words = page(held, town, sort="number", order="down", page="2")
    assert "Page 2 of 2" in words
    assert "sort=number&amp;order=down" in words.replace("order=down&amp;sort=number", "sort=number&amp;order=down")


def factories_people(held: Held, count: int) -> list:
    return [factories.make_participant(held.conversation.process) for _ in range(count)]


def test_rounds_are_told_apart(held: Held, town: Town) -> None:
    window = factories.make_activity(
        process=held.conversation.process, state="closed", round=2, results="always", opens_at=clock.now()
    )
    factories.make_window(held.conversation, activity=window)
    assert "Nothing has been computed yet" in page(held, town)
    assert "agree on 4 of 14 statements." in page(held, town, round="1")
    assert "round=2" in page(held, town, round="1")
    hidden = page(held, town, round="3")
    assert "agree on" not in hidden


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_address_may_name_the_language(held: Held, town: Town, language: str) -> None:
    answer = town.client("anonymous").get(f"/conversations/{held.conversation.pk}/direction/", {"lang": language})
    assert f'<html lang="{language}"' in answer.content.decode()
    assert answer.headers["Content-Language"] == language


def test_what_people_wrote_is_text(held: Held, town: Town) -> None:
    held.conversation.statements.filter(number=1).update(text="<script>alert(1)</script> & «sitat»")
    held.conversation.__class__.objects.filter(pk=held.conversation.pk).update(title="<b>Tittel</b>")
    words = page(held, town)
    assert "<script>alert(1)" not in words
    assert "<b>Tittel" not in words
    assert "&lt;script&gt;alert(1)" in words


def test_the_page_costs_the_same_for_few_and_many_statements(
    held: Held, town: Town, django_assert_max_num_queries
) -> None:
    client = town.client("anonymous")
    with django_assert_max_num_queries(14):
        client.get(f"/conversations/{held.conversation.pk}/direction/")


def test_nothing_is_kept_on_the_way(held: Held, town: Town) -> None:
    answer = town.client("anonymous").get(f"/conversations/{held.conversation.pk}/direction/")
    assert {"private", "no-cache"} <= set(answer.headers["Cache-Control"].replace(" ", "").split(","))


def test_before_the_first_vote_the_page_says_so(town: Town) -> None:
    conversation = factories.make_conversation(
        process=factories.make_process(municipality=town.municipality), statements=2
    )
    factories.make_window(conversation, state="open", results="always", opens_at=clock.now() - timedelta(hours=1))
    answer = town.client("anonymous").get(f"/conversations/{conversation.pk}/direction/")
    assert "Nothing has been computed yet" in words_of(answer)
    document = json.loads(town.client("anonymous").get(f"/conversations/{conversation.pk}/direction.json").content)
    assert (document["map"], document["told"]) == (None, None)


def test_the_method_tells_everybody_what_looks_odd_about_the_votes(held: Held, town: Town) -> None:
    stored = held.conversation.maps.get()
    odd = {"kind": "duplicates", "flagged": None, "sets": None, "changed": 0, "gained": [], "lost": [], "moves": []}
    stored.document["guards"] = {**stored.document["guards"], "kinds": [odd]}
    held.conversation.maps.update(document=stored.document)
    assert "The votes of fewer than five people look copied." in page(held, town)
