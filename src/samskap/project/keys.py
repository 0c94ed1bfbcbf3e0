"""The secret key: given by a setting, or made once and kept in the data folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from samskap.kernel.errors import SettingError

__all__ = ["data_folder", "secret_key"]


def data_folder(path: Path) -> Path:
    """The folder, made where it does not exist; a `SettingError` where it cannot be written to."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise SettingError(
            f"samskap.E001: SAMSKAP_DATA is {str(path)!r}, and that folder cannot be made ({trouble.strerror}).",
            code="samskap.E001",
            cure="Name a folder that this user may write to.",
        ) from trouble
    if not os.access(path, os.W_OK):
        raise SettingError(
            f"samskap.E001: SAMSKAP_DATA is {str(path)!r}, and that folder cannot be written to.",
            code="samskap.E001",
            cure="Name a folder that this user may write to.",
        )
    return path


def secret_key(given: str, folder: Path) -> str:
    """The given key, or the one in `secret.key`, made on the first start and readable by its owner alone."""
    if given:
        return given
    file = folder / "secret.key"
    try:
        # O_EXCL: two processes that start together agree on one key.
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(handle, "w") as stream:
        key = secrets.token_urlsafe(48)
        stream.write(key)
    return key
