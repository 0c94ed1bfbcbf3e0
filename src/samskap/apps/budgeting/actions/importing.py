"""Ballots from `.pb` files: closed and sealed with their votes, or only the projects as a draft."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.budgeting import queries, rules
from samskap.apps.budgeting.actions.ballots import create_ballot
from samskap.apps.budgeting.actions.closing import kept_seal
from samskap.apps.budgeting.actions.counting import ordered_count
from samskap.apps.budgeting.labels import FITTING
from samskap.apps.budgeting.models import Ballot, DistrictBudget, ExclusiveGroup, Project
from samskap.apps.trail import actions as trail
from samskap.formats.ballot_file import Counting, with_counting
from samskap.kernel import clock
from samskap.kernel.errors import RuleError
from samskap.web.files import keep_file

if TYPE_CHECKING:
    from samskap.apps.processes.models import Process
    from samskap.formats.pabulib import PabulibFile
    from samskap.kernel.acting import Acting

__all__ = ["drop_upload", "import_draft", "import_sealed", "keep_upload"]


def keep_upload(content: bytes, *, person_pk: int) -> str:
    """Keep a file until it is imported, in place of the one that this person gave before. Gives the token of it."""
    token = secrets.token_urlsafe(12)
    keep_file(queries.upload_path(person_pk, token), content=content, in_place_of=f"{person_pk}-*.pb")
    return token


def drop_upload(person_pk: int, token: str) -> None:
    """Throw the file away."""
    queries.upload_path(person_pk, token).unlink(missing_ok=True)


@transaction.atomic
def import_sealed(
    process: Process, file: PabulibFile, *, by: Acting, title: str, language: str, counting: Counting
) -> Ballot:
    """A closed ballot with the votes of the file, sealed as it is with our keys in it, and its count ordered.

    The votes stand in the seal alone: no row is made for a voter.
    """
    _check(file)
    fitting = rules.fitting_problems(
        kind=queries.KIND_OF[file.ballots.kind],
        rule=counting.rule,
        satisfaction=counting.satisfaction,
        completion=counting.completion,
    )
    for name in fitting:
        raise RuleError(str(FITTING[name]), code=f"import_{name}")
    if not file.ballots.voters:
        raise RuleError(
            _("There is no ballot in the file, so there is nothing to count."),
            code="import_empty",
            cure=_("Import its projects as a draft instead."),
        )
    now = clock.now()
    how = {"rule": counting.rule, "satisfaction": counting.satisfaction, "completion": counting.completion}
    seed = counting.seed or hashlib.sha256(file.sha256.encode()).hexdigest()[:16]
    ballot = _made(
        process, file, by=by, title=title, language=language, state="closed", opened_at=now, closed_at=now,
        asks_sector=False, tie_break=counting.tie_break, seed=seed, **how,
    )  # fmt: skip
    seal = kept_seal(ballot, file=with_counting(file, queries.counting_of(ballot)))
    facts = {"sha256": seal.sha256, "voters": seal.voters, "file": file.sha256}
    trail.record("budgeting.ballot_imported", ballot, by=by, data=facts, public=True)
    ordered_count(ballot, by=by)
    return ballot


@transaction.atomic
def import_draft(process: Process, file: PabulibFile, *, by: Acting, title: str, language: str) -> Ballot:
    """A ballot that is being prepared, with the projects of the file and none of its votes."""
    _check(file)
    ballot = _made(process, file, by=by, title=title, language=language)
    trail.record("budgeting.projects_imported", ballot, by=by, data={"projects": len(file.keys), "file": file.sha256})
    return ballot


def _check(file: PabulibFile) -> None:
    problem = queries.import_problem(file)
    if problem:
        raise RuleError(
            problem,
            code="import_refused",
            cure=_("The command “samskap count” counts such a file as it is, without a server."),
        )


def _made(process: Process, file: PabulibFile, *, by: Acting, **fields: object) -> Ballot:
    """The ballot with its projects and what binds them."""
    ballot = create_ballot(process, by=by, **(queries.ballot_fields(file) | fields))
    Project.objects.bulk_create(
        [Project(ballot=ballot, language=ballot.language, **one) for one in queries.project_fields(file)],
        batch_size=500,
    )
    found = {one.key: one for one in Project.objects.filter(ballot=ballot)}
    for number, keys in enumerate(file.constraints.exclusive, start=1):
        group = ExclusiveGroup.objects.create(ballot=ballot, title=str(number), language=ballot.language)
        Project.objects.filter(ballot=ballot, key__in=keys).update(exclusive_group=group)
    for key, needed in file.constraints.requires:
        Project.objects.filter(pk=found[key].pk).update(requires=found[needed])
    DistrictBudget.objects.bulk_create(
        DistrictBudget(ballot=ballot, district=name, budget_nok=amount)
        for name, amount in file.constraints.district_budgets
    )
    return ballot
