"""Addresses of those who prepare and run ballots."""

from __future__ import annotations

from django.urls import URLPattern, path

from samskap.apps.budgeting.views import letters, paper, projects, windows, work

_ONE = "work/ballots/<int:pk>"

urlpatterns: list[URLPattern] = [
    path("work/processes/<int:process_pk>/ballots/new/", work.new_ballot, name="new_ballot"),
    path(f"{_ONE}/", work.work_ballot, name="work_ballot"),
    path(f"{_ONE}/turnout/", work.turnout_now, name="turnout_now"),
    path(f"{_ONE}/texts/", work.texts, name="texts"),
    path(f"{_ONE}/rules/", work.rules, name="rules"),
    path(f"{_ONE}/preview/", work.preview, name="preview"),
    path(f"{_ONE}/delete/", work.delete_ballot, name="delete_ballot"),
    path(f"{_ONE}/order/<str:order>/", work.give_order, name="order_ballot"),
    path(f"{_ONE}/projects/", projects.projects, name="projects"),
    path(f"{_ONE}/projects/new/", projects.new_project, name="new_project"),
    path(f"{_ONE}/projects/initiatives/", projects.add_initiatives, name="add_initiatives"),
    path(f"{_ONE}/projects/<int:project_pk>/", projects.project, name="project"),
    path(f"{_ONE}/projects/<int:project_pk>/fall/", projects.fall, name="fall"),
    path(f"{_ONE}/projects/<int:project_pk>/<str:order>/", projects.order_project, name="order_project"),
    path(f"{_ONE}/groups/new/", projects.new_group, name="new_group"),
    path(f"{_ONE}/groups/<int:group_pk>/<str:order>/", projects.order_group, name="order_group"),
    path(f"{_ONE}/windows/", windows.windows, name="windows"),
    path(f"{_ONE}/windows/new/", windows.new_window, name="new_window"),
    path(f"{_ONE}/windows/attach/", windows.attach, name="attach_window"),
    path(f"{_ONE}/windows/<int:activity_pk>/", windows.change_window, name="change_window"),
    path(f"{_ONE}/windows/<int:activity_pk>/<str:order>/", windows.order_window, name="order_window"),
    path(f"{_ONE}/letters/", letters.letters, name="letters"),
    path(f"{_ONE}/letters/<int:batch_pk>/print/", letters.print_batch, name="print_batch"),
    path(f"{_ONE}/letters/<int:batch_pk>/<str:order>/", letters.order_batch, name="order_batch"),
    path(f"{_ONE}/paper/", paper.paper, name="paper"),
    path(f"{_ONE}/paper/print/", paper.print_papers, name="print_papers"),
    path(f"{_ONE}/paper/desk/", paper.desk_ballot, name="desk_ballot"),
    path(f"{_ONE}/paper/find/", paper.find_paper, name="find_paper"),
    path(f"{_ONE}/paper/<int:number>/", paper.type_paper, name="type_paper"),
    path(f"{_ONE}/paper/<int:number>/settle/", paper.settle, name="settle_paper"),
    path(f"{_ONE}/paper/<int:number>/reopen/", paper.reopen, name="reopen_paper"),
]
