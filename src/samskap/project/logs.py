"""What the log says of a request that was refused or failed: never the secret in its address."""

from __future__ import annotations

import logging
import re

__all__ = ["WithoutSecrets"]

# A part of an address as long as the secrets of private links, invitations and tickets; words of ours are shorter.
_SECRET = re.compile(r"(?<=/)[\w:=.~-]{24,}")


class WithoutSecrets(logging.Filter):
    """Whoever reads the log must not be able to open a private link with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if hasattr(record, "request"):
            record.msg, record.args = _SECRET.sub("…", record.getMessage()), ()
        return True
