"""The ground of every action: lock, permit, decide, change, record, enqueue, in that order."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samskap.kernel.acting import Acting
from samskap.kernel.errors import NotAllowed

__all__ = ["SignedInRequest", "acting", "lock", "require"]

Row = TypeVar("Row", bound=models.Model)


class SignedInRequest(HttpRequest):
    """A request to a page behind `login_required`: its user is a Person, which this floor does not know."""

    user: Any


def acting(request: HttpRequest) -> Acting:
    """The signed-in person who acts on a page of the work."""
    person = request.user
    if not isinstance(person, Acting):
        raise NotAllowed(_("You must be signed in."), cure=_("Sign in and try again."))
    return person


def lock(row: Row) -> Row:
    """The same row, read again and held until the transaction ends.

    SQLite holds the whole file from the first statement (immediate transactions); PostgreSQL holds the row.
    """
    # no_key: rows that point here can still be written, whose check at commit would else wait for this lock while
    # we wait for theirs on the trail.
    return type(row)._base_manager.select_for_update(no_key=True).get(pk=row.pk)


def require(allowed: bool) -> None:  # noqa: FBT001 -- the answer of a permission, not a switch
    """Stop with `NotAllowed` unless the permission said yes."""
    if not allowed:
        raise NotAllowed(_("You may not do this."), cure=_("Sign in with an account that may, or ask the facilitator."))
