"""Addresses of effect lists and appraisals."""

from __future__ import annotations

from django.urls import path

from samskap.apps.benefits.views import appraisals, effects

__all__ = ["urlpatterns"]

# Not `effects/`, which is a section of texts on the desk of the initiative.
_LIST = "work/initiatives/<int:pk>/effect-list/"
_WORK = "work/initiatives/<int:pk>/appraisals/"
_ONE = "initiatives/<int:pk>/appraisals/<int:appraisal_pk>"

urlpatterns = [
    path("method/appraisal/", appraisals.appraisal_method, name="appraisal_method"),
    path(_LIST, effects.effect_list, name="effect_list"),
    path(f"{_LIST}new/", effects.new_effect, name="new_effect"),
    path(f"{_LIST}build/", effects.build_effects, name="build_effects"),
    path(f"{_LIST}undo/", effects.undo_build, name="undo_build"),
    path(f"{_LIST}restore/", effects.restore_effect, name="restore_effect"),
    path(f"{_LIST}<int:effect_pk>/", effects.change_effect, name="change_effect"),
    path(f"{_LIST}<int:effect_pk>/remove/", effects.remove_effect, name="remove_effect"),
    path(_WORK, appraisals.appraisals, name="appraisals"),
    path(f"{_WORK}new/", appraisals.new_appraisal, name="new_appraisal"),
    path(f"{_WORK}<int:appraisal_pk>/again/", appraisals.appraisal_again, name="appraisal_again"),
    path(f"{_WORK}<int:appraisal_pk>/show/", appraisals.show_appraisal, name="show_appraisal"),
    path(f"{_WORK}<int:appraisal_pk>/delete/", appraisals.delete_appraisal, name="delete_appraisal"),
    path(f"{_ONE}/", appraisals.appraisal, name="appraisal"),
    path(f"{_ONE}.json", appraisals.appraisal_json, name="appraisal_json"),
    path(f"{_ONE}.csv", appraisals.appraisal_csv, name="appraisal_csv"),
]
