"""The history page: in words, for those who may see the thing, and checked line by line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests import factories
from tests.apps.viewers import HIDDEN, PUBLIC, Town, words_of

from samskap.apps.actors.models import Mandate
from samskap.apps.initiatives.queries.initiatives import PARTS
from samskap.apps.processes import actions as processes
from samskap.apps.trail.labels import SENTENCES
from samskap.apps.trail.models import Entry

SRC = Path(settings.PACKAGE) / "apps"


def verbs() -> set[str]:
    """Every verb that some module records, as the source tells; what a module's own `_record` completes, completed."""
    found = set()
    for file in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {"record", "_record"}:
                found |= completed(node.args[0].value, file)
    return found


def completed(verb: str, file: Path) -> set[str]:
    if "." in verb:
        return {verb}
    module = file.relative_to(SRC).parts[0]
    return {f"{module}.{kind}_{verb}" for kind in PARTS} if file.stem == "parts" else {f"{module}.{verb}"}


def facts() -> set[str]:
    """The names of all facts that some action writes beside a verb."""
    trees = [ast.parse(file.read_text()) for file in SRC.rglob("*.py") if "actions" in str(file.relative_to(SRC))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    keys = {key for node in nodes if isinstance(node, ast.Dict) for key in node.keys if isinstance(key, ast.Constant)}
    calls = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_record"]
    return {str(key.value) for key in keys} | {str(each.arg) for call in calls for each in call.keywords}


def test_every_verb_that_is_recorded_has_a_sentence() -> None:
    assert verbs() - set(SENTENCES) == set()
    assert len(verbs()) > 20


def test_a_sentence_has_no_gap_that_nobody_fills() -> None:
    gaps = {gap for sentence in SENTENCES.values() for gap in re.findall(r"%\((\w+)\)s", str(sentence))}
    assert gaps - facts() <= {"who", "what"}


@pytest.fixture
def process(town: Town):  # type: ignore[no-untyped-def]
    return factories.make_process(municipality=town.municipality, published=False, title="Framtida")


def address(process) -> str:  # type: ignore[no-untyped-def]
    return reverse("trail:history", args=["process", process.pk])


def test_it_is_seen_by_those_who_see_the_process(town: Town, process) -> None:  # type: ignore[no-untyped-def]
    assert town.statuses(address(process)) == HIDDEN
    processes.publish_process(process, by=town.leader)
    assert town.statuses(address(process)) == PUBLIC


def test_unknown_kinds_and_numbers_are_not_there(town: Town) -> None:
    for kind, pk in (("process", 999_999), ("person", town.leader.pk), ("entry", 1)):
        assert town.client("leader").get(reverse("trail:history", args=[kind, pk])).status_code == 404


def test_it_tells_what_happened_without_telling_who(town: Town, process) -> None:  # type: ignore[no-untyped-def]
    processes.publish_process(process, by=town.leader)
    activity = processes.create_activity(process, by=town.facilitator, title="Samtalen")
    processes.open_activity(activity, by=town.facilitator)
    processes.take_ticket(process, key=factories.make_participant(process).key)
    page = words_of(town.client("anonymous").get(address(process)))
    told = re.findall(r'data-size="2xs">([^<]+)<', page)
    assert told == ["The facilitator published the process “Framtida”.", "The facilitator opened “Samtalen”."]
    assert town.leader.name not in page
    assert f"person:{town.leader.pk}" not in page
    assert "every line here fits its seal" in page


def test_it_speaks_the_readers_language(town: Town, process) -> None:  # type: ignore[no-untyped-def]
    process.translations = {"nn": {"title": "Framtida vår"}}
    process.save()
    processes.publish_process(process, by=town.leader)
    client = town.client("anonymous")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nn"
    with translation.override("nn"):
        expected = str(SENTENCES["processes.process_published"]) % {
            "who": translation.gettext("The facilitator"), "what": "Framtida vår",
        }  # fmt: skip
    assert expected in words_of(client.get(address(process)))


@pytest.mark.parametrize(
    ("column", "value"),
    [("actor", "system:clock"), ("verb", "processes.process_hidden"), ("previous_hash", "0" * 63 + "1")],
)
def test_a_line_that_was_changed_from_outside_is_pointed_out(town: Town, process, column: str, value: str) -> None:  # type: ignore[no-untyped-def]
    processes.create_activity(process, by=town.leader, title="Først")
    processes.publish_process(process, by=town.leader)
    entry = Entry.objects.get(verb="processes.process_published")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE trail_entry SET {column} = %s WHERE id = %s", [value, entry.pk])
    page = words_of(town.client("anonymous").get(address(process)))
    assert f"line {entry.number} does not fit its seal" in page


def test_a_line_from_another_version_is_told_all_the_same(town: Town, process) -> None:  # type: ignore[no-untyped-def]
    from samskap.apps.trail import actions

    actions.record("processes.process_blessed", process, by=town.leader, public=True)
    page = words_of(town.client("leader").get(address(process)))
    assert "did something with “Framtida” (processes.process_blessed)" in page


def test_it_costs_the_same_for_one_line_and_three(town: Town, process) -> None:  # type: ignore[no-untyped-def]
    processes.publish_process(process, by=town.leader)
    costs = []
    for more in (0, 2):
        for at in range(more):
            activity = processes.create_activity(process, by=town.leader, title=str(at))
            processes.open_activity(activity, by=town.leader)
        with CaptureQueriesContext(connection) as spent:
            town.client("anonymous").get(address(process))
        costs.append(len(spent))
    assert costs[0] == costs[1]


def test_an_empty_history_says_so(town: Town, process) -> None:  # type: ignore[no-untyped-def]
    assert "Nothing to tell yet" in words_of(town.client("leader").get(address(process)))
    assert Mandate.objects.filter(person=town.leader).exists()
