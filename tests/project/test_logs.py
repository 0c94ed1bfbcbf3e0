"""What is written to the log when a request is refused or fails."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import cast

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.stories import make_story

from samskap.apps.stories import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the handler of the settings writes."""
    console = next(one for one in logging.getLogger().handlers if one.name == "console")
    written, handler = io.StringIO(), cast("logging.StreamHandler[io.StringIO]", console)
    before = handler.setStream(written)
    yield written
    handler.setStream(before or written)


def test_a_form_without_its_token_is_logged_without_the_private_link(log: io.StringIO) -> None:
    story = make_story()
    answer = Client(enforce_csrf_checks=True).post(reverse("stories:withdraw", args=[story.token]))
    assert answer.status_code == 403
    assert log.getvalue() == "Forbidden (CSRF cookie not set.): /my-story/…/withdraw/\n"


def test_a_failure_is_logged_without_the_private_link(log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    story = make_story()
    monkeypatch.setattr(actions, "withdraw_story", lambda story, *, by: 1 / 0)
    answer = Client(raise_request_exception=False).post(reverse("stories:withdraw", args=[story.token]))
    assert answer.status_code == 500
    assert "Internal Server Error: /my-story/…/withdraw/" in log.getvalue()
    assert story.token not in log.getvalue()
