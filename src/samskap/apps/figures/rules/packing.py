"""People by sex and age as bytes, and the fingerprint of what a table gave."""

from __future__ import annotations

import hashlib
import struct

from samskap.sources.values import AgeProfile, Fetched, Figure

__all__ = ["AGES", "content_hash", "packed", "totals", "unpacked"]

AGES = 106
_FORM = struct.Struct(f"<{2 * AGES}I")


def packed(profile: AgeProfile) -> bytes:
    """212 counts, women 0 to 105 and over, then men: four bytes each, the lowest first."""
    return _FORM.pack(*profile.women, *profile.men)


def unpacked(place: str, year: int, persons: bytes) -> AgeProfile:
    """What `packed` made bytes of."""
    counts = _FORM.unpack(persons)
    return AgeProfile(place, year, women=counts[:AGES], men=counts[AGES:])


def content_hash(fetched: Fetched) -> str:
    """SHA-256 of the figures themselves, in an order of their own: the same content has the same fingerprint."""
    digest = hashlib.sha256()
    for one in sorted(fetched.figures, key=lambda f: (f.indicator, f.place, f.breakdown, f.period)):
        digest.update(repr((one.indicator, one.place, one.breakdown, one.period, one.value, one.missing)).encode())
    for profile in sorted(fetched.profiles, key=lambda p: (p.place, p.year)):
        digest.update(repr((profile.place, profile.year)).encode() + packed(profile))
    return digest.hexdigest()


def totals(fetched: Fetched) -> tuple[Figure, ...]:
    """The whole population of each profile as a figure, where the table does not give it itself."""
    given = {(one.place, one.period) for one in fetched.figures if one.indicator == "population" and not one.breakdown}
    return tuple(
        Figure("population", p.place, str(p.year), float(sum(p.women) + sum(p.men)))
        for p in fetched.profiles
        if (p.place, str(p.year)) not in given
    )
