"""Error pages say what happened and what to do, and leave nothing inline."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.urls import path

from samskap.kernel.errors import Closed, NotAllowed, NotFound, RuleError, SamskapError
from samskap.project import urls as project_urls
from samskap.web import errors

OUR_ERRORS = {
    "not-found": (NotFound("There is no gathering with the code 1234.", cure="Look at the screen again."), 404),
    "not-allowed": (NotAllowed("You may not close this.", cure="Ask the facilitator."), 403),
    "closed": (Closed("The ballot closed on 3 May at 12:00.", cure="See the result instead."), 409),
    "rule": (RuleError("The statement has been voted on.", cure="Write a new one."), 409),
    "other": (SamskapError("A <b>strange</b> thing happened.", cure="Try again."), 409),
}


def _raiser(error: Exception):
    def view(request) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    *project_urls.urlpatterns,
    *(path(f"raise/{name}/", _raiser(error)) for name, (error, _) in OUR_ERRORS.items()),
    path("raise/denied/", _raiser(PermissionDenied())),
    path("raise/suspicious/", _raiser(SuspiciousOperation())),
    path("raise/crash/", _raiser(ZeroDivisionError())),
]
handler400, handler403 = errors.bad_request, errors.forbidden
handler404, handler500 = errors.not_found, errors.server_error


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("name", OUR_ERRORS)
def test_our_errors_become_pages_with_message_and_cure(client, name):
    error, status = OUR_ERRORS[name]
    answer = client.get(f"/raise/{name}/", headers={"accept-language": "en"})
    html = answer.content.decode()
    assert answer.status_code == status
    assert error.message.replace("<", "&lt;").replace(">", "&gt;") in html
    assert error.cure in html


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("name", "status"), [("denied", 403), ("suspicious", 400), ("nowhere", 404)])
def test_djangos_errors_look_like_ours(client, name, status, caplog):
    answer = client.get(f"/raise/{name}/", headers={"accept-language": "en"})
    assert answer.status_code == status
    assert "Go to the front page" in answer.content.decode()


@pytest.mark.urls(__name__)
def test_a_crash_is_told_without_technical_words(client, caplog):
    client.raise_request_exception = False
    answer = client.get("/raise/crash/", headers={"accept-language": "en"})
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "The error is ours" in html
    assert "ZeroDivision" not in html


def test_a_form_without_token_is_told_what_to_do(settings):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {}, headers={"accept-language": "en"})
    assert answer.status_code == 403
    assert "nothing was sent" in answer.content.decode()
