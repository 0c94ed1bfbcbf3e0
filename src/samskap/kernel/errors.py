"""The one error family.

SamskapError
├── FormatError          a file or a field is not in the form it must have        (formats)
├── SettingError         a setting stops the start                                (project)
├── NotAllowed           this actor may not do this                               (apps)
├── RuleError            the state of things forbids it now                       (apps)
│   └── Closed           the window is not open
└── NotFound             absent, or not yours: the two look alike                 (apps)
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["Closed", "NotAllowed", "NotFound", "RuleError", "SamskapError", "SettingError"]


class SamskapError(Exception):
    """An error whose message is a full sentence for the person who meets it.

    `code` is a stable key for machines, `message` says what and which value, `cure` says what to do next. `gaps` are
    the values in it by name, for those who say the same in another language.
    """

    code = "error"

    def __init__(
        self, message: str, *, code: str = "", cure: str = "", gaps: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.cure = cure
        self.gaps: Mapping[str, object] = gaps or {}

    def __str__(self) -> str:
        return f"{self.message} {self.cure}".strip()


class SettingError(SamskapError):
    """A setting is missing or wrong; the start is stopped."""

    code = "samskap.E000"


class NotAllowed(SamskapError):
    """This actor may not do this."""

    code = "not_allowed"


class RuleError(SamskapError):
    """A rule of the house forbids the action in the present state."""

    code = "rule"


class Closed(RuleError):
    """The window in which this can be done is not open."""

    code = "closed"


class NotFound(SamskapError):
    """The thing does not exist, or it is not visible to this viewer: the two look alike."""

    code = "not_found"
