"""The pages of a result: who sees what when, what stands there, and files that anybody can count again."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.urls import reverse
from tests.apps.budgeting.test_closing import closed, host_of, voted
from tests.apps.budgeting.test_counting import counted
from tests.apps.viewers import DESK, KINDS, PUBLIC, Town, met, words_of
from tests.factories import budgeting as factories
from tests.factories import make_process

from samskap.apps.budgeting import actions, compute, queries, tasks
from samskap.apps.budgeting.labels import COMPLETIONS, RULES
from samskap.apps.budgeting.labels.results import audit_title, money, percent
from samskap.apps.budgeting.labels.rule_words import steps_of
from samskap.apps.budgeting.models import Ballot
from samskap.cli.count import count_command
from samskap.engines.fair_budget.auditing import AUDITS
from samskap.formats.charts import Block, Face, MoneyMap, money_map
from samskap.web.parts import parts_of

pytestmark = pytest.mark.django_db

PAGES = ("result", "rounds", "comparison", "recount")
FILES = ("sealed_file", "result_file")
SECRET = "Hemmeligheten"


def at(name: str, ballot: Ballot, *more: Any) -> str:
    return reverse(f"budgeting:{name}", args=[ballot.pk, *more])


def here(town: Town, **fields: Any) -> Ballot:
    """A vote in this town, ready to be closed; project 1 has a title that must not leak."""
    ballot = voted(process=make_process(municipality=town.municipality), voters=12, budget_nok=350_000, **fields)
    factories.make_voter_ballot(ballot, ["2"], channel="web")
    ballot.projects.filter(key="1").update(title=SECRET)
    return ballot


@pytest.fixture
def hidden(town: Town) -> Ballot:
    return counted(here(town))


@pytest.fixture
def shown(town: Town) -> Ballot:
    ballot = counted(here(town))
    return actions.show_result(ballot, by=host_of(ballot))


@pytest.mark.parametrize("name", PAGES)
def test_hidden_means_hidden_for_everybody(town: Town, hidden: Ballot, name: str) -> None:
    address = at(name, hidden)
    assert town.statuses(address) == PUBLIC
    for kind in KINDS:
        page = town.client(kind).get(address).content.decode()
        assert "have not shown the result yet" in page
        assert SECRET not in page
        assert queries.latest_count(hidden).sha256 not in page


@pytest.mark.parametrize("name", PAGES)
def test_those_who_run_it_can_look_before_others(town: Town, hidden: Ballot, name: str) -> None:
    for kind in KINDS:
        page = town.client(kind).get(at(name, hidden), {"preview": "1"}).content.decode()
        assert ("Hidden from others" in page) == (kind in ("facilitator", "leader"))
    assert SECRET in town.client("facilitator").get(at("result", hidden), {"preview": "1"}).content.decode()


@pytest.mark.parametrize("name", FILES)
def test_files_are_not_there_until_the_result_is_shown(town: Town, hidden: Ballot, name: str) -> None:
    assert town.statuses(at(name, hidden)) == met(404, 404, 404)
    assert town.statuses(at(name, hidden), preview="1") == met(404, 404, 200)


@pytest.mark.parametrize("step", ["open", "closed"])
def test_before_the_count_there_is_nothing_to_see(town: Town, step: str) -> None:
    ballot = here(town)
    if step == "closed":
        closed(ballot)
    for name in PAGES:
        for kind in KINDS:
            page = town.client(kind).get(at(name, ballot), {"preview": "1"})
            assert (page.status_code, SECRET in page.content.decode()) == (200, False)
    for name in FILES:
        assert town.statuses(at(name, ballot), preview="1") == met(404, 404, 404)
    if step == "closed":
        assert ballot.seal.sha256 in town.client("anonymous").get(at("result", ballot)).content.decode()


@pytest.mark.parametrize("name", [*PAGES, *FILES, "rule", "projects_file", "find_ballot"])
def test_a_shown_result_is_public(town: Town, shown: Ballot, name: str) -> None:
    assert town.statuses(at(name, shown)) == PUBLIC


@pytest.mark.parametrize("name", [*PAGES, "rule"])
def test_a_draft_is_there_for_those_who_run_it_alone(town: Town, name: str) -> None:
    ballot = factories.make_ballot(process=make_process(municipality=town.municipality), projects=2)
    assert town.statuses(at(name, ballot)) == met(404, 404, 200)


@pytest.mark.parametrize("name", ["counting", "count_now"])
def test_work_pages_are_for_those_who_run_it(town: Town, shown: Ballot, name: str) -> None:
    assert town.statuses(at(name, shown)) == DESK
    assert town.statuses(at("order_result", shown, "count")) == met(405, 405, 405)
    assert town.statuses(at("drop_project", shown, shown.projects.first().pk)) == DESK


def test_the_result_tells_what_won_and_why_others_lost(town: Town, shown: Ballot) -> None:
    words = words_of(town.client("anonymous").get(at("result", shown)))
    for part in ("2 of 3 projects won. Together they cost NOK", "13 people voted.", SECRET, "Where the money goes",
                 "who chose it paid", "at least one", "What did not win, and why", "Prosjekt 3",
                 "left at the end", "What if only the number of votes had counted?", "<svg"):  # fmt: skip
        assert part in words.replace("\N{NO-BREAK SPACE}", " "), part


def test_rounds_comparison_and_checks_are_told(town: Town, shown: Ballot) -> None:
    client = town.client("anonymous")
    assert "Every voter began with" in words_of(client.get(at("rounds", shown)))
    assert "Phragmén, one by one" in words_of(client.get(at("comparison", shown)))
    checks = words_of(client.get(at("recount", shown)))
    for part in (queries.latest_count(shown).sha256, shown.seal.sha256, f"samskap count ballot-{shown.pk}.pb",
                 *(audit_title(key) for key in AUDITS)):  # fmt: skip
        assert part in checks


@pytest.mark.parametrize("language", ["en", "nb", "nn"])
def test_pages_are_there_in_every_language(town: Town, shown: Ballot, language: str) -> None:
    for name in (*PAGES, "rule", "find_ballot"):
        client = town.client("anonymous")
        client.cookies["samskap_language"] = language
        assert f'<html lang="{language}"' in client.get(at(name, shown)).content.decode()


def test_the_files_are_what_was_sealed_and_counted(town: Town, shown: Ballot) -> None:
    client = town.client("anonymous")
    ballots, result = client.get(at("sealed_file", shown)), client.get(at("result_file", shown))
    assert ballots.content == bytes(shown.seal.content)
    assert result.content == compute.recounted(shown)
    assert f"ballot-{shown.pk}.pb" in ballots.headers["Content-Disposition"]
    assert not re.search(r"age|sex|sector;|Prøveby \d+;.*web", ballots.content.decode().partition("VOTES")[2])


def test_the_snippet_on_the_page_counts_the_same(town: Town, shown: Ballot, tmp_path: Path) -> None:
    (tmp_path / f"ballot-{shown.pk}.pb").write_bytes(bytes(shown.seal.content))
    snippet = queries.result_of(shown).snippet
    ran = subprocess.run([sys.executable, "-c", snippet], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == str(tuple(queries.winners_of(shown)))


def test_the_command_line_counts_the_same_bytes(shown: Ballot, tmp_path: Path) -> None:
    (tmp_path / f"ballot-{shown.pk}.pb").write_bytes(bytes(shown.seal.content))
    done = CliRunner().invoke(
        count_command, [str(tmp_path / f"ballot-{shown.pk}.pb"), "--json", str(tmp_path / "r.json")]
    )
    assert done.exit_code == 0, done.output
    assert (tmp_path / "r.json").read_bytes() == bytes(queries.latest_count(shown).content)


def test_projects_alone_are_given_away_before_the_vote_is_closed(town: Town) -> None:
    ballot = here(town)
    text = town.client("anonymous").get(at("projects_file", ballot)).content.decode()
    assert "num_votes;0" in text
    assert text.rstrip().endswith("voter_id;vote")
    assert not any(one.receipt in text for one in ballot.voter_ballots.all())


def test_groups_under_five_are_hidden(town: Town) -> None:
    ballot = here(town)
    for _ in range(3):
        factories.make_voter_ballot(ballot, ["1"], channel="web", sector="private")
    for _ in range(8):
        factories.make_voter_ballot(ballot, ["1"], channel="web", sector="voluntary")
    ballot = counted(ballot)
    actions.show_result(ballot, by=host_of(ballot))
    rows = dict(queries.result_of(ballot).groups)["By sector"]
    assert {row.label: row.is_hidden for row in rows} == {
        "Private sector": True, "Did not say": True, "Voluntary sector": True, "Public sector": False,
    }  # fmt: skip
    page = words_of(town.client("anonymous").get(at("result", ballot)))
    assert "Hidden: fewer than five people" in page


def test_the_page_costs_the_same_for_three_projects_and_thirty(
    town: Town, shown: Ballot, django_assert_num_queries: Any
) -> None:
    many = here(town)
    for _ in range(27):
        factories.make_project(many)
    many = actions.show_result(counted(many), by=host_of(many))
    for ballot in (shown, many):
        with django_assert_num_queries(4):
            assert town.client("anonymous").get(at("result", ballot)).status_code == 200


def test_closing_asks_for_the_number_of_ballots(town: Town) -> None:
    ballot = here(town)
    client = town.client("facilitator")
    assert "13 ballots are received." in words_of(client.get(at("close_ballot", ballot)))
    page = client.post(at("close_ballot", ballot), {"counted": "12"})
    assert "There are 13 ballots, and you wrote 12." in words_of(page)
    assert client.post(at("close_ballot", ballot), {"counted": "13"}).status_code == 303
    assert Ballot.objects.get(pk=ballot.pk).state == "closed"
    assert client.get(at("close_ballot", ballot)).status_code == 303


def test_what_stands_against_closing_is_told(town: Town) -> None:
    ballot = here(town)
    factories.make_ballot_window(ballot, title="Dagen")
    client = town.client("facilitator")
    page = client.get(at("counting", ballot))
    assert "People can still vote in “Dagen”." in words_of(page)
    assert f'href="{at("windows", ballot)}">Close the window first' in page.content.decode()
    assert client.get(at("close_ballot", ballot)).status_code == 303


def test_the_count_is_followed_shown_and_made_again(town: Town) -> None:
    ballot = closed(here(town))
    client = town.client("facilitator")
    assert "It begins as soon as the worker is free." in words_of(client.get(at("counting", ballot)))
    assert "data-waits" in client.get(at("counting", ballot)).content.decode()
    assert "data-under-way" in client.get(at("count_now", ballot)).content.decode()
    assert "Waiting" in client.get(at("count_now", ballot)).content.decode()
    tasks.count_ballot(ballot.counts.get().pk)
    assert "data-under-way" not in client.get(at("count_now", ballot)).content.decode()
    assert "Show the result to everybody" in words_of(client.get(at("counting", ballot)))
    for order in ("show", "hide", "count"):
        assert client.post(at("order_result", ballot, order)).status_code == 303
    assert client.post(at("order_result", ballot, "burn")).status_code == 404
    assert ballot.counts.count() == 2


def test_a_result_that_nobody_sees_yet_is_a_step_at_work(town: Town, hidden: Ballot) -> None:
    [step] = queries.work_steps(town.municipality, town.facilitator)
    assert (step.title, step.url) == ("A result waits to be shown", at("counting", hidden))
    actions.show_result(hidden, by=host_of(hidden))
    assert queries.work_steps(town.municipality, town.facilitator) == []


def test_a_project_falls_out_with_a_reason_that_everybody_reads(town: Town, shown: Ballot) -> None:
    first = shown.projects.get(key="1")
    client = town.client("facilitator")
    assert client.post(at("drop_project", shown, first.pk), {"reason": "Tomten er solgt."}).status_code == 303
    tasks.make_reserve(shown.pk)
    page = words_of(town.client("anonymous").get(at("result", shown)))
    assert "Tomten er solgt." in page
    assert "The count below stands as it was made." in page


def test_the_result_stands_on_the_process_and_only_when_it_is_shown(town: Town, hidden: Ballot) -> None:
    def titles() -> list[str]:
        return [part.title for part in parts_of("process", hidden.process, None)]

    assert "Results of votes" not in titles()
    actions.show_result(hidden, by=host_of(hidden))
    assert "Results of votes" in titles()


def test_import_page_by_page(town: Town, settings: Any, tmp_path: Path, shown: Ballot) -> None:
    settings.SAMSKAP_DATA = tmp_path
    address = reverse("budgeting:import_ballot", args=[shown.process_id])
    assert town.statuses(address) == DESK
    client = town.client("facilitator")
    file = tmp_path / "vote.pb"
    file.write_bytes(b"nothing")
    with file.open("rb") as opened:
        assert "begins with" in words_of(client.post(address, {"file": opened}))
    file.write_bytes(bytes(shown.seal.content))
    with file.open("rb") as opened:
        look = client.post(address, {"file": opened}).headers["Location"]
    assert "Ballots" in words_of(client.get(look))
    assert town.client("leader").get(look).status_code == 404
    fields = {"what": "sealed", "title": "Kopi", "language": "nb", "rule": "equal_shares", "satisfaction": "cost",
              "completion": "add1u", "tie_break": "lottery"}  # fmt: skip
    assert client.post(look, fields).status_code == 303
    copy = Ballot.objects.get(title="Kopi")
    assert bytes(copy.seal.content) == bytes(shown.seal.content)
    assert client.get(look).status_code == 404


def test_import_shows_repairs_and_asks_for_them(town: Town, settings: Any, tmp_path: Path, shown: Ballot) -> None:
    settings.SAMSKAP_DATA = tmp_path
    client = town.client("facilitator")
    file = tmp_path / "vote.pb"
    file.write_bytes(bytes(shown.seal.content).replace(b"num_votes;13", b"num_votes;14"))
    with file.open("rb") as opened:
        look = client.post(reverse("budgeting:import_ballot", args=[shown.process_id]), {"file": opened})
    page = words_of(client.get(look.headers["Location"]))
    assert "Import the file with the repairs that are listed" in page
    fields = {"what": "draft", "title": "Kopi", "language": "nb", "rule": "equal_shares", "satisfaction": "cost",
              "completion": "add1u", "tie_break": "lottery"}  # fmt: skip
    assert client.post(look.headers["Location"], fields).status_code == 200
    assert client.post(look.headers["Location"], fields | {"repaired": "on"}).status_code == 303
    assert Ballot.objects.get(title="Kopi").state == "draft"


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_told_step_by_step_with_its_example(town: Town, rule: str) -> None:
    ballot = factories.make_ballot(
        process=make_process(municipality=town.municipality), projects=2, window="open", rule=rule
    )
    words = html.unescape(words_of(town.client("anonymous").get(at("rule", ballot))))
    assert "An example to do by hand" in words
    assert str(COMPLETIONS[ballot.completion]) in words
    assert all(str(step) in words for step in steps_of(rule))


def test_amounts_and_shares_in_words() -> None:
    plain = [money(one).replace("\N{NO-BREAK SPACE}", " ") for one in (0, 1.5, 1234.5, 2_000_000)]
    assert plain == ["NOK 0", "NOK 1.50", "NOK 1,235", "NOK 2,000,000"]
    assert money(1234, "PLN") == "1,234\N{NO-BREAK SPACE}PLN"
    assert [percent(one) for one in (0, 0.001, 0.5, 0.999, 1)] == ["0%", "1%", "50%", "99%", "100%"]


def test_the_money_map_fills_its_area_and_escapes_words() -> None:
    blocks = tuple(Block(f"<b>&{n}", n * 1000, number=str(n)) for n in range(1, 20))
    svg = money_map(MoneyMap(Face("k", "t", "d"), blocks, Block("Left", 500)), width=720)
    boxes = [tuple(map(float, box)) for box in re.findall(r'width="([\d.]+)" height="([\d.]+)" rx', svg)]
    assert len(boxes) == 20
    assert abs(sum((w + 3) * (h + 3) for w, h in boxes) - 720 * 446) < 4000
    assert "<b>" not in svg
    assert "style=" not in svg
    assert money_map(MoneyMap(Face("k", "t", "d"), ()), width=340).startswith("<svg")


def test_the_document_is_read_by_anybody(shown: Ballot) -> None:
    document = json.loads(bytes(queries.latest_count(shown).content))
    assert (document["format"], document["winners"]) == ("samskap-count", queries.winners_of(shown))
    assert not any(receipt in json.dumps(document) for receipt in shown.voter_ballots.values_list("receipt", flat=True))
