"""Decisions about roles and register numbers, on plain values."""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["IN_CHARGE", "SPEAKS_FOR", "is_last_in_charge", "is_register_number", "may_give", "needs_organisation"]

IN_CHARGE = ("leader", "facilitator")
SPEAKS_FOR = ("unit_manager", "partner")

# Which roles a role may give and take. Nobody gives more than they have themselves.
_GIVES = {
    "leader": {"leader", "facilitator", "unit_manager", "partner"},
    "facilitator": {"facilitator", "unit_manager", "partner"},
}

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def may_give(own: Collection[str], *, role: str) -> bool:
    """Whether someone with these roles in a municipality may give a role there, or take it back."""
    return any(role in _GIVES.get(held, set()) for held in own)


def needs_organisation(role: str) -> bool:
    """Unit managers and partners speak for an organisation; leaders and facilitators for the municipality itself."""
    return role in SPEAKS_FOR


def is_last_in_charge(role: str, *, others: Collection[str]) -> bool:
    """Whether taking away `role` leaves the municipality without anyone in charge, or without its only leader.

    `others`: the roles that stay, of every active person. Only a leader can name a leader, so the last one stays.
    """
    if role not in IN_CHARGE:
        return False
    if not any(other in IN_CHARGE for other in others):
        return True
    return role == "leader" and "leader" not in others


def is_register_number(text: str) -> bool:
    """Whether nine digits can be an organisation number: the last is a check digit by modulus 11.

    Source: Brønnøysundregistrene, "Organisasjonsnummer": weights 3 2 7 6 5 4 3 2; a remainder that would need the
    digit 10 is never given out.
    """
    if len(text) != 9 or not (text.isascii() and text.isdecimal()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return (11 - total % 11) % 11 == int(text[8])
