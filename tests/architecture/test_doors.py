"""A module uses a neighbour only through its doors, and foreign keys point down the list of steps."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

APPS = Path(__file__).resolve().parents[2] / "src/samskap/apps"
MODULES = sorted(folder.name for folder in APPS.iterdir() if (folder / "apps.py").exists())
STEPS = [
    "actors", "trail", "figures", "outlook", "challenges", "processes", "statements",
    "initiatives", "budgeting", "benefits", "stories", "gatherings", "reports",
]  # fmt: skip
DOORS = {"actions", "queries", "permissions", "labels"}


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports when it runs, with the line. Imports for types alone do not count."""
    tree = ast.parse(file.read_text())
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def strangers(file: Path, module: str) -> list[str]:
    """The imports of a file that enter a neighbour by another way than a door."""
    wrong = []
    for name, line in imports(file):
        parts = name.split(".")
        is_foreign = parts[:2] == ["samskap", "apps"] and len(parts) > 3 and parts[2] != module
        if is_foreign and parts[3] not in DOORS:
            wrong.append(f"{file.name}:{line} {name}")
    return wrong


@pytest.mark.parametrize("module", MODULES)
def test_module_enters_neighbours_only_through_doors(module: str) -> None:
    files = [file for file in (APPS / module).rglob("*.py") if "migrations" not in file.parts]
    assert [wrong for file in files for wrong in strangers(file, module)] == []


@pytest.mark.parametrize("module", MODULES)
def test_foreign_keys_across_modules_are_strings_that_point_down(module: str) -> None:
    upward = []
    for model in apps.get_app_config(module).get_models():
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey | OneToOneField | ManyToManyField) or field.auto_created:
                continue
            target = field.related_model._meta.app_label
            if target in STEPS and STEPS.index(target) > STEPS.index(module):
                upward.append(f"{model.__name__}.{field.name} → {target}")
    assert upward == []
    source = APPS / module / "models.py"
    names = [name for name, _ in imports(source)] if source.exists() else []
    foreign = [n for n in names if n.startswith("samskap.apps.") and ".models" in n and n.split(".")[2] != module]
    assert foreign == []


def test_a_planted_side_entrance_is_found(tmp_path: Path) -> None:
    planted = tmp_path / "views.py"
    planted.write_text("from samskap.apps.actors.models import Person\nfrom samskap.apps.actors import queries\n")
    assert strangers(planted, "statements") == ["views.py:1 samskap.apps.actors.models.Person"]
