"""Background doors: letters and digests that jobs send."""

from __future__ import annotations

from samskap.apps.initiatives import actions

__all__ = ["drop_unconfirmed", "send_confirmation", "send_digests"]


def send_digests(attempt: int = 1) -> None:
    """Tell everybody what moved since the last time, once."""
    actions.send_digests(attempt=attempt)


def send_confirmation(kind: str, pk: int, language: str, site: str) -> None:
    """Ask an address whether it is the right one."""
    actions.deliver_confirmation(kind=kind, pk=pk, language=language, site=site)


def drop_unconfirmed(kind: str, pk: int) -> None:
    """Erase an address that nobody has confirmed in time."""
    if kind == "follower":
        actions.drop_unconfirmed_follower(pk)
    else:
        actions.drop_unconfirmed_partner(pk)
