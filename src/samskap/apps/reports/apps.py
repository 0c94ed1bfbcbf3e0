from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "samskap.apps.reports"
    label = "reports"
