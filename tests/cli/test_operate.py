"""The operator's commands: what they do, and how they refuse."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import settings as live
from django.db import connection
from tests import factories

from samskap.apps.actors.models import Mandate, Municipality, Person
from samskap.apps.trail.models import Entry
from samskap.cli import main
from samskap.kernel.municipalities import MUNICIPALITY_NAMES

pytestmark = pytest.mark.django_db


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


COMMANDS = [
    ["migrate"], ["check"], ["user"], ["user", "add"], ["municipality"],
    ["municipality", "add"], ["municipality", "list"], ["municipality", "delete"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(command: list[str]) -> None:
    answer = run(*command, "--help")
    assert answer.exit_code == 0
    assert answer.output.startswith("Usage:")


@pytest.mark.parametrize(
    "wrong",
    [
        ["migrate", "now"],
        ["user", "add"],
        ["user", "add", "not an address"],
        ["user", "add", "a@example.org", "--role", "king"],
        ["user", "add", "a@example.org", "--role", "leader"],
        ["municipality", "add"],
        ["municipality", "add", "4016", "--language", "no"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2_and_writes_nothing(wrong: list[str]) -> None:
    answer = run(*wrong)
    assert (answer.exit_code, "Traceback" in answer.output) == (2, False)
    assert (Person.objects.count(), Municipality.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_municipalities_are_added_listed_and_deleted() -> None:
    assert run("municipality", "list").output == "There are none yet. Call `samskap municipality add NUMBER`.\n"
    assert run("municipality", "add", "4016", "--colour", "14595A").output == "Drangedal (4016) is added.\n"
    assert Municipality.objects.get().colour == "#14595a"
    assert run("municipality", "list").output == "4016  Drangedal\n"
    refused = run("municipality", "delete", "4016", typed="no\n")
    assert (refused.exit_code, Municipality.objects.count()) == (1, 1)
    assert run("municipality", "delete", "4016", typed="4016\n").output.endswith("Drangedal is deleted.\n")
    assert Municipality.objects.count() == 0


def test_all_357_can_be_listed() -> None:
    lines = run("municipality", "list", "--all").output.splitlines()
    assert lines == [f"{number}  {name}" for number, name in sorted(MUNICIPALITY_NAMES.items())]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["municipality", "add", "9999"], "No municipality in Norway has the number 9999."),
        (["municipality", "add", "4016", "--colour", "red"], "'red' is not a colour."),
        (["municipality", "delete", "4016"], "The municipality 4016 is not here."),
        (
            ["user", "add", "a@example.org", "--municipality", "4016", "--role", "leader"],
            "Call `samskap municipality add 4016`",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_what_cannot_be_done_ends_with_1_and_a_sentence(arguments: list[str], said: str) -> None:
    answer = run(*arguments)
    assert answer.exit_code == 1
    assert said in answer.output
    assert "Traceback" not in answer.output
    assert (Person.objects.count(), Municipality.objects.count()) == (0, 0)


def test_a_person_is_added_with_a_role_and_again_without_harm() -> None:
    run("municipality", "add", "4016")
    for _time in range(2):
        answer = run("user", "add", "Facilitator@Example.org", "--name", "Facilitator", "--role", "facilitator")
        assert answer.exit_code == 0
        assert "facilitator@example.org is facilitator in Drangedal." in answer.output
    facilitator = Person.objects.get()
    assert (facilitator.email, facilitator.name, facilitator.is_operator, facilitator.has_usable_password()) == (
        "facilitator@example.org",
        "Facilitator",
        False,
        False,
    )
    assert [(one.role, one.municipality.number) for one in Mandate.objects.all()] == [("facilitator", "4016")]
    run("user", "add", "facilitator@example.org", "--operator")
    assert Person.objects.get().is_operator


def test_a_partner_speaks_for_an_organisation_found_by_its_name() -> None:
    town = factories.make_municipality(number="4016")
    body = factories.make_organisation(municipality=town, name="Toke Snekkeri")
    refused = run("user", "add", "a@example.org", "--role", "partner")
    assert (refused.exit_code, Person.objects.count()) == (1, 0)
    assert "speaks for an organisation" in refused.output
    unknown = run("user", "add", "a@example.org", "--role", "partner", "--organisation", "Nei AS")
    assert (unknown.exit_code, Person.objects.count()) == (1, 0)
    run("user", "add", "a@example.org", "--role", "partner", "--organisation", "toke snekkeri")
    assert Mandate.objects.get().organisation == body


# --- check ---


def test_a_healthy_installation_is_in_order() -> None:
    run("municipality", "add", "4016")
    answer = run("check")
    assert (answer.exit_code, answer.output.splitlines()[-1]) == (0, "Everything is in order.")
    assert "The record: 1 entries in 1 chains were recomputed." in answer.output


def test_a_record_that_was_changed_from_outside_is_found() -> None:
    run("municipality", "add", "4016")
    run("user", "add", "facilitator@example.org", "--role", "leader")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trail_entry SET actor = 'person:1' WHERE chain = '4016' AND number = 2")
    answer = run("check")
    assert answer.exit_code == 1
    assert "Wrong: The record of 4016 is broken at entry 2 of 2" in answer.output
    assert "samskap: 1 thing is wrong." in answer.output


def test_a_default_municipality_that_was_never_added_is_found(settings: Any) -> None:
    settings.SAMSKAP_MUNICIPALITY = "4016"
    answer = run("check")
    assert answer.exit_code == 1
    assert "Call `samskap municipality add 4016`." in answer.output


def test_the_demonstration_is_pointed_out(settings: Any) -> None:
    settings.SAMSKAP_DEMO = True
    assert "Anyone can sign in without e-mail" in run("check").output


def whole(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as its own process, with a data folder of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SAMSKAP_")}
    clean.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "samskap", *arguments], env=clean | {"SAMSKAP_DATA": str(folder)} | environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_a_new_database_is_missed_made_and_then_in_order(tmp_path: Path) -> None:
    before = whole(tmp_path, "check")
    assert before.returncode == 1
    assert "changes of the database are missing. Call `samskap migrate`." in before.stderr
    early = whole(tmp_path, "municipality", "add", "4016")
    assert (early.returncode, "Call `samskap migrate` first." in early.stderr) == (1, True)
    assert whole(tmp_path, "migrate").returncode == 0
    again = whole(tmp_path, "migrate")
    assert (again.returncode, again.stdout) == (0, "The database is up to date.\n")
    after = whole(tmp_path, "check")
    assert (after.returncode, "Traceback" in after.stderr) == (0, False)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SAMSKAP_MUNICIPALITY", "9999", "samskap.E006: SAMSKAP_MUNICIPALITY is '9999'"),
        (
            "SAMSKAP_OIDC",
            '[{"id": "x", "name": "x", "issuer": "https://x", "client_id": "x", "scope": "x"}]',
            "samskap.E013",
        ),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing", "The database cannot be opened"),
    ],
    ids=lambda value: value[:20],
)
def test_a_setting_that_cannot_work_stops_with_a_cure(tmp_path: Path, name: str, value: str, said: str) -> None:
    answer = whole(tmp_path, "check", **{name: value})
    assert answer.returncode == 1
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_tests_run_on_the_database_they_say() -> None:
    engine = "postgresql" if os.environ.get("SAMSKAP_TEST_DATABASE") == "postgresql" else "sqlite3"
    assert live.DATABASES["default"]["ENGINE"] == f"django.db.backends.{engine}"
