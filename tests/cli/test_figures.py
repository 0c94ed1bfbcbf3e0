"""`samskap figures`: what is fetched is stored table by table, and what cannot be had is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import Client
from tests import factories

from samskap.apps.actors.models import Organisation
from samskap.apps.figures.models import Edition, Observation
from samskap.cli import main
from samskap.kernel.counties import COUNTY_NAMES
from samskap.kernel.municipalities import MUNICIPALITY_NAMES
from samskap.sources import RECIPES
from samskap.sources.brreg import RegisteredOrganisation
from samskap.sources.cache import Cached
from samskap.sources.errors import SourceError
from samskap.sources.values import Fetched, Figure

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["figures", *arguments])


class Publisher:
    """Stands for the publishers: gives a figure of each place, and fails where it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.failing: dict[str, str] = {}
        monkeypatch.setattr("samskap.sources.fetch", self.fetch)
        monkeypatch.setattr("samskap.sources.klass.kostra_groups", self.kostra_groups)

    def kostra_groups(self, year: int, **rest: Any) -> Fetched:
        self.asked.append(("kostra_groups", ()))
        figures = tuple(Figure("kostra_group", place, "2026", 11.0) for place in ("4016", "4018", "4020"))
        return Fetched("SSB", "Klass 112", "", "", "", NOW, None, figures=figures)

    def fetch(self, keys: Iterable[str], *, places: Sequence[str], client: Any, now: datetime) -> Iterator[Fetched]:
        for key in keys:
            self.asked.append((key, tuple(places)))
            if key in self.failing:
                raise SourceError(f"{key} is not to be had.", code=self.failing[key], cure="Try again later.")
            figures = tuple(Figure("neet_share", place, "2024", 9.0) for place in places)
            yield Fetched("SSB", key, "", "", "CC BY 4.0", NOW, None, figures=figures)


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Publisher:
    return Publisher(monkeypatch)


@pytest.mark.parametrize("command", ["", "fetch", "import", "list", "delete", "organisations"])
def test_every_command_explains_itself(command: str) -> None:
    answer = run(*([command] if command else []), "--help")
    assert answer.exit_code == 0
    assert answer.output.startswith("Usage:")


@pytest.mark.parametrize(
    "wrong",
    [["fetch"], ["fetch", "4016", "--all"], ["import"], ["import", "nowhere.csv"], ["list", "4016"], ["delete", "x"],
     ["organisations"], ["import", "x", "--standing", "true"]],
    ids=" ".join,
)  # fmt: skip
def test_wrong_use_ends_with_2(wrong: list[str], publisher: Publisher) -> None:
    answer = run(*wrong)
    assert (answer.exit_code, "Traceback" in answer.output, publisher.asked) == (2, False, [])


def test_each_table_is_asked_for_the_place_and_the_country(publisher: Publisher) -> None:
    answer = run("fetch", "4016", "--table", "neet", "--table", "income")
    assert answer.exit_code == 0, answer.output
    assert publisher.asked == [("neet", ("4016", "0000", "40")), ("income", ("4016", "0000", "40"))]
    assert "SSB neet: 3 figures stored" in answer.output
    assert (Edition.objects.count(), Observation.objects.count()) == (2, 6)


def test_without_a_table_every_one_is_fetched_and_with_all_every_place(publisher: Publisher) -> None:
    assert run("fetch", "--all").exit_code == 0
    assert [key for key, _places in publisher.asked] == ["kostra_groups", *RECIPES]
    assert {len(places) for _key, places in publisher.asked[1:]} == {len(MUNICIPALITY_NAMES) + len(COUNTY_NAMES) + 2}


def test_where_its_group_is_known_that_is_asked_for_too(publisher: Publisher) -> None:
    run("fetch", "4016", "--table", "kostra_groups", "--table", "neet")
    assert publisher.asked[1:] == [("neet", ("4016", "0000", "40", "EKG11"))]
    run("fetch", "4001", "--table", "neet")
    assert publisher.asked[-1] == ("neet", ("4001", "0000", "40"))


def test_what_fails_is_told_and_the_others_are_stored(publisher: Publisher) -> None:
    publisher.failing = {"income": "source_refused"}
    answer = run("fetch", "4016", "--table", "neet", "--table", "income", "--table", "turnout")
    assert answer.exit_code == 1
    assert "income is not to be had. Try again later." in answer.output
    assert "1 of 3 tables could not be had." in answer.output
    assert sorted(Edition.objects.values_list("table", flat=True)) == ["neet", "turnout"]


@pytest.mark.parametrize("code", ["source_no_network", "source_busy"])
def test_a_publisher_that_does_not_answer_is_asked_no_more_but_others_are(publisher: Publisher, code: str) -> None:
    publisher.failing = {"neet": code}
    answer = run("fetch", "4016", "--table", "neet", "--table", "income", "--table", "bullying")
    assert (answer.exit_code, [key for key, _places in publisher.asked]) == (1, ["neet", "bullying"])
    assert "income was not asked for: SSB does not answer." in answer.output
    assert "2 of 3 tables could not be had." in answer.output
    assert Edition.objects.get().table == "bullying"


def test_figures_that_are_wrong_are_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(keys: Iterable[str], **rest: Any) -> Iterator[Fetched]:
        figures = (Figure("neet_share", "4016", "2024", 9.0), Figure("neet_share", "4016", "2023", 900.0))
        yield Fetched("SSB", "13556", "", "", "", NOW, None, figures=figures)

    monkeypatch.setattr("samskap.sources.fetch", wrong)
    answer = run("fetch", "4016", "--table", "neet")
    assert answer.exit_code == 1
    assert "neet_share 4016 2023 is 900. A share is given in per cent, 0 to 100." in answer.output
    assert Edition.objects.count() == 0


@pytest.mark.parametrize(
    ("number", "said"),
    [("0817", "now 4016 Drangedal"), ("9999", "9999"), ("16", "16"), ("1850", "1806")],
)
def test_a_number_that_is_not_in_force_is_told_before_anything_is_asked(
    publisher: Publisher, number: str, said: str
) -> None:
    answer = run("fetch", number)
    assert (answer.exit_code, publisher.asked) == (1, [])
    assert said in answer.output
    assert "Traceback" not in answer.output


def test_an_unknown_table_names_those_that_are_known(publisher: Publisher) -> None:
    answer = run("fetch", "4016", "--table", "happiness")
    assert (answer.exit_code, publisher.asked) == (1, [])
    assert "Choose among kostra_groups, population," in answer.output


def test_the_tables_can_be_listed_without_a_number() -> None:
    answer = run("fetch", "--tables")
    assert answer.exit_code == 0
    assert len(answer.output.splitlines()) == len(RECIPES) + 1
    assert "07459" in answer.output


def test_offline_asks_nobody_and_says_what_is_not_kept() -> None:
    answer = run("fetch", "4016", "--table", "neet", "--offline")
    assert answer.exit_code == 1
    assert "There is no copy" in answer.output
    assert Edition.objects.count() == 0


HEADER = "# publisher: NAV\n# table: T1\nindicator,place,period,value\n"


def test_a_file_is_imported_and_listed_and_deleted(tmp_path: Path) -> None:
    file = tmp_path / "tall.csv"
    file.write_text(HEADER + "neet_share,4016,2024,8.9\nneet_share,4014,2024,9.9\n")
    answer = run("import", str(file))
    assert (answer.exit_code, answer.output) == (0, "NAV T1: 2 figures stored\n")
    assert run("import", str(file)).output == "NAV T1: 2 figures unchanged, of a new date\n"
    key = Edition.objects.get().pk
    listed = run("list").output
    assert listed.split()[0] == str(key)
    assert "NAV T1: 2 figures, 0 populations, 2 places, official" in listed
    assert "NAV T1 is deleted." in run("delete", str(key)).output
    assert (Edition.objects.count(), run("delete", str(key)).exit_code) == (0, 1)


def test_every_problem_of_a_file_is_told_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "tall.csv"
    file.write_text(HEADER + "neet_share,4016,2024,x\nneet_share,0817,2019,9\nneet_share,4016,2023,101\n")
    answer = run("import", str(file))
    assert answer.exit_code == 1
    for said in ("Row 4: “x” is not a number.", "0817 is an old number.", "is 101.", "3 things are wrong"):
        assert said in answer.output
    assert Edition.objects.count() == 0


def test_a_file_for_one_municipality_is_about_it(tmp_path: Path) -> None:
    factories.make_municipality(number="4016")
    file = tmp_path / "tall.csv"
    file.write_text(HEADER + "neet_share,4014,2024,8.9\n")
    answer = run("import", str(file), "--municipality", "4016")
    assert answer.exit_code == 1
    assert "it is a file from another place" in answer.output
    file.write_text(HEADER + "neet_share,4016,2024,8.9\n")
    assert run("import", str(file), "--municipality", "4016", "--standing", "ours").exit_code == 0
    edition = Edition.objects.get()
    assert (edition.municipality_number, edition.standing) == ("4016", "ours")
    assert "(only Drangedal)" in run("list").output


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"<html>"])
def test_what_is_no_file_of_figures_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "tall.csv"
    file.write_bytes(content)
    answer = run("import", str(file))
    assert (answer.exit_code, "Traceback" in answer.output) == (1, False)
    assert answer.output.startswith("samskap: tall.csv")


def test_organisations_come_from_the_register(monkeypatch: pytest.MonkeyPatch) -> None:
    found = (RegisteredOrganisation("889640782", "SANITETEN", "voluntary", "", "FLI"),)
    monkeypatch.setattr("samskap.sources.brreg.organisations", lambda number, **rest: found)
    factories.make_municipality(number="4016")
    assert "Drangedal: 1 added from Enhetsregisteret, 0 were here already." in run("organisations", "4016").output
    assert "Drangedal: 0 added from Enhetsregisteret, 1 were here already." in run("organisations", "4016").output
    organisation = Organisation.objects.get()
    assert organisation.register_number == "889640782"
    assert run("organisations", "4014").exit_code == 1
    client = Client(headers={"accept-language": "en"})
    client.force_login(factories.make_person(municipality=organisation.municipality, role="leader"))
    page = client.get("/work/organisations/").content.decode()
    assert ("SANITETEN" in page, "Voluntary" in page, "889640782" in page) == (True, True, True)


def test_what_is_kept_can_be_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("list", "--cache").output == "Nothing has been fetched yet. Call `samskap figures fetch`.\n"
    kept = Cached("SSB 13556", "https://data.ssb.no/x", NOW, "CC BY 4.0", 2048)
    monkeypatch.setattr("samskap.sources.Client.cached", lambda client: (kept,))
    assert "2026-11-20 12:00  SSB 13556" in run("list", "--cache").output


def test_where_nothing_is_stored_the_list_says_what_to_call(db: None) -> None:
    said = "No figures are stored yet. Call `samskap figures fetch` or `samskap figures import`.\n"
    assert run("list").output == said
