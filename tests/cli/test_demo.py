"""The example municipality: complete, always the same, made in seconds, and apart from everything real."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.cli.demo_closing import check_benefits, check_stories

from samskap.apps.actors.queries import demo_persons
from samskap.apps.budgeting import queries as budgeting
from samskap.apps.challenges import queries as challenges
from samskap.apps.gatherings import queries as gatherings
from samskap.apps.initiatives import queries as initiatives
from samskap.apps.statements import queries as statements
from samskap.apps.trail.queries import checked_chains
from samskap.cli.demo_initiatives import SAYS
from samskap.cli.demo_people import GROUPS, Opinion, simulated_answers, simulated_people
from samskap.cli.demo_texts import LANGUAGES, Content, content, texts
from samskap.cli.demo_town import STEPS, build_town, day_of, evening_of
from samskap.engines.opinion_map import compare

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.figures.queries import Chart
    from samskap.apps.processes.models import Process

NOW = datetime(2026, 11, 24, 17, 32, tzinfo=UTC)
LIMIT = 180


def opinions() -> list[Opinion]:
    return [
        Opinion(tuple(entry["agree"]), tuple(entry["against"]), entry.get("sectors", {}))
        for entry in content("statements")["seeds"]
    ]


def test_the_people_are_the_same_every_time_and_cross_the_sectors() -> None:
    people = simulated_people(180, seed=1)
    assert people == simulated_people(180, seed=1)
    assert people != simulated_people(180, seed=2)
    assert Counter(person.sector for person in people) == {"public": 84, "private": 46, "voluntary": 50}
    assert {(person.sector, person.group) for person in people} == {
        (sector, group) for sector in ("public", "private", "voluntary") for group in range(len(GROUPS))
    }


@pytest.mark.parametrize("count", [60, 61, 97, 500])
def test_any_number_of_people_is_made_exactly(count: int) -> None:
    assert [person.number for person in simulated_people(count, seed=1)] == list(range(count))


def test_the_answers_are_the_same_every_time_and_one_a_person_and_statement() -> None:
    people = simulated_people(180, seed=1)
    answers = simulated_answers(people, opinions(), seconds=1680, seed=1)
    assert answers == simulated_answers(people, opinions(), seconds=1680, seed=1)
    pairs = Counter((answer.person, answer.statement) for answer in answers)
    assert set(pairs.values()) == {1}
    assert {answer.choice for answer in answers} == {-1, 0, 1}
    assert {answer.person for answer in answers} == {person.number for person in people}
    assert all(0 <= answer.second <= 1680 for answer in answers)


def test_nobody_answers_a_statement_before_it_is_shown() -> None:
    late = Opinion((0.5,) * 3, (0.3,) * 3, shown_after=0.6)
    answers = simulated_answers(simulated_people(180, seed=1), [*opinions(), late], seconds=1000, seed=1)
    seconds = [answer.second for answer in answers if answer.statement == 30]
    assert (bool(seconds), min(seconds) >= 600) == (True, True)


def test_every_statement_is_short_enough_in_every_language_and_there_once() -> None:
    said = content("statements")
    entries = [*said["seeds"], *said["first_steps"]]
    sentences = [entry[language] for entry in entries for language in ("nb", *LANGUAGES)]
    sentences += [entry["text"] for entry in [*said["written"], *said["evening_written"]]]
    assert [text for text in sentences if len(text) > LIMIT] == []
    for language in ("nb", *LANGUAGES):
        own = [entry[language] for entry in entries]
        assert len(own) == len(set(own))
    assert len(said["seeds"]) == 30


def test_the_chances_are_chances() -> None:
    said = content("statements")
    wrong = [
        entry
        for entry in [*said["seeds"], *said["first_steps"]]
        for agree, against in zip(entry["agree"], entry["against"], strict=True)
        if not (0 <= agree <= 1 and 0 <= against <= 1 and agree + against <= 1 and len(entry["agree"]) == len(GROUPS))
    ]
    assert wrong == []


def known_lines(challenge: Content, language: str) -> list[str]:
    known = challenge["known"] if language == "nb" else challenge[language]["known"]
    return [line for line in known.splitlines() if line.strip()]


def numbers_in(text: str) -> set[str]:
    """The numbers in a text, thousands together, with a decimal comma."""
    together = re.sub(r"(?<=\d)[ ,\u00a0\u202f](?=\d{3}(?!\d))", "", text)
    return {number.replace(".", ",") for number in re.findall(r"\d+(?:[.,]\d+)?", together)}


def test_every_figure_about_a_challenge_says_that_it_is_invented_and_is_the_same_in_every_language() -> None:
    marks = {"nb": r"\*.*[Tt]enkte? tall.*\*$", "nn": r"\*.*[Tt]enkte? tal.*\*$", "en": r"\*.*[Ii]nvented figure.*\*$"}
    for challenge in content("town")["challenges"]:
        for language, mark in marks.items():
            lines = known_lines(challenge, language)
            assert [line for line in lines if not line.startswith("- ") or re.search(mark, line) is None] == []
            assert [numbers_in(line) for line in lines] == [numbers_in(line) for line in known_lines(challenge, "nb")]


def numbers_of(chart: Chart) -> set[str]:
    """Every number in the title, the sentence and the table of a chart."""
    cells = [cell for row in (chart.headers, *chart.rows) for cell in row]
    return numbers_in("; ".join([chart.title, chart.sentence, *cells]))


def test_lines_are_broken_by_paragraphs_and_lists_alone() -> None:
    entry = {"text": "\nOne\nparagraph.\n\nAnother:\n- first\n- second\n"}
    assert texts(entry, "text")["text"] == "One paragraph.\n\nAnother:\n- first\n- second"


def test_no_account_of_the_example_can_get_e_mail() -> None:
    assert [p["email"] for p in content("town")["people"] if not p["email"].endswith("@demo.invalid")] == []


@pytest.mark.parametrize(
    ("now", "year"),
    [(NOW, 2025), (datetime(2026, 7, 25, tzinfo=UTC), 2025), (datetime(2026, 7, 20, tzinfo=UTC), 2024)],
)
def test_the_day_is_the_last_14_november_of_which_something_can_have_come(now: datetime, year: int) -> None:
    assert day_of(now, month=11, day=14, hour=9) == datetime(year, 11, 14, 8, tzinfo=UTC)


def test_the_open_gathering_began_a_while_ago_at_whole_minutes() -> None:
    assert evening_of(NOW) == datetime(2026, 11, 24, 16, 45, tzinfo=UTC)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_town_is_whole_and_its_map_finds_what_was_planted() -> None:
    heard: list[str] = []
    town = build_town(people=180, now=NOW, tell=heard.append)
    assert (town.people, len(heard), len(demo_persons())) == (180, STEPS, 4)

    day = gatherings.visible_gathering("TKST24", viewer=None)
    evening = gatherings.visible_gathering("SMSKP7", viewer=None)
    assert (day.state, evening.state) == ("ended", "open")
    turnout = gatherings.turnout(day)
    assert (turnout.eligible, turnout.invited, turnout.registered, turnout.present, turnout.answered) == (
        240, 240, 194, 186, 180,
    )  # fmt: skip

    stories = [challenges.story_in_figures(one) for one in challenges.published_challenges(day.process.municipality)]
    assert stories[0][0].title == "Innbyggere på 16 til 66 år for hver som er 80 år eller eldre"
    for challenge, story in zip(content("town")["challenges"], stories, strict=True):
        assert [one.title for one in story if not one.chart.is_illustrative] == []
        assert len(story) == len(challenge["figures"])
        shown = [numbers_of(one.chart) for one in story]
        lines = [line for line in known_lines(challenge, "nb") if "bare for eksempelet" not in line]
        assert [line for line in lines if not any(numbers_in(line) <= numbers for numbers in shown)] == []

    talk, first_steps = statements.conversations_of(day.process).order_by("pk")
    assert (statements.visible_round(talk), statements.visible_round(first_steps)) == (2, None)
    states = Counter(statements.statements_by_state(talk).values_list("state", flat=True))
    assert states == {"accepted": 34, "waiting": 3, "rejected": 1, "merged": 1}
    assert (statements.open_window(talk), statements.open_window(first_steps) is not None) == (None, True)

    stored = statements.latest_map(talk, 1)
    assert stored is not None
    found = {int(entry["key"]): entry["verdict"] for entry in stored.document["statements"]}
    planted = {number: entry["plan"] for number, entry in enumerate(content("statements")["seeds"], start=1)}
    wanted = {
        "common": "agreed",
        "rejected": "rejected",
        "groups": "divisive",
        "sectors": "divisive",
        "unsure": "mixed",
    }
    assert {number: found[number] for number in planted} == {number: wanted[plan] for number, plan in planted.items()}
    assert len(stored.document["groups"]) == len(GROUPS)
    for number in (1, 2):
        assert {named.name for named in statements.group_names(talk, number).values()} == {
            "Del arbeidet", "Kommunen først", "Arbeid og grender",
        }  # fmt: skip
    assert statements.group_names(talk, 1) == statements.group_names(talk, 2)
    before, after = statements.stored_result(talk, 1), statements.stored_result(talk, 2)
    assert before is not None
    assert after is not None
    changes = compare(before, after)
    assert all(change.stayed is not None and change.stayed > 20 for change in changes.groups)
    moved = {int(change.statement) for change in changes.statements if change.way != "unsure"}
    assert moved == {entry["number"] for entry in content("statements")["moved"]}
    assert [chain for chain in checked_chains() if chain.broken_at is not None] == []
    check_ideas_and_opportunities(day.process)
    check_initiatives(day.process.municipality)
    check_votes(day.process)
    check_benefits(day.process.municipality)
    check_stories()


def check_ideas_and_opportunities(process: Process) -> None:
    [idea_round] = initiatives.idea_rounds_of(process)
    ideas = {idea.title: idea for idea in idea_round.ideas.order_by("pk")}
    told = content("initiatives")
    assert list(ideas) == [entry["title"] for entry in told["ideas"]]
    assert Counter(idea.state for idea in ideas.values()) == {"accepted": 6, "merged": 1, "rejected": 1}
    assert ideas["Møteplass på hjul"].merged_into == ideas["Kaffebil til dem som bor langt unna"]
    assert ideas["Hjemmesykepleien på sykkel"].reason == "Det er alt i gang i sentrum. Skriv gjerne hva som mangler."
    found = process.opportunities.all()
    states = {entry["title"]: entry.get("state", "taken_up") for entry in told["opportunities"]}
    assert {one.title: one.state for one in found} == states
    assert [one.title for one in found if set(one.translations) != set(LANGUAGES)] == []


def check_initiatives(municipality: Municipality) -> None:
    """Each is where it was planned to be, answered for by the account that stands for its organisation."""
    told = content("initiatives")
    made = {one.title: one for one in initiatives.published_initiatives(municipality, {})}
    stages = {entry["title"]: entry.get("after", "explored") for entry in told["initiatives"]}
    assert {title: one.stage for title, one in made.items()} == stages
    assert Counter(stages.values()) == {"planned": 3, "pilot": 3, "in_operation": 3, "explored": 4, "stopped": 1}
    assert {title: one.owner.email for title, one in made.items() if one.owner} == {
        entry["title"]: told["owners"][entry["owner"]]
        for entry in told["initiatives"]
        if entry["owner"] in told["owners"]
    }
    stopped = made["Trygghetspakken hjemme"]
    assert "hver femte alarm nådde ikke fram" in stopped.stopped_reason
    assert stopped.said_in("en").learned.startswith("Look into the coverage before anything is bought")
    assert stopped.said_in("nn").stopped_reason.startswith("Tiltaket blei ikkje valt")
    for one in made.values():
        parts = [*one.cost_lines.all(), *one.risks.all(), *one.affected.all(), *one.gates.all()]
        assert [str(part) for part in parts if set(part.translations) != set(LANGUAGES)] == []
        names = [*SAYS, "next_step", "stopped_reason", "learned"]
        said = [name for name in names if getattr(one, name)]
        untold = [(code, name) for code in LANGUAGES for name in said if not one.translations[code].get(name)]
        assert (one.title, untold) == (one.title, [])


def check_votes(process: Process) -> None:
    counted, going_on = budgeting.ballots_of(process).order_by("pk")
    assert (counted.state, going_on.state, going_on.kind) == ("counted", "open", "points")
    shares = budgeting.turnout_of(counted)
    assert (counted.projects.count(), budgeting.ballot_count(counted), shares.eligible) == (14, 600, 3310)
    count = budgeting.latest_count(counted)
    assert count is not None
    costs = {project.key: project.cost_nok for project in counted.projects.all()}
    winners = json.loads(bytes(count.content))["winners"]
    planned = enumerate(content("initiatives")["initiatives"], start=1)
    assert sorted(winners, key=int) == [
        str(number) for number, entry in planned if entry.get("after") in {"planned", "pilot", "in_operation"}
    ]
    assert (len(winners), sum(costs[key] for key in winners), counted.budget_nok) == (9, 2_665_000, 3_000_000)
    assert (going_on.projects.count(), budgeting.ballot_count(going_on), going_on.points) == (6, 46, 10)


@pytest.mark.django_db(transaction=True)
def test_a_town_that_fails_on_the_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from samskap.apps.actors import queries as actors
    from samskap.cli import demo_town

    def fail(*_: object, **__: object) -> None:
        assert len(actors.all_municipalities()) == 1
        raise RuntimeError("The lights went out.")

    monkeypatch.setattr(demo_town, "store_own_figures", fail)
    with pytest.raises(RuntimeError, match="The lights went out"):
        build_town(people=60, now=NOW, tell=lambda step: None)
    assert actors.all_municipalities() == []


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMSKAP_")}
    return subprocess.run(
        [sys.executable, "-m", "samskap", "demo", "--no-serve", "--port", "8931", "--host", "127.0.0.1", *arguments],
        env=kept | {"SAMSKAP_DATA": str(folder), "DATABASE_URL": "postgresql://nobody@192.0.2.1/real"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def votes_in(file: Path) -> int:
    connection = sqlite3.connect(file)
    try:
        return int(connection.execute("SELECT count(*) FROM statements_vote").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.slow
def test_demo_resets_or_keeps_and_leaves_a_real_database_alone(tmp_path: Path) -> None:
    real = tmp_path / "samskap.sqlite3"
    real.write_bytes(b"a real database")
    file = tmp_path / "demo.sqlite3"
    file.write_bytes(b"an example that is broken")
    first = run(tmp_path, "--reset", "--people", "60")
    assert (first.returncode, "The example municipality is ready: 60 invented people" in first.stdout) == (0, True)
    assert "/demo/sign-in/" in first.stdout
    assert first.stderr == "DATABASE_URL is left alone: the demonstration has a file of its own.\n"
    before, written = votes_in(file), file.stat().st_ino

    kept = run(tmp_path)
    assert (kept.returncode, "as you left it" in kept.stdout, votes_in(file), file.stat().st_ino) == (
        0, True, before, written,
    )  # fmt: skip
    assert real.read_bytes() == b"a real database"
