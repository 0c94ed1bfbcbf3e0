"""Addresses of the front page, the municipality and those who work for it."""

from __future__ import annotations

from django.urls import path

from samskap.apps.actors import views

app_name = "actors"

urlpatterns = [
    path("", views.home, name="home"),
    path("municipalities/<str:number>/", views.municipality, name="municipality"),
    path("work/", views.dashboard, name="dashboard"),
    path("work/choose/", views.choose_municipality, name="choose_municipality"),
    path("work/account/", views.account, name="account"),
    path("work/municipality/", views.municipality_settings, name="municipality_settings"),
    path("work/organisations/", views.organisations, name="organisations"),
    path("work/organisations/new/", views.new_organisation, name="new_organisation"),
    path("work/organisations/<int:pk>/", views.organisation, name="organisation"),
    path("work/organisations/<int:pk>/delete/", views.delete_organisation, name="delete_organisation"),
    path("work/people/", views.people, name="people"),
    path("work/people/invite/", views.invite_person, name="invite_person"),
    path("work/people/mandates/<int:pk>/withdraw/", views.withdraw_mandate, name="withdraw_mandate"),
    path("work/operator/", views.operator, name="operator"),
    path("work/operator/<str:number>/delete/", views.delete_municipality, name="delete_municipality"),
    path("demo/sign-in/", views.demo_sign_in, name="demo_sign_in"),
]
