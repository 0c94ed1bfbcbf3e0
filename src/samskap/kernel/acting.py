"""Who acts. The system is an actor with a name, never a skipped check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

__all__ = [
    "SYSTEM_CLOCK",
    "SYSTEM_COUNTER",
    "SYSTEM_DEMO",
    "SYSTEM_IMPORT",
    "SYSTEM_MAPPER",
    "SYSTEM_OPERATOR",
    "Acting",
    "SystemActor",
]


@runtime_checkable
class Acting(Protocol):
    """Anything that can act: a person, a participant's ticket, the system."""

    @property
    def acting_as(self) -> str:
        """The name in the trail, such as `person:3`, `ticket:k7f2…`, `system:clock`. Never a name or an address."""
        ...


@dataclass(frozen=True)
class SystemActor:
    """A part of the system that acts on its own."""

    name: str

    @property
    def acting_as(self) -> str:
        return f"system:{self.name}"


SYSTEM_CLOCK = SystemActor("clock")
SYSTEM_COUNTER = SystemActor("counter")
SYSTEM_DEMO = SystemActor("demo")
SYSTEM_IMPORT = SystemActor("import")
SYSTEM_MAPPER = SystemActor("mapper")
SYSTEM_OPERATOR = SystemActor("operator")
