"""Tickets: a signed, pseudonymous cookie that says which participant of a scope (a process) this browser is.

The cookie holds a random key and nothing else. It is given with the first page and costs no row: the participant is
stored with the first thing they do, so a robot that only reads leaves nothing behind, and a double first click finds
the same key.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from samskap.kernel.errors import NotAllowed

__all__ = ["give_ticket", "new_ticket", "open_signed_ticket", "sign_ticket", "take_back_ticket", "ticket_key"]

_SALT = "samskap.ticket"
_AGE_S = 60 * 60 * 24 * 400  # the longest that browsers keep a cookie


def _cookie(scope: int) -> str:
    return f"samskap_ticket_{scope}"


def sign_ticket(scope: int, key: uuid.UUID) -> str:
    """The ticket as a text that can travel in a cookie or a link."""
    return signing.Signer(salt=_SALT).sign(f"{scope}:{key.hex}")


def open_signed_ticket(scope: int, signed: str) -> uuid.UUID:
    """The key in a signed ticket; `NotAllowed` where it is forged or belongs to another scope."""
    try:
        owner, _colon, key = signing.Signer(salt=_SALT).unsign(signed).partition(":")
        if owner != str(scope):
            raise ValueError(owner)
        return uuid.UUID(hex=key)
    except (signing.BadSignature, ValueError) as forged:
        raise NotAllowed(
            _("This ticket is not valid here."),
            code="ticket_not_valid",
            cure=_("Delete this site's cookies, open the page again and you will get a new one."),
        ) from forged


def ticket_key(request: HttpRequest, scope: int) -> uuid.UUID | None:
    """The key of this browser's ticket, or None where it has none. A forged one is an error."""
    signed = request.COOKIES.get(_cookie(scope))
    return open_signed_ticket(scope, signed) if signed else None


def new_ticket() -> uuid.UUID:
    """A fresh random key."""
    return uuid.uuid4()


def give_ticket(response: HttpResponseBase, scope: int, key: uuid.UUID) -> None:
    """Send the ticket with this answer."""
    response.set_cookie(
        _cookie(scope),
        sign_ticket(scope, key),
        max_age=_AGE_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def take_back_ticket(response: HttpResponseBase, scope: int) -> None:
    """Make the browser forget the ticket."""
    response.delete_cookie(_cookie(scope), samesite="Lax")
