"""Pictures and sounds in the data folder: kept under names that nobody can guess, and deleted for good."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from samskap.apps.stories.models import Story
from samskap.apps.stories.queries.stories import media_path
from samskap.web.files import keep_file
from samskap.web.jobs import enqueue

if TYPE_CHECKING:
    from samskap.formats.pictures import CleanPicture
    from samskap.formats.sounds import CleanSound

__all__ = ["UNNAMED_KEPT_S", "clean_up", "delete_after_commit", "forget", "kept_media"]

UNNAMED_KEPT_S = 3600  # a file that is being handed in now has no row yet; a package is looked at before it is stored

Keep = Callable[["CleanPicture | CleanSound | None"], str]


@contextmanager
def kept_media() -> Iterator[Keep]:
    """Keep files while a story is stored: gives their names, and deletes them again where the story is not stored."""
    names: list[str] = []

    def keep(media: CleanPicture | CleanSound | None) -> str:
        if media is None:
            return ""
        name = f"{secrets.token_hex(16)}.{media.suffix}"
        keep_file(media_path(name), content=media.data)
        names.append(name)
        return name

    try:
        yield keep
    except BaseException:
        _delete(names)
        raise


def delete_after_commit(*names: str) -> None:
    """Delete these files when what happens now is stored for good. What a crash leaves, `clean_up` finds."""
    there = [name for name in names if name]
    if there:
        transaction.on_commit(lambda: _delete(there), robust=True)


def forget(story: Story) -> None:
    """Let every later module delete the copies it keeps of things with this story in them, and clean up after it."""
    for path in settings.SAMSKAP_FORGETTERS:
        forgetter = import_string(path)
        transaction.on_commit(lambda forgetter=forgetter: forgetter(story), robust=True)  # type: ignore[misc]
    enqueue("stories.clean_up")


def clean_up() -> int:
    """Delete files that no story names, and let the database let go of what was erased. Gives how many files.

    Packages that wait to be looked at are among them: they hold stories of others.
    """
    folder = media_path("")
    named = {*Story.objects.values_list("picture", flat=True), *Story.objects.values_list("sound", flat=True)}
    old = time.time() - UNNAMED_KEPT_S
    there = [file for file in folder.rglob("*") if file.is_file() and file.name not in named]
    lost = [str(file.relative_to(folder)) for file in there if file.stat().st_mtime < old]
    _delete(lost)
    _let_go()
    return len(lost)


def _let_go() -> None:
    """SQLite keeps earlier pages in the file beside the database until it is told to fold them in.

    Within a transaction, and on PostgreSQL, whose autovacuum does the like, there is nothing to be done here.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _delete(names: list[str]) -> None:
    for name in names:
        try:
            media_path(name).unlink(missing_ok=True)
        except OSError:
            logging.getLogger(__name__).exception("A file of a story could not be deleted; it is tried again.")
