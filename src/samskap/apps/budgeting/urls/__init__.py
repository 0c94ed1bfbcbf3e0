"""Addresses of ballots: for those who vote, for those who run them, and the results."""

from __future__ import annotations

from samskap.apps.budgeting.urls import results, voting, work

app_name = "budgeting"

urlpatterns = [*voting.urlpatterns, *work.urlpatterns, *results.urlpatterns]
