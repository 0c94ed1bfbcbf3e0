"""Addresses of those who vote."""

from __future__ import annotations

from django.urls import URLPattern, path

from samskap.apps.budgeting.views import codes, voting

urlpatterns: list[URLPattern] = [
    path("b/<int:pk>/", codes.short, name="short"),
    path("b/<int:pk>/<str:code>/", codes.letter, name="letter"),
    path("ballots/<int:pk>/", voting.ballot, name="ballot"),
    path("ballots/<int:pk>/enter/", codes.enter, name="enter"),
    path("ballots/<int:pk>/cast/", voting.cast, name="cast"),
    path("ballots/<int:pk>/receipt/", voting.receipt, name="receipt"),
    path("ballots/<int:pk>/where/", voting.where, name="where"),
    path("ballots/<int:pk>/withdraw/", voting.withdraw, name="withdraw"),
    path("ballots/<int:pk>/turnout/", voting.turnout, name="turnout"),
]
