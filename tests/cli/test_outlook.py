"""`samskap outlook`: what it prints and writes, that it goes on where it was stopped, and how it refuses."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from samskap.cli import main, outlook_all, outlook_figures
from samskap.cli.demo_country import FIRST_YEAR, grown, projections
from samskap.cli.demo_texts import content
from samskap.cli.outlook_all import Folder
from samskap.formats.languages import LANGUAGES
from samskap.formats.outlook_csv import written_outlook
from samskap.formats.outlook_json import from_document
from samskap.formats.population_csv import AGES, read_population
from samskap.kernel.municipalities import MUNICIPALITY_NAMES
from samskap.sources.values import NATION

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
SMALL = ("--years", 15, "--draws", 64)
FEW = range(FIRST_YEAR + 16, FIRST_YEAR + 21)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["outlook", *map(str, arguments)])


def open_ended(people: np.ndarray) -> np.ndarray:
    """(years, 2, 121) people as (years, 2, 106)."""
    return np.concatenate([people[..., : AGES - 1], people[..., AGES - 1 :].sum(axis=-1, keepdims=True)], axis=-1)


@cache
def invented() -> dict[str, np.ndarray]:
    history = grown()
    return {"4016": open_ended(history.town), NATION: open_ended(history.country)}


def wide(places: dict[str, np.ndarray], *, first: int = FIRST_YEAR, said: str = "") -> str:
    rows = [",".join(["place", "year", "sex", *(f"a{age}" for age in range(AGES))])]
    for place, people in places.items():
        for year, both in enumerate(people, start=first):
            for sex, counts in zip(("female", "male"), both, strict=True):
                rows.append(",".join([place, str(year), sex, *(f"{n:.0f}" for n in counts)]))
    return said + "\n".join(rows) + "\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(wide(invented(), said="# publisher: Made up\n# table: 1\n# standing: illustrative\n"), "utf-8")
    return file


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    plan = content("figures")["accounts"]
    rows = [f"{key},4016,2025,{value}" for key, value in {**plan["values"], **plan["steady"]}.items()]
    rows += ["accounts_care,4016,2024,1", "accounts_care,9999,2026,1", "neet_share,4016,2025,8.9"]
    file = tmp_path / "accounts.csv"
    file.write_text("\n".join(["# table: 2", "indicator,place,period,value", *rows]) + "\n", "utf-8")
    return file


@pytest.fixture
def vintages(tmp_path: Path) -> Path:
    made = projections(grown(), made=tuple(range(2008, 2025, 2)), until=2045)
    groups = {"0-5": (0, 5), "6-15": (6, 15), "16-66": (16, 66), "67-79": (67, 79), "80-89": (80, 89), "90+": (90, 120)}
    rows = [
        f"{one.made},4016,{year},{name},{alternative},{factor * people.sum(axis=0)[first : last + 1].sum():.0f}"
        for one in made
        for year, people in zip(one.years, one.people, strict=True)
        for name, (first, last) in groups.items()
        for alternative, factor in (("MMMM", 1.0), ("HHMH", 1.1))
    ]
    file = tmp_path / "vintages.csv"
    file.write_text("\n".join(["vintage,place,year,age,alternative,persons", *rows]), "utf-8")
    return file


@pytest.fixture
def country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of all municipalities of a country that has but twelve: the invented one in parts of different size."""
    numbers = sorted({*list(MUNICIPALITY_NAMES)[::33], "4016"})
    monkeypatch.setattr(outlook_figures, "MUNICIPALITY_NAMES", {n: MUNICIPALITY_NAMES[n] for n in numbers})
    people = invented()[NATION][FEW.start - FIRST_YEAR :]
    borders = np.round(np.linspace(0, 1, len(numbers) + 1)[None, None, None] ** 1.3 * people[..., None])
    parts = np.diff(borders, axis=-1)
    file = tmp_path / "country.csv"
    file.write_text(wide({n: parts[..., at] for at, n in enumerate(numbers)}, first=FEW.start), "utf-8")
    return file


# What is printed and written


def test_the_outlook_is_printed(people: Path, accounts: Path, vintages: Path) -> None:
    done = run(4016, "--population", people, "--accounts", accounts, "--vintages", vintages, *SMALL)
    assert (done.exit_code, done.stderr) == (0, "")
    text = " ".join(done.stdout.split())
    for part in (
        "Outlook: Drangedal",
        "Illustrative: made-up figures",
        "Drangedal will have",
        "room for manoeuvre",
        "People by age",
        "The projection of 2024 beside it",
        "Need by service",
        "Posts (full-time)",
        "Money, million kroner of 2025",
        "Sources: Made up, 1; accounts.csv; vintages.csv",
        "64 futures, engine",
    ):
        assert part in text
    now = int(invented()["4016"][-1].sum())
    assert re.search(rf"^All +{now:,} ", done.stdout, re.MULTILINE)


def test_without_accounts_nothing_is_said_about_money(people: Path) -> None:
    done = run(4016, "--population", people, *SMALL)
    assert done.exit_code == 0
    assert "The accounts are not known" in done.stdout
    assert "million" not in done.stdout


def test_files_hold_what_is_printed(people: Path, accounts: Path, tmp_path: Path) -> None:
    files = {kind: tmp_path / f"outlook.{kind}" for kind in ("json", "csv", "html")}
    order = [word for kind, file in files.items() for word in (f"--{kind}", file)]
    done = run("drangedal", "--population", people, "--accounts", accounts, *SMALL, *order, "--lang", "nn")
    assert done.exit_code == 0
    assert done.stderr == "".join(f"Wrote {file}\n" for file in files.values())
    outlook, basis = from_document(json.loads(files["json"].read_text("utf-8")))
    assert (outlook.place, outlook.draws, outlook.base_year, outlook.years[-1]) == ("4016", 64, 2026, 2041)
    assert (basis.name, basis.standing, len(basis.parameters) > 50) == ("Drangedal", "illustrative", True)
    assert outlook.money is not None
    assert files["csv"].read_bytes() == written_outlook(outlook, basis=basis)
    assert '<html lang="nn">' in files["html"].read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_written_in_each_language(people: Path, tmp_path: Path, language: str) -> None:
    run(4016, "--population", people, "--years", 2, "--draws", 8, "--html", tmp_path / "page.html", "--lang", language)
    assert f'<html lang="{language}">' in (tmp_path / "page.html").read_text("utf-8")


def test_the_same_call_prints_the_same_and_another_seed_does_not(people: Path) -> None:
    small = ("--years", 5, "--draws", 64)
    one = run(4016, "--population", people, *small).stdout
    assert run(4016, "--population", people, *small).stdout == one
    assert run(4016, "--population", people, *small, "--seed", 1).stdout != one


def test_both_forms_of_the_file_give_the_same(people: Path, tmp_path: Path) -> None:
    table = read_population(people.read_bytes(), file="people.csv")
    rows = ["place,year,sex,age,persons"]
    for (place, year, sex, age), persons in np.ndenumerate(table.persons):
        rows.append(f"{table.places[place]},{table.years[year]},{('female', 'male')[sex]},{age},{persons:.0f}")
    (tmp_path / "long.csv").write_text("\n".join(rows), "utf-8")
    for name in ("long.csv", "people.csv"):
        run(4016, "--population", tmp_path / name, "--years", 5, "--draws", 64, "--json", tmp_path / f"{name}.json")
    one, two = (json.loads((tmp_path / f"{name}.json").read_text("utf-8")) for name in ("long.csv", "people.csv"))
    assert one["outlook"] == two["outlook"]


# Levers, parameters, projections


def written(tmp_path: Path, *arguments: object) -> dict:
    file = tmp_path / "one.json"
    done = run(*arguments, "--json", file)
    assert done.exit_code == 0, done.output
    return json.loads(file.read_text("utf-8"))


def test_a_lever_changes_what_it_is_about_and_one_at_zero_nothing(people: Path, accounts: Path, tmp_path: Path) -> None:
    call = (4016, "--population", people, "--accounts", accounts, *SMALL)
    base = written(tmp_path, *call)
    same = written(tmp_path, *call, "--lever", "births=0", "--lever", "coverage_care=0")
    assert same["outlook"] == base["outlook"]
    more = written(tmp_path, *call, "--lever", "births=20", "--lever", "coverage_care=-10")
    assert more["basis"]["levers"]["births"] == 20
    assert more["basis"]["levers"]["coverage"]["care"] == -10
    children = [one["outlook"]["groups"]["0-5"]["mean"][-1] for one in (base, more)]
    old = [one["outlook"]["groups"]["80+"] for one in (base, more)]
    assert 1.1 < children[1] / children[0] < 1.3
    assert old[0] == old[1]
    assert (base["outlook"]["closing"], more["outlook"]["closing"] is not None) == (None, True)


def test_a_parameter_can_be_replaced_and_is_then_the_users_own(people: Path, accounts: Path, tmp_path: Path) -> None:
    call = (4016, "--population", people, "--accounts", accounts, "--years", 3, "--draws", 8)
    base, own = written(tmp_path, *call), written(tmp_path, *call, "--parameter", "norm=0.02")
    used = {one["key"]: (one["value"], one["edition"], one["verified"]) for one in own["basis"]["parameters"]}
    assert used["norm"] == (0.02, "own", True)
    lower = [one["outlook"]["money"]["room"]["mean"][0] for one in (base, own)]
    revenue = base["outlook"]["money"]["revenue"]["mean"][0]
    assert lower[0] - lower[1] == pytest.approx(0.0025 * revenue, rel=1e-3)


def test_the_middle_path_can_be_laid_on_the_newest_projection(people: Path, vintages: Path, tmp_path: Path) -> None:
    call = (4016, "--population", people, "--vintages", vintages, "--years", 14, "--draws", 64)
    done = written(tmp_path, *call, "--constrained")
    assert done["outlook"]["constrained_to"] == "2024"
    made = projections(grown(), made=(2024,), until=2040)[0].people[-1].sum()
    assert done["outlook"]["population"]["p50"][-1] == pytest.approx(made, rel=0.01)
    assert done["outlook"]["unconstrained"]["p50"][-1] != pytest.approx(made, rel=0.001)
    assert run(4016, "--population", people, "--constrained").exit_code == 1


# All municipalities


def test_all_municipalities_are_written_and_their_sum_is_the_countrys(country: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "all"
    done = run("--all", "--population", country, "--out", out, "--years", 4, "--draws", 8)
    assert done.exit_code == 0, done.output
    assert "12 municipalities, 8 draws, 2026 to 2030." in done.stdout
    assert sorted(file.stem for file in out.glob("*.json")) == sorted(outlook_figures.MUNICIPALITY_NAMES)
    assert not (out / "unfinished").exists()
    with (out / "outlooks.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["year"] for row in rows} == {"2026", "2030"}
    total = sum(float(row["mean"]) for row in rows if (row["quantity"], row["year"]) == ("population", "2026"))
    assert total == pytest.approx(invented()[NATION][-1].sum(), rel=1e-4)
    one, basis = from_document(json.loads((out / "4016.json").read_text("utf-8")))
    assert (one.place, basis.name) == ("4016", "Drangedal")
    same = [row for row in rows if (row["place"], row["quantity"], row["year"]) == ("4016", "80+", "2030")]
    assert float(same[0]["p50"]) == pytest.approx(one.groups["80+"].p50[-1], rel=1e-5)


def test_a_run_that_was_stopped_goes_on_with_what_is_finished(
    country: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ("--all", "--population", country, "--years", 2, "--draws", 8, "--out")
    assert run(*call, tmp_path / "whole").exit_code == 0
    real = outlook_all.look_at
    monkeypatch.setattr(outlook_all, "look_at", stop)
    assert isinstance(run(*call, tmp_path / "parts").exception, KeyboardInterrupt | SystemExit)
    kept = sorted((tmp_path / "parts" / "unfinished").glob("*.npz"))
    assert kept
    before = {file: file.stat().st_mtime_ns for file in kept}
    seen: list[dict[Path, int]] = []

    def look(*arguments, **named):
        seen.append({file: file.stat().st_mtime_ns for file in kept})
        return real(*arguments, **named)

    monkeypatch.setattr(outlook_all, "look_at", look)
    assert run(*call, tmp_path / "parts").exit_code == 0
    assert seen[0] == before
    for file in (tmp_path / "whole").iterdir():
        assert (tmp_path / "parts" / file.name).read_bytes() == file.read_bytes()


def stop(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_block_that_was_cut_off_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    store = Folder(tmp_path / "blocks")
    arrays = {"persons": np.arange(6, dtype=np.float32).reshape(2, 3)}
    assert store.get("a") is None
    store.put("a", arrays)
    found = store.get("a")
    assert found is not None
    np.testing.assert_array_equal(found["persons"], arrays["persons"])
    file = tmp_path / "blocks" / "a.npz"
    for rest in (b"", b"PK", file.read_bytes()[:-30], b"nothing of the kind"):
        file.write_bytes(rest)
        assert store.get("a") is None
    store.clear()
    assert not (tmp_path / "blocks").exists()


@pytest.mark.slow
def test_a_cluster_writes_the_same_bits(people: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="The extra samskap[cluster] is not installed.")
    call = ["4016", "--population", str(people), "--years", "3", "--draws", "200", "--json"]
    assert run(*call, tmp_path / "alone.json").exit_code == 0
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
        command = [sys.executable, "-m", "samskap", "outlook", *call, str(tmp_path / "far.json")]
        command += ["--scheduler", cluster.scheduler_address]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "far.json").read_bytes() == (tmp_path / "alone.json").read_bytes()


@pytest.mark.slow
def test_all_real_municipalities_are_looked_at(tmp_path: Path) -> None:
    file = SHARED / "projections" / "norway" / "population_municipality_2005_2022.csv.gz"
    if not file.exists():
        pytest.skip("the shared figures are not on this machine")
    done = run("--all", "--population", file, "--out", tmp_path, "--years", 2, "--draws", 8)
    assert done.exit_code == 0, done.output
    assert "357 municipalities, 8 draws, 2022 to 2024." in done.stdout
    assert "2005 is left out" in done.stderr
    assert sorted(found.stem for found in tmp_path.glob("*.json")) == sorted(MUNICIPALITY_NAMES)


# Refusals


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("0817",), "The number 0817 was in use until 2020. It is now 4016 Drangedal."),
        (("1507",), "was divided"),
        (("9999",), "No municipality has or had the number 9999."),
        (("401",), "'401' is not the number of a municipality."),
        (("Storbyen",), "No municipality is called 'Storbyen'."),
        (("Våler",), "2 municipalities are called Våler: 3114, 3419."),
        (("3407",), "people.csv has no figures of 3407 Gjøvik. It has: 0000, 4016."),
        (("4016", "--lever", "birhts=1"), "There is no lever 'birhts'. Did you mean births?"),
        (("4016", "--lever", "births=900"), "The lever births cannot be 900. Give a number from -50 to 50."),
        (("4016", "--lever", "phase_in_years=2.5"), "Give a whole number from 1 to 25."),
        (("4016", "--lever", "births=1", "--lever", "births=2"), "The lever births is given twice."),
        (("4016", "--parameter", "nrom=1"), 'There is no parameter "nrom". Did you mean "norm"?'),
        (("4016", "--parameter", "norm=175"), 'The parameter "norm" cannot be 175.'),
        (("4016", "--json", "absent/one.json"), "cannot be written"),
    ],
)
def test_bad_input_ends_with_one_and_a_sentence(arguments, part: str, people: Path) -> None:
    done = run(*arguments, "--population", people, "--years", 2, "--draws", 8)
    assert done.exit_code == 1
    assert part in " ".join(done.stderr.split())
    assert "Traceback" not in done.output
    assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("4016", "--all"),
        ("4016", "--lang", "xx"),
        ("4016", "--lever", "births"),
        ("4016", "--lever", "births=many"),
        ("4016", "--lever", "=4"),
        ("4016", "--lever", "births=nan"),
        ("4016", "--draws", "0"),
        ("4016", "--years", "100"),
        ("4016", "--population", "absent.csv"),
        ("4016", "--accounts", "people.csv"),
        ("4016", "--out", "all"),
        ("--all", "--out", "all"),
        ("--all", "--population", "people.csv"),
        ("--all", "--population", "people.csv", "--out", "all", "--json", "one.json"),
        ("--all", "--population", "people.csv", "--out", "all", "--draws", "5001"),
    ],
)
def test_wrong_usage_ends_with_two(arguments, people: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(people.parent)
    assert run(*arguments).exit_code == 2


def without(places: dict[str, np.ndarray], year: int) -> str:
    lines = wide(places).splitlines()
    return "\n".join(line for line in lines if not line.startswith(f"4016,{year},"))


@pytest.mark.parametrize(
    ("text", "code_part"),
    [
        (lambda: without(invented(), 2019), "has no figures of 4016 in 2019, but before and after it."),
        (lambda: wide({"4016": invented()["4016"]}), "has 1 of the 357 municipalities, nor the country (0000)."),
        (
            lambda: wide({key: people[:2] for key, people in invented().items()}),
            "has figures of all that is needed for 2 years in a row, and an outlook takes 3.",
        ),
        (
            lambda: wide({"0817": invented()["4016"], NATION: invented()[NATION]}),
            "has 4016 under the old number 0817.",
        ),
        (
            lambda: wide({"4016": invented()[NATION], NATION: invented()[NATION] - 1 * (invented()[NATION] > 0)}),
            "4016 has more women aged 0 in 2006 than the country.",
        ),
        (lambda: wide({"4016": -invented()["4016"], NATION: invented()[NATION]}), "column a0: '-"),
        (
            lambda: wide(
                {"4016": invented()["4016"] * (1 + np.arange(21)[:, None, None] % 2), NATION: invented()[NATION]}
            ),
            "another border or unit",
        ),
    ],
)
def test_figures_that_cannot_be_are_told_in_a_sentence(text, code_part: str, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(text(), "utf-8")
    done = run(4016, "--population", file, "--years", 2, "--draws", 8)
    assert done.exit_code == 1
    assert code_part in " ".join(done.stderr.split())
    assert "Traceback" not in done.output


def test_the_first_years_that_somebody_lacks_are_left_out_and_told(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(without(invented(), 2006), "utf-8")
    done = run(4016, "--population", file, "--years", 2, "--draws", 8)
    assert (done.exit_code, done.stderr) == (0, "2006 is left out: people.csv has no figures of 4016 for it.\n")


def test_old_numbers_beside_all_of_today_are_refused(country: Path, tmp_path: Path) -> None:
    more = wide({"0817": invented()["4016"][-5:]}, first=FEW.start).partition("\n")[2]
    country.write_text(country.read_text("utf-8") + more, "utf-8")
    done = run("--all", "--population", country, "--out", tmp_path / "all")
    assert done.exit_code == 1
    assert "has the number 0817, which is 4016 today, beside today's municipalities." in " ".join(done.stderr.split())


def test_half_a_country_is_refused(people: Path, tmp_path: Path) -> None:
    done = run("--all", "--population", people, "--out", tmp_path / "all")
    assert done.exit_code == 1
    assert "has 1 of the 357 municipalities." in done.stderr


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("accounts_cares,4016,2025,1", "row 2, column indicator: 'accounts_cares' cannot be used. Did you mean"),
        ("accounts_care,4016,20,1", "row 2, column period: '20'"),
        ("accounts_care,4016,2025,many", "row 2, column value: 'many'"),
        ("accounts_care,drangedal,2025,1", "row 2, column place: 'drangedal'"),
        (
            "accounts_care,4016,2025,1\naccounts_care,4016,2025,2",
            "row 3: accounts_care of 4016 in 2025 is there already.",
        ),
        ("accounts_free_income,4016,2025,372000", "in kroner (not in thousands)"),
        ("accounts_care,4016,2025,-5", "The expenditure of care in the accounts is -5."),
    ],
)
def test_wrong_accounts_are_told_in_a_sentence(line: str, part: str, people: Path, tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text(f"indicator,place,period,value\n{line}\n", "utf-8")
    done = run(4016, "--population", people, "--accounts", file, "--years", 2, "--draws", 8)
    assert done.exit_code == 1
    assert part in " ".join(done.stderr.split())


def test_accounts_of_another_place_only_are_refused(people: Path, tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("indicator,place,period,value\naccounts_care,3407,2025,1000000\n", "utf-8")
    done = run(4016, "--population", people, "--accounts", file, "--years", 2, "--draws", 8)
    assert done.exit_code == 1
    assert "accounts.csv has no accounts of 4016 Drangedal" in " ".join(done.stderr.split())


# From the database


@pytest.mark.django_db
def test_without_a_file_the_figures_of_the_database_are_used(people: Path, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from django.utils import translation

    from samskap.cli.demo_figures import store_figures

    # The command speaks English from then on; the tests after this one do not.
    with translation.override(translation.get_language()):
        stored_figures(people, tmp_path, store=partial(store_figures, "4016", now=datetime(2026, 10, 1, tzinfo=UTC)))


def stored_figures(people: Path, tmp_path: Path, *, store: Callable[[], None]) -> None:
    lacking = run(4016, *SMALL)
    assert lacking.exit_code == 1
    assert "samskap figures fetch 4016" in lacking.stderr
    store()
    stored = written(tmp_path, 4016, *SMALL)
    assert stored["basis"]["standing"] == "illustrative"
    assert stored["outlook"]["money"]["price_year"] == 2025
    assert "The projection of 2024 beside it" in run(4016, *SMALL).stdout
    assert "follows the official projection 2024" in " ".join(run(4016, "--constrained", *SMALL).stdout.split())
    from_file = written(tmp_path, 4016, "--population", people, *SMALL)
    assert stored["outlook"]["groups"] == from_file["outlook"]["groups"]


# Real figures


def test_the_old_of_a_real_municipality_nearly_double(tmp_path: Path) -> None:
    """Statistics Norway's main alternative of 2026 has 392 people of 80 and over in Drangedal in 2040; 216 in 2022."""
    file = SHARED / "projections" / "norway" / "population_municipality_2005_2022.csv.gz"
    if not file.exists():
        pytest.skip("the shared figures are not on this machine")
    table = read_population(file.read_bytes(), file=file.name)
    persons = table.persons[:, 1:]
    real = {"4016": persons[table.places.index("4016")], NATION: persons.sum(axis=0)}
    (tmp_path / "real.csv").write_text(wide(real, first=2006), "utf-8")
    done = written(tmp_path, 4016, "--population", tmp_path / "real.csv", "--draws", 256)["outlook"]
    old, at = done["groups"]["80+"], done["years"].index(2040)
    assert old["p50"][0] == 216
    assert old["p2_5"][at] < 392 < old["p97_5"][at]
    assert 1.6 < old["p50"][at] / 238 < 1.9
    # 4 086 people were counted on 1 January 2024 and 4 056 in 2026.
    total = done["population"]
    for year, counted in ((2024, 4086), (2026, 4056)):
        assert total["p10"][year - 2022] < counted < total["p90"][year - 2022]
