"""Addresses of benefits and what is measured."""

from __future__ import annotations

from django.urls import path

from samskap.apps.benefits.views import benefits, measuring

__all__ = ["urlpatterns"]

_ALL = "work/initiatives/<int:pk>/benefits/"
_ONE = "work/benefits/<int:pk>/"
_MEASURED = "work/measurements/<int:pk>/"

urlpatterns = [
    path("initiatives/<int:pk>/benefits/", benefits.benefits, name="benefits"),
    path("benefits/<int:pk>/", benefits.benefit, name="benefit"),
    path(_ALL, benefits.work_benefits, name="work_benefits"),
    path(f"{_ALL}new/", benefits.new_benefit, name="new_benefit"),
    path(_ONE, benefits.work_benefit, name="work_benefit"),
    path(f"{_ONE}change/", benefits.change_benefit, name="change_benefit"),
    path(f"{_ONE}end/", benefits.end_benefit, name="end_benefit"),
    path(f"{_ONE}reopen/", benefits.reopen_benefit, name="reopen_benefit"),
    path(f"{_ONE}delete/", benefits.delete_benefit, name="delete_benefit"),
    path(f"{_ONE}baseline/", measuring.set_baseline, name="set_baseline"),
    path(f"{_ONE}baseline/take/", measuring.take_baseline, name="take_baseline"),
    path(f"{_ONE}targets/new/", measuring.new_target, name="new_target"),
    path(f"{_ONE}targets/restore/", measuring.restore_target, name="restore_target"),
    path(f"{_ONE}targets/<int:target_pk>/", measuring.change_target, name="change_target"),
    path(f"{_ONE}targets/<int:target_pk>/remove/", measuring.remove_target, name="remove_target"),
    path(f"{_ONE}measurements/new/", measuring.new_measurement, name="new_measurement"),
    path(f"{_ONE}measurements/take/", measuring.take_measurement, name="take_measurement"),
    path(_MEASURED, measuring.change_measurement, name="change_measurement"),
    path(f"{_MEASURED}approve/", measuring.approve_measurement, name="approve_measurement"),
    path(f"{_MEASURED}send-back/", measuring.send_back_measurement, name="send_back_measurement"),
    path(f"{_MEASURED}lock/", measuring.lock_measurement, name="lock_measurement"),
    path(f"{_MEASURED}correct/", measuring.correct_measurement, name="correct_measurement"),
    path(f"{_MEASURED}correct/take/", measuring.take_correction, name="take_correction"),
    path(f"{_MEASURED}delete/", measuring.delete_measurement, name="delete_measurement"),
]
