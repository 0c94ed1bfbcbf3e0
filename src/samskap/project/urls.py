"""Root addresses: each module brings its own. Of allauth only the pages that exist here: there are no passwords."""

from __future__ import annotations

from allauth.account import views as account
from allauth.socialaccount import views as service
from django.urls import include, path

signing_in = [
    path("login/", account.login, name="account_login"),
    path("login/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("2fa/", include("allauth.mfa.urls")),
    path("services/", service.connections, name="socialaccount_connections"),
    path("services/cancelled/", service.login_cancelled, name="socialaccount_login_cancelled"),
    path("services/error/", service.login_error, name="socialaccount_login_error"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]

urlpatterns = [
    path("", include("samskap.apps.actors.urls")),
    path("", include("samskap.web.urls")),
    path("", include("samskap.apps.trail.urls")),
    path("", include("samskap.apps.figures.urls")),
    path("", include("samskap.apps.outlook.urls")),
    path("", include("samskap.apps.challenges.urls")),
    path("", include("samskap.apps.processes.urls")),
    path("", include("samskap.apps.statements.urls")),
    # Before the initiatives, whose desk takes every word after `work/initiatives/<number>/` for a section.
    path("", include("samskap.apps.benefits.urls")),
    path("", include("samskap.apps.stories.urls")),
    path("", include("samskap.apps.initiatives.urls")),
    path("", include("samskap.apps.budgeting.urls")),
    path("", include("samskap.apps.gatherings.urls")),
    path("", include("samskap.apps.reports.urls")),
    path("accounts/", include(signing_in)),
]

handler400 = "samskap.web.errors.bad_request"
handler403 = "samskap.web.errors.forbidden"
handler404 = "samskap.web.errors.not_found"
handler429 = "samskap.project.sign_in.too_many_requests"
handler500 = "samskap.web.errors.server_error"
