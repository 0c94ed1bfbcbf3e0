"""Initiatives: written section by section, published, followed up, and seen by those they are for."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.apps.viewers import DESK, HIDDEN, LIST, PUBLIC, Town, met
from tests.factories.initiatives import make_initiative

from samskap.apps.initiatives.models import Initiative

POST_ONLY = met(302, 405, 405)

PAGES = {
    "initiatives": PUBLIC,
    "initiative": HIDDEN,
    "initiatives_json": PUBLIC,
    "initiatives_csv": PUBLIC,
    "portfolio": LIST,
    "portfolio_table": LIST,
    "portfolio_csv": LIST,
    "portfolio_balance": LIST,
    "new_initiative": LIST,
    "work_initiative": DESK,
    "publish_initiative": POST_ONLY,
    "delete_initiative": DESK,
    "decide_gate": DESK,
    "restore_part": POST_ONLY,
    "edit_section": DESK,
}


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(municipality=town.municipality, published=False, title="Følgevenn")


def address(page: str, initiative: Initiative) -> str:
    if page in {"initiatives_json", "initiatives_csv"}:
        return reverse(f"initiatives:{page}", args=[initiative.municipality.number])
    if page == "edit_section":
        return reverse("initiatives:edit_section", args=[initiative.pk, "problem"])
    plain = {"initiatives", "portfolio", "portfolio_table", "portfolio_csv", "portfolio_balance", "new_initiative"}
    return reverse(f"initiatives:{page}", args=[] if page in plain else [initiative.pk])


@pytest.mark.parametrize("page", PAGES)
def test_each_page_lets_in_those_it_is_for(town: Town, initiative: Initiative, page: str) -> None:
    assert town.statuses(address(page, initiative)) == PAGES[page]
