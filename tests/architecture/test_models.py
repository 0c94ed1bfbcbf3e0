"""Every database that Samskap runs on keeps what the models promise, and the migrations lead to the models."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.core.management import call_command


@pytest.mark.django_db
def test_no_check_has_anything_to_say_and_no_constraint_is_left_out() -> None:
    # Without the name of the database Django does not tell of constraints that it does not create there.
    assert run_checks(databases=["default"]) == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
