"""A `.pb` file that somebody gives: what is in it, what had to be repaired, and what a ballot takes from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from samskap.apps.actors.labels import SECTORS
from samskap.apps.budgeting.labels import KINDS
from samskap.apps.budgeting.labels.results import money, number
from samskap.formats.errors import FormatError
from samskap.formats.pabulib import PabulibFile, election_of, read_pabulib
from samskap.kernel.errors import NotFound

__all__ = [
    "KIND_OF",
    "Upload",
    "ballot_fields",
    "import_problem",
    "project_fields",
    "read_upload",
    "upload_facts",
    "upload_path",
]

KIND_OF = {
    "approval": "approval",
    "choose-1": "approval",
    "ordinal": "ranking",
    "cumulative": "points",
    "scoring": "points",
    "knapsack": "knapsack",
}
LONGEST_KEY = 40
MOST_SMALL = 32_767


@dataclass(frozen=True)
class Upload:
    """A file as the lenient reader has it; `problem` is what the strict one says, empty where nothing is wrong."""

    file: PabulibFile
    problem: str

    @cached_property
    def title(self) -> str:
        """What it calls itself, at most as long as a title may be."""
        named = " ".join(self.file.meta.get("description", "").split())
        return (named or self.file.name)[:160]


def upload_path(person_pk: int, token: str) -> Path:
    """Where a file that waits for its import is kept; `token` is in the address of the preview."""
    kept = re.sub(r"[^A-Za-z0-9_-]", "", token)[:60]
    return Path(settings.SAMSKAP_DATA) / "imports" / f"{person_pk}-{kept}.pb"


def read_upload(path: Path, *, name: str = "ballot.pb") -> Upload:
    """The file that was kept there. FormatError where nobody can know what it means, `NotFound` where it is gone."""
    if not path.is_file():
        raise NotFound(_("The file is not here any more."), cure=_("Upload it again."))
    content = path.read_bytes()
    try:
        return Upload(read_pabulib(content, name=name), "")
    except FormatError as error:
        return Upload(read_pabulib(content, name=name, mode="lenient"), str(error))


def import_problem(file: PabulibFile) -> str:
    """Why a ballot cannot be made from this file, in a sentence; empty where it can. Nothing is rounded or cut off."""
    if file.scale != 1:
        return _("The file has amounts with decimals, and a ballot here has whole kroner.")
    long = next((key for key in file.keys if len(key) > LONGEST_KEY), "")
    if long:
        return _("The project id “%(key)s…” has more than %(most)s signs.") % {"key": long[:20], "most": LONGEST_KEY}
    return ""


def upload_facts(upload: Upload) -> list[tuple[str, str]]:
    """What is in the file, for those who look before they import."""
    file = upload.file
    said = {name: file.meta.get(name, "") for name in ("country", "unit", "instance", "rule")}
    place = " · ".join(part for part in (said["unit"], said["country"], said["instance"]) if part)
    facts = [
        (_("Where and when"), place),
        (_("Projects"), number(len(file.keys))),
        (_("Ballots"), number(file.ballots.voters)),
        (_("How people voted"), str(KINDS[KIND_OF[file.ballots.kind]])),
        (_("Budget"), money(file.budget / file.scale, file.meta.get("currency", "NOK"))),
        (_("Counted there by"), said["rule"]),
    ]
    return [(label, value) for label, value in facts if value]


def ballot_fields(file: PabulibFile) -> dict[str, Any]:
    """What the ballot itself takes from the file. Limits that META does not say stay open."""
    kind = KIND_OF[file.ballots.kind]
    fields: dict[str, Any] = {
        "kind": kind,
        "budget_nok": file.budget,
        "min_choices": _whole(file, "min_length") or 0,
        "max_choices": _whole(file, "max_length"),
        "minimum_support": file.constraints.minimum_support,
    }
    if fields["max_choices"] is not None and fields["max_choices"] < fields["min_choices"]:
        fields["max_choices"] = None
    if kind == "points":
        fields["points"] = _whole(file, "max_sum_points") or _whole(file, "max_points") or MOST_SMALL
        fields["points_a_project"] = _whole(file, "max_points")
    return fields


def project_fields(file: PabulibFile) -> list[dict[str, Any]]:
    """What each project takes from the file, in its order."""
    sectors = file.projects.column("sector") or ("",) * len(file.keys)
    return [
        {
            "key": one.key,
            "title": (one.name or one.key)[:300],
            "cost_nok": one.cost,
            "full_cost_nok": one.full_cost if one.full_cost and one.full_cost > one.cost else None,
            "district": one.district[:80],
            "theme": ", ".join(one.categories)[:80],
            "sector": sector if sector in SECTORS else "",
            "order": place,
        }
        for place, (one, sector) in enumerate(zip(_projects(file), sectors, strict=True), start=1)
    ]


def _projects(file: PabulibFile) -> Any:
    return election_of(file).projects


def _whole(file: PabulibFile, key: str) -> int | None:
    """A limit of META, or None where it says none that a ballot can hold."""
    said = file.meta.get(key, "")
    return int(said) if said.isascii() and said.isdigit() and 0 < int(said) <= MOST_SMALL else None
