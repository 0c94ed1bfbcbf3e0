"""A file with contracts that waits: what is in it, what is wrong, what is not kept, and who its organisations are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samskap.apps.actors.labels import SECTORS
from samskap.apps.actors.queries import frame, organisations_of
from samskap.apps.benefits.labels.contract_files import problem_words
from samskap.apps.benefits.labels.contracts import money, said_fault
from samskap.apps.benefits.models import Contract
from samskap.apps.benefits.rules.contract_files import file_faults
from samskap.apps.benefits.rules.contracts import Fault
from samskap.apps.initiatives.queries import today
from samskap.formats.indigo import Project, read_indigo, renamed
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.initiatives.models import Initiative
    from samskap.formats import indigo

__all__ = [
    "Body",
    "Preview",
    "Wrong",
    "chosen_project",
    "import_choices",
    "import_faults",
    "looked_at",
    "matched",
    "preview_of_contract",
    "read_waiting_contracts",
    "waiting_contract_path",
]

NEW = "new:"
LONGEST_NAME = 160
SHOWN = 100  # rows of what is wrong and of what is not kept


@dataclass(frozen=True)
class Wrong:
    """Something that is wrong, in words, and where in the file it is."""

    place: str
    words: str


@dataclass(frozen=True)
class Body:
    """An organisation of the file. `pk` is the one here with its register number; else it is asked about.

    `proposed` is what the form proposes: the id of one with the same name, or `new:` and a sector.
    """

    key: str
    name: str
    register_number: str
    pk: int | None
    here: str
    proposed: str


@dataclass(frozen=True)
class Preview:
    """What would be brought in."""

    project: Project
    facts: tuple[tuple[str, str], ...]
    bodies: tuple[Body, ...]
    wrong: tuple[Wrong, ...]
    is_from_elsewhere: bool

    @property
    def asked(self) -> tuple[Body, ...]:
        """The organisations that somebody must say something about."""
        return tuple(one for one in self.bodies if one.pk is None)


def waiting_contract_path(person_pk: int, token: str) -> Path:
    """Where a file that waits for its import is kept; `token` is in the address of the preview."""
    kept = re.sub(r"[^A-Za-z0-9_-]", "", token)[:60]
    return Path(settings.SAMSKAP_DATA) / "imports" / f"contracts-{person_pk}-{kept}.json"


def read_waiting_contracts(path: Path, *, name: str = "") -> tuple[Project, ...]:
    """The projects of a waiting file. FormatError where it is none of this kind, `NotFound` where it is gone."""
    if not path.is_file():
        raise NotFound(_("The file is not here any more."), cure=_("Upload it again."))
    return read_indigo(path.read_bytes(), file=name or _("the file"), today=today())


def chosen_project(projects: Sequence[Project], wanted: str) -> int:
    """Which of the projects is looked at: the first one unless another number is asked for."""
    at = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else 0
    return at if at < len(projects) else 0


def preview_of_contract(municipality: Municipality, project: Project) -> Preview:
    """What is in a project, and what forbids bringing it in as the file stands."""
    bodies = _bodies(municipality, project)
    wrong = [Wrong(one.place, problem_words(one)) for one in project.problems]
    facts: list[tuple[str, str]] = []
    elsewhere = False
    if project.contract is not None:
        keys = {one.key: str(one.pk) for one in bodies if one.pk is not None}
        wrong += import_faults(project, keys, names={str(one.pk): one.here for one in bodies if one.pk is not None})
        facts = _facts(project.contract)
        place = project.contract.place
        elsewhere = place is not None and place.number != municipality.number
    return Preview(project, tuple(facts), tuple(bodies), tuple(wrong), elsewhere)


def looked_at(initiative: Initiative, projects: Sequence[Project], chosen: int, preview: Preview) -> dict[str, Any]:
    """What the page of the preview shows: the first of what is wrong and of what is not kept, and how many more."""
    remarks = preview.project.remarks
    return {
        **frame(initiative.municipality),
        "initiative": initiative,
        "preview": preview,
        "tabs": [
            {"label": one.title or str(at + 1), "url": f"?project={at}", "current": at == chosen}
            for at, one in enumerate(projects)
        ]
        if len(projects) > 1
        else [],
        "wrong": preview.wrong[:SHOWN],
        "more_wrong": max(0, len(preview.wrong) - SHOWN),
        "remarks": remarks[:SHOWN],
        "more_remarks": max(0, len(remarks) - SHOWN),
    }


def _facts(contract: indigo.Contract) -> list[tuple[str, str]]:
    days = f"{date_format(contract.starts_on)} – {date_format(contract.ends_on)}"
    paid = sum(one.amount for one in contract.paid)
    facts = [
        (_("Where it comes from"), f"{contract.place.name} ({contract.place.number})" if contract.place else ""),
        (_("Id"), contract.key),
        (_("From and to"), days),
        (_("What is counted and paid for"), ", ".join(one.title for one in contract.metrics)),
        (_("Results"), str(len(contract.results))),
        (_("Payments made"), f"{len(contract.paid)}, {money(paid)}" if paid else "0"),
        (_("Versions of the plan"), str(len(contract.plans))),
    ]
    return [(label, value) for label, value in facts if value]


def _bodies(municipality: Municipality, project: Project) -> list[Body]:
    here = organisations_of(municipality)
    numbers = {one.register_number: one for one in here if one.register_number}
    names = {one.name.casefold(): one for one in here}
    found = []
    for one in project.organisations:
        match = numbers.get(one.register_number) if one.register_number else None
        same = names.get(one.name.casefold())
        proposed = str(same.pk) if same else f"{NEW}{one.sector}" if one.sector else ""
        found.append(
            Body(
                key=one.key,
                name=one.name,
                register_number=one.register_number,
                pk=match.pk if match else None,
                here=match.name if match else "",
                proposed=proposed,
            )
        )
    return found


def import_choices(municipality: Municipality) -> list[tuple[str, str]]:
    """What an organisation of a file can become: a new one of a sector, or one that is here."""
    new = [(f"{NEW}{key}", _("Add it: %(sector)s") % {"sector": name}) for key, name in SECTORS.items()]
    return [("", _("Choose")), *new, *((str(one.pk), one.name) for one in organisations_of(municipality))]


def matched(preview: Preview, chosen: Mapping[str, str]) -> dict[str, str]:
    """What each organisation of the file becomes: the id of one here, or `new:` and a sector with its key."""
    found = {}
    for one in preview.bodies:
        said = str(one.pk) if one.pk is not None else chosen.get(one.key, "")
        found[one.key] = f"{said}:{one.key}" if said.startswith(NEW) else said
    return found


def import_faults(project: Project, keys: Mapping[str, str], *, names: Mapping[str, str] | None = None) -> list[Wrong]:
    """Everything that forbids bringing the project in with these organisations, in words."""
    contract = project.contract
    if contract is None:
        return []
    said = {one.key: one.name for one in project.organisations} | dict(names or {})
    said |= {new: said[old] for old, new in keys.items() if new not in said}
    known = contract.key and Contract.objects.filter(key=contract.key).exists()
    faults = [("id", Fault("key_known", {"key": contract.key}))] if known else []
    faults += [
        ("organisations", Fault("organisation_name", {"organisation": one.name[:40]}))
        for one in project.organisations
        if len(one.name) > LONGEST_NAME and keys.get(one.key, NEW).startswith(NEW)
    ]
    faults += file_faults(renamed(contract, keys), today=today())
    return [Wrong(place, said_fault(fault, names=said)) for place, fault in faults]
