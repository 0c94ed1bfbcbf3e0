"""Only actions write: `.save .create .delete .update` and their kin occur nowhere else in a module."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src/samskap"
WRITES = {
    "save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete", "update",
}  # fmt: skip
# These share a name with a write and are none: dictionaries, sets and hashes are updated, sessions saved.
HARMLESS_OWNERS = {
    "bar",
    "environ",
    "context",
    "params",
    "headers",
    "digest",
    "hasher",
    "counter",
    "data",
    "image",
    "found",
    "session",
    "cache",
}
FILES = sorted(
    file
    for folder in ("apps", "cli", "web", "project")
    for file in (SRC / folder).rglob("*.py")
    if "migrations" not in file.parts and file.stem != "actions" and "actions" not in file.parts
)


def writes(source: str) -> list[str]:
    """The calls in a source text that write to the database, as far as names tell."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = node.func.value
        name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
        if node.func.attr in WRITES and name not in HARMLESS_OWNERS:
            found.append(f"{node.lineno}: {ast.unparse(node.func)}")
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SRC)))
def test_only_actions_write(file: Path) -> None:
    assert writes(file.read_text()) == []


def test_a_planted_write_is_found() -> None:
    assert writes("def view(vote):\n    vote.save()\n    Vote.objects.filter(pk=1).delete()") == [
        "2: vote.save",
        "3: Vote.objects.filter(pk=1).delete",
    ]
