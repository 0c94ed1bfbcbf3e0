"""A vote that is open, the people around it, and a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.factories import budgeting as factories
from tests.factories import make_participant, make_person

from samskap.apps.actors.models import Person
from samskap.apps.budgeting.models import Ballot, Project, VoterBallot
from samskap.apps.processes.models import Activity, Participant
from samskap.web.tickets import sign_ticket


@dataclass
class Vote:
    """An open ballot with its window, a host, and a guest who has not voted."""

    ballot: Ballot
    window: Activity
    host: Person
    guest: Participant

    @property
    def projects(self) -> list[Project]:
        return list(self.ballot.projects.order_by("order"))

    @property
    def keys(self) -> dict[str, int]:
        """Ids of the projects by key."""
        return {project.key: project.pk for project in self.projects}

    def address(self, name: str = "ballot", **more: Any) -> str:
        return reverse(f"budgeting:{name}", kwargs={"pk": self.ballot.pk, **more})

    def fields(self, *keys: str, **values: int) -> dict[str, Any]:
        """The fields of a form that chooses these, in the manner of the kind: `fields("1", "3")`, `fields(p2=5)`."""
        if self.ballot.kind in {"approval", "knapsack"}:
            return {"choice": [self.keys[key] for key in keys]}
        prefix = "rank" if self.ballot.kind == "ranking" else "points"
        numbers = dict(zip(keys, range(1, len(keys) + 1), strict=True)) | {k.lstrip("p"): n for k, n in values.items()}
        return {f"{prefix}_{self.keys[key]}": number for key, number in numbers.items()}

    def stored(self) -> list[list[tuple[str, int | None]]]:
        """Every ballot as it is stored: key of the project with its place or points, in their order."""
        return [
            [(one.project.key, one.rank or one.points) for one in own.choices.order_by("rank", "project__order")]
            for own in VoterBallot.objects.filter(ballot=self.ballot).order_by("pk")
        ]


def make_vote(kind: str = "approval", *, projects: Any = 4, access: str = "open", **fields: Any) -> Vote:
    ballot = factories.make_ballot(kind=kind, projects=projects, state="open", **fields)
    window = factories.make_ballot_window(ballot, access=access)
    host = make_person(role="facilitator", municipality=ballot.process.municipality)
    return Vote(ballot, window, host, make_participant(ballot.process))


@pytest.fixture
def vote(db: None) -> Vote:
    return make_vote()


@pytest.fixture
def client() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


def hold(client: Client, participant: Participant) -> None:
    """Give this browser the participant's ticket."""
    scope = participant.process_id
    client.cookies[f"samskap_ticket_{scope}"] = sign_ticket(scope, participant.key)


def shown(page: HttpResponse) -> str:
    """The words of a page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).replace("\N{NO-BREAK SPACE}", " ").split())


def form_key(page: HttpResponse) -> str:
    """The key that the page gave its form."""
    found = re.search(r'name="form_key" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]
