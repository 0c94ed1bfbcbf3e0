"""How an entry is sealed: SHA-256 over a canonical form that holds the hash of the entry before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

__all__ = ["FIRST_HASH", "SYSTEM_CHAIN", "Sealed", "who_acted"]

FIRST_HASH = "0" * 64
SYSTEM_CHAIN = "0000"


@dataclass(frozen=True)
class Sealed:
    """The content of one entry, in plain values."""

    chain: str
    number: int
    at: datetime
    actor: str
    verb: str
    subject_kind: str
    subject_id: str
    is_public: bool
    data: dict[str, Any]
    previous_hash: str

    def seal(self) -> str:
        """The entry's hash, 64 hexadecimal digits.

        The time is written in UTC to the microsecond, so that both databases give back the same text.
        """
        content = asdict(self) | {"at": self.at.astimezone(UTC).isoformat(timespec="microseconds")}
        content["data"] = _plain(self.data)
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def who_acted(actor: str) -> str:
    """The kind of actor that the public may know: `facilitator`, `participant` or `system`."""
    kind = actor.partition(":")[0]
    return {"person": "facilitator", "ticket": "participant"}.get(kind, "system")


def _plain(value: Any) -> Any:
    """The value as either database gives it back: keys are texts, tuples lists, and a whole float is its integer.

    PostgreSQL keeps numbers in JSON as decimals: 1e16 and -0.0 come back as 10000000000000000 and 0.
    """
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
