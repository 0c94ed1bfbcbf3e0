"""Votes on the budget in the report of a day: only where the result is shown, on the page, on paper and as data."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from tests.apps.budgeting.test_closing import host_of, voted
from tests.apps.budgeting.test_counting import counted
from tests.apps.viewers import Town, words_of
from tests.factories import make_gathering, make_process

from samskap.apps.budgeting import actions, queries, tasks
from samskap.apps.budgeting.models import Ballot
from samskap.apps.gatherings.models import Gathering

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathering(town: Town) -> Gathering:
    return make_gathering(process=make_process(municipality=town.municipality))


@pytest.fixture
def ballot(gathering: Gathering) -> Ballot:
    return counted(voted(process=gathering.process, voters=12, budget_nok=350_000, title="Nærmiljøet"))


def shown(ballot: Ballot) -> Ballot:
    return actions.show_result(ballot, by=host_of(ballot))


def test_a_hidden_result_is_in_no_report(town: Town, gathering: Gathering, ballot: Ballot) -> None:
    for kind in ("anonymous", "facilitator"):
        client = town.client(kind)
        assert "Nærmiljøet" not in words_of(client.get(f"/g/{gathering.code}/report/", {"preview": "1"}))
        assert client.get(f"/g/{gathering.code}/report.json").json()["votes"] == []


def test_the_page_tells_what_won_and_how_to_count_again(town: Town, gathering: Gathering, ballot: Ballot) -> None:
    shown(ballot)
    words = words_of(town.client("anonymous").get(f"/g/{gathering.code}/report/"))
    for part in (
        "Nærmiljøet",
        "1 of 3 projects won",
        "Prosjekt 1",
        ballot.seal.sha256,
        f"samskap count ballot-{ballot.pk}.pb",
    ):
        assert part in words


def test_the_data_has_the_files_and_what_fell_out(town: Town, gathering: Gathering, ballot: Ballot) -> None:
    actions.drop_project(shown(ballot).projects.get(key="1"), by=host_of(ballot), reason="Solgt.")
    tasks.make_reserve(ballot.pk)
    (vote,) = town.client("anonymous").get(f"/g/{gathering.code}/report.json").json()["votes"]
    assert [one["id"] for one in vote["winners"]] == queries.winners_of(ballot)
    assert (vote["voters"], vote["budget"], vote["ballots_sha256"]) == (12, 350_000, ballot.seal.sha256)
    assert vote["ballots"].endswith(f"/ballots/{ballot.pk}/result/ballots.pb")
    assert vote["fallen_out"][0] == "“Prosjekt 1” fell out. Solgt."


def test_the_paper_has_the_map_with_words_for_it(
    town: Town, gathering: Gathering, ballot: Ballot, settings: Any, tmp_path: Path
) -> None:
    pikepdf = pytest.importorskip("pikepdf", reason="The wheel pikepdf, which reads PDF files, is not installed.")
    settings.SAMSKAP_DATA = tmp_path
    shown(ballot)
    answer = town.client("anonymous").get(f"/g/{gathering.code}/report.pdf")
    with pikepdf.open(io.BytesIO(answer.content)) as opened:
        told = [str(one.Alt) for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert any(words.startswith("Where the money goes. 1 of 3 projects won.") for words in told)
