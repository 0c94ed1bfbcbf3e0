"""Names of groups: who gives them, where they stand, and what becomes of them when the map changes."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation
from tests import factories
from tests.apps.reports.conftest import Held, gather, hold
from tests.apps.viewers import DESK, KINDS, Town, words_of

from samskap.apps.reports import queries
from samskap.apps.statements import actions
from samskap.apps.statements import queries as statements
from samskap.apps.statements.models import GroupName
from samskap.apps.trail.models import Entry
from samskap.kernel.acting import SYSTEM_MAPPER
from samskap.kernel.errors import NotAllowed, RuleError

pytestmark = pytest.mark.django_db

TEXTS = {"language": "nb", "name_nb": "Flere <hender>", "name_en": "More <hands>", "description_nb": "Vil ansette."}


def named(held: Held, *, key: str = "A", name: str = "Flere hender") -> GroupName:
    return actions.name_group(
        held.conversation, round=1, key=key, by=SYSTEM_MAPPER, language="nb", name=name, description="Vil ansette.",
        translations={"en": {"name": "More hands"}},
    )  # fmt: skip


def address(held: Held, name: str, *more: object) -> str:
    return reverse(f"statements:{name}", args=[held.conversation.pk, *more])


def test_only_those_who_run_it_meet_the_pages(held: Held, town: Town) -> None:
    assert town.statuses(address(held, "groups")) == DESK
    assert town.statuses(address(held, "group", 1, "A")) == DESK


def test_only_those_who_run_it_give_and_take_names(held: Held, town: Town) -> None:
    for kind in KINDS:
        town.client(kind).post(address(held, "group", 1, "A"), TEXTS)
        assert GroupName.objects.exists() == (kind in ("facilitator", "leader"))
        GroupName.objects.all().delete()
    with pytest.raises(NotAllowed):
        actions.name_group(held.conversation, round=1, key="A", by=town.stranger, language="nb", name="Nei")


def test_one_names_what_one_sees(held: Held, town: Town) -> None:
    page = words_of(town.client("facilitator").get(address(held, "group", 1, "A")))
    group = statements.groups_to_name(held.conversation, 1)[0]
    assert group.stands
    assert all(statement.text in page for statement, _stands in group.stands)


def test_the_name_stands_beside_the_letter_everywhere_and_is_escaped(held: Held, town: Town) -> None:
    town.client("facilitator").post(address(held, "group", 1, "A"), TEXTS)
    page = town.client("anonymous").get(reverse("reports:direction", args=[held.conversation.pk])).content.decode()
    drawing = page.partition('class="opinion-map"')[2].partition("</svg>")[0]
    assert "A · More &lt;hands&gt; (" in drawing
    table = page.partition("The map as a table</caption>")[2].partition("</table>")[0]
    assert 'A · <span lang="en">More &lt;hands&gt;</span>' in table
    assert "<hands>" not in page
    document = town.client("anonymous").get(reverse("reports:direction_json", args=[held.conversation.pk])).json()
    assert [group["label"] for group in document["told"]["groups"]] == ["A · More <hands>", "Group B"]
    day = queries.day(gather(held), parts=queries.day_parts(gather(held), participant=None))
    paper = queries.paper(day, notice="", site="https://example.org")
    assert [group["label"] for group in paper["parts"][0]["telling"]["groups"]] == ["A · More <hands>", "Group B"]
    assert "A · More &lt;hands&gt;" in paper["parts"][0]["svg"]


def test_a_name_is_told_in_the_language_of_the_reader(held: Held) -> None:
    named(held)
    for language, name in (("nb", "Flere hender"), ("nn", "Flere hender"), ("en", "More hands")):
        with translation.override(language):
            assert statements.group_names(held.conversation, 1)["A"].name == name


def test_a_hidden_result_tells_no_name(hidden: Held, town: Town) -> None:
    named(hidden)
    for kind in KINDS:
        page = town.client(kind).get(reverse("reports:direction", args=[hidden.conversation.pk]))
        assert "More hands" not in words_of(page)


def test_a_name_can_be_taken_away_and_given_back(held: Held, town: Town) -> None:
    named(held)
    client = town.client("facilitator")
    client.post(address(held, "order_group", 1, "A", "clear"))
    assert statements.group_names(held.conversation, 1) == {}
    assert [row.name for row in statements.kept_names(held.conversation, 1)] == ["Flere hender"]
    assert "More hands" in words_of(client.get(address(held, "groups")))
    client.post(address(held, "order_group", 1, "A", "restore"))
    assert statements.group_names(held.conversation, 1)["A"].description == "Vil ansette."
    verbs = list(Entry.objects.filter(verb__contains="group").order_by("number").values_list("verb", "data"))
    told = {"round": 1, "group": "A"}
    assert verbs == [
        ("statements.group_named", told), ("statements.group_name_cleared", told), ("statements.group_named", told),
    ]  # fmt: skip


def test_a_name_is_not_shown_for_another_group_that_gets_the_letter(held: Held) -> None:
    named(held, key="B")
    stored = statements.latest_map(held.conversation, 1)
    assert stored is not None
    facts = {"engine_version": "e", "seed": 1, "people": 1, "votes": 1, "by": SYSTEM_MAPPER}
    gone = stored.document | {"groups": stored.document["groups"][:1]}
    actions.store_map(held.conversation, round=1, document=gone, input_hash="x", **facts)
    actions.store_map(held.conversation, round=1, document=stored.document, input_hash="y", **facts)
    assert statements.group_names(held.conversation, 1) == {}
    assert [row.key for row in statements.kept_names(held.conversation, 1)] == ["B"]


def test_a_group_that_is_not_there_has_no_name(held: Held, town: Town) -> None:
    with pytest.raises(RuleError, match="no group C"):
        named(held, key="C")
    assert town.client("facilitator").get(address(held, "group", 1, "C")).status_code == 404


def test_a_name_has_a_length_and_letters(held: Held, town: Town) -> None:
    client = town.client("facilitator")
    for name in ("", "   ", "x" * 41):
        answer = client.post(address(held, "group", 1, "A"), {"language": "nb", "name_nb": name})
        assert answer.status_code == 200
    assert not GroupName.objects.exists()


def test_where_there_are_no_groups_the_page_says_so(town: Town) -> None:
    few = hold(town, people=6)
    assert "nothing to name" in words_of(town.client("facilitator").get(address(few, "groups")))
    empty = factories.make_conversation(process=few.conversation.process)
    page = town.client("facilitator").get(reverse("statements:groups", args=[empty.pk]))
    assert "Nobody has answered yet" in words_of(page)
