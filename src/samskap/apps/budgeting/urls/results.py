"""Addresses of what comes after the vote: closing, counting, importing, the result, one's own ballot, and files."""

from __future__ import annotations

from django.urls import path

from samskap.apps.budgeting.views import counting, importing, results

_WORK = "work/ballots/<int:pk>"
_IMPORT = "work/processes/<int:process_pk>/ballots/import"

urlpatterns = [
    path("ballots/<int:pk>/result/", results.result, name="result"),
    path("ballots/<int:pk>/result/rounds/", results.rounds, name="rounds"),
    path("ballots/<int:pk>/result/comparison/", results.comparison, name="comparison"),
    path("ballots/<int:pk>/result/recount/", results.recount, name="recount"),
    path("ballots/<int:pk>/result/ballots.pb", results.sealed_file, name="sealed_file"),
    path("ballots/<int:pk>/result/result.json", results.result_file, name="result_file"),
    path("ballots/<int:pk>/rule/", results.rule, name="rule"),
    path("ballots/<int:pk>/projects.pb", results.projects_file, name="projects_file"),
    path("ballots/<int:pk>/find/", results.find_ballot, name="find_ballot"),
    path("ballots/<int:pk>/mine/<str:receipt>/", results.my_ballot, name="my_ballot"),
    path(f"{_WORK}/count/", counting.counting, name="counting"),
    path(f"{_WORK}/count/now/", counting.count_now, name="count_now"),
    path(f"{_WORK}/count/close/", counting.close, name="close_ballot"),
    path(f"{_WORK}/count/drop/<int:project_pk>/", counting.drop_project, name="drop_project"),
    path(f"{_WORK}/count/order/<str:order>/", counting.order_result, name="order_result"),
    path(f"{_IMPORT}/", importing.import_ballot, name="import_ballot"),
    path(f"{_IMPORT}/<str:token>/", importing.look_at_import, name="look_at_import"),
]
