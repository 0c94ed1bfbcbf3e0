"""The documents say what the code does: settings, commands, error codes, counts, targets, and every link."""

from __future__ import annotations

import ast
import dataclasses
import os
import re
import subprocess
import sys
import typing
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from django.apps import apps
from django.utils.translation import override

from samskap.apps.benefits.labels.benefits import PROBLEMS
from samskap.apps.processes.labels import COUNTS
from samskap.cli import main
from samskap.engines import appraisal, opinion_map, outlook
from samskap.formats import count_told, outlook_basis, outlook_csv, polis_csv
from samskap.kernel import errors
from samskap.project.environment import SETTINGS
from samskap.project.messages import collect
from samskap.sources import RECIPES
from samskap.sources.jsonstat import FLAGS
from samskap.sources.ssb import FUNCTIONS
from samskap.sources.values import MISSING

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src/samskap"
REFERENCE = ROOT / "docs/reference"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def rows(page: Path) -> list[list[str]]:
    """The cells of every table on a page, without the headings."""
    lines = [line for line in text(page).splitlines() if line.startswith("|") and not re.match(r"\|[\s:|-]+\|$", line)]
    return [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


# Settings


def test_the_settings_page_is_the_table_in_the_code() -> None:
    listed = [row for row in rows(REFERENCE / "settings.md") if row[0].startswith("`")]
    assert listed == [
        [f"`{s.name}`", f"`{s.default}`" if s.default else "(empty)", s.meaning, f"`{s.code}`", s.cure]
        for s in SETTINGS
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_settings_that_a_document_names_exist(document: Path) -> None:
    known = {setting.name for setting in SETTINGS} | {"SAMSKAP_TEST_DATABASE"}
    assert set(re.findall(r"\bSAMSKAP_[A-Z_]+\b", text(document))) - known == set()


# Commands


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command below one, with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None, f"{path} {name}"
            yield from commands(below, f"{path} {name}")


def section(page: str, heading: str) -> str:
    """What stands under a heading, up to the next heading of any level."""
    found = re.search(rf"^#+ `{re.escape(heading)}`\n(.*?)(?=^#|\Z)", page, re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


def test_the_commands_page_has_every_command_and_option() -> None:
    page, missing = text(REFERENCE / "commands.md"), []
    for path, command in commands(main, "samskap"):
        about = section(page, path)
        names = [
            name
            for parameter in command.params
            for name in (parameter.opts if isinstance(parameter, click.Option) else [parameter.human_readable_name])
        ]
        said = set(re.findall(r"[\w-]+", about))
        missing += [f"{path} {name}" for name in names if name not in said] if about.strip() else [path]
    assert missing == []


def test_the_commands_page_has_no_command_that_is_not_there() -> None:
    known = {path for path, _command in commands(main, "samskap")}
    assert set(re.findall(r"^#+ `(samskap[^`]*)`", text(REFERENCE / "commands.md"), re.MULTILINE)) == known


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_commands_that_a_document_shows_exist(document: Path) -> None:
    known = {path for path, _command in commands(main, "samskap")}
    code = " ".join([*FENCE.findall(text(document)), *re.findall(r"`[^`\n]+`", text(document))])
    shown = re.findall(r"(?:^|[\s`/])samskap ([a-z]+)(?: ([a-z]+))?", code)
    unknown = [
        f"samskap {first} {second}".strip()
        for first, second in shown
        if f"samskap {first}" not in known
        or (
            second
            and any(path.startswith(f"samskap {first} ") for path in known)
            and f"samskap {first} {second}" not in known
        )
    ]
    assert unknown == []


# Error codes


def codes_in(tree: ast.AST) -> Iterator[str]:
    """Every `code="…"` that is handed to a call whose name is that of an error, and every class's own code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            is_error = name[:1].isupper()
            yield from (
                keyword.value.value
                for keyword in node.keywords
                if is_error and keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
            )
        elif isinstance(node, ast.ClassDef):
            yield from (
                item.value.value
                for item in node.body
                if isinstance(item, ast.Assign)
                and getattr(item.targets[0], "id", "") == "code"
                and isinstance(item.value, ast.Constant)
                and isinstance(item.value.value, str)
            )


def codes() -> set[str]:
    found = {code for file in sorted(SRC.rglob("*.py")) for code in codes_in(ast.parse(text(file)))}
    return found | {setting.code for setting in SETTINGS} | set(PROBLEMS)


def test_the_errors_page_has_every_code_and_no_other() -> None:
    listed = {row[0].strip("`") for row in rows(REFERENCE / "errors.md") if row[0].startswith("`")}
    assert listed == codes()


def test_every_error_has_a_code_of_its_own() -> None:
    family = [getattr(errors, name) for name in errors.__all__]
    assert len({error.code for error in family}) == len(family)


# Counts


def test_the_counts_page_has_the_definitions_of_the_code() -> None:
    listed = [row for row in rows(REFERENCE / "counts.md") if row[0].startswith("`")]
    with override("en"):
        assert listed == [[f"`{key}`", str(label), str(meaning)] for key, (label, meaning) in COUNTS.items()]


# Sources


def test_the_sources_page_has_every_recipe_as_the_catalogue_has_it() -> None:
    listed = [row for row in rows(REFERENCE / "sources.md") if len(row) == 5 and row[0] != "Recipe"]
    assert listed == [
        [
            f"`{recipe.key}`",
            f"{recipe.office.upper()} {recipe.table or 'found by its title'}",
            recipe.title,
            ", ".join(f"`{indicator}`" for indicator in recipe.gives),
            recipe.seen,
        ]
        for recipe in RECIPES.values()
    ]


def test_the_sources_page_has_the_functions_of_each_service() -> None:
    listed = [row for row in rows(REFERENCE / "sources.md") if len(row) == 2 and row[0] != "Service"]
    assert listed == [
        [f"`{service}`", ", ".join([first.code, *others])] for service, (first, others) in FUNCTIONS.items()
    ]


def test_the_sources_page_has_every_sign_of_a_missing_figure() -> None:
    listed = {row[0].strip("`"): row[2] for row in rows(REFERENCE / "sources.md") if len(row) == 3}
    signs = [sign for sign in FLAGS if sign not in MISSING]
    assert [listed[sign].partition(";")[0] for sign in signs] == [f"`{FLAGS[sign]}`" for sign in signs]


# Exports


def fields(record: Any) -> set[str]:
    """The names of the fields of a record and of the records inside it."""
    hints = typing.get_type_hints(record)
    inner = {
        part for hint in hints.values() for part in (hint, *typing.get_args(hint)) if dataclasses.is_dataclass(part)
    }
    return set(hints).union(*map(fields, inner))


def test_the_exports_page_has_every_field_of_an_opinion_map() -> None:
    named = set(re.findall(r"`([\w-]+)`", text(REFERENCE / "exports.md")))
    assert len(fields(opinion_map.OpinionMap)) > 50
    assert fields(opinion_map.OpinionMap) - named == set()


def test_the_exports_page_has_every_field_of_an_outlook() -> None:
    named = set(re.findall(r"`([\w-]+)`", text(REFERENCE / "exports.md")))
    found = fields(outlook.Outlook) | fields(outlook_basis.Basis) - fields(outlook.Levers)
    assert len(found) > 70
    assert found - named == set()
    assert set(outlook_csv.COLUMNS) - named == set()


def test_the_exports_page_has_every_field_of_a_count() -> None:
    named = set(re.findall(r"`([\w-]+)`", text(REFERENCE / "exports.md")))
    assert len(fields(count_told.CountTold)) > 60
    assert fields(count_told.CountTold) - named == set()


def test_the_exports_page_has_every_field_of_an_appraisal() -> None:
    named = set(re.findall(r"`([\w-]+)`", text(REFERENCE / "exports.md")))
    found = set[str]().union(
        *map(fields, (appraisal.Effect, appraisal.Options, appraisal.Parameters, appraisal.Answer))
    )
    assert len(found) > 90
    assert found - named == set()


def test_the_exports_page_has_every_column_of_the_files() -> None:
    named = set(re.findall(r"`([\w-]+)`", text(REFERENCE / "exports.md")))
    conversation = polis_csv.Conversation(
        title="",
        description="",
        statements=(polis_csv.ConversationStatement("1", "Yes"),),
        people=(polis_csv.ConversationPerson("0", "A", "public"),),
        votes=(polis_csv.CastVote("0", "1", 1),),
    )
    files = {name: content.decode() for name, content in polis_csv.conversation_files(conversation).items()}
    summary = {line.split(",")[0] for line in files.pop("summary.csv").splitlines()}
    columns = {column for content in files.values() for column in content.splitlines()[0].split(",")}
    assert (columns | summary) - named == {"1"}


# Links, targets, folders


def anchors(page: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    dead = []
    for target in LINK.findall(FENCE.sub("", text(document))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _hash, anchor = target.partition("#")
        there = (document.parent / file).resolve() if file else document
        if not there.exists() or (anchor and anchor not in anchors(text(there))):
            dead.append(target)
    assert dead == []


@cache
def texts_of_the_interface() -> set[str]:
    return {message.single for message in collect()}


@pytest.mark.parametrize("name", ["tutorial/first-gathering.md", "how-to/paper-and-desk.md"])
def test_words_in_bold_are_on_the_pages(name: str) -> None:
    """A guide names buttons and headings as they are written in English."""
    said = texts_of_the_interface()
    assert [word for word in re.findall(r"\*\*([^*]+)\*\*", text(ROOT / "docs" / name)) if word not in said] == []


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_make_target_that_a_document_names_exists(document: Path) -> None:
    code = " ".join([*FENCE.findall(text(document)), *re.findall(r"`[^`\n]+`", text(document))])
    assert set(re.findall(r"\bmake ([a-z]+)", code)) - targets() == set()


def test_contributing_names_every_make_target() -> None:
    named = set(re.findall(r"`make ([a-z]+)`", text(ROOT / "CONTRIBUTING.md")))
    assert targets() - named == set()


def test_the_readme_begins_with_the_two_commands() -> None:
    commands_shown = [line for block in FENCE.findall(text(ROOT / "README.md")) for line in block.splitlines()]
    assert [line.split("#")[0].strip() for line in commands_shown if line.startswith("make ")] == [
        "make demo",
        "make test",
    ]


def test_the_map_of_the_house_names_folders_that_exist() -> None:
    named = re.findall(r"^\| `([\w./]+/)` \|", text(ROOT / "README.md"), re.MULTILINE)
    assert len(named) > 8
    assert [folder for folder in named if not (ROOT / folder).is_dir()] == []


def test_files_that_documents_name_exist() -> None:
    """`project/wiring.py` and the like, given from the package or from the root."""
    places = (ROOT, SRC, SRC / "apps", SRC / "web/templates", ROOT / "docs")
    named = [
        (document.name, name)
        for document in DOCUMENTS
        for name in re.findall(r"`((?:\w+/)+\w+\.(?:py|md|toml|html|txt|js|css|json))`", text(document))
    ]
    assert [entry for entry in named if not any((place / entry[1]).exists() for place in places)] == []


def test_the_architecture_page_names_every_module_role_and_model() -> None:
    page = text(ROOT / "ARCHITECTURE.md")
    modules = [config for config in apps.get_app_configs() if config.name.startswith("samskap.apps.")]
    models = [(c.label, m.__name__) for c in modules for m in c.get_models() if not m._meta.auto_created]
    missing = [pair for pair in models if not re.search(rf"\| `{pair[0]}` \|.*\b{pair[1]}\b", page)]
    roles = {file.stem for config in modules for file in Path(config.path).iterdir() if file.suffix == ".py"}
    assert missing == []
    assert [role for role in roles - {"__init__", "apps"} if f"`{role}.py`" not in page] == []


def test_decisions_are_numbered_and_listed() -> None:
    folder = ROOT / "docs/decisions"
    files = sorted(file.name for file in folder.glob("[0-9]*.md"))
    assert [name[:4] for name in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
    assert re.findall(r"\((\d{4}-[^)]+)\)", text(folder / "README.md")) == files
    unsaid = [name for name in files if "**Rejected.**" not in text(folder / name)]
    assert unsaid == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_document_has_one_title_and_no_empty_promise(document: Path) -> None:
    page = FENCE.sub("", text(document))
    assert len(re.findall(r"^# ", page, re.MULTILINE)) == 1
    assert re.findall(r"\b(?:TODO|TBD|FIXME|coming soon|lorem)\b", page, re.IGNORECASE) == []


# What a page tells one to do


@pytest.mark.slow
def test_the_backup_that_the_page_shows_can_be_restored(tmp_path: Path) -> None:
    page = text(ROOT / "docs/how-to/back-up-and-upgrade.md")
    shown = re.search(r'^python3 -c "(.+)"$', page, re.MULTILINE)
    assert shown
    there, copied = tmp_path / "there", tmp_path / "copied"
    copied.mkdir()
    samskap(there, "migrate")
    samskap(there, "municipality", "add", "4016")
    code = shown[1].replace("/var/lib/samskap", str(there)).replace("/backup", str(copied))
    subprocess.run([sys.executable, "-c", code], check=True)
    assert "Everything is in order." in samskap(copied, "check")
    assert "Drangedal" in samskap(copied, "municipality", "list")


def samskap(data: Path, *arguments: str) -> str:
    """What a command says, with this data folder and no other setting."""
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    environment["SAMSKAP_DATA"] = str(data)
    command = [sys.executable, "-m", "samskap", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
