"""Root addresses: each module brings its own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("samskap.web.urls")),
    path("accounts/", include("allauth.urls")),
]

handler400 = "samskap.web.errors.bad_request"
handler403 = "samskap.web.errors.forbidden"
handler404 = "samskap.web.errors.not_found"
handler500 = "samskap.web.errors.server_error"
