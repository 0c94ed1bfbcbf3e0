"""Addresses of effect chains, benefits, appraisals, contracts and the portfolio."""

from __future__ import annotations

from samskap.apps.benefits.urls import appraisals, benefits, chains, contracts, exchange, portfolio

app_name = "benefits"

urlpatterns = [
    *chains.urlpatterns,
    *benefits.urlpatterns,
    *exchange.urlpatterns,
    *appraisals.urlpatterns,
    *portfolio.urlpatterns,
    *contracts.urlpatterns,
]
