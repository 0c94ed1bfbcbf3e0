from django.apps import AppConfig


class OutlookConfig(AppConfig):
    name = "samskap.apps.outlook"
    label = "outlook"
