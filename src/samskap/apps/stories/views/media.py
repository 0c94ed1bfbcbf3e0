"""Pictures and sounds of stories: asked anew at each request whether they may be seen, and kept by nobody."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.apps.stories import queries
from samskap.kernel.errors import NotFound
from samskap.web.answers import never_kept

if TYPE_CHECKING:
    from samskap.web.acting import SignedInRequest

__all__ = ["own_picture", "own_sound", "picture", "picture_at_work", "sound", "sound_at_work"]

_TYPES = {
    ".jpg": "image/jpeg",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
}
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


@never_kept
@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of a story that everybody may see."""
    return _file(request, queries.shown_story(pk).picture)


@never_kept
@require_safe
def sound(request: HttpRequest, pk: int) -> HttpResponse:
    """The sound of a story that everybody may hear."""
    return _file(request, queries.shown_story(pk).sound)


@never_kept
@require_safe
def own_picture(request: HttpRequest, token: str) -> HttpResponse:
    """The picture, for the holder of a private link."""
    return _file(request, _path(queries.story_of_link(token).picture))


@never_kept
@require_safe
def own_sound(request: HttpRequest, token: str) -> HttpResponse:
    """The sound, for the holder of a private link."""
    return _file(request, _path(queries.story_of_link(token).sound))


@login_required
@never_kept
@require_safe
def picture_at_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """The picture, for those who moderate."""
    return _file(request, _path(queries.moderated_story(pk, viewer=request.user).picture))


@login_required
@never_kept
@require_safe
def sound_at_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sound, for those who moderate."""
    return _file(request, _path(queries.moderated_story(pk, viewer=request.user).sound))


def _path(name: str) -> Path | None:
    return queries.media_path(name) if name else None


def _file(request: HttpRequest, path: Path | None) -> HttpResponse:
    """The file, or the piece of it that a player asks for: some play nothing without pieces."""
    if path is None or not path.is_file():
        raise NotFound(_("There is no such file here."))
    data = path.read_bytes()
    piece = _piece(request.headers.get("Range", ""), len(data))
    wanted = range(len(data)) if piece is None else piece
    response = HttpResponse(data[wanted.start : wanted.stop], content_type=_TYPES[path.suffix])
    if piece is not None:
        response.status_code = 206 if piece else 416
        response["Content-Range"] = f"bytes {f'{piece.start}-{piece.stop - 1}' if piece else '*'}/{len(data)}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = f'inline; filename="story{path.suffix}"'
    return response


def _piece(asked: str, size: int) -> range | None:
    """The bytes that are asked for: None for all, an empty range for a piece that is not there."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        return range(max(0, size - int(found[2])), size)
    last = min(int(found[2]), size - 1) if found[2] else size - 1
    return range(int(found[1]), max(int(found[1]), last + 1))
