"""Addresses of the portfolio of benefits and its open data."""

from __future__ import annotations

from django.urls import URLPattern, path

from samskap.apps.benefits.views import portfolio

__all__ = ["urlpatterns"]

urlpatterns: list[URLPattern] = [
    path("municipalities/<str:number>/benefits/", portfolio.portfolio, name="portfolio"),
    path("municipalities/<str:number>/benefits.json", portfolio.portfolio_json, name="portfolio_json"),
    path("municipalities/<str:number>/benefits.csv", portfolio.portfolio_csv, name="portfolio_csv"),
    path("work/benefits/", portfolio.portfolio_at_work, name="portfolio_at_work"),
    path("benefits/", portfolio.portfolios, name="portfolios"),
]
