"""The six kinds of people who may look at a page, and what each of them meets there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from tests import factories

from samskap.apps.actors.models import Municipality, Person

KINDS = ("anonymous", "stranger", "elsewhere", "partner", "facilitator", "leader")


@dataclass
class Town:
    """A municipality and one person of each kind; `elsewhere` is a facilitator of another municipality."""

    municipality: Municipality
    people: dict[str, Person]

    def __getattr__(self, kind: str) -> Person:
        try:
            return self.people[kind]
        except KeyError:
            raise AttributeError(kind) from None

    def client(self, kind: str) -> Client:
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        if kind != "anonymous":
            client.force_login(self.people[kind], backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    def statuses(self, address: str, *, method: str = "get", **data: object) -> dict[str, int]:
        """The status that each kind of viewer gets."""
        return {kind: getattr(self.client(kind), method)(address, data).status_code for kind in KINDS}


def words_of(page: HttpResponse) -> str:
    """What stands in the middle of a page, without tokens that differ each time."""
    middle = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r'<input type="hidden" name="csrfmiddlewaretoken" value="[^"]+">', "", middle)


def make_town(*, number: str | None = None) -> Town:
    town = factories.make_municipality(number=number)
    body = factories.make_organisation(municipality=town, sector="private")
    return Town(
        municipality=town,
        people={
            "stranger": factories.make_person(),
            "elsewhere": factories.make_person(role="facilitator"),
            "partner": factories.make_person(role="partner", municipality=town, organisation=body),
            "facilitator": factories.make_person(role="facilitator", municipality=town),
            "leader": factories.make_person(role="leader", municipality=town),
        },
    )


def met(anonymous: int, others: int, own: int, *, elsewhere: int | None = None) -> dict[str, int]:
    """What the grid expects: those in charge here get `own`, everybody else who is signed in `others`."""
    return {
        "anonymous": anonymous,
        "stranger": others,
        "elsewhere": others if elsewhere is None else elsewhere,
        "partner": others,
        "facilitator": own,
        "leader": own,
    }


PUBLIC = met(200, 200, 200)
HIDDEN = met(404, 404, 200)  # a draft: those in charge see it, for others it is not there
DESK = met(302, 404, 200)  # a page under /work/ about one thing
LIST = met(302, 404, 200, elsewhere=200)  # a list under /work/: each sees that of their own municipality
EVERYONE_SIGNED_IN = met(302, 200, 200)
